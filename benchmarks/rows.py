"""Without this file a figure would have neither a unit nor a goal to be judged by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median


class NotRunError(Exception):
    """Something did not run, and its text says why to whoever reads the table."""


class LateError(NotRunError):
    """The benchmark's time was up before this began."""

    def __str__(self) -> str:
        """Return what there is to know."""
        return "the time of this benchmark was up before it; the full run has no limit"


@dataclass(frozen=True)
class Goal:
    """What a figure shall reach: at least in ``…/s``, at most in other units.

    Attributes:
        bound: Least rate or longest time, in the row's unit; a ratio where ``against``
            names a contender.
        against: Contender that the figure is divided by, or an empty text.
        of: Contender that is judged.
    """

    bound: float
    against: str = ""
    of: str = "ours"


@dataclass(frozen=True)
class Figures:
    """What contenders reached in turn.

    Attributes:
        rounds: Per contender its figure of each round, in their order.
        absent: Per contender that could not run the reason.
    """

    rounds: Mapping[str, list[float]]
    absent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        benchmark: ``P1`` to ``P8``.
        work: What was done, with its size.
        unit: ``commands/s``, ``events/s`` and the like, where more is better, or ``ms`` or
            ``MiB``, where less is.
        figures: Of all contenders.
        goals: What ours shall reach.
        size: Events or petitions it was done over, a point of the chart; None for no point.
        series: Line of the chart that the point lies on, empty for no point.
        charted: Contenders that were measured over that size, each a line.
        failure: Why it could not be measured, or an empty text.
    """

    benchmark: str
    work: str
    unit: str
    figures: Figures
    goals: tuple[Goal, ...] = ()
    size: int | None = None
    series: str = ""
    charted: tuple[str, ...] = ("ours",)
    failure: str = ""

    @property
    def less_is_better(self) -> bool:
        """Whether figures are costs, not rates."""
        return not self.unit.endswith("/s")

    def median(self, name: str) -> float | None:
        """Return the median figure of a contender, None where it was not measured."""
        figures = self.figures.rounds.get(name)
        return median(figures) if figures else None

    def ratio(self, of: str, against: str) -> float | None:
        """Return one contender's median divided by another's."""
        one, other = self.median(of), self.median(against)
        return None if one is None or not other else one / other

    def reached(self, goal: Goal) -> float | None:
        """Return what a goal is judged by: a ratio, or a figure in the row's unit."""
        return self.ratio(goal.of, goal.against) if goal.against else self.median(goal.of)

    def is_met(self, goal: Goal) -> bool | None:
        """Return whether a goal is met, None where it cannot be judged."""
        reached = self.reached(goal)
        if reached is None:
            return None
        return reached <= goal.bound if self.less_is_better else reached >= goal.bound


def failed_row(
    benchmark: str, work: str, cause: BaseException, unit: str = "", goals: tuple[Goal, ...] = ()
) -> Row:
    """Return the row of a benchmark that could not run, with goals that it cannot meet. Pure."""
    return Row(benchmark, work, unit, Figures({}), goals, failure=reason_of(cause))


def reason_of(cause: BaseException) -> str:
    """Return why something could not run, in one line. Pure."""
    text = " ".join(str(cause).split())
    return text if isinstance(cause, NotRunError) else f"{type(cause).__name__}: {text}"


def count_met(rows: Iterable[Row]) -> tuple[int, int]:
    """Return how many goals are met, and of how many. Pure."""
    verdicts = [row.is_met(goal) for row in rows for goal in row.goals]
    return verdicts.count(True), len(verdicts)
