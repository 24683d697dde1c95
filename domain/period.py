"""Without this file September could mean other days in each report."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.errors import GuardError
from domain.text import Text

MONTH_START_MAX = 28
"""Last day of a month on which a statistical month may begin: every month has it."""
STRETCH_DAYS = 31
"""Days of a list that is asked for without any."""
_FORM = re.compile(r"(?P<year>[12]\d{3})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}


class Period(NamedTuple):
    """A run of statistical months.

    A month that starts on day 26 begins on the 26th of the month before the one it is
    named after; on day 1 it is the civil month (domain.md decision 6).

    Attributes:
        year: Of its first month.
        month: Its first month, 1 to 12.
        months: How many, 1, 3 or 12.
        start_day: Day on which a statistical month begins, 1 to ``MONTH_START_MAX``.
    """

    year: int
    month: int
    months: int
    start_day: int = 1

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the first aware instant that belongs to it and the first one after; pure."""
        first = self.year * 12 + self.month - 1 - (self.start_day > 1)
        return (
            _midnight(first, self.start_day, zone),
            _midnight(first + self.months, self.start_day, zone),
        )

    @property
    def previous(self) -> "Period":
        """The period of the same length just before it, for 环比."""
        return self.moved(-self.months)

    @property
    def year_before(self) -> "Period":
        """The same period one year earlier, for 同比."""
        return self.moved(-12)

    def __str__(self) -> str:
        """Return it as it is asked for: ``2019``, ``2019-Q4`` or ``2019-09``."""
        if self.months == _LENGTHS["year"]:
            return str(self.year)
        if self.months == _LENGTHS["quarter"]:
            return f"{self.year}-Q{(self.month + 2) // 3}"
        return f"{self.year}-{self.month:02d}"

    @property
    def label(self) -> Text:
        """What people call it."""
        if self.months == _LENGTHS["year"]:
            return Text(f"{self.year}年", str(self))
        if self.months == _LENGTHS["quarter"]:
            return Text(f"{self.year}年第{(self.month + 2) // 3}季度", str(self))
        return Text(f"{self.year}年{self.month}月", str(self))

    def moved(self, months: int) -> "Period":
        """Return the period of the same length so many months later; pure."""
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return self._replace(year=years, month=month + 1)


def stretch(
    first: date | None, last: date | None, today: date, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """Return the first aware instant of a run of civil days, and the first one after it; pure.

    Args:
        first: Its first day; ``STRETCH_DAYS`` before its end by default.
        last: Its last day; today by default, or the first day where that is later.
        today: Civil day of the question.
        zone: Zone of the days.
    """
    last = last or max(today, first or today)
    first = first or last - timedelta(days=STRETCH_DAYS - 1)
    return (
        datetime.combine(first, time.min, zone),
        datetime.combine(last + timedelta(days=1), time.min, zone),
    )


def read_period(text: str, start_day: int = 1) -> Period:
    """Return the period a text names; pure.

    Args:
        text: ``2019``, ``2019-Q4`` or ``2019-09``.
        start_day: Day on which a statistical month begins.

    Raises:
        GuardError: ``no-period``; it is none of these forms.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise GuardError(
            "no-period",
            f"“{text}”不是统计期；未作任何记录，请写成 2019、2019-Q4 或 2019-09。",
            f"'{text}' is no period; nothing was recorded, write 2019, 2019-Q4 or 2019-09.",
        )
    year, quarter, month = found.group("year", "quarter", "month")
    if month is not None:
        return Period(int(year), int(month), _LENGTHS["month"], start_day)
    if quarter is not None:
        return Period(int(year), int(quarter) * 3 - 2, _LENGTHS["quarter"], start_day)
    return Period(int(year), 1, _LENGTHS["year"], start_day)


def period_bounds(
    text: str | None, start_day: int, zone: ZoneInfo
) -> tuple[datetime, datetime] | tuple[None, None]:
    """Return the bounds of the period a text names, no bounds for no text; pure.

    Raises:
        GuardError: ``no-period``, as ``read_period``.
    """
    return (None, None) if text is None else read_period(text, start_day).bounds(zone)


def _midnight(months: int, day: int, zone: ZoneInfo) -> datetime:
    years, month = divmod(months, 12)
    return datetime.combine(date(years, month + 1, day), time.min, zone)
