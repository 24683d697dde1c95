"""Without this file topics and forecasts could mean other petitions by the same words."""

from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.demand_grouping import DemandGrouping
from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from projections.regions import refuse_unknown_region

QUERIES: Final = load_queries("replay", "demand_scope")


class UnknownCategoryError(LedgerError):
    """No petition was ever of this category, so that an empty answer would mislead."""

    code = "unknown-category"

    def __init__(self, category: str) -> None:
        super().__init__(
            Text(
                f"台账中没有任何诉求属于类别“{category}”；未返回任何结果，请核对类别的写法。",
                f"no petition of the ledger belongs to category '{category}'; nothing was "
                "returned, check how the category is written.",
            )
        )


class DemandScope(NamedTuple):
    """Which petitions are meant; None means all. Values as the read model has them.

    Attributes:
        petition_type: Identifier of a type.
        category: Code of a pack's category.
        channel: Identifier of a channel.
        region: Name of a region; an empty text means none on record.
    """

    petition_type: str | None = None
    category: str | None = None
    channel: str | None = None
    region: str | None = None

    def parameters(self, by: DemandGrouping) -> dict[str, object]:
        """Return it with a grouping as parameters of a statement; pure."""
        return {**self._asdict(), "by": by.value}


WHOLE_LEDGER = DemandScope()


def check_scope(connection: Connection[Any], scope: DemandScope) -> None:
    """Do nothing where the region and the category of a scope occur. Blocking, two queries.

    Raises:
        UnknownRegionError: no petition has that region.
        UnknownCategoryError: no petition has that category.
    """
    refuse_unknown_region(connection, scope.region)
    if scope.category is None:
        return
    row = connection.execute(QUERIES["find_category"], scope._asdict()).fetchone()
    if row is None:
        raise UnknownCategoryError(scope.category)
