"""Without this file closings of a month would be divided by its acceptances and called a rate."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from domain.counts import Counts
from domain.rate import Rate

FLOW_RATIO: Final = "flow_ratio@1"


class Flow(NamedTuple):
    """What came in and what was closed in a period; of different petitions, so no share.

    Attributes:
        accepted: Petitions accepted in it.
        closings: Acts of closing in it; one closed twice counts twice.
    """

    accepted: int
    closings: int

    @property
    def ratio(self) -> str | None:
        """Closings per hundred acceptances, two decimals; may exceed 100; None without any."""
        return Rate(self.closings, self.accepted).percent() if self.accepted else None


def flow_between(
    accepted: Mapping[str, Counts], before: Mapping[str, Counts], until: Mapping[str, Counts]
) -> dict[str, Flow]:
    """Return the flow of a period by group; pure.

    Args:
        accepted: Counts of the petitions accepted in the period, at its end.
        before: Counts of all petitions at the last instant before it.
        until: Counts of all petitions at its end.

    Source:
        domain.md §5, "Flow", and decision 10: counts of acts never fall.
    """
    nothing = Counts()
    flows = {
        key: Flow(
            accepted.get(key, nothing)["accepted"],
            until.get(key, nothing)["closings"] - before.get(key, nothing)["closings"],
        )
        for key in sorted(accepted.keys() | until.keys())
    }
    return {key: flow for key, flow in flows.items() if any(flow)}
