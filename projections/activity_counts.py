"""Without this file figures such as 78 special reports or 537万 to 18 firms would be constants."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.bulletin import Bulletin
from domain.commendation import Commendation
from domain.coordination import Coordination
from domain.dossier import Dossier
from domain.exhibition import Exhibition
from domain.field_visit import FieldVisit
from domain.grant import Grant
from domain.matchmaking import Matchmaking
from domain.service_package import ServicePackage
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from ledger.zone import settle_zone
from projections.activity_measures import ActivityEvent, measure
from projections.model import ReadModel

QUERIES: Final = load_queries("projections", "activity_counts")

_FIRST: Final = date.min
_LAST: Final = date.max


class ActivityCount(NamedTuple):
    """What was done in a period under one topic and key.

    Attributes:
        topic: The act, as ``grant.awarded``.
        key: Series, form, phase or result, or empty.
        items: How often.
        unit_times: Units that took part, each time they did.
        person_times: People who took part, each time they did.
        amount_fen: Sum in fen.
    """

    topic: str
    key: str
    items: int
    unit_times: int
    person_times: int
    amount_fen: int


class Reach(NamedTuple):
    """Whom some acts reached in a period.

    Attributes:
        enterprises: Enterprises, each counted once.
        items: How often, so that enterprise-times stand beside enterprises.
        amount_fen: Sum in fen.
    """

    enterprises: int
    items: int
    amount_fen: int


class ActivityCounts(ReadModel):
    """Tables activity_count and activity_enterprise: acts by local day, nothing else."""

    name = "activity_counts"
    aggregates = (
        Bulletin.TOPIC,
        Commendation.TOPIC,
        Coordination.TOPIC,
        Dossier.TOPIC,
        Exhibition.TOPIC,
        FieldVisit.TOPIC,
        Grant.TOPIC,
        Matchmaking.TOPIC,
        ServicePackage.TOPIC,
    )
    tables = ("activity_count", "activity_enterprise")

    def __init__(self, connection: Connection[Any]) -> None:
        super().__init__(connection)
        self._zone: ZoneInfo | None = None

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Add each act to its day; see the base class."""
        if self._zone is None:
            self._zone = settle_zone(self._connection)
        counts: dict[tuple[str, str, date], list[int]] = defaultdict(lambda: [0] * 4)
        reached: dict[tuple[str, str, date], list[int]] = defaultdict(lambda: [0] * 2)
        for event in events:
            # Topics of these aggregates decode to these classes alone.
            act = cast("ActivityEvent", event)
            topic, day = act.TOPIC, act.timestamp.astimezone(self._zone).date()
            added = measure(act)
            totals = (1, added.unit_times, added.person_times, added.amount_fen)
            _add(counts[topic, added.key, day], totals)
            for enterprise in added.enterprises:
                _add(reached[topic, enterprise, day], (1, added.amount_fen))
        self._write(counts, reached)

    def _write(
        self,
        counts: dict[tuple[str, str, date], list[int]],
        reached: dict[tuple[str, str, date], list[int]],
    ) -> None:
        if counts:
            measures = ("items", "unit_times", "person_times", "amounts_fen")
            rows = _columns(("topics", "keys", "days", *measures), counts)
            self._connection.execute(QUERIES["add_counts"], rows)
        if reached:
            rows = _columns(("topics", "enterprises", "days", "items", "amounts_fen"), reached)
            self._connection.execute(QUERIES["add_enterprises"], rows)


def read_counts(
    connection: Connection[Any], since: date = _FIRST, until: date = _LAST
) -> list[ActivityCount]:
    """Return what was done from one local day to another, both included, by topic and key.

    Blocking, one query.
    """
    rows = connection.execute(QUERIES["read_counts"], {"since": since, "until": until}).fetchall()
    return [ActivityCount(*row) for row in rows]


def read_reach(
    connection: Connection[Any],
    topics: Collection[str],
    *,
    undone: Collection[str] = (),
    since: date = _FIRST,
    until: date = _LAST,
) -> Reach:
    """Return how many enterprises some acts reached, each once, and the sums.

    Blocking, one query. An enterprise counts while more was done for it than undone:
    with topic ``service_package.opened`` and undone ``service_package.completed`` and
    ``service_package.cancelled`` the items are the packages still to do.

    Args:
        connection: Of a role that may read the read models.
        topics: Acts to count.
        undone: Acts that take one of them back.
        since: First local day.
        until: Last local day.
    """
    parameters = {"topics": list(topics), "undone": list(undone), "since": since, "until": until}
    row = connection.execute(QUERIES["count_reach"], parameters).fetchone()
    return Reach(0, 0, 0) if row is None else Reach(*row)


def _add(row: list[int], added: Sequence[int]) -> None:
    for place, value in enumerate(added):
        row[place] += value


def _columns(
    names: Sequence[str], rows: dict[tuple[str, str, date], list[int]]
) -> dict[str, list[object]]:
    whole = [(*key, *values) for key, values in rows.items()]
    return dict(zip(names, map(list, zip(*whole, strict=True)), strict=True))
