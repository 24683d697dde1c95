"""Without this file nobody would know what a second process of the program adds."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from multiprocessing.util import Finalize
from threading import BrokenBarrierError
from types import TracebackType
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from benchmarks.writers import Write, measure_writers

PROCESSES_LEN: Final = 2
_BEGIN_TIMEOUT_S: Final = 60.0

Task_contra = TypeVar("Task_contra", contravariant=True)


class Program(Protocol[Task_contra]):
    """What a process keeps open from turn to turn."""

    def writer(self, task: Task_contra) -> Write:
        """Return a writer of a task, for a thread of its own."""

    def close(self) -> None:
        """Let go of its connections."""


class WorkerPair(Generic[Task_contra]):
    """Two processes with a program each, whose writers all begin at once. Blocking.

    Args:
        opening: Opens the program in a process of its own; it is sent there.
    """

    def __init__(self, opening: Callable[[], Program[Task_contra]]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            PROCESSES_LEN, context, _Worker.start, (opening, context.Barrier(PROCESSES_LEN))
        )

    def __enter__(self) -> Self:
        """Return itself; the processes start with the first turn."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self._pool.shutdown()

    def measure(self, tasks: Sequence[Task_contra], turn_s: float) -> float:
        """Return the commands per second of a writer per task, halved among the processes.

        Args:
            tasks: At least as many as there are processes.
            turn_s: Seconds after which no further command begins.

        Raises:
            Exception: what the first failing writer raised.
            TimeoutError: the other process never began.
        """
        turns = [
            self._pool.submit(_Worker.take_turn, list(tasks[n::PROCESSES_LEN]), turn_s)
            for n in range(PROCESSES_LEN)
        ]
        return sum(turn.result() for turn in turns)


class _Worker:
    """What a process holds, put there before its first turn."""

    program: Program[Any]
    barrier: Barrier

    @classmethod
    def start(cls, opening: Callable[[], Program[Any]], barrier: Barrier) -> None:
        cls.program, cls.barrier = opening(), barrier
        # Before the interpreter waits for the program's threads, which is before `atexit`.
        Finalize(None, cls.program.close, exitpriority=0)

    @classmethod
    def take_turn(cls, tasks: Sequence[object], turn_s: float) -> float:
        try:
            return measure_writers(list(map(cls.program.writer, tasks)), turn_s, cls._begin)
        except Exception:
            cls.barrier.abort()
            raise

    @classmethod
    def _begin(cls) -> None:
        try:
            cls.barrier.wait(_BEGIN_TIMEOUT_S)
        except BrokenBarrierError as error:
            raise TimeoutError("the other process did not begin") from error
