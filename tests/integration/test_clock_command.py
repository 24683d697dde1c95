"""Tests of the command that raises what falls due."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from commands.failures import Exit
from commands.main import run
from domain.handling import ContactPetitioner
from domain.vocabulary import Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.database import Role as Login
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from tests.integration.clock_runs import LATE, project, raised
from tests.integration.opened_ledger import HostClock, give, opened_ledger, person, signed
from tests.programs import PATIENCE_S, ROOT

TUESDAY = datetime(2025, 6, 3, 1, tzinfo=UTC)
"""Long enough ago for every machine the tests run on; ten working days end on 17 June."""


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return a ledger with one appeal under the reply clock alone."""
    with opened_ledger(database, HostClock(LATE)) as ledger:
        petition_id = signed(ledger, TUESDAY, UUID(int=1))
        contact = ContactPetitioner(medium="phone", occurred_at=TUESDAY)
        give(ledger, petition_id, contact, person(Role.HANDLER, "bureau"))
        project(database)
        yield ledger


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a program on the ledger."""
    return {
        "TAIZHANG_DSN": database.dsns[Login.APP],
        "TAIZHANG_OWNER_DSN": database.dsns[Login.OWNER],
        "TAIZHANG_PROJECTOR_DSN": database.dsns[Login.PROJECTOR],
        "TAIZHANG_LANG": "zh",
    }


def _run(environ: dict[str, str], *arguments: str) -> int:
    return run(["clock", *arguments], environ, version="0")


def test_clock_says_what_it_raised_in_both_languages(
    ledger: PetitionLedger, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """First what would be, without recording it, then what was."""
    position = ledger.reader.read_position()
    assert _run(environ, "--at", "2025-06-18", "--dry-run") == Exit.DONE
    assert "应发生（未作记录）：催办 3，督办建议 1" in capsys.readouterr().out
    assert ledger.reader.read_position() == position
    english = environ | {"TAIZHANG_LANG": "en"}
    assert _run(english, "--at", "2025-06-18") == Exit.DONE
    assert "reminders 3, supervision proposals 1" in capsys.readouterr().out
    assert len(raised(ledger)) == 4
    assert _run(environ, "--at", "2025-06-18") == Exit.DONE
    answer = capsys.readouterr()
    assert "没有应发生的事项" in answer.out
    assert "读模型落后 4 个事件" in answer.err


def test_clock_prints_json_for_programs(
    ledger: PetitionLedger, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every kind is there, also those of which there was none."""
    assert _run(environ, "--at", "2025-06-18T00:00+08:00", "--json") == Exit.DONE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["dry_run"], answer["petitions"]) == (
        "taizhang.clock/1",
        False,
        1,
    )
    assert answer["counts"]["reminder"] == len(raised(ledger)) == 3
    assert answer["counts"]["archiving"] == 0
    assert (answer["failures"], answer["complete"], answer["lag"]) == ([], True, 0)


def test_clock_refuses_an_instant_before_the_last_one(
    ledger: PetitionLedger, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 4, and nothing is written."""
    assert _run(environ, "--at", "2025-06-18") == Exit.DONE
    position = ledger.reader.read_position()
    assert _run(environ, "--at", "2025-06-10") == Exit.REFUSED
    assert "[clock-went-back]" in capsys.readouterr().err
    assert _run(environ, "--at", "2148-01-01") == Exit.REFUSED
    assert "[instant-in-future]" in capsys.readouterr().err
    assert ledger.reader.read_position() == position


def test_clock_refuses_a_host_whose_clock_went_backwards(
    database: Database,
    ledger: PetitionLedger,
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The log's last record is in the future of such a host."""
    assert _run(environ, "--check") == Exit.DONE
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("UPDATE head SET recorded_at = now() + interval '1 hour'")
    position = ledger.reader.read_position()
    assert _run(environ) == Exit.REFUSED
    assert _run(environ, "--check") == Exit.REFUSED
    assert "[clock-went-back]" in capsys.readouterr().err
    assert ledger.reader.read_position() == position


def test_clock_exits_1_for_a_petition_it_cannot_serve(
    database: Database,
    ledger: PetitionLedger,
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its id, the reason and the code are said; the others are served."""
    signed(ledger, TUESDAY, UUID(int=2))
    project(database)
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER USER")
        admin.execute(
            "UPDATE event SET payload = replace(convert_from(payload, 'UTF8'), 'reply', 'rep1y')"
            "::bytea WHERE originator_id = %s AND topic = 'petition.accepted'",
            [UUID(int=1)],
        )
    assert _run(environ, "--at", "2025-06-18") == Exit.FINDING
    answer = capsys.readouterr()
    assert "[payload-unreadable]" in answer.err
    assert str(UUID(int=1)) in answer.err
    assert len(raised(ledger)) > 0


def test_clock_takes_every_alone(environ: dict[str, str]) -> None:
    """A clock that keeps running acts as of now."""
    assert _run(environ, "--every", "5", "--at", "2025-06-18") == Exit.USAGE


def test_clock_keeps_running_until_it_is_told_to_stop(
    ledger: PetitionLedger, environ: dict[str, str]
) -> None:
    """A second round finds nothing more; a signal ends it with exit 0."""
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "taizhang.py"), "clock", "--every", "1"],
        env=environ | {"TAIZHANG_LANG": "en", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        first, second = program.stdout.readline(), program.stdout.readline()
    finally:
        program.send_signal(signal.SIGTERM)
        _, errors = program.communicate(timeout=PATIENCE_S)
    assert "reminders 3, supervision proposals 3" in first, errors
    assert "nothing" in second
    assert program.returncode == Exit.DONE
    assert len(raised(ledger)) == 6


def test_clock_goes_on_when_the_owner_of_the_server_ends(server_folder: Path) -> None:
    """A clock that joined another program's server starts it anew, and loses no round for good."""
    environ = {"TAIZHANG_DATA_DIR": str(server_folder), "TAIZHANG_LANG": "en"}
    with EmbeddedServer(server_folder, is_durable=False) as server:
        database = Database.on_server(server, "main")
        migrate(database)
        with opened_ledger(database, HostClock(LATE)):
            project(database)
        program = subprocess.Popen(
            [sys.executable, str(ROOT / "taizhang.py"), "clock", "--every", "1"],
            env=environ | {"PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        first = program.stdout.readline()
    try:
        rounds = [program.stdout.readline() for _ in range(3)]
    finally:
        program.send_signal(signal.SIGTERM)
        _, errors = program.communicate(timeout=PATIENCE_S)
    assert all("nothing" in each for each in (first, *rounds)), errors
    assert program.returncode == Exit.DONE
