"""Without this file a pack's rules would not become the deadlines that events record."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.deadlines import Deadline, start_deadline
from domain.limit import half_limit
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.vocabulary import Clock, Complexity, PetitionType


def start_clocks(
    pack: PackContent,
    petition_type: PetitionType,
    starts_at: ClockStart,
    at: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    complexity: Complexity = Complexity.ORDINARY,
) -> tuple[Deadline, ...]:
    """Return the deadlines that an event starts, in the order of the pack; pure.

    Clocks marked ``per_item`` start none: their due is proposed by the host unit and
    recorded by ``item_deadline``. Those marked ``unlimited`` have none.

    Args:
        pack: Version pinned by the petition.
        petition_type: Type at this moment.
        starts_at: The event.
        at: Its ``occurred_at``.
        calendar: The pinned calendar.
        zone: The pack's zone.
        complexity: As chosen at acceptance.

    Raises:
        TypeNotInPackError: the pack does not handle the type.
    """
    name = _name(pack, petition_type, complexity)
    return tuple(
        start_deadline(rule.clock, at, rule.limit, name, calendar, zone, pack.business_hours)
        for rule in pack.clock_rules(petition_type, complexity)
        if rule.starts_at is starts_at and rule.limit
    )


def item_deadline(
    pack: PackContent, petition_type: PetitionType, clock: Clock, due: datetime, calendar: Calendar
) -> Deadline:
    """Return a deadline at the instant that the host unit proposed for one petition; pure."""
    rule = f"{pack.reference}/{petition_type}: per_item"
    return Deadline(clock, due, rule, calendar.reference)


def reopened_deadline(
    pack: PackContent,
    petition_type: PetitionType,
    at: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    complexity: Complexity = Complexity.ORDINARY,
) -> Deadline | None:
    """Return the reply deadline of a new cycle: half the first limit; pure.

    None where the pack leaves the due of each petition to the host unit, or knows none.

    Source:
        domain.md, decision 7.
    """
    rule = pack.clock_rule(petition_type, Clock.REPLY, complexity)
    if rule is None or rule.limit is None:
        return None
    name = f"{_name(pack, petition_type, complexity)}, reopened"
    half = half_limit(rule.limit)
    return start_deadline(Clock.REPLY, at, half, name, calendar, zone, pack.business_hours)


def restarted(running: Deadline | None, started: Deadline, at: datetime) -> Deadline:
    """Return the deadline in force after an event started a running clock again; pure.

    A due that is past at ``at`` stays: no later act makes good a limit that was missed.

    Args:
        running: The clock's deadline before the event, or None.
        started: The deadline that the event starts.
        at: The event's ``occurred_at``.
    """
    return running if running is not None and running.due_at < at else started


def _name(pack: PackContent, petition_type: PetitionType, complexity: Complexity) -> str:
    name = f"{pack.reference}/{petition_type}"
    return name if complexity is Complexity.ORDINARY else f"{name}, {complexity}"
