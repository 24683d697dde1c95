"""Without this file nobody could see which units are under supervision, for what, how long."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.supervision import SupervisionEvent, SupervisionOrder
from domain.supervision_terms import CircularState, SupervisionFinding, SupervisionState
from domain.vocabulary import SupervisionLevel
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from ledger.zone import ledger_zone
from projections.model import ReadModel
from projections.pages import refuse_page_len
from projections.succession import office_codes
from projections.supervision_rows import Row, supervision_change

QUERIES: Final = load_queries("projections", "supervision_ledger")


class SupervisionLine(NamedTuple):
    """One order of the supervision ledger.

    Attributes:
        order_id: Its stream.
        unit: Unit under supervision.
        level: Its colour now.
        state: How far it has come.
        proposed_at: Aware instant of the clock's proposal, or None.
        opened_at: Aware instant of the order, or None while it is proposed.
        due_at: Aware instant by which the unit is to act, or None.
        responded_at: Aware instant of the unit's last response, or None.
        interviewed_at: Aware instant of the last interview, or None.
        circular_number: Number of its circular, or None.
        circular_state: Whether the circular stands, or None.
        circular_final_at: Aware instant at which the circular is or was settled, or None
            while it is challenged.
        closed_at: Aware instant at which the order ended, or None.
        finding: What was found, or None.
        petitions: Petitions it is about.
        days: Local days from opening to the end, or to the instant of the question; None
            before it is opened.
    """

    order_id: UUID
    unit: str
    level: SupervisionLevel
    state: SupervisionState
    proposed_at: datetime | None
    opened_at: datetime | None
    due_at: datetime | None
    responded_at: datetime | None
    interviewed_at: datetime | None
    circular_number: str | None
    circular_state: CircularState | None
    circular_final_at: datetime | None
    closed_at: datetime | None
    finding: SupervisionFinding | None
    petitions: tuple[UUID, ...]
    days: int | None

    @property
    def place(self) -> "SupervisionPlace":
        """Where the page after this line begins."""
        begun_at = self.opened_at or self.proposed_at or _BEGINNING.begun_at
        return SupervisionPlace(self.closed_at is not None, begun_at, self.order_id)


class SupervisionPlace(NamedTuple):
    """A place in the order of the ledger: what is open first, then the latest."""

    ended: bool
    begun_at: datetime
    order_id: UUID


_BEGINNING: Final = SupervisionPlace(False, datetime.max.replace(tzinfo=UTC), UUID(int=0))  # noqa: FBT003 - a field


class SupervisionLedger(ReadModel):
    """Tables supervision_ledger and supervision_petition."""

    name = "supervision_ledger"
    aggregates = (SupervisionOrder.TOPIC,)
    tables = ("supervision_ledger", "supervision_petition")

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter orders and how far they have come; see the base class."""
        begun: list[Row] = []
        subjects: list[Row] = []
        changed: dict[UUID, Row] = {}
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            order_event = cast("SupervisionEvent", event)
            place: Row = {"order_id": event.originator_id}
            if isinstance(order_event, SupervisionOrder.Created | SupervisionOrder.Proposed):
                begun.append(place | {"unit": order_event.unit, "level": order_event.level})
                subjects += [
                    place | {"petition_id": petition}
                    for petition in dict.fromkeys(order_event.petitions)
                ]
            row = changed.setdefault(event.originator_id, place)
            row.update(supervision_change(order_event))
        for statement, rows in (
            (QUERIES["insert_orders"], begun),
            (QUERIES["insert_subjects"], subjects),
            (QUERIES["change_orders"], list(changed.values())),
        ):
            if rows:
                self._connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()})


def read_supervision(
    connection: Connection[Any],
    at: datetime,
    *,
    limit: int,
    unit: str | None = None,
    after: SupervisionPlace = _BEGINNING,
) -> list[SupervisionLine]:
    """Return a page of orders and proposals, those that are open first, then the latest.

    Blocking, two queries, and two more for the codes of a unit.

    Args:
        connection: Of a role that may read the read models.
        at: Aware instant of the question; it ends the days of what is open.
        limit: Most orders, 1 to ``PAGE_LEN_MAX``.
        unit: Only those on this unit, or on one it goes on for by then.
        after: Place of the last order already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "at": at,
        "zone": ledger_zone(connection).key,
        "units": office_codes(connection, unit, at),
        "limit": limit,
        **{f"after_{name}": value for name, value in after._asdict().items()},
    }
    return [_line(row) for row in connection.execute(QUERIES["read_orders"], parameters)]


def _line(row: tuple[Any, ...]) -> SupervisionLine:
    line = SupervisionLine(*row)
    circular = line.circular_state and CircularState(line.circular_state)
    challenged = circular is CircularState.CHALLENGED
    return line._replace(
        level=SupervisionLevel(line.level),
        state=SupervisionState(line.state),
        circular_state=circular,
        circular_final_at=None if challenged else line.circular_final_at,
        finding=line.finding and SupervisionFinding(line.finding),
        petitions=tuple(line.petitions),
    )
