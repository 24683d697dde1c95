"""Tests of the check of the log: whoever shares the work, it is the same fault that is named."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any, Final, LiteralString

import msgspec
import psycopg
import pytest
from psycopg import Connection, sql

from ledger.database import Database
from ledger.header import RecordedEvent
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.recorder import LedgerRecorder
from replay.finding import Fault
from replay.log_check import check_log
from tests.integration.logged_petitions import append_events, draw_log, open_recorder

EVENTS_LEN: Final = 200
STRETCH_LEN: Final = 50
_SET: Final[LiteralString] = "UPDATE event SET position = %s WHERE position = %s"

Expected = tuple[Fault, int]
Plant = Callable[[Connection[Any], LedgerRecorder], Expected]


def _change(statement: LiteralString, fault: Fault, position: int) -> Plant:
    """Return what somebody might do who holds the server itself, to one event."""

    def plant(admin: Connection[Any], _: LedgerRecorder) -> Expected:
        admin.execute(statement, (position,))
        return fault, position

    return plant


def _swap(one: int, other: int) -> Plant:
    def plant(admin: Connection[Any], _: LedgerRecorder) -> Expected:
        for change in ((1_000, one), (one, other), (other, 1_000)):
            admin.execute(_SET, change)
        return Fault.LEAF_DIFFERS, min(one, other)

    return plant


def _change_value(after: int) -> Plant:
    """Return a change of the first personal value after a position."""

    def plant(admin: Connection[Any], _: LedgerRecorder) -> Expected:
        found = admin.execute(
            "SELECT position, originator_id, version FROM event JOIN personal"
            " USING (originator_id, version) WHERE position > %s ORDER BY position LIMIT 1",
            (after,),
        ).fetchone()
        assert found is not None
        position, *stream_place = found
        admin.execute(
            "UPDATE personal SET value = '\"nobody\"' WHERE (originator_id, version) = (%s, %s)",
            stream_place,
        )
        return Fault.COMMITMENT_DIFFERS, position

    return plant


def _forge(admin: Connection[Any], event: RecordedEvent, column: str, value: object) -> None:
    """Change a column of an event, and its hash as well."""
    forged = msgspec.structs.replace(event, **{column: value})
    statement = sql.SQL("UPDATE event SET {} = %s, leaf_hash = %s WHERE position = %s")
    leaf = leaf_hash(leaf_bytes(forged, forged.payload))
    admin.execute(statement.format(sql.Identifier(column)), (value, leaf, event.position))


def _turn_clock_back(position: int) -> Plant:
    def plant(admin: Connection[Any], recorder: LedgerRecorder) -> Expected:
        before, event = recorder.log.read_log(position - 2, 2)
        _forge(admin, event, "recorded_at", before.recorded_at - timedelta(microseconds=1))
        return Fault.CLOCK_BACKWARDS, position

    return plant


def _double_version(admin: Connection[Any], recorder: LedgerRecorder) -> Expected:
    second = next(event for event in recorder.log.read_log(0, EVENTS_LEN) if event.version == 2)
    admin.execute("ALTER TABLE event DROP CONSTRAINT event_originator_id_version_key")
    admin.execute("DELETE FROM personal")
    _forge(admin, second, "version", 1)
    return Fault.VERSION_GAP, second.position


def _all(*plants: Plant) -> Plant:
    """Return several changes, of which the one of the lowest position is to be named."""

    def plant(admin: Connection[Any], recorder: LedgerRecorder) -> Expected:
        return min((each(admin, recorder) for each in plants), key=lambda found: found[1])

    return plant


_BYTE: Final[LiteralString] = (
    "UPDATE event SET payload = set_byte(payload, 3, get_byte(payload, 3) # 1) WHERE position = %s"
)
_COLUMN: Final[LiteralString] = "UPDATE event SET on_behalf_of = 'firm' WHERE position = %s"
_LEAF: Final[LiteralString] = (
    "UPDATE event SET leaf_hash = set_byte(leaf_hash, 31, get_byte(leaf_hash, 31) # 1)"
    " WHERE position = %s"
)
_GAP: Final[LiteralString] = "DELETE FROM event WHERE position = %s"
_TIME: Final[LiteralString] = (
    "UPDATE event SET occurred_at = occurred_at + interval '1 microsecond' WHERE position = %s"
)


@pytest.mark.parametrize(
    "plant",
    [
        _change(_BYTE, Fault.LEAF_DIFFERS, 51),
        _change(_COLUMN, Fault.LEAF_DIFFERS, 100),
        _change(_TIME, Fault.LEAF_DIFFERS, 120),
        _change(_LEAF, Fault.LEAF_DIFFERS, 200),
        _change(_GAP, Fault.POSITION_GAP, 50),
        _change(_GAP, Fault.POSITION_GAP, 51),
        _change(_GAP, Fault.POSITION_GAP, 200),
        _swap(100, 101),
        _swap(60, 160),
        _turn_clock_back(101),
        _turn_clock_back(130),
        _change_value(50),
        _double_version,
        _all(_change_value(0), _change(_COLUMN, Fault.LEAF_DIFFERS, 49)),
        _all(_change(_COLUMN, Fault.LEAF_DIFFERS, 150), _change(_GAP, Fault.POSITION_GAP, 60)),
    ],
    ids=[
        "changed-byte",
        "changed-column",
        "changed-instant",
        "changed-leaf",
        "gap-at-end-of-stretch",
        "gap-at-begin-of-stretch",
        "gap-at-end-of-log",
        "swapped-across-stretches",
        "swapped-far-apart",
        "clock-back-across-stretches",
        "clock-back-in-stretch",
        "changed-personal-value",
        "double-version",
        "value-before-column",
        "gap-before-column",
    ],
)
def test_log_check_names_the_same_fault_whoever_shares_the_work(
    database: Database, plant: Plant
) -> None:
    """Each fault is found by one process and by two, and of several the first in the log."""
    with closing(open_recorder(database)) as recorder:
        append_events(recorder, draw_log(21, 60)[:EVENTS_LEN])
        with psycopg.connect(database.admin_conninfo()) as admin:
            admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
            fault, position = plant(admin, recorder)
    right_up_to, found = check_log(database, stretch_len=STRETCH_LEN)
    assert found is not None
    assert (found.fault, found.position) == (fault, position)
    assert right_up_to == (EVENTS_LEN if fault is Fault.VERSION_GAP else position - 1)
    assert check_log(database, jobs=2, stretch_len=STRETCH_LEN) == (right_up_to, found)


def test_log_check_tells_how_far_it_is_in_the_order_of_the_log(database: Database) -> None:
    """Two processes end their stretches in any order, and people see a number that grows."""
    with closing(open_recorder(database)) as recorder:
        append_events(recorder, draw_log(21, 60)[:EVENTS_LEN])
    told: list[tuple[int, int]] = []
    found = check_log(
        database, lambda *told_now: told.append(told_now), jobs=2, stretch_len=STRETCH_LEN
    )
    assert found == (EVENTS_LEN, None)
    assert told == [(upto, EVENTS_LEN) for upto in (50, 100, 150, 200)]
