"""Without this file nobody could say how much of a limit is used up."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.deadline_lines import recorded_clock
from domain.limit import BusinessPeriod, TimeUnit
from domain.measures import UNDISPATCHED
from domain.office_hours import working_time
from domain.petition_facts import PetitionFacts
from domain.vocabulary import Clock

_WHOLE_DAYS: Final = (BusinessPeriod(time.min, time.max),)
_MILLISECOND: Final = timedelta(milliseconds=1)


def clock_time(
    since: datetime,
    until: datetime,
    pauses: Sequence[tuple[datetime, datetime | None]],
    unit: TimeUnit,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> timedelta:
    """Return how long a clock ran up to an instant, in what its unit counts; pure.

    Working days count whole, 24 hours each; working hours count office hours; everything
    else counts every minute.

    Args:
        since: Aware instant that started the clock.
        until: Aware instant of the question; before ``since`` nothing ran.
        pauses: Stretches in which the clock stood still, the last one perhaps without an end.
        unit: What the clock counts.
        calendar: Working days.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.
    """

    def between(start: datetime, end: datetime | None) -> timedelta:
        end = until if end is None else min(end, until)
        if end <= start:
            return timedelta()
        match unit:
            case TimeUnit.WORKING_DAY:
                # Whole days end a microsecond early.
                ran = working_time(start, end, calendar, zone, _WHOLE_DAYS)
                return -(-ran // _MILLISECOND) * _MILLISECOND
            case TimeUnit.WORKING_HOUR:
                return working_time(start, end, calendar, zone, business_hours or _WHOLE_DAYS)
            case TimeUnit.CALENDAR_DAY | TimeUnit.WALL_HOUR | TimeUnit.ON_SPOT:
                return end - start

    stood = sum((between(start, end) for start, end in pauses), timedelta())
    return between(since, until) - stood


def pauses_of(facts: PetitionFacts, clock: Clock) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield the stretches in which a clock stood still, in order; pure.

    The last one has no end while it stands still; its due will be moved when it goes on.
    """
    asked_at = facts.supplement_requested_at
    if clock is Clock.ACCEPT and asked_at is not None:
        answered = recorded_clock(facts, Clock.ACCEPT, UNDISPATCHED)
        is_answered = answered is not None and answered.at > asked_at
        yield asked_at, answered.at if answered is not None and is_answered else None
    if clock is Clock.REPLY:
        for pause in facts.cycle.pauses:
            yield pause.suspended_at, None if pause.resumed_at is None else pause.ended_at
