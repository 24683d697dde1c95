"""PostgreSQL is killed in the middle of appends, and nothing acknowledged is missing."""

import os
import signal
import threading
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from time import sleep

from ledger.database import Database
from ledger.embedded import EmbeddedServer
from ledger.errors import LedgerUnavailableError, OutcomeUnknownError
from ledger.migrate import migrate
from ledger.recorder import LedgerRecorder
from ledger.server_tree import ServerTree
from tests.integration.appending import ACT, one_event, open_recorder, stream
from tests.programs import wait_until

KILLS = 20
WRITERS = 4


class Writer(threading.Thread):
    """Appends to one stream and notes what was acknowledged, refused or left unknown."""

    def __init__(self, recorder: LedgerRecorder, number: int) -> None:
        super().__init__()
        self.stopping = threading.Event()
        self.acknowledged: dict[int, int] = {}
        self.unknown = 0
        self.refused = 0
        self.wrong: list[str] = []
        self._recorder = recorder
        self._stream = stream(number)

    def run(self) -> None:
        """Append until stopped; an unknown outcome is settled by its key before going on."""
        version = 1
        while not self.stopping.is_set():
            key = f"{self._stream}:{version}"
            try:
                positions = self._recorder.append(one_event(self._stream, version, key=key))
            except OutcomeUnknownError:
                self.unknown += 1
                position = self._settle(key)
                if position is None:
                    continue
            except LedgerUnavailableError:
                self.refused += 1
                sleep(0.01)
                continue
            except Exception as error:  # noqa: BLE001 - reported by the test's thread
                self.wrong.append(repr(error))
                return
            else:
                position = positions[0]
            self.acknowledged[version] = position
            version += 1

    def _settle(self, key: str) -> int | None:
        while not self.stopping.is_set():
            with suppress(LedgerUnavailableError):
                given = self._recorder.log.settle_answer(ACT.actor_id, key)
                return given.last_position if given else None
            sleep(0.01)
        return None


def test_killed_server_loses_no_acknowledged_event(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """Twenty kills in the middle of appends: all that was acknowledged is there, and dense."""
    moment = Random(7)  # noqa: S311 - a repeatable choice of moments, not a secret
    with EmbeddedServer(server_folder, tree=server_tree) as server:
        database = Database.on_server(server, "main")
        migrate(database)
        with closing(open_recorder(database)) as recorder:
            writers = [Writer(recorder, number) for number in range(WRITERS)]
            for writer in writers:
                writer.start()
            try:
                for _ in range(KILLS):
                    _await_growth(writers)
                    sleep(moment.uniform(0.0, 0.05))
                    assert server.postmaster_pid is not None
                    os.kill(server.postmaster_pid, signal.SIGKILL)
                    wait_until(lambda: server.postmaster_pid is None)
                    server.start()
                _await_growth(writers)
            finally:
                for writer in writers:
                    writer.stopping.set()
                for writer in writers:
                    writer.join()
            _compare(recorder, writers)


def _await_growth(writers: list[Writer]) -> None:
    """Block until every writer got something acknowledged since now."""
    before = [len(writer.acknowledged) for writer in writers]

    def have_grown() -> bool:
        for writer in writers:
            assert not writer.wrong
            assert writer.is_alive()
        return all(len(each.acknowledged) > n for each, n in zip(writers, before, strict=True))

    wait_until(have_grown)


def _compare(recorder: LedgerRecorder, writers: list[Writer]) -> None:
    positions: list[int] = []
    for number, writer in enumerate(writers):
        recorded = {e.version: e.position for e in recorder.log.read_stream(stream(number))}
        missing = writer.acknowledged.items() - recorded.items()
        assert not missing, f"acknowledged but not there: {sorted(missing)[:5]}"
        # At the very end one outcome may have stayed unknown; nothing else was recorded.
        assert len(recorded) - len(writer.acknowledged) <= 1
        assert sorted(recorded) == list(range(1, len(recorded) + 1))
        positions += recorded.values()
    assert sorted(positions) == list(range(1, len(positions) + 1))
    assert sum(writer.unknown + writer.refused for writer in writers) > 0
