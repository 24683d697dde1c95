"""Without this file nobody could say which days count as working days, or why.

A calendar is a fixed list of published notices, named ``id@version`` and pinned by
every deadline that was computed with it; a later notice makes a new version.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from domain.errors import DomainError
from domain.holiday_notice import DayHalf, DayKind, DayNotice, Notice
from domain.workday_table import WorkdayTable

# Six of twenty notices moved a working day across New Year, none before 29 December.
_YEAR_END = (12, 29)


class UnknownCalendarError(DomainError):
    """A deadline or a policy pack names a calendar this program does not have."""

    code = "unknown-calendar-edition"


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days under a set of notices; immutable, built once per process.

    Args:
        calendar_id: Short code such as ``cn``.
        version: Edition, for Chinese calendars the last published year.
        notices: Arrangements in the order of publication; a later one overrides.
        rest_weekdays: Ordinary rest days, Monday = 0.
        awaits_notices: Whether a year without a notice is still to be settled.
    """

    calendar_id: str
    version: str
    notices: tuple[Notice, ...] = ()
    rest_weekdays: tuple[int, ...] = (5, 6)
    awaits_notices: bool = True

    @property
    def reference(self) -> str:
        """The name that deadlines pin, for example ``cn@2026``."""
        return f"{self.calendar_id}@{self.version}"

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` counts as a working day, make-up days included.

        Raises:
            DayOutOfRangeError: ``day`` is outside 1950 to 2149.
        """
        return self._table.is_workday(day)

    def day_kind(self, day: date) -> DayKind:
        """Return what ``day`` is; without a notice its weekday decides."""
        noticed = self.day_notice(day)
        if noticed is not None:
            return noticed.kind
        return DayKind.WEEKEND if day.weekday() in self.rest_weekdays else DayKind.WORKDAY

    def day_notice(self, day: date) -> DayNotice | None:
        """Return the arrangement that covers ``day``, or None for an ordinary day."""
        return self._noticed.get(day)

    def half_worked(self, day: date) -> DayHalf | None:
        """Return the half of ``day`` that is worked, or None where it is no half day."""
        noticed = self.day_notice(day)
        return noticed.worked if noticed else None

    def is_published(self, year: int) -> bool:
        """Whether the holidays of ``year`` are settled; always so if no notice is awaited."""
        return not self.awaits_notices or year in self._years

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a count over ``first`` to ``last`` may still change by a notice to come.

        The last three days of a year belong to the next year's notice as well: it
        moved a working day across New Year for 2006, 2007, 2011, 2018 and 2022.
        """
        if not self.awaits_notices:
            return False
        spill = (last.month, last.day) >= _YEAR_END
        last_year = last.year + 1 if spill else last.year
        return any(not self.is_published(year) for year in range(first.year, last_year + 1))

    def add_working_days(self, day: date, amount: int) -> date:
        """Return the ``amount``-th working day after ``day``; ``day`` itself is day 0.

        Args:
            day: Civil day in the ledger's zone; on a rest day, day 1 is the next working day.
            amount: Working days, 0 or more; 0 gives ``day``, or the next working day
                where ``day`` is a rest day.

        Raises:
            ValueError: ``amount`` is negative.
            DayOutOfRangeError: the answer or ``day`` is outside 1950 to 2149.
        """
        return self._table.add(day, amount)

    def next_workday(self, day: date) -> date:
        """Return ``day`` where it is a working day, else the first one after it."""
        return self.add_working_days(day, 0)

    def previous_workday(self, day: date) -> date:
        """Return the last working day before ``day``.

        Raises:
            DayOutOfRangeError: there is none since 1950.
        """
        day -= timedelta(days=1)
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """Return the working days later than ``after`` and up to ``until`` inclusive.

        The inverse of ``add_working_days``; negative where ``until`` precedes ``after``.
        """
        return self._table.count(after, until)

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self.notices if notice.region is None)

    @cached_property
    def _noticed(self) -> dict[date, DayNotice]:
        noticed: dict[date, DayNotice] = {}
        for notice in self.notices:
            for holiday in notice.holidays:
                for day in holiday.make_up:
                    kind = DayKind.MAKE_UP_WORKDAY
                    noticed[day] = DayNotice(kind, holiday.name, notice.number)
                for day in holiday.days:
                    kind = self._kind_off(day, holiday.statutory, notice.region)
                    noticed[day] = DayNotice(kind, holiday.name, notice.number)
            for half in notice.half_days:
                kind = DayKind.HALF_DAY
                noticed[half.day] = DayNotice(kind, half.name, notice.number, half.worked)
        return noticed

    def _kind_off(self, day: date, statutory: frozenset[date], region: str | None) -> DayKind:
        if region is not None:
            return DayKind.LOCAL_HOLIDAY
        if day in statutory:
            return DayKind.STATUTORY_HOLIDAY
        return DayKind.WEEKEND if day.weekday() in self.rest_weekdays else DayKind.ADJUSTED_DAY_OFF

    @cached_property
    def _table(self) -> WorkdayTable:
        work = {day: noticed.kind.is_work for day, noticed in self._noticed.items()}
        return WorkdayTable(self.rest_weekdays, work)


def weekday_calendar(calendar_id: str) -> Calendar:
    """Return a calendar that knows Monday to Friday and no holiday, never provisional."""
    return Calendar(calendar_id, "1", awaits_notices=False)


def every_day_calendar(calendar_id: str) -> Calendar:
    """Return a calendar on which every day is a working day, never provisional."""
    return Calendar(calendar_id, "1", rest_weekdays=(), awaits_notices=False)
