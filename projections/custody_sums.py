"""Without this file nobody could say which unit takes how much of the time of petitions.

No table: what a minute of work is depends on calendars, which are streams of their own and
are revised; rows of one model must follow from its own events. DECISIONS.md, "Custody of
time is computed when it is asked for".
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.custody import Custody
from domain.petition_facts import PetitionFacts
from domain.succession import AS_DISPATCHED, Succession
from domain.vocabulary import Holder
from ledger.queries import load_queries
from projections.petition_facts import decode_facts

QUERIES: Final = load_queries("projections", "custody_sums")

_FETCH_LEN: Final = 1_000


class HolderSum(NamedTuple):
    """What one holder had of the closed petitions of a period.

    Attributes:
        holder: Who.
        unit: Code of the unit, empty for everybody else.
        petitions: How many of them it had.
        minutes: Whole working minutes.
    """

    holder: Holder
    unit: str
    petitions: int
    minutes: int


class CustodySums(NamedTuple):
    """Where the working time of the petitions closed in a period went.

    Attributes:
        petitions: How many there are.
        whole: Working minutes in which somebody had them.
        parts: By holder, the longest first; their minutes sum to ``whole``.
    """

    petitions: int
    whole: int
    parts: tuple[HolderSum, ...]


def sum_custody(
    connection: Connection[Any],
    closed_from: datetime,
    closed_before: datetime,
    charge: Callable[[PetitionFacts], Custody],
    counts: Callable[[PetitionFacts], bool] = lambda _: True,
    *,
    succession: Succession = AS_DISPATCHED,
) -> CustodySums:
    """Return the sums over petitions that are closed now and were last closed in a stretch.

    Blocking, one query by a server-side cursor; some sixty microseconds a petition.

    Args:
        connection: In a transaction, of a role that may read the read models.
        closed_from: Aware instant at which the stretch begins.
        closed_before: Aware instant at which it has ended.
        charge: Returns where a petition's time went.
        counts: Whether a petition is to be counted.
        succession: Under which units the minutes are listed.
    """
    sums: dict[tuple[Holder, str], list[int]] = {}
    petitions = whole = 0
    with connection.cursor("custody_sums", binary=True) as cursor:
        cursor.itersize = _FETCH_LEN
        stretch = {"closed_from": closed_from, "closed_before": closed_before}
        for (content,) in cursor.execute(QUERIES["list_closed_facts"], stretch):
            facts = decode_facts(content)
            if not counts(facts):
                continue
            charged = charge(facts)
            petitions += 1
            whole += charged.whole
            held: dict[tuple[Holder, str], int] = {}
            for part in charged.parts:
                # Two units that had it one after the other may be one by now.
                who = (part.holder, succession.heir(part.unit))
                held[who] = held.get(who, 0) + part.minutes
            for who, minutes in held.items():
                row = sums.setdefault(who, [0, 0])
                row[0] += 1
                row[1] += minutes
    parts = [HolderSum(*who, *row) for who, row in sums.items()]
    parts.sort(key=lambda part: (-part.minutes, part.holder, part.unit))
    return CustodySums(petitions, whole, tuple(parts))
