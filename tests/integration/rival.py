"""A second process that appends to the same streams: ``python -m tests.integration.rival``."""

import sys
from contextlib import closing

import psycopg

from ledger.errors import VersionConflictError
from ledger.recorder import LedgerRecorder
from tests.integration.appending import one_event, stream


def write(recorder: LedgerRecorder, streams_len: int, versions_len: int) -> int:
    """Try to be the one who appends each version of each stream, and return how often.

    Versions are tried in order, so both rivals are at the same place all the time.
    """
    won = 0
    for version in range(1, versions_len + 1):
        for number in range(streams_len):
            try:
                recorder.append(one_event(stream(number), version))
            except VersionConflictError:
                continue
            won += 1
    return won


def main(conninfo: str, streams_len: int, versions_len: int) -> None:
    """Wait for a line on standard input, then write and print how often it won."""
    recorder = LedgerRecorder("main", lambda: psycopg.connect(conninfo, autocommit=True), "tz_main")
    with closing(recorder):
        recorder.log.read_position()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        sys.stdout.write(f"{write(recorder, streams_len, versions_len)}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
