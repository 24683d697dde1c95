"""Without this file the weights of a ranking could change and nobody would see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from domain.counts import Counts
from domain.text import Text

PENALTY_CAP: Final = Decimal(20)


class Penalty(NamedTuple):
    """A deduction for each time something happened.

    Attributes:
        penalty_id: Stable identifier.
        label: What people call it.
        points: Taken off for each occurrence.
        occurrences: Measures that are added.
        less: Measures taken off them.
        is_per_hundred: Whether the points are those per hundred petitions of the unit.
    """

    penalty_id: str
    label: Text
    points: Decimal
    occurrences: tuple[str, ...]
    less: tuple[str, ...] = ()
    is_per_hundred: bool = True

    def count(self, counts: Counts) -> int:
        """Return how often it happened; pure."""
        return counts.total(self.occurrences) - counts.total(self.less)


@dataclass(frozen=True)
class ScoreRules:
    """How a composite score is made of counts.

    Attributes:
        reference: Identifier and version, as ``unit_score@1``.
        weights: Weight of each component by the rate's definition; they add up to 1.
        penalties: What takes points off, together at most ``PENALTY_CAP``.
        honours_appeals: Whether a petition leaves the score by an upheld appeal.
    """

    reference: str
    weights: Mapping[str, Decimal]
    penalties: tuple[Penalty, ...]
    honours_appeals: bool


_WEIGHTS: Final = {
    "response_rate@1": Decimal("0.15"),
    "ontime_rate.original@1": Decimal("0.25"),
    "resolution_rate.petitioner@1": Decimal("0.30"),
    "satisfaction_rate.strict@1": Decimal("0.20"),
    "first_pass_rate@1": Decimal("0.10"),
}
_RETURN_REJECTED: Final = Penalty(
    "return_rejected",
    Text("退单被驳回", "return rejected"),
    Decimal("0.5"),
    ("returns_rejected",),
)
_REPLY_RETURNED: Final = Penalty(
    "reply_returned",
    Text("答复被退回", "reply returned by review"),
    Decimal("0.5"),
    ("replies_returned",),
)

_FIRST: Final = ScoreRules(
    "unit_score@1",
    _WEIGHTS,
    (
        Penalty(
            "late",
            Text("逾期", "answered late or overdue"),
            Decimal(1),
            ("ontime_effective_d",),
            ("ontime_effective_n",),
        ),
        _RETURN_REJECTED,
        _REPLY_RETURNED,
    ),
    honours_appeals=False,
)
_SECOND: Final = ScoreRules(
    "unit_score@2",
    _WEIGHTS,
    (
        Penalty(
            "late_unexplained",
            Text("逾期且未书面说明", "late without explanation"),
            Decimal(1),
            ("ontime_effective_d",),
            ("ontime_explained",),
        ),
        Penalty(
            "upward_late",
            Text("逾期未报备", "delay not reported upward in time"),
            Decimal("0.5"),
            ("upward_late",),
        ),
        _RETURN_REJECTED,
        _REPLY_RETURNED,
        Penalty(
            "supervised_orange",
            Text("橙色督办", "orange supervision"),
            Decimal(1),
            ("supervised_orange",),
        ),
        Penalty(
            "supervised_red",
            Text("红色督办", "red supervision"),
            Decimal(2),
            ("supervised_red",),
        ),
        Penalty(
            "false_closure",
            Text("虚假办结（查实）", "false closure upheld"),
            Decimal(5),
            ("false_closures",),
            is_per_hundred=False,
        ),
        Penalty(
            "withdrawal_contested",
            Text("撤回存疑（查实）", "contested withdrawal upheld"),
            Decimal(5),
            ("withdrawals_contested",),
            is_per_hundred=False,
        ),
    ),
    honours_appeals=True,
)

SCORE_RULES: Final[Mapping[str, ScoreRules]] = {each.reference: each for each in (_FIRST, _SECOND)}
"""Every version of the score there ever was; old ones stay for what was published by them.

Source: domain.md §5, "Composite" and "Penalties", and decision 15; all assumed there.
"""
CURRENT_SCORE: Final = _SECOND
SCORE_VERSION: Final = CURRENT_SCORE.reference
