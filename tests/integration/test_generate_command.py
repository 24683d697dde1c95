"""Inventing a log from a terminal, cut off, repeated and refused."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import psycopg
import pytest

from commands.failures import Exit
from commands.main import run
from ledger.bulk_append import append_chunks
from ledger.database import Database, Role
from ledger.migrate import migrate
from replay.jurisdiction import jurisdiction
from replay.verify import verify
from scenarios.generating import OtherLogError, generate
from scenarios.invented_log import InventedLog
from tests.integration.test_report_command import connect_by

LOG = InventedLog(40, 3, "demo_generated")


@pytest.fixture
def demo(database: Database) -> Database:
    """Return an empty ledger that may be filled with invented data."""
    demo = replace(database, ledger="demo_generated")
    migrate(demo)
    return demo


def _rows(database: Database) -> list[tuple[object, ...]]:
    with database.connect(Role.APP) as connection:
        return [
            row
            for table in ("event", "personal", "command", "claim")
            for row in connection.execute(
                psycopg.sql.SQL("SELECT * FROM {} ORDER BY 1, 2, 3").format(
                    psycopg.sql.Identifier(table)
                )
            )
        ]


def test_generated_ledger_is_whole_and_named_invented(database: Database) -> None:
    """The command opens the ledger, and verify finds log and read models right."""
    arguments = ["generate", "--petitions", "40", "--seed", "3"]
    environ = connect_by(database)
    assert run(arguments, environ, version="0") == Exit.DONE
    demo = replace(database, ledger="demo_generated")
    verified = verify(demo)
    assert verified.findings == []
    assert verified.position > 400
    with demo.connect(Role.APP) as connection:
        assert "Invented data" in jurisdiction(connection).en
    assert run(arguments, environ, version="0") == Exit.DONE
    assert verify(demo).position == verified.position
    assert run(["generate", "--delete"], environ, version="0") == Exit.DONE


def test_run_that_was_cut_off_is_completed_to_the_same_bytes(
    demo: Database, other_database: Database
) -> None:
    """Chunks, positions and instants are those of a run that nothing disturbed."""
    other = replace(other_database, ledger="demo_generated")
    migrate(other)
    whole = generate(other, LOG)
    for _ in append_chunks(lambda: _app(demo), islice(LOG.chunks(), 20)):
        pass
    assert generate(demo, LOG) == whole
    assert _rows(demo) == _rows(other)
    assert generate(demo, LOG) == whole


def test_other_log_is_refused(demo: Database) -> None:
    """Neither another seed nor a part of a chunk is gone on with."""
    generate(demo, LOG)
    with pytest.raises(OtherLogError):
        generate(demo, replace(LOG, seed=4))
    with pytest.raises(OtherLogError):
        generate(demo, replace(LOG, petitions=41))


def test_real_ledger_is_never_written_to(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its name alone, in the command and in the store."""
    arguments = ["generate", "--petitions", "1", "--ledger", "main"]
    assert run(arguments, connect_by(database), version="0") == Exit.USAGE
    assert "demo_" in capsys.readouterr().err
    with pytest.raises(ValueError, match="not in main"):
        generate(database, replace(LOG, ledger="main"))
    assert _rows(database) == []


def _app(database: Database) -> psycopg.Connection[tuple[object, ...]]:
    return database.connect(Role.APP, autocommit=True)


def test_progress_is_told_in_days(demo: Database) -> None:
    """Progress ends at the last day with petitions and never goes back."""
    told: list[tuple[int, int]] = []
    generate(demo, LOG, lambda done, whole: told.append((done, whole)))
    assert told == sorted(told)
    assert {whole for _, whole in told} == {1096}
    assert _last(iter(told)) > 1050


def _last(told: Iterator[tuple[int, int]]) -> int:
    return max(done for done, _ in told)
