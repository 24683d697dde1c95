"""Without this file a unit's word, its petitioners' and a third party's would never meet."""

from typing import Final, NamedTuple

from domain.counts import Counts
from domain.difference import Difference, paired_difference
from domain.rate import Rate, points_between
from domain.rates import RATES, RateDefinition
from domain.text import Text


class Pairing(NamedTuple):
    """Two words on the same replies.

    Attributes:
        gap_id: Stable identifier of their gap.
        label: What people call it.
        first_id: Rate by the word that the other is taken off.
        second_id: Rate by the other word.
        agreed: Measure of the items that both call resolved.
        version: Raised when the same identifier begins to count differently.
    """

    gap_id: str
    label: Text
    first_id: str
    second_id: str
    agreed: str
    version: int = 1

    @property
    def reference(self) -> str:
        """Identifier and version, as ``claim_gap@1``."""
        return f"{self.gap_id}@{self.version}"

    @property
    def rates(self) -> tuple[RateDefinition, RateDefinition]:
        """The rates by either word."""
        return RATES[self.first_id], RATES[self.second_id]


PAIRINGS: Final = (
    Pairing(
        "claim_gap",
        Text("自报与诉求人", "claim and petitioner"),
        "claim_gap.claimed",
        "claim_gap.petitioner",
        "claim_pairs_agreed",
    ),
    Pairing(
        "claim_gap.third_party",
        Text("自报与第三方", "claim and third party"),
        "claim_gap.third_party_claimed",
        "claim_gap.third_party_found",
        "third_pairs_agreed",
    ),
    Pairing(
        "answer_gap",
        Text("诉求人与第三方", "petitioner and third party"),
        "answer_gap.petitioner",
        "answer_gap.third_party",
        "answer_pairs_agreed",
    ),
)
"""Every two of the three who say whether a petition was resolved."""

UNWEIGHTED: Final = Text(
    "每件计一次，未按抽样设计加权：各单位抽样比例不同时，合计不代表总体；"
    "加权推算见 taizhang sample estimate",
    "not weighted by any sampling design: where units were sampled at different shares the total "
    "does not speak for all petitions; weighted estimates: taizhang sample estimate",
)
"""What has to be said beside a gap, since third parties ask samples."""


class Gap(NamedTuple):
    """What two say of the same items.

    Attributes:
        first: Items that the first calls resolved, of those on which both have spoken.
        second: Of the same items, those that the second calls resolved.
        both: How many both call resolved.
    """

    first: Rate
    second: Rate
    both: int

    @property
    def items(self) -> int:
        """On how many both have spoken."""
        return self.first.d

    @property
    def points(self) -> str | None:
        """First less second in percentage points, before rounding; None without items."""
        return points_between(self.second, self.first) if self.items else None

    @property
    def difference(self) -> Difference | None:
        """The gap with its 95 % interval; None without items."""
        if not self.items:
            return None
        return paired_difference(self.items, self.first.n, self.second.n, self.both)

    def difference_of(self, cases_min: int) -> Difference | None:
        """Return the same; None of fewer items than a rate may be given of."""
        return self.difference if self.items >= max(cases_min, 1) else None


def gap_of(pairing: Pairing, counts: Counts) -> Gap:
    """Return the gap between two words on the same items.

    Pure. An item counts where both spoke of that same reply; partly resolved is not resolved.

    Source:
        domain.md §5, `claim_gap`, and §7, "Claim gap".
    """
    first, second = pairing.rates
    return Gap(first.of(counts), second.of(counts), counts[pairing.agreed])
