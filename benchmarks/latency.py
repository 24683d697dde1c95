"""Without this file a slow one among a hundred answers would vanish in an average."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from time import perf_counter

from benchmarks.rows import Figures

_ASKS_MIN = 20
_MS = 1_000


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all values does not exceed. Pure.

    Args:
        values: At least one, in any order.
        share: Above 0, up to 1.
    """
    return sorted(values)[ceil(len(values) * share) - 1]


@dataclass
class Latencies:
    """Times of what contenders did, of which a row shows one percentile.

    Attributes:
        p50s: Per contender the median of each round, milliseconds.
        p99s: Per contender the 99th percentile of each round, milliseconds.
    """

    p50s: dict[str, list[float]] = field(default_factory=dict)
    p99s: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, times_s: Sequence[float]) -> float:
        """Keep a round of a contender, and return its 99th percentile in milliseconds."""
        p99 = percentile(times_s, 0.99) * _MS
        self.p50s.setdefault(name, []).append(percentile(times_s, 0.5) * _MS)
        self.p99s.setdefault(name, []).append(p99)
        return p99

    def turn(self, name: str, ask: Callable[[], object], turn_s: float) -> Callable[[int], float]:
        """Return a turn that asks again and again; its figure is the 99th percentile.

        Args:
            name: Contender.
            ask: What is timed; asked once before.
            turn_s: Seconds after which it is asked no further, at least twenty times.
        """

        def measure(_: int) -> float:
            ask()
            return self.note(name, _times_s(ask, turn_s))

        return measure

    def medians(self, figures: Figures) -> Figures:
        """Return the figures of p50 beside those of p99, for the contenders that ran."""
        rounds = {name: self.p50s[name] for name in figures.rounds if name in self.p50s}
        return Figures(rounds, figures.absent)


def _times_s(ask: Callable[[], object], turn_s: float) -> list[float]:
    times_s: list[float] = []
    stop_at_s = perf_counter() + turn_s
    while len(times_s) < _ASKS_MIN or perf_counter() < stop_at_s:
        started_at_s = perf_counter()
        ask()
        times_s.append(perf_counter() - started_at_s)
    return times_s
