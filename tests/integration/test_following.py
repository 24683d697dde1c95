"""Tests of following the log live: hints, polling, and who leads."""

import os
import signal
import subprocess
import sys
import threading

import psycopg

from ledger.database import Database, Role
from projections.leader import is_led, wait_to_lead
from projections.positions import positions
from tests.integration.live_projector import following
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows
from tests.programs import PATIENCE_S, ROOT, wait_until

_FOLLOWER = """
import sys, threading
from psycopg import connect
from projections.following import follow
follow(lambda: connect(sys.argv[1], autocommit=True), sys.argv[2], threading.Event(),
       report=lambda text: print(text.en, flush=True))
"""

_BUSY_LEADER = """
import sys, threading
from psycopg import connect
from projections.leader import wait_to_lead
with connect(sys.argv[1], autocommit=True) as connection:
    if wait_to_lead(connection, threading.Event(), poll_s=1):
        print("leads", flush=True)
        connection.execute("SELECT pg_sleep(600)")
"""


def _position(database: Database) -> int:
    with database.connect(Role.APP) as connection:
        return positions(connection).get("petitions", 0)


def test_follower_sees_what_is_appended_while_it_waits(database: Database) -> None:
    """A hint wakes the follower long before its next poll."""
    recorder = open_recorder(database)
    events = draw_log(1, 10)
    with following(database, poll_s=2 * PATIENCE_S):
        wait_until(lambda: bool(_leaders(database)))
        append_events(recorder, events)
        wait_until(lambda: _position(database) == len(events))
    recorder.close()
    with database.connect(Role.PROJECTOR) as connection:
        assert stored_rows(connection) == expected_rows(events)


def test_follower_polls_when_no_hint_arrives(database: Database) -> None:
    """Hints only shorten the wait: a channel nobody hints on changes nothing else."""
    recorder = open_recorder(database)
    events = draw_log(2, 10)
    with following(database, channel="nobody_speaks_here"):
        append_events(recorder, events)
        wait_until(lambda: _position(database) == len(events))
    recorder.close()


def test_follower_goes_on_when_its_connection_is_cut(database: Database) -> None:
    """A lost connection is reported, and the next one goes on from the position."""
    recorder = open_recorder(database)
    events = draw_log(3, 20)
    with following(database) as told:
        append_events(recorder, events[:50])
        wait_until(lambda: _position(database) == 50)
        for pid in _leaders(database):
            _terminate(database, pid)
        append_events(recorder, events[50:])
        wait_until(lambda: _position(database) == len(events))
    recorder.close()
    assert any("does not answer" in text.en for text in told)
    with database.connect(Role.PROJECTOR) as connection:
        assert stored_rows(connection) == expected_rows(events)


def test_second_follower_takes_over_when_the_leader_is_killed(database: Database) -> None:
    """A leader killed with -9 is followed by the one that waited, and nothing repeats."""
    recorder = open_recorder(database)
    events = draw_log(4, 30)
    first, second = _start_follower(database), None
    try:
        assert first.stdout is not None
        assert "keeps the read models" in first.stdout.readline()
        second = _start_follower(database)
        append_events(recorder, events[:100])
        wait_until(lambda: _position(database) == 100)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        append_events(recorder, events[100:])
        wait_until(lambda: _position(database) == len(events))
        assert second.stdout is not None
        assert "keeps the read models" in second.stdout.readline()
    finally:
        for process in (first, second):
            if process is not None:
                process.kill()
                process.communicate()
        recorder.close()
    with database.connect(Role.PROJECTOR) as connection:
        assert stored_rows(connection) == expected_rows(events)


def test_lead_of_a_killed_process_ends_while_its_statement_runs(database: Database) -> None:
    """The server notices that nobody waits for the statement's end, long before that end."""
    busy = subprocess.Popen(
        [sys.executable, "-c", _BUSY_LEADER, database.conninfo(Role.PROJECTOR)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
    )
    try:
        assert busy.stdout is not None
        assert busy.stdout.readline() == "leads\n"
        with database.connect(Role.PROJECTOR, autocommit=True) as other:
            wait_until(lambda: bool(_busy_sessions(database)))
            assert is_led(other)
            busy.kill()
            wait_until(lambda: not is_led(other))
            assert wait_to_lead(other, threading.Event(), poll_s=0.05)
    finally:
        busy.kill()
        busy.communicate()


def _busy_sessions(database: Database) -> list[int]:
    with psycopg.connect(database.admin_conninfo()) as admin:
        query = """SELECT pid FROM pg_stat_activity
                   WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)'"""
        return [row[0] for row in admin.execute(query)]


def _start_follower(database: Database) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _FOLLOWER, database.conninfo(Role.PROJECTOR), database.schema],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
    )


def _leaders(database: Database) -> list[int]:
    with psycopg.connect(database.admin_conninfo()) as admin:
        query = """SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
                   WHERE locktype = 'advisory' AND granted AND datname = current_database()"""
        return [row[0] for row in admin.execute(query)]


def _terminate(database: Database, pid: int) -> None:
    with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [pid])
