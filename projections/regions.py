"""Without this file a mistyped region would be answered by figures of nothing."""

import difflib
from collections.abc import Sequence
from typing import Any, Final

from psycopg import Connection
from psycopg.rows import scalar_row

from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries

QUERIES: Final = load_queries("projections", "regions")

_LISTED_MAX: Final = 20
_LIKENESS_MIN: Final = 0.5
"""Chinese names are short: half of four characters is already near."""


class UnknownRegionError(LedgerError):
    """No petition has this region, so that 0 of 0 would be taken for a figure."""

    code = "unknown-region"

    def __init__(self, region: str, known: Sequence[str]) -> None:
        near = difflib.get_close_matches(region, known, cutoff=_LIKENESS_MIN)
        listed = near or known[:_LISTED_MAX]
        zh, en = "、".join(listed) or "无", ", ".join(listed) or "none"
        super().__init__(
            Text(
                f"台账中没有区域为“{region}”的诉求；未返回任何结果。"
                f"请核对写法，已有区域（共 {len(known)} 个）：{zh}。",
                f"no petition of the ledger has the region '{region}'; nothing was returned. Check "
                f"how it is written; regions on record ({len(known)} in all): {en}.",
            )
        )


def refuse_unknown_region(connection: Connection[Any], region: str | None) -> None:
    """Do nothing where petitions have a region, or no region is named. Blocking, one query.

    Regions are whatever the events say: there is no roster of them. An empty text stands for
    petitions without one, which there may be or not.

    Raises:
        UnknownRegionError: no petition has it; the text names those that are near, or some.
    """
    if not region:
        return
    cursor = connection.cursor(row_factory=scalar_row)
    known = cursor.execute(QUERIES["list_regions"]).fetchall()
    if region not in known:
        raise UnknownRegionError(region, known)
