"""Two API processes and two projectors keep one ledger, and one of each may be lost."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import click
import httpx2
import pytest

from commands.failures import Exit
from domain.vocabulary import Role as ActorRole
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from projections.positions import positions
from replay.verify import verify
from tests.api_clients import SUBMISSION, open_example_ledger
from tests.integration.appending import positions_in
from tests.integration.nodes import Node, environment
from tests.programs import PATIENCE_S, wait_until

TAKE_OVER_MAX_S = 30.0
"""Far above the second or two that it takes, since tests share their machine."""

FILED = 120


class Installation(NamedTuple):
    """What runs: addresses of the API processes, and the projectors."""

    urls: tuple[str, str]
    apis: tuple[Node, Node]
    projectors: tuple[Node, Node]
    headers: dict[str, str]

    def file(self, number: int, *, at: int) -> "Answered":
        """File one numbered petition, its number being its key, with one of the two APIs."""
        answer = httpx2.post(
            f"{self.urls[at]}/v1/petitions",
            json={**SUBMISSION, "subject": f"停车 {number}"},
            headers={**self.headers, "Idempotency-Key": f"filed-{number}"},
            timeout=PATIENCE_S,
        )
        assert answer.status_code in {200, 201}, answer.text
        return Answered(answer.json()["petition_id"], int(answer.headers["Ledger-Position"]))


class Answered(NamedTuple):
    """What a filing was answered with."""

    petition_id: str
    position: int


def _grant(database: Database) -> str:
    now = datetime.now(UTC)
    with PetitionLedger(database, lambda: now) as ledger:
        roster = ledger.reference.roster().state
    grant = KeyGrant(label="window", role=ActorRole.INTAKE, actor_id="intake-1", unit=None)
    return issue_key(database, grant, roster, now)


@contextmanager
def _running(database: Database, folder: Path) -> Iterator[Installation]:
    environ = environment(database, folder)
    serve = ("serve", "--port", "0", "--no-projector")
    nodes = [Node(environ, *serve), Node(environ, *serve)]
    try:
        nodes.append(Node(environ, "projector"))
        wait_until(lambda: nodes[2].leads)
        nodes.append(Node(environ, "projector"))
        yield Installation(
            (nodes[0].wait_for_url(), nodes[1].wait_for_url()),
            (nodes[0], nodes[1]),
            (nodes[2], nodes[3]),
            {"Authorization": f"Bearer {_grant(database)}"},
        )
    finally:
        for node in nodes:
            node.kill()


def _models_at(database: Database) -> int:
    with database.connect(Role.APP) as connection:
        return min(positions(connection).values())


def test_installation_outlives_its_leading_projector_and_an_api_process(
    database: Database, server_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are killed with -9 under load: nothing acknowledged is lost, repeated or left out."""
    open_example_ledger(database)
    with _running(database, server_folder) as running, ThreadPoolExecutor(4) as pool:
        leader, waiting = running.projectors
        filings = [pool.submit(running.file, number, at=number % 2) for number in range(FILED)]
        wait_until(lambda: _done(filings) >= FILED // 3)
        assert not waiting.leads
        killed_at_s = monotonic()
        leader.kill()
        wait_until(lambda: waiting.leads)
        take_over_s = monotonic() - killed_at_s
        answers = [filing.result() for filing in filings]
        # The same keys at the other process: the answers that were given, and no new event.
        last = max(answer.position for answer in answers)
        assert [running.file(n, at=(n + 1) % 2) for n in range(FILED)] == answers
        running.apis[0].kill()
        assert running.file(FILED, at=1).position == last + 1
        wait_until(lambda: _models_at(database) == last + 1)
        assert _check(database, server_folder) == Exit.DONE
    assert _check(database, server_folder) == Exit.FINDING
    with capsys.disabled():
        click.echo(f"\nthe second projector led {take_over_s:.2f} s after kill -9 of the first")
    assert take_over_s < TAKE_OVER_MAX_S
    assert len({answer.petition_id for answer in answers}) == FILED
    assert positions_in(database) == list(range(1, last + 2))
    with database.connect(Role.APP) as connection:
        row = connection.execute(
            "SELECT count(*), count(DISTINCT originator_id) FROM event"
            " WHERE topic = 'petition.submitted'"
        ).fetchone()
    assert row == (FILED + 1, FILED + 1)
    assert verify(database).findings == []


def _check(database: Database, folder: Path) -> int:
    node = Node(environment(database, folder), "projector", "--check")
    node.process.wait(PATIENCE_S)
    node.kill()
    return int(node.process.returncode)


def _done(filings: "list[Future[Answered]]") -> int:
    return sum(filing.done() for filing in filings)
