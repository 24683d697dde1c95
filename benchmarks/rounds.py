"""Without this file contenders would be measured at different times and compared all the same."""

import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Contender:
    """One way to do the work.

    Attributes:
        name: Column of the table: ``ours``, ``eventsourcing``, ``limit`` or another.
        turn: Takes the number of the round, from 0, does the work once and returns its
            rate per second; what is not measured it does outside its own clock.
    """

    name: str
    turn: Callable[[int], float]


@dataclass(frozen=True)
class Goal:
    """A ratio that is wanted.

    Attributes:
        against: Name of the contender that ours is divided by.
        ratio_min: Least ratio that meets the goal.
    """

    against: str
    ratio_min: float


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        benchmark: ``P1``, ``P2`` or ``P3``.
        work: What was done, with its size.
        unit: What is counted per second.
        rates: Per contender the rates of its rounds, in their order.
        goal: The ratio wanted here, or None.
        failure: Why it could not be measured, or an empty text.
    """

    benchmark: str
    work: str
    unit: str
    rates: dict[str, list[float]]
    goal: Goal | None = None
    failure: str = ""

    def median(self, name: str) -> float | None:
        """Return the median rate of a contender, None where it was not measured."""
        rates = self.rates.get(name)
        return median(rates) if rates else None

    def ratio(self, name: str) -> float | None:
        """Return our median divided by a contender's."""
        ours, other = self.median("ours"), self.median(name)
        return None if ours is None or not other else ours / other

    def is_met(self) -> bool | None:
        """Return whether the goal is met, None where there is none to judge."""
        ratio = self.ratio(self.goal.against) if self.goal else None
        return None if ratio is None or self.goal is None else ratio >= self.goal.ratio_min


def alternate(
    contenders: Sequence[Contender],
    rounds_len: int,
    *,
    title: str,
    before_turn: Callable[[], None],
) -> dict[str, list[float]]:
    """Let contenders take turns, A B C A B C …, and return the rates of each. Blocking.

    What lies ready for the turns is kept from the garbage collector: a program at work
    does not hold it, and whoever makes more objects would pay for looking at it.

    Args:
        contenders: In the order of their turns.
        rounds_len: Turns of each, at least 1.
        title: What is measured, for the progress on standard error.
        before_turn: Called before every turn, outside its clock.
    """
    rates: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for number in range(rounds_len):
        for contender in contenders:
            before_turn()
            gc.collect()
            gc.freeze()
            rate = contender.turn(number)
            rates[contender.name].append(rate)
            gc.unfreeze()
            say(f"{title}: {number + 1}/{rounds_len} {contender.name} {rate:,.0f}/s")
    return rates


def failed_row(benchmark: str, work: str, unit: str, cause: BaseException) -> Row:
    """Return the row of a benchmark that could not run. Pure."""
    reason = " ".join(str(cause).split()) or "no reason given"
    return Row(benchmark, work, unit, {}, failure=f"{type(cause).__name__}: {reason}")


def say(line: str) -> None:
    """Print one line of progress."""
    print(line, file=sys.stderr, flush=True)


def met_goals(rows: Iterable[Row]) -> tuple[int, int]:
    """Return how many goals are met, and of how many that could be judged. Pure."""
    verdicts = [row.is_met() for row in rows if row.goal is not None]
    return verdicts.count(True), len(verdicts)
