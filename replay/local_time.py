"""Without this file a file's wall-clock times would be guessed into instants."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from replay.reject_reasons import Reason, RowRejectedError

_DIRECTIVES = frozenset("YymdHMSfzIpbBj%")
_BARE = frozenset("HIz")


class Ambiguous(StrEnum):
    """What a wall-clock time means that was shown twice, when clocks were set back."""

    REJECT = "reject"
    EARLIER = "earlier"
    LATER = "later"


class Nonexistent(StrEnum):
    """What a wall-clock time means that was skipped, when clocks were set forward."""

    REJECT = "reject"
    SHIFT_FORWARD = "shift_forward"


class TimeRule(msgspec.Struct, frozen=True):
    """How the times of one column are to be read.

    Attributes:
        column: Its header.
        formats: strptime formats, tried in order.
        bare_date: What a day without a time means.
        zone: Zone of the wall clock.
        ambiguous: Rule for times shown twice.
        nonexistent: Rule for times skipped.
    """

    column: str
    formats: tuple[str, ...]
    bare_date: Literal["start", "end"] | None
    zone: ZoneInfo
    ambiguous: Ambiguous
    nonexistent: Nonexistent

    def read(self, cell: str | datetime | date) -> datetime:
        """Return the instant a cell states, with the offset of the file's zone; pure.

        Raises:
            RowRejectedError: it has none of the formats, is a day where none is
                expected, or is shown twice or never and no rule says what it means.
        """
        match cell:
            case datetime():
                return self._resolve(cell)
            case date():
                return self._of_day(cell)
            case str():
                return self._read_text(cell)

    def _read_text(self, text: str) -> datetime:
        for form in self.formats:
            parsed = _parse(text, form)
            if parsed is None:
                continue
            if parsed.tzinfo is not None:
                return _pinned(parsed.astimezone(self.zone))
            return self._of_day(parsed.date()) if is_bare(form) else self._resolve(parsed)
        raise RowRejectedError(Reason.UNREADABLE_TIME, self.column)

    def _of_day(self, day: date) -> datetime:
        match self.bare_date:
            case None:
                raise RowRejectedError(Reason.BARE_DATE, self.column)
            case "start":
                return self._resolve(datetime.combine(day, time.min))
            case "end":
                return self._resolve(datetime.combine(day + timedelta(days=1), time.min))

    def _resolve(self, wall: datetime) -> datetime:
        first, second = (
            wall.replace(tzinfo=self.zone, fold=0),
            wall.replace(tzinfo=self.zone, fold=1),
        )
        if first.utcoffset() == second.utcoffset():
            return _pinned(first)
        is_shown = first.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) == wall
        if is_shown:
            if self.ambiguous is Ambiguous.REJECT:
                raise RowRejectedError(Reason.AMBIGUOUS_TIME, self.column)
            return _pinned(first if self.ambiguous is Ambiguous.EARLIER else second)
        if self.nonexistent is Nonexistent.REJECT:
            raise RowRejectedError(Reason.NONEXISTENT_TIME, self.column)
        return _pinned(first.astimezone(UTC).astimezone(self.zone))


def _pinned(local: datetime) -> datetime:
    """Return the instant with its offset alone.

    In the hour that clocks show twice, a time with a zone equals no time of another zone.
    """
    return local.astimezone(timezone(local.utcoffset() or timedelta()))


def is_bare(form: str) -> bool:
    """Return whether a format states a day without a time; pure."""
    return not _BARE & set(re.findall(r"%(.)", form))


def is_readable(form: str) -> bool:
    """Return whether a format has known directives alone and states a whole day; pure."""
    directives = set(re.findall(r"%(.)", form))
    day = {"m", "b", "B"} & directives and "d" in directives
    return (
        directives <= _DIRECTIVES
        and bool({"Y", "y"} & directives)
        and bool(day or "j" in directives)
    )


@lru_cache(maxsize=65_536)
def _parse(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the mapping's
    except ValueError:
        return None
