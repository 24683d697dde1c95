"""Without this file a holiday notice could not be recorded, or would be believed blindly.

Source: domain.md §6.7: each year's notice with its document number and hash.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec

from domain.errors import DomainError
from domain.holiday_notice import DayHalf, DaysOff, HalfDayOff, Notice
from domain.text import Text
from domain.workday_table import FIRST_DAY, LAST_DAY

_DAYS_OFF_MAX = 31


class HolidayPeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One holiday: its days off, the statutory ones among them, and the make-up working days.

    Attributes:
        name: In both languages.
        first: First day off.
        last: Last day off.
        statutory: Those of the days that the law itself names.
        make_up: Rest days on which offices work instead.
    """

    name: Text
    first: date
    last: date
    statutory: tuple[date, ...] = ()
    make_up: tuple[date, ...] = ()


class HalfHoliday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of which one half is worked."""

    name: Text
    day: date
    worked: DayHalf


class YearNotice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A published arrangement of one year's holidays, as events record it.

    Attributes:
        year: The year it arranges.
        document: Its number, by which a deadline is explained.
        sha256: Digest of the published document, or null where none was kept.
        holidays: Days off; those it leaves out stay as earlier notices have them.
        half_days: Days worked by half.
    """

    year: int
    document: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\S")]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")] | None = None
    holidays: tuple[HolidayPeriod, ...] = ()
    half_days: tuple[HalfHoliday, ...] = ()

    def notice(self, region: str | None) -> Notice:
        """Return the arrangement as calendars read it; pure."""
        holidays = tuple(
            DaysOff(each.name, each.first, each.last, frozenset(each.statutory), each.make_up)
            for each in self.holidays
        )
        halves = tuple(HalfDayOff(each.name, each.day, each.worked) for each in self.half_days)
        return Notice(self.year, self.document, holidays, halves, region)


class InvalidNoticeError(DomainError):
    """A holiday notice contradicts itself; the calendar is unchanged."""

    code = "invalid-notice"


def check_notice(notice: YearNotice) -> None:
    """Refuse a notice that contradicts itself; pure.

    Raises:
        InvalidNoticeError: it names no day, a day far outside its year, a day twice, a
            period that runs backwards or for more than a month, or a statutory day that
            is no day off.
    """
    if not FIRST_DAY.year < notice.year < LAST_DAY.year:
        raise _invalid(notice, "年份超出日历范围", "its year is outside the calendar")
    for each in notice.holidays:
        if not 0 <= (each.last - each.first).days < _DAYS_OFF_MAX:
            raise _invalid(
                notice,
                f"“{each.name.zh}”的起止日期不成立",
                f"'{each.name.en}' runs backwards or for more than {_DAYS_OFF_MAX} days",
            )
        if not all(each.first <= day <= each.last for day in each.statutory):
            raise _invalid(
                notice,
                f"“{each.name.zh}”的法定节日不在放假日期内",
                f"a statutory day of '{each.name.en}' is no day off",
            )
    days = list(_days(notice))
    if not days:
        raise _invalid(notice, "没有任何日期", "it names no day")
    nearby = (date(notice.year - 1, 12, 1), date(notice.year + 1, 1, 31))
    for day in days:
        if not nearby[0] <= day <= nearby[1]:
            raise _invalid(
                notice, f"{day} 不属于 {notice.year} 年", f"{day} does not belong to {notice.year}"
            )
        if days.count(day) > 1:
            raise _invalid(notice, f"{day} 出现两次", f"{day} is named twice")


def _days(notice: YearNotice) -> Iterator[date]:
    for holiday in notice.notice(None).holidays:
        yield from holiday.days
        yield from holiday.make_up
    for half in notice.half_days:
        yield half.day


def _invalid(notice: YearNotice, zh: str, en: str) -> InvalidNoticeError:
    return InvalidNoticeError(
        Text(
            f"{notice.year} 年放假安排（{notice.document}）：{zh}；未作任何更改，请核对后重试。",
            f"the notice of {notice.year} ({notice.document}): {en}; nothing was changed, "
            "check it and try again.",
        )
    )
