"""Without this file a unit could be ordered twice, or act on what it was never ordered to do."""

from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.kin import accuses, same_office
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.petition_event import AssignmentOrder
from domain.petition_facts import Assignment, PetitionFacts
from domain.situation import Situation
from domain.timing import Timing
from domain.vocabulary import Clock

CO_HANDLERS_MAX = 20


def open_order(facts: PetitionFacts, unit: str) -> Assignment:
    """Return the unit's assignment that has not ended.

    Raises:
        GuardError: ``not-assigned``.
    """
    assignment = facts.open_assignment(unit)
    if assignment is None:
        raise GuardError(
            "not-assigned",
            f"单位“{unit}”不承办该诉求；未作任何更改，请核对诉求编号或先派单。",
            f"unit '{unit}' holds no assignment here; nothing was changed, check the petition "
            "or dispatch it first.",
        )
    return assignment


def lead_unit(facts: PetitionFacts, situation: Situation) -> str:
    """Return the lead's code if the acting unit is the lead, or goes on for it.

    Raises:
        GuardError: ``not-the-lead``; co-handlers report to the lead.
    """
    unit = acting_unit(situation)
    lead = facts.lead
    if lead is None or not same_office(lead.unit, unit, situation):
        raise GuardError(
            "not-the-lead",
            f"单位“{unit}”不是主办单位；未作任何更改，协办单位请提交协办意见。",
            f"unit '{unit}' is not the lead; nothing was changed, a co-handler reports to the "
            "lead instead.",
        )
    return lead.unit


def held_unit(facts: PetitionFacts, situation: Situation) -> str:
    """Return the code under which the acting unit holds its assignment.

    That is its own, or that of a unit that was merged into it and left it the work.

    Raises:
        GuardError: ``not-assigned``.
    """
    unit = acting_unit(situation)
    for order in facts.assignments:
        if order.ended_at is None and same_office(order.unit, unit, situation):
            return order.unit
    return open_order(facts, unit).unit


def returns_approved(facts: PetitionFacts) -> int:
    """Return how many returns of the petition were approved."""
    return sum(1 for assignment in facts.assignments if assignment.returned_at is not None)


def order_units(
    facts: PetitionFacts, situation: Situation, lead: str, co_handlers: tuple[str, ...]
) -> tuple[AssignmentOrder, ...]:
    """Return the orders of one lead and its co-handlers, with the clocks that start now.

    Raises:
        UnknownUnitError: the roster has no such unit.
        UnitClosedError: it was closed.
        GuardError: ``unit-named-twice`` or ``too-many-co-handlers``.
    """
    units = (lead, *co_handlers)
    refuse_crowd(len(co_handlers))
    for place, unit in enumerate(units):
        if unit in units[:place]:
            raise named_twice(unit)
    return tuple(order_unit(facts, situation, unit, lead=unit == lead) for unit in units)


def order_unit(
    facts: PetitionFacts, situation: Situation, unit: str, *, lead: bool
) -> AssignmentOrder:
    """Return one order; a lead may return it within the window of the pinned pack.

    Raises:
        UnknownUnitError: the roster has no such unit.
        UnitClosedError: it was closed.
        GuardError: ``accused-unit``.
    """
    situation.roster.state.open_unit(unit)
    refuse_accused_unit(facts, unit, situation)
    deadlines = order_deadlines(facts, situation.pinned_pack(facts), situation.timing, lead=lead)
    return AssignmentOrder(unit, lead, deadlines)


def order_deadlines(
    facts: PetitionFacts, pack: PackContent, timing: Timing, *, lead: bool
) -> tuple[Deadline, ...]:
    """Return the clocks that an order starts; the lead's window to return it is one; pure."""
    petition_type = timing.type_under(pack, facts)
    deadlines = timing.clocks(pack, petition_type, ClockStart.DISPATCHED, facts.complexity)
    if not lead:
        return deadlines
    name = f"{petition_type}/return"
    window = timing.limited(pack, Clock.RETURN_WINDOW, pack.returns.window, name)
    return (*deadlines, window)


def refuse_accused_unit(facts: PetitionFacts, unit: str, situation: Situation) -> None:
    """Refuse to let a unit handle what it, or a unit merged into it, is accused of.

    Raises:
        GuardError: ``accused-unit``.
    """
    if accuses(facts, unit, situation):
        raise GuardError(
            "accused-unit",
            "该单位是本举报的被举报单位，不得承办；未作任何更改，请另选单位。",
            "that unit is the one accused here and may not handle it; nothing was changed, "
            "choose another unit.",
        )


def refuse_crowd(co_handlers: int) -> None:
    """Refuse more co-handlers at a time than ``CO_HANDLERS_MAX``.

    Raises:
        GuardError: ``too-many-co-handlers``.
    """
    if co_handlers > CO_HANDLERS_MAX:
        raise GuardError(
            "too-many-co-handlers",
            f"协办单位最多 {CO_HANDLERS_MAX} 个；未作任何更改，请减少。",
            f"at most {CO_HANDLERS_MAX} co-handlers; nothing was changed, name fewer.",
        )


def named_twice(unit: str) -> GuardError:
    """Return the refusal of a unit that already holds, or is to hold, an assignment."""
    return GuardError(
        "unit-named-twice",
        f"单位“{unit}”重复；未作任何更改，主办恰为一个，同一单位只列一次。",
        f"unit '{unit}' is named twice; nothing was changed, there is exactly one lead and each "
        "unit stands once.",
    )
