"""Without this file lag would be measured while nothing else happens."""

import threading
from collections.abc import Sequence
from time import monotonic
from types import TracebackType
from typing import Self

from benchmarks.writers import Write

_BEHIND_MAX_S = 0.5


class SteadyLoad:
    """Appends at a steady rate for the length of a ``with``, a thread per writer.

    A writer that cannot keep up does not catch up in a burst.

    Args:
        writers: Share the rate equally.
        per_s: Events per second of all together.
    """

    def __init__(self, writers: Sequence[Write], per_s: int) -> None:
        self._pause_s = len(writers) / per_s
        self._stop = threading.Event()
        self._failures: list[Exception] = []
        self.written = 0
        self._threads = [
            threading.Thread(target=self._run, args=(write, number / per_s))
            for number, write in enumerate(writers)
        ]

    def __enter__(self) -> Self:
        """Begin."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End, and raise what the first failing writer raised."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._failures and error is None:
            raise self._failures[0]

    def _run(self, write: Write, begins_after_s: float) -> None:
        due_at_s = monotonic() + begins_after_s
        try:
            while not self._stop.wait(max(0.0, due_at_s - monotonic())):
                write()
                self.written += 1
                due_at_s = max(due_at_s + self._pause_s, monotonic() - _BEHIND_MAX_S)
        except Exception as error:  # noqa: BLE001 - raised where the load ends
            self._failures.append(error)
