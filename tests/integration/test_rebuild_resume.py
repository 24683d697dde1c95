"""Tests of rebuilds that are killed in the middle."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing import get_context
from time import monotonic, sleep
from typing import Any

import pytest
from psycopg import Connection

from ledger.database import Database, Role
from projections.models import MODELS
from replay import shadow, slices, streams
from replay.rebuild import rebuild
from replay.shadow import Purpose, ReplayBusyError, Shadow
from replay.slices import SliceFiller, finished_slices
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows
from tests.programs import PATIENCE_S

EVENTS = draw_log(17, 40)
_SLICE_EVENTS_LEN = 60
_PAGE_LEN = 17
_KILLED_AT_PAGE = 20


@pytest.fixture
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the work into many slices of several pages."""
    monkeypatch.setattr(shadow, "SLICE_EVENTS_LEN", _SLICE_EVENTS_LEN)
    monkeypatch.setattr(streams, "PAGE_LEN", _PAGE_LEN)


def _rebuild_until_killed(database: Database) -> None:
    """Rebuild in a process of its own that nothing can end in order, within a slice."""
    left = iter(range(_KILLED_AT_PAGE))
    write = SliceFiller.write

    def write_or_die(self: SliceFiller, page: slices.FoldedPage) -> int:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(self, page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shadow, "SLICE_EVENTS_LEN", _SLICE_EVENTS_LEN)
        patch.setattr(streams, "PAGE_LEN", _PAGE_LEN)
        patch.setattr(SliceFiller, "write", write_or_die)
        rebuild(database)


@pytest.fixture
def killed(database: Database) -> dict[int, int]:
    """Return the slices that a killed rebuild of the recorded events had finished."""
    recorder = open_recorder(database)
    append_events(recorder, EVENTS)
    recorder.close()
    sent = Database(database.ledger, dict(database.dsns), database.admin_dsn)
    process = get_context("spawn").Process(target=_rebuild_until_killed, args=(sent,))
    process.start()
    process.join(PATIENCE_S)
    assert process.exitcode == -signal.SIGKILL
    tables = [table for factory in MODELS for table in factory.tables]
    left_behind = Shadow(database, Purpose.REBUILD, tables)
    with ExitStack() as stack:
        stack.enter_context(_held_once_free(left_behind))
        connection = stack.enter_context(left_behind.enter())
        return finished_slices(connection)


def _held_once_free(left_behind: Shadow) -> ExitStack:
    """Return the lock of a replay once the server has noticed that its holder died."""
    until_s = monotonic() + PATIENCE_S
    while True:
        stack = ExitStack()
        try:
            stack.enter_context(left_behind.hold())
        except ReplayBusyError:
            assert monotonic() < until_s
            sleep(0.05)
        else:
            return stack


@pytest.mark.usefixtures("_small_parts")
def test_rebuild_goes_on_where_it_was_killed(
    database: Database, killed: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was finished is neither read nor written again, and the rows are the same."""
    read: set[int] = set()
    told: list[tuple[int, int]] = []
    pages = streams.pages_of_range

    def watch(
        connection: Connection[Any], upto: int, *, number: int, ranges_len: int
    ) -> Iterator[list[streams.StreamRow]]:
        read.add(number)
        return pages(connection, upto, number=number, ranges_len=ranges_len)

    monkeypatch.setattr(slices, "pages_of_range", watch)
    rebuild(database, progress=lambda done, total: told.append((done, total)))
    slices_len = len(EVENTS) // _SLICE_EVENTS_LEN + 1
    assert 0 < len(killed) < slices_len
    assert read == set(range(slices_len)) - killed.keys()
    assert told[0] == (sum(killed.values()), len(EVENTS))
    assert told[-1] == (len(EVENTS), len(EVENTS))
    with database.connect(Role.PROJECTOR) as connection:
        assert stored_rows(connection) == expected_rows(EVENTS)
