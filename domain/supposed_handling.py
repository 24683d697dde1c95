"""Without this file a what-if would keep the clocks and extensions of the real pack."""

from datetime import timedelta
from math import ceil
from typing import assert_never

from msgspec.structs import replace

from domain import handling_events
from domain.altered_event import altered, recast
from domain.assignment_orders import order_deadlines
from domain.deadline_change import extended
from domain.deadlines import Deadline, last_day
from domain.extension_rules import move_on
from domain.handling_events import AnyHandlingEvent
from domain.limit import Limit, TimeUnit
from domain.pack_rules import ExtensionRule
from domain.personal import Personal
from domain.petition_event import AssignmentOrder
from domain.standing import effective_due, latest_deadlines
from domain.supposition import Scene
from domain.vocabulary import Clock

_HOUR = timedelta(hours=1)


def suppose_handling(event: AnyHandlingEvent, scene: Scene) -> AnyHandlingEvent:
    """Return a handling event as another pack would have had it recorded; pure."""
    match event:
        case handling_events.Dispatched() | handling_events.LeadUnitDesignated():
            orders = tuple(_ordered(order, scene) for order in event.assignments)
            return altered(event, assignments=orders)
        case handling_events.AssignmentTransferred() | handling_events.CoHandlerAdded():
            return altered(event, assignment=_ordered(event.assignment, scene))
        case handling_events.ExtensionRequested():
            return altered(event, amount=_amount(event.amount, scene))
        case handling_events.ExtensionGranted():
            return _granted(event, scene)
        case (
            handling_events.AnsweredOnSpot()
            | handling_events.AssignmentSigned()
            | handling_events.ReturnRequested()
            | handling_events.ReturnApproved()
            | handling_events.ReturnRejected()
            | handling_events.CoHandlerReported()
            | handling_events.PetitionerContacted()
            | handling_events.PlanCommitted()
            | handling_events.ProgressRecorded()
            | handling_events.ExtensionRefused()
            | handling_events.PetitionerInformedOfDelay()
        ):
            return event
        case _:
            assert_never(event)


def _ordered(order: AssignmentOrder, scene: Scene) -> AssignmentOrder:
    deadlines = order_deadlines(scene.facts, scene.pack, scene.timing, lead=order.lead)
    return replace(order, deadlines=deadlines)


def _amount(asked: int, scene: Scene) -> int:
    """Return how much could have been asked for, in the unit of the pack's cap; 0 is nothing.

    What was asked for is kept as the time that it meant, up to what the pack's cap and
    count leave; after the supposed due there was nothing left to extend.
    """
    rule, at = scene.pack.extension, scene.timing.at
    due_at = effective_due(scene.facts.cycle, at)
    if rule is None or due_at is None or at >= due_at:
        return 0
    granted = [
        past
        for cycle in scene.facts.cycles
        for past in cycle.extensions
        if past.granted_at is not None
    ]
    if len(granted) >= rule.count_max:
        return 0
    left = rule.cap.amount - sum(past.amount for past in granted)
    return max(0, min(left, _converted(asked, rule, scene)))


def _converted(asked: int, rule: ExtensionRule, scene: Scene) -> int:
    """Return as many units of the pack's cap as reach as far as what was asked for."""
    own = scene.own.extension if scene.own is not None else None
    current = latest_deadlines(scene.facts.cycle).effective
    if own is None or current is None or own.cap.unit is rule.cap.unit:
        return asked
    pack, timing = scene.pack, scene.timing
    calendar, zone = timing.calendar(pack), timing.zone(pack)
    hours = pack.business_hours or (scene.own.business_hours if scene.own else ())
    reached = extended(current, Limit(asked, own.cap.unit), calendar, zone, hours)
    old, new = last_day(current.due_at, zone), last_day(reached.due_at, zone)
    match rule.cap.unit:
        case TimeUnit.WORKING_DAY:
            return calendar.count_working_days(old, new)
        case TimeUnit.CALENDAR_DAY:
            return (new - old).days
        case TimeUnit.WALL_HOUR | TimeUnit.WORKING_HOUR | TimeUnit.ON_SPOT:
            return ceil((reached.due_at - current.due_at) / _HOUR)


def _granted(
    event: handling_events.ExtensionGranted, scene: Scene
) -> handling_events.ExtensionGranted | handling_events.ExtensionRefused:
    """Return the grant by the other pack, or a refusal where that pack allows none."""
    pack, timing, facts = scene.pack, scene.timing, scene.facts
    rule, request = pack.extension, facts.cycle.extensions[-1]
    current = latest_deadlines(facts.cycle).effective
    if rule is None or current is None or request.amount == 0 or _is_late(rule, scene):
        reason = Personal("not under the supposed pack")
        return recast(handling_events.ExtensionRefused, event, unit=event.unit, reason=reason)
    inform_by = timing.limited(pack, Clock.REPLY, rule.inform_within, "extension/inform")
    deadline: Deadline = move_on(current, request.amount, facts.cycle.started_at, pack, timing)
    return altered(event, deadline=deadline, inform_by=inform_by.due_at)


def _is_late(rule: ExtensionRule, scene: Scene) -> bool:
    asked_at = scene.facts.cycle.extensions[-1].requested_at
    name = "extension/decision"
    decide_by = scene.timing.limited(
        scene.pack, Clock.REPLY, rule.decide_within, name, start=asked_at
    )
    return scene.timing.at > decide_by.due_at
