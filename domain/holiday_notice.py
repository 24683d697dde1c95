"""Without this file a published holiday arrangement could be neither read nor explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.text import Text
from domain.vocabulary import Labelled


class DayKind(Labelled):
    """What a civil day is, as far as counting goes (domain.md §6.7)."""

    WORKDAY = "workday", "工作日", "working day"
    WEEKEND = "weekend", "周休", "weekend"
    STATUTORY_HOLIDAY = "statutory_holiday", "法定节假日", "statutory holiday"
    ADJUSTED_DAY_OFF = "adjusted_day_off", "调休放假", "adjusted day off"
    MAKE_UP_WORKDAY = "make_up_workday", "调休上班", "make-up working day"
    LOCAL_HOLIDAY = "local_holiday", "地方或民族节日", "local holiday"
    HALF_DAY = "half_day", "半日工作", "half working day"

    @property
    def is_work(self) -> bool:
        """Whether offices are open on such a day; a half day counts as a working day."""
        return self in {DayKind.WORKDAY, DayKind.MAKE_UP_WORKDAY, DayKind.HALF_DAY}


class DayHalf(Labelled):
    """The half of a half day that is worked; noon divides them."""

    MORNING = "morning", "上午", "morning"
    AFTERNOON = "afternoon", "下午", "afternoon"


@dataclass(frozen=True)
class DaysOff:
    """One holiday of a notice: the days off, the statutory ones among them, the make-up days."""

    name: Text
    first: date
    last: date
    statutory: frozenset[date]
    make_up: tuple[date, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """Every day from ``first`` to ``last``, both included."""
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True)
class HalfDayOff:
    """One day on which offices are open for a half only."""

    name: Text
    day: date
    worked: DayHalf


@dataclass(frozen=True)
class Notice:
    """One published arrangement of holidays.

    Args:
        year: The year it arranges.
        number: Document number, empty where none is on record.
        holidays: Days off with their make-up working days.
        half_days: Days worked by half.
        region: Where it applies, null for the whole country; a regional notice adds to
            the national one and does not stand for it.
    """

    year: int
    number: str
    holidays: tuple[DaysOff, ...]
    half_days: tuple[HalfDayOff, ...] = ()
    region: str | None = None


@dataclass(frozen=True)
class DayNotice:
    """Why a day is no ordinary weekday or weekend: its kind, holiday and notice."""

    kind: DayKind
    holiday: Text
    number: str
    worked: DayHalf | None = None


def read_notices(lines: str, names: Mapping[str, str]) -> tuple[Notice, ...]:
    """Parse notices in their compact form; pure.

    ``# 2026 number`` opens a notice; its holidays follow, separated by semicolons:
    name, days off, ``=`` statutory days, ``+`` make-up working days. A day is MMDD, or
    YYYYMMDD outside the notice's year; a range is ``0215-0223``.

    Args:
        lines: Notices in the order of publication.
        names: English name of every Chinese name used.

    Raises:
        KeyError: a holiday has no English name.
        ValueError: a day or a line has another form.
    """
    notices = []
    for part in lines.split("#")[1:]:
        head, _, holidays = part.partition("\n")
        year, _, number = head.strip().partition(" ")
        entries = [entry for entry in holidays.replace("\n", " ").split(";") if entry.strip()]
        read = tuple(_days_off(int(year), entry.split(), names) for entry in entries)
        notices.append(Notice(int(year), number, read))
    return tuple(notices)


def _days_off(year: int, tokens: list[str], names: Mapping[str, str]) -> DaysOff:
    name, off, *rest = tokens
    days = _days(year, off)
    return DaysOff(
        name=Text(name, names[name]),
        first=days[0],
        last=days[-1],
        statutory=frozenset(
            day for token in rest if token[0] == "=" for day in _days(year, token[1:])
        ),
        make_up=tuple(_day(year, token[1:]) for token in rest if token[0] == "+"),
    )


def _days(year: int, text: str) -> list[date]:
    first_text, _, last_text = text.partition("-")
    first, last = _day(year, first_text), _day(year, last_text or first_text)
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _day(year: int, text: str) -> date:
    return date(int(text[:-4] or year), int(text[-4:-2]), int(text[-2:]))
