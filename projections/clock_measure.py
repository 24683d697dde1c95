"""Without this file the board would say when a clock ends, and not how much of it is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.calendar import UnknownCalendarError
from domain.calendar_editions import resolve_calendar
from domain.calendar_stream import CalendarStream
from domain.clock_time import clock_time, pauses_of
from domain.deadlines import Deadline
from domain.limit import BusinessPeriod
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import pack_of, unit_of
from ledger.reference import ReferenceStreams

_MINUTE: Final = timedelta(minutes=1)
_Pause = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class ClockMeasure:
    """How the time of clocks is counted in one ledger.

    Attributes:
        zone: Of the ledger's days.
        reference: For office hours of packs.
        calendars: Calendars published in the ledger, by id.
    """

    zone: ZoneInfo
    reference: ReferenceStreams
    calendars: Mapping[str, CalendarStream]

    def minutes(
        self, facts: PetitionFacts, deadline: Deadline, since: datetime, at: datetime
    ) -> tuple[int | None, int | None]:
        """Return the minutes spent by an instant and those from start to due. Blocking.

        Both are None where neither ledger nor program has the deadline's calendar.
        """
        try:
            calendar = resolve_calendar(deadline.calendar, self.calendars)
        except UnknownCalendarError:
            return None, None
        hours, unit = self._business_hours(deadline), unit_of(deadline)

        def ran(until: datetime, pauses: Sequence[_Pause]) -> int:
            return clock_time(since, until, pauses, unit, calendar, self.zone, hours) // _MINUTE

        pauses = list(pauses_of(facts, deadline.clock))
        # The due has not been moved yet by a pause that still lasts.
        ended = [each for each in pauses if each[1] is not None]
        return ran(at, pauses), ran(deadline.due_at, ended)

    def _business_hours(self, deadline: Deadline) -> tuple[BusinessPeriod, ...]:
        named = pack_of(deadline)
        pack = None if named is None else self.reference.pack(named[0])
        return () if pack is None or named is None else pack.pack_at(named[1]).business_hours
