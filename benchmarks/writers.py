"""Without this file concurrency would mean something else for each contender."""

import threading
from collections.abc import Callable, Sequence
from time import perf_counter

Write = Callable[[], None]
"""Does one durable command, and returns once it is durable."""


def _begin_at_once() -> None:
    """Wait for nobody."""


def measure_writers(
    writers: Sequence[Write], turn_s: float, begin: Callable[[], None] = _begin_at_once
) -> float:
    """Return the commands per second of writers that all write at once. Blocking.

    Each has a thread of its own, and writes once before the clock starts, so that its
    connection is there. The clock stops when the last one has its last answer.

    Args:
        writers: One per thread.
        turn_s: Seconds after which no further command begins.
        begin: Called once all are ready, before the clock starts; may wait for others.

    Raises:
        Exception: what the first failing writer raised.
    """
    counts = [0] * len(writers)
    failures: list[Exception] = []
    started_at_s = 0.0

    def start_clock() -> None:
        nonlocal started_at_s
        begin()
        started_at_s = perf_counter()

    ready = threading.Barrier(len(writers), action=start_clock)

    def run(number: int, write: Write) -> None:
        try:
            write()
            ready.wait()
            stop_at_s = started_at_s + turn_s
            written = 0
            while perf_counter() < stop_at_s:
                write()
                written += 1
            counts[number] = written
        except threading.BrokenBarrierError:
            pass
        except Exception as error:  # noqa: BLE001 - raised below, in the thread that asked
            failures.append(error)
            ready.abort()

    threads = [
        threading.Thread(target=run, args=(number, write)) for number, write in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stopped_at_s = perf_counter()
    if failures:
        raise failures[0]
    return sum(counts) / (stopped_at_s - started_at_s)
