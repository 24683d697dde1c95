"""Without this file nobody could say where the time of a petition went.

Every working minute from submission to the end is charged to exactly one holder, so a
petition that goes to and fro shows, and the parts sum to the whole.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.limit import BusinessPeriod
from domain.office_hours import working_time
from domain.petition_facts import PetitionFacts
from domain.vocabulary import Holder

_MINUTE: Final = timedelta(minutes=1)
_WHOLE_DAYS: Final = (BusinessPeriod(time.min, time.max),)


class Charge(NamedTuple):
    """Working time that one holder had the petition.

    Attributes:
        holder: Who.
        unit: Code of the unit, empty for everybody else.
        minutes: Whole working minutes.
    """

    holder: Holder
    unit: str
    minutes: int


class Stint(NamedTuple):
    """One stretch in which one holder had the petition.

    Attributes:
        holder: Who.
        unit: Code of the unit, empty for everybody else.
        since: Aware instant at which it came to them.
        until: Aware instant at which it left them, or up to which time is charged.
        minutes: Whole working minutes.
    """

    holder: Holder
    unit: str
    since: datetime
    until: datetime
    minutes: int


class Custody(NamedTuple):
    """Where the working time of a petition went.

    Attributes:
        whole: Whole working minutes in which somebody had it.
        parts: Those of each holder, in the order in which they first had it; they sum to
            ``whole``.
    """

    whole: int
    parts: tuple[Charge, ...]


def custody(
    facts: PetitionFacts,
    as_of: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Custody:
    """Return who had a petition for how long, up to an instant; pure.

    Time between a closing and a reopening is nobody's. Suspension is the petitioner's
    where their material is awaited, else the calendar's. A minute that two holders share
    counts for the second.

    Args:
        facts: The petition.
        as_of: Aware instant up to which time is charged.
        calendar: Working days.
        zone: The ledger's zone.
        business_hours: Office hours; without them whole working days count.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.

    Source:
        domain.md §7, number 8.
    """
    minutes: dict[tuple[Holder, str], int] = {}
    for stint in stints(facts, as_of, calendar, zone, business_hours):
        who = stint.holder, stint.unit
        minutes[who] = minutes.get(who, 0) + stint.minutes
    parts = tuple(Charge(*who, spent) for who, spent in minutes.items())
    return Custody(sum(minutes.values()), parts)


def stints(
    facts: PetitionFacts,
    as_of: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Iterator[Stint]:
    """Yield every stretch of ``custody``, oldest first; their minutes sum to its whole; pure.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.
    """
    hours = business_hours or _WHOLE_DAYS
    held = timedelta()
    whole = 0
    for (holder, unit), since, until in _stretches(facts, as_of):
        held += working_time(since, until, calendar, zone, hours)
        # Whole minutes of the running sum, so that no fraction is lost between holders.
        charged = held // _MINUTE - whole
        whole += charged
        yield Stint(holder, unit, since, until, charged)


def minutes_between(
    since: datetime,
    until: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> int:
    """Return the whole working minutes of a stretch, 0 where it ends before it begins; pure.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.
    """
    if until <= since:
        return 0
    return working_time(since, until, calendar, zone, business_hours or _WHOLE_DAYS) // _MINUTE


def _stretches(
    facts: PetitionFacts, as_of: datetime
) -> Iterator[tuple[tuple[Holder, str], datetime, datetime]]:
    ends = [holding.since for holding in facts.holdings[1:]] + [as_of]
    for holding, end in zip(facts.holdings, ends, strict=True):
        until = min(end, as_of)
        if holding.holder is not None and holding.since < until:
            yield (holding.holder, holding.unit), holding.since, until
