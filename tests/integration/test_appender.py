"""The group commit gives every caller its own true answer."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import monotonic

import msgspec
import psycopg
import pytest

from ledger.database import Database, Role
from ledger.errors import (
    AppendRefusedError,
    ClaimTakenError,
    KeyTakenError,
    LedgerClosedError,
    LedgerUnavailableError,
    OutcomeUnknownError,
    VersionConflictError,
)
from ledger.recorder import LedgerRecorder
from ledger.waiting_line import AppenderLimits
from tests.integration.appending import (
    ACT,
    await_lock_waiter,
    one_event,
    open_recorder,
    positions_in,
    record_in_one_batch,
    stream,
    waiting_len,
)
from tests.integration.cutting_proxy import Cut, CuttingProxy
from tests.programs import wait_until


def _transactions_in(database: Database) -> int:
    with database.connect(Role.APP) as connection:
        row = connection.execute("SELECT count(DISTINCT xmin::text) FROM event").fetchone()
    assert row is not None
    return int(row[0])


def _lock_waiters_in(database: Database) -> int:
    with psycopg.connect(database.admin_conninfo()) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_appender_commits_once_for_all_that_wait(database: Database) -> None:
    """Ten waiting appends become one transaction."""
    with closing(open_recorder(database)) as recorder:
        answers = record_in_one_batch(
            database, recorder, [one_event(stream(number), 1) for number in range(10)]
        )
    assert answers == [range(place, place + 1) for place in range(2, 12)]
    assert _transactions_in(database) == 2


def test_appender_refuses_only_the_conflict_of_a_batch(database: Database) -> None:
    """Stale versions, a second writer, a repeated key and a taken claim each fail alone."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(1), 1, key="k-1", claims=["n-1"]))
        answers = record_in_one_batch(
            database,
            recorder,
            [
                one_event(stream(1), 1),
                one_event(stream(2), 1, key="k-2"),
                one_event(stream(2), 1),
                one_event(stream(3), 1, key="k-1"),
                one_event(stream(4), 1, claims=["n-1"]),
                one_event(stream(5), 1, claims=["n-2"]),
                one_event(stream(6), 1, claims=["n-2"]),
                one_event(stream(7), 1, key="k-2"),
                one_event(stream(8), 1),
            ],
        )
    assert [answer if isinstance(answer, range) else type(answer) for answer in answers] == [
        VersionConflictError,
        range(3, 4),
        VersionConflictError,
        KeyTakenError,
        ClaimTakenError,
        range(4, 5),
        ClaimTakenError,
        KeyTakenError,
        range(5, 6),
    ]
    assert _transactions_in(database) == 3
    assert positions_in(database) == [1, 2, 3, 4, 5]


def test_appender_takes_batch_apart_after_a_constraint_error(database: Database) -> None:
    """A row the database refuses spoils nobody else's append."""
    crooked = msgspec.structs.replace(ACT, occurred_offset_min=9_999)
    with closing(open_recorder(database)) as recorder:
        answers = record_in_one_batch(
            database,
            recorder,
            [
                one_event(stream(1), 1),
                one_event(stream(2), 1, act=crooked),
                one_event(stream(3), 1),
            ],
        )
    assert isinstance(answers[1], AppendRefusedError)
    assert [answers[0], answers[2]] == [range(2, 3), range(3, 4)]
    assert positions_in(database) == [1, 2, 3]


def test_appender_fails_whole_batch_without_recording_when_lock_is_not_had(
    database: Database,
) -> None:
    """A time-out is nobody's fault: every caller hears that nothing was recorded."""

    def connect() -> psycopg.Connection[tuple[object, ...]]:
        connection = database.connect(Role.APP, autocommit=True)
        connection.execute("SET lock_timeout = '50ms'")
        return connection

    with closing(LedgerRecorder("main", connect, "tz_main")) as recorder:
        with database.connect(Role.OWNER) as holder:
            holder.execute("SELECT FROM head FOR UPDATE")
            with pytest.raises(LedgerUnavailableError, match="lock timeout"):
                recorder.append(one_event(stream(1), 1))
        assert recorder.append(one_event(stream(1), 1)) == range(1, 2)


def test_appender_reconnects_after_its_session_was_ended(database: Database) -> None:
    """A lost session costs one answer at most, and is replaced."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(1), 1))
        with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        try:
            recorder.append(one_event(stream(1), 2))
        except LedgerUnavailableError:
            recorder.append(one_event(stream(1), 2))
    assert positions_in(database) == [1, 2]


@pytest.mark.parametrize("is_presumed", [False, True])
def test_callers_of_a_batch_do_not_wait_for_the_next_one(
    database: Database, *, is_presumed: bool
) -> None:
    """Answers are given when the next batch has been sent, and not when it is committed."""
    with (
        closing(open_recorder(database)) as recorder,
        database.connect(Role.OWNER) as holder,
        database.connect(Role.OWNER) as rival,
        ThreadPoolExecutor(3) as pool,
    ):
        if is_presumed:
            recorder.append(one_event(stream(3), 1))
        holder.execute("SELECT FROM head FOR UPDATE")
        first = pool.submit(recorder.append, one_event(stream(1), 1))
        await_lock_waiter(holder)
        held = pool.submit(rival.execute, "SELECT FROM head FOR UPDATE")
        wait_until(lambda: _lock_waiters_in(database) == 2)
        second = pool.submit(recorder.append, one_event(stream(2), 1))
        wait_until(lambda: waiting_len(recorder) == 1)
        holder.rollback()
        held.result()
        try:
            assert first.result(timeout=5)
            assert not second.done()
        finally:
            rival.rollback()
        assert second.result()


def test_close_answers_the_batch_under_way_and_fails_queued_callers(database: Database) -> None:
    """Nobody is left waiting, and who is refused was not recorded."""
    recorder = open_recorder(database)
    answers: dict[int, object] = {}

    def write(number: int) -> None:
        try:
            answers[number] = recorder.append(one_event(stream(number), 1))
        except LedgerClosedError as error:
            answers[number] = type(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in (1, 2, 3)]
    with database.connect(Role.OWNER) as holder:
        holder.execute("SELECT FROM head FOR UPDATE")
        writers[0].start()
        await_lock_waiter(holder)
        for writer in writers[1:]:
            writer.start()
        wait_until(lambda: waiting_len(recorder) == 2)
        closer = threading.Thread(target=recorder.close)
        closer.start()
        wait_until(lambda: len(answers) == 2)
        holder.rollback()
    for thread in (*writers, closer):
        thread.join()
    assert answers == {1: range(1, 2), 2: LedgerClosedError, 3: LedgerClosedError}
    assert positions_in(database) == [1]


@pytest.mark.parametrize("cut", list(Cut))
def test_append_outcome_is_unknown_when_connection_breaks_at_commit(
    database: Database, cut: Cut
) -> None:
    """Once COMMIT may have been sent nobody is told that nothing was recorded."""
    with CuttingProxy(database.conninfo(Role.APP), cut) as proxy:
        recorder = LedgerRecorder(
            "main", lambda: psycopg.connect(proxy.conninfo, autocommit=True), "tz_main"
        )
        with closing(recorder):
            with pytest.raises(OutcomeUnknownError):
                recorder.append(one_event(stream(1), 1, key="k-1"))
            given = recorder.log.settle_answer(ACT.actor_id, "k-1")
            assert (given is not None) == (cut is Cut.AFTER_COMMIT)
    assert positions_in(database) == ([1] if cut is Cut.AFTER_COMMIT else [])


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_forked_process_appends_on_a_connection_of_its_own(database: Database) -> None:
    """The appender's thread does not survive a fork, so a child begins another."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(1), 1))
        child = os.fork()
        if child == 0:
            try:
                recorder.append(one_event(stream(2), 1))
                recorder.close()
            finally:
                os._exit(0 if positions_in(database) == [1, 2] else 1)
        assert os.waitpid(child, 0)[1] == 0
        recorder.append(one_event(stream(1), 2))
    assert positions_in(database) == [1, 2, 3]


def test_followers_get_few_hints_and_the_last_position(database: Database) -> None:
    """Hints are bounded in time, not in number of commits, and the last one is not lost."""
    limits = AppenderLimits(notify_every_s=0.2)
    began_at_s = monotonic()
    with (
        database.connect(Role.PROJECTOR, autocommit=True) as follower,
        closing(open_recorder(database, limits)) as recorder,
    ):
        follower.execute("LISTEN tz_main")
        for version in range(1, 41):
            recorder.append(one_event(stream(1), version))
        hints: list[str] = []
        while not hints or hints[-1] != "40":
            hints += [hint.payload for hint in follower.notifies(timeout=1.0, stop_after=1)]
    # One at once, one at the very end, and between them none sooner than the limit says.
    assert len(hints) <= 2 + (monotonic() - began_at_s) / limits.notify_every_s


def test_append_is_refused_when_longer_than_a_transaction(database: Database) -> None:
    """One append cannot make everybody wait."""
    with (
        closing(open_recorder(database, AppenderLimits(events_max=0))) as recorder,
        pytest.raises(ValueError, match="at most 0 events"),
    ):
        recorder.append(one_event(stream(1), 1))
