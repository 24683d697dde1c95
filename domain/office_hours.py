"""Without this file a clock in working hours would run through lunch, nights and weekends."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from domain.calendar import Calendar
from domain.limit import BusinessPeriod


def end_of_working_hours(
    local: datetime, amount: int, calendar: Calendar, business_hours: Sequence[BusinessPeriod]
) -> datetime:
    """Return when some hours inside office hours are over; pure.

    Args:
        local: Aware instant in the ledger's zone from which hours count.
        amount: Whole hours, 0 or more.
        calendar: Working days.
        business_hours: Ascending periods that each end after they start, at least one.

    Returns:
        An aware instant in the zone of ``local``.
    """
    left = timedelta(hours=amount)
    day, opening = local.date(), local.time()
    while True:
        if calendar.is_workday(day):
            for period in business_hours:
                begin = datetime.combine(day, max(period.start, opening), local.tzinfo)
                end = datetime.combine(day, period.end, local.tzinfo)
                if begin <= end and left <= end - begin:
                    return begin + left
                left -= max(timedelta(), end - begin)
        day, opening = day + timedelta(days=1), time.min
