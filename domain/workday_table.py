"""Without this file each question to a calendar would walk through its days, a million times."""

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate, compress

from domain.errors import DomainError
from domain.text import Text

FIRST_DAY = date(1950, 1, 1)
LAST_DAY = date(2149, 12, 31)
YEARS = range(FIRST_DAY.year + 1, LAST_DAY.year)
"""Years that people may name: a zone, or a limit, leads to no day outside the table."""
_FIRST = FIRST_DAY.toordinal()
_SPAN_DAYS = LAST_DAY.toordinal() - _FIRST + 1


class DayOutOfRangeError(DomainError):
    """A day before ``FIRST_DAY`` or after ``LAST_DAY`` was asked for."""

    code = "day-out-of-range"


class WorkdayTable:
    """Working days from ``FIRST_DAY`` to ``LAST_DAY``; every question is two look-ups.

    Args:
        rest_weekdays: Ordinary rest days, Monday = 0.
        exceptions: Days that differ from their weekday, and whether each is a working day.
    """

    def __init__(self, rest_weekdays: Iterable[int], exceptions: Mapping[date, bool]) -> None:
        rest = frozenset(rest_weekdays)
        week = bytes((FIRST_DAY.weekday() + n) % 7 not in rest for n in range(7))
        self._flags = bytearray((week * (_SPAN_DAYS // 7 + 1))[:_SPAN_DAYS])
        for day, is_work in exceptions.items():
            self._flags[_index(day)] = is_work
        # Working days before each day, and the ordinals of all working days.
        self._before = array("i", accumulate(self._flags, initial=0))
        self._workdays = array("i", compress(range(_FIRST, _FIRST + _SPAN_DAYS), self._flags))

    def is_workday(self, day: date) -> bool:
        """Whether a day is a working day.

        Raises:
            DayOutOfRangeError: ``day`` is outside the table.
        """
        return bool(self._flags[_index(day)])

    def add(self, day: date, amount: int) -> date:
        """Return the ``amount``-th working day after ``day``, amount 0 or more.

        Zero gives ``day`` itself, or the next working day where it is a rest day.

        Raises:
            ValueError: ``amount`` is negative.
            DayOutOfRangeError: ``day`` or the answer is outside the table.
        """
        if amount < 0:
            raise ValueError(f"amount is {amount}; it must be 0 or more working days")
        index = _index(day)
        place = self._before[index] + amount - (0 if self._flags[index] else min(1, amount))
        if place >= len(self._workdays):
            raise _out_of_range(f"{day} + {amount}")
        return date.fromordinal(self._workdays[place])

    def count(self, after: date, until: date) -> int:
        """Return the working days later than ``after`` and up to ``until`` inclusive.

        Raises:
            DayOutOfRangeError: a day is outside the table.
        """
        return self._before[_index(until) + 1] - self._before[_index(after) + 1]


def _index(day: date) -> int:
    index = day.toordinal() - _FIRST
    if not 0 <= index < _SPAN_DAYS:
        raise _out_of_range(str(day))
    return index


def _out_of_range(asked: str) -> DayOutOfRangeError:
    return DayOutOfRangeError(
        Text(
            f"{asked} 超出日历范围（{FIRST_DAY} 至 {LAST_DAY}）；未作任何更改，请核对日期。",
            f"{asked} is outside the calendar ({FIRST_DAY} to {LAST_DAY}); "
            "nothing was changed, check the date.",
        )
    )
