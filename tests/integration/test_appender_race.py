"""Processes race for the same streams, and the log stays dense and conflict-free."""

import subprocess
import sys
from contextlib import closing

from ledger.database import Database, Role
from tests.integration.appending import open_recorder, positions_in, stream
from tests.integration.rival import write

STREAMS_LEN = 5
VERSIONS_LEN = 40


def test_two_processes_that_race_never_both_win(database: Database) -> None:
    """Of two appends of one version exactly one is recorded, and the other is told so."""
    command = [sys.executable, "-m", "tests.integration.rival", database.conninfo(Role.APP)]
    with (
        closing(open_recorder(database)) as recorder,
        subprocess.Popen(
            [*command, str(STREAMS_LEN), str(VERSIONS_LEN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as rival,
    ):
        assert rival.stdin is not None
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
        rival.stdin.write("go\n")
        rival.stdin.flush()
        won = write(recorder, STREAMS_LEN, VERSIONS_LEN)
        rival_won = int(rival.stdout.readline())
        assert rival.wait() == 0
        for number in range(STREAMS_LEN):
            versions = [event.version for event in recorder.log.read_stream(stream(number))]
            assert versions == list(range(1, VERSIONS_LEN + 1))
    assert won + rival_won == STREAMS_LEN * VERSIONS_LEN
    assert positions_in(database) == list(range(1, STREAMS_LEN * VERSIONS_LEN + 1))
