"""Without this file nobody would know how long a clerk waits while history comes in."""

from time import perf_counter
from typing import Final

from benchmarks.latency import percentile
from benchmarks.open_petitions import Append
from benchmarks.rows import Figures, Goal, Row
from benchmarks.steady_load import SteadyLoad

GOAL: Final = Goal(250)
COMMANDS_PER_S: Final = 50
_MS: Final = 1_000


class LiveWaits(SteadyLoad):
    """Records one command every 20 ms for the length of a ``with``, and keeps what each took.

    Args:
        append: Records one command.
    """

    def __init__(self, append: Append) -> None:
        self._append = append
        self.waits_s: list[float] = []
        super().__init__([self._timed], COMMANDS_PER_S)

    def _timed(self) -> None:
        began_at_s = perf_counter()
        self._append()
        self.waits_s.append(perf_counter() - began_at_s)

    def rows(self, benchmark: str, meanwhile: str, size: int) -> list[Row]:
        """Return the longest wait and the 99th percentile.

        Args:
            benchmark: Which the work belongs to.
            meanwhile: What else was done.
            size: Events in the log.
        """
        work = f"live command, one every 20 ms, {meanwhile}"

        def row(name: str, wait_s: float, goals: tuple[Goal, ...] = ()) -> Row:
            figures = Figures({"ours": [wait_s * _MS]})
            series = f"live command, {name}"
            return Row(benchmark, f"{work}, {name}", "ms", figures, goals, size, series)

        return [
            row("longest wait", max(self.waits_s), (GOAL,)),
            row("p99", percentile(self.waits_s, 0.99)),
        ]
