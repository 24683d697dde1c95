"""Without this file a unit's word and its petitioners' would never stand side by side."""

from typing import NamedTuple

from domain.counts import Counts
from domain.difference import Difference, paired_difference
from domain.rate import Rate, points_between

CLAIM_GAP = "claim_gap@1"


class ClaimGap(NamedTuple):
    """What a unit claims as resolved and what the petitioners say, on the same items.

    Attributes:
        claimed: Items claimed as resolved, of those the petitioner answered about too.
        petitioner: Of the same items, those the petitioner calls resolved.
        both: How many both call resolved.
    """

    claimed: Rate
    petitioner: Rate
    both: int

    @property
    def points(self) -> str | None:
        """Claimed less confirmed in percentage points, before rounding; None without items."""
        return points_between(self.petitioner, self.claimed) if self.claimed.d else None

    @property
    def difference(self) -> Difference | None:
        """The gap with its 95 % interval; None without items."""
        if not self.claimed.d:
            return None
        return paired_difference(self.claimed.d, self.claimed.n, self.petitioner.n, self.both)


def claim_gap(counts: Counts) -> ClaimGap:
    """Return the gap between claim and confirmation.

    Pure. An item counts where the unit said what came of it and the petitioner answered
    to that same reply; partly resolved is not resolved.

    Source:
        domain.md §5, `claim_gap`, and §7, "Claim gap".
    """
    items = counts["claim_pairs"]
    return ClaimGap(
        Rate(counts["claim_pairs_claimed"], items),
        Rate(counts["claim_pairs_resolved"], items),
        counts["claim_pairs_agreed"],
    )
