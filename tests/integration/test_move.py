"""A ledger moves to another database whole, or stays where it is."""

import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, cast

import psycopg
import pytest

from ledger.api_keys import revoke_key
from ledger.database import Database, Role
from ledger.head_state import HeadState, LedgerMovedError, LedgerMovingError, read_place
from ledger.table_copy import list_tables, sum_tables
from projections.engine import Engine
from projections.models import MODELS
from replay.move import move, take_back
from replay.move_errors import (
    CopyDiffersError,
    MoveBusyError,
    NotMovableError,
    SamePlaceError,
    TargetTakenError,
)
from replay.move_target import place_of
from replay.verify import verify
from tests.integration.appending import one_event, stream
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.programs import ROOT

EVENTS_LEN = 120

_MOVER = """
import json, sys, time
import replay.move, replay.move_target
from ledger.database import Database, Role
given = json.load(sys.stdin)
def of(each):
    dsns = {Role(role): dsn for role, dsn in each["dsns"].items()}
    return Database(each["ledger"], dsns, each["admin_dsn"])
module, name, is_after = given["stop"]
place = sys.modules[module]
real = getattr(place, name)
def stop(*arguments):
    if is_after:
        real(*arguments)
    print("here", flush=True)
    time.sleep(600)
setattr(place, name, stop)
replay.move.move(of(given["source"]), of(given["target"]), progress=lambda *_: None)
"""

STOPS = {
    "prepared": ("replay.move", "prepare_target", True),
    "closed": ("replay.move", "fill_target", False),
    "before the copy's commit": ("replay.move_target", "copy_tables", True),
    "copied": ("replay.move_target", "sum_tables", False),
    "proved": ("replay.move", "prove_target", True),
    "marked": ("replay.move", "open_target", False),
}


@pytest.fixture
def source(database: Database) -> Database:
    """Return a ledger with events, personal values, a key of its own and read models."""
    with closing(open_recorder(database)) as recorder:
        append_events(recorder, draw_log(31, 40)[:EVENTS_LEN])
        for _ in range(7):
            recorder.log.take_petition_number()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    return database


def _no_progress(done: int, total: int) -> None:
    del done, total


def _state(database: Database) -> HeadState:
    with database.connect(Role.APP) as connection:
        return read_place(connection).state


def _whole(database: Database) -> object:
    with database.connect(Role.OWNER) as connection:
        return sum_tables(connection, list_tables(connection))


def _append(database: Database, number: int) -> range:
    with closing(open_recorder(database)) as recorder:
        return recorder.append(one_event(stream(number), 1))


def _expect_lives_in(target: Database, source: Database, before: object) -> None:
    """The target holds it all and goes on; the source refuses and says why."""
    assert (_state(source), _state(target)) == (HeadState.MOVED, HeadState.OPEN)
    assert _whole(target) == before == _whole(source)
    assert verify(target).findings == []
    with pytest.raises(LedgerMovedError):
        _append(source, 1)
    assert _append(target, 1) == range(EVENTS_LEN + 1, EVENTS_LEN + 2)
    with closing(open_recorder(target)) as recorder:
        assert recorder.log.take_petition_number() == 8


def test_ledger_moves_whole(source: Database, empty_database: Database) -> None:
    """Events, personal values, answers, keys, numbers and read models arrive row for row."""
    before = _whole(source)
    moved = move(source, empty_database, progress=_no_progress)
    assert (moved.position, moved.elsewhere) == (EVENTS_LEN, place_of(empty_database))
    _expect_lives_in(empty_database, source, before)


@pytest.mark.parametrize("stop", list(STOPS))
def test_killed_move_is_finished_by_the_next(
    source: Database, empty_database: Database, stop: str
) -> None:
    """Wherever it was killed with -9, at most one end was open and nothing is lost."""
    before = _whole(source)
    _kill_move(source, empty_database, stop)
    assert _whole(source) == before
    states = {"prepared": HeadState.OPEN, "marked": HeadState.MOVED}
    assert _state(source) is states.get(stop, HeadState.MOVING)
    assert _state(empty_database) is HeadState.ARRIVING
    if stop != "prepared":
        error = LedgerMovedError if stop == "marked" else LedgerMovingError
        with pytest.raises(error):
            _append(source, 1)
        with pytest.raises(error):
            revoke_key(source, "abcdefgh", datetime.now(UTC))
    move(source, empty_database, progress=_no_progress)
    _expect_lives_in(empty_database, source, before)


@pytest.mark.parametrize("stop", [stop for stop in STOPS if stop != "marked"])
def test_killed_move_is_taken_back(source: Database, empty_database: Database, stop: str) -> None:
    """The ledger goes on where it was, the copy stays closed, and a later move brings all."""
    _kill_move(source, empty_database, stop)
    expected = None if stop == "prepared" else place_of(empty_database)
    assert take_back(source).elsewhere == expected
    assert _append(source, 2) == range(EVENTS_LEN + 1, EVENTS_LEN + 2)
    if stop in {"copied", "proved"}:
        assert _state(empty_database) is HeadState.ARRIVING
        with pytest.raises(LedgerMovingError):
            _append(empty_database, 3)
    before = _whole(source)
    assert move(source, empty_database, progress=_no_progress).position == EVENTS_LEN + 1
    assert _whole(empty_database) == before


def test_moved_ledger_is_not_taken_back_but_moves_back(
    source: Database, empty_database: Database
) -> None:
    """Once it opened elsewhere it lives there, until it is moved from there."""
    move(source, empty_database, progress=_no_progress)
    with pytest.raises(NotMovableError):
        take_back(source)
    _append(empty_database, 1)
    before = _whole(empty_database)
    move(empty_database, source, progress=_no_progress)
    assert _whole(source) == before
    assert (_state(source), _state(empty_database)) == (HeadState.OPEN, HeadState.MOVED)


def test_ledger_is_not_moved_over_another(
    source: Database, other_database: Database, empty_database: Database
) -> None:
    """A target that holds events of its own stays untouched; the source can be reopened."""
    _append(other_database, 1)
    before = _whole(other_database)
    with pytest.raises(TargetTakenError):
        move(source, other_database, progress=_no_progress)
    assert _whole(other_database) == before
    assert _state(source) is HeadState.OPEN
    move(source, empty_database, progress=_no_progress)
    with pytest.raises(NotMovableError):
        move(source, other_database, progress=_no_progress)


def test_ledger_is_not_moved_onto_itself(source: Database) -> None:
    """One database is no move, and nothing is closed by it."""
    with pytest.raises(SamePlaceError):
        move(source, replace(source), progress=_no_progress)
    assert _state(source) is HeadState.OPEN


def test_second_move_is_refused_while_one_runs(source: Database, empty_database: Database) -> None:
    """Neither another move nor a taking back gets between."""
    program = _start_move(source, empty_database, "copied")
    try:
        with pytest.raises(MoveBusyError):
            move(source, empty_database, progress=_no_progress)
        with pytest.raises(MoveBusyError):
            take_back(source)
    finally:
        program.kill()
        program.communicate()


@pytest.mark.parametrize(
    "planted",
    [
        b"DELETE FROM personal WHERE ctid = (SELECT min(ctid) FROM personal)",
        b"UPDATE api_key SET label = 'other'",
        b"UPDATE event SET actor_id = 'other' WHERE position = 7",
        b"DELETE FROM event WHERE position = 7",
        b"DELETE FROM petition_facts",
    ],
)
def test_copy_that_differs_is_never_opened(
    source: Database,
    empty_database: Database,
    planted: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One row changed on the way is found before anything opens."""
    from replay import move_target

    def spoil(*arguments: object) -> object:
        with psycopg.connect(empty_database.admin_conninfo()) as admin:
            admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
            admin.execute(planted)
            admin.execute("ALTER TABLE event ENABLE ALWAYS TRIGGER event_append_only_trigger")
        return sum_tables(*arguments)  # type: ignore[arg-type]

    with source.connect(Role.OWNER) as owner:
        owner.execute(
            "INSERT INTO api_key (key_id, secret_hash, label, actor_id, role, created_at)"
            " VALUES ('abcdefgh', sha256('x'), 'window', 'intake-1', 'intake', now())"
        )
    monkeypatch.setattr(move_target, "sum_tables", spoil)
    with pytest.raises(CopyDiffersError):
        move(source, empty_database, progress=_no_progress)
    assert (_state(source), _state(empty_database)) == (HeadState.MOVING, HeadState.ARRIVING)


def _kill_move(source: Database, target: Database, stop: str) -> None:
    program = _start_move(source, target, stop)
    program.kill()
    program.communicate()


def _start_move(source: Database, target: Database, stop: str) -> "subprocess.Popen[str]":
    """Start a move in a process of its own and return once it has come to a stop."""
    program = subprocess.Popen(
        [sys.executable, "-c", _MOVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
    )
    given = {"source": _given(source), "target": _given(target), "stop": STOPS[stop]}
    pipe = cast("IO[str]", program.stdin)
    pipe.write(json.dumps(given))
    pipe.close()
    program.stdin = None
    assert cast("IO[str]", program.stdout).readline() == "here\n"
    return program


def _given(database: Database) -> dict[str, object]:
    return {
        "ledger": database.ledger,
        "dsns": dict(database.dsns),
        "admin_dsn": database.admin_dsn,
    }
