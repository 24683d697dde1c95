"""Without this file a petition under supervision would count as one that was left alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.clock_step import ClockStep, StepKind
from domain.petition_facts import PetitionFacts
from domain.supervision import SupervisionOrder
from domain.vocabulary import SupervisionLevel


class OpenOrder(NamedTuple):
    """A colour of a supervision order on a petition, and from when on it had it."""

    order_id: UUID
    level: SupervisionLevel
    since: datetime


def order_levels(order_id: UUID, events: Iterable[LedgerAggregate.Event]) -> tuple[OpenOrder, ...]:
    """Return the colours an order has had, in order; none for a proposal nobody adopted. Pure."""
    found: list[OpenOrder] = []
    for event in events:
        match event:
            case SupervisionOrder.Created() | SupervisionOrder.ProposalAdopted():
                found.append(OpenOrder(order_id, event.level, event.timestamp))
            case SupervisionOrder.Upgraded():
                found.append(OpenOrder(order_id, event.new, event.timestamp))
            case _:
                pass
    return tuple(found)


def notes(
    facts: PetitionFacts, orders: Sequence[OpenOrder], until: datetime
) -> Iterator[ClockStep]:
    """Yield the colours of orders that are not noted on their petition yet; pure.

    Source:
        domain.md §4 row 36: the flag ``supervised`` follows from the order.
    """
    noted = {(past.order_id, past.level) for past in facts.supervisions}
    for order in orders:
        if order.since <= until and (order.order_id, order.level) not in noted:
            yield ClockStep(
                order.since,
                StepKind.NOTE,
                facts.petition_id,
                len(facts.cycles),
                level=order.level,
                noted=order.order_id,
            )
