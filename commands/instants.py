"""Without this file a day typed in a terminal could mean another day in the ledger."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from commands.language import say
from domain.deadlines import last_day
from domain.text import Text

_TICK = timedelta(microseconds=1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def last_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant a question is asked for: a bare day stands for its end.

    Pure.

    Args:
        text: ISO 8601; a time without offset is local.
        zone: Zone of the ledger's days.

    Raises:
        click.BadParameter: the text is no ISO 8601 date or time.
    """
    is_day = _DAY.fullmatch(text)
    return end_instant(text, zone) - _TICK if is_day else _instant(text, zone)


def end_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant a stretch ends before: a bare day belongs to it as a whole.

    Pure.

    Raises:
        click.BadParameter: the text is no ISO 8601 date or time.
    """
    if not _DAY.fullmatch(text):
        return _instant(text, zone)
    try:
        return first_instant(_day(text) + timedelta(days=1), zone)
    except OverflowError as error:
        raise _refusal(text) from error


def first_instant(value: str | date, zone: ZoneInfo) -> datetime:
    """Return the instant a stretch begins: a bare day stands for its first moment.

    Pure.

    Raises:
        click.BadParameter: the text is no ISO 8601 date or time.
    """
    if isinstance(value, date):
        return datetime.combine(value, time.min, zone).astimezone(UTC)
    if _DAY.fullmatch(value):
        return first_instant(_day(value), zone)
    return _instant(value, zone)


def local_text(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as people of the ledger's zone read it, with its offset. Pure."""
    local = instant.astimezone(zone)
    return local.isoformat(sep=" ", timespec="microseconds" if local.microsecond else "seconds")


def due_text(at: datetime, zone: ZoneInfo) -> Text:
    """Return a due as people say it: the end of a day, or a time of day; pure.

    Midnight ends the day before (DECISIONS.md, "Midnight dues").
    """
    local = at.astimezone(zone)
    if local.time() != time.min:
        return Text(f"{local:%Y-%m-%d %H:%M}", f"at {local:%Y-%m-%d %H:%M}")
    due_on = last_day(at, zone)
    return Text(f"{due_on} 24:00", f"by the end of {due_on}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _refusal(text) from error


def _instant(text: str, zone: ZoneInfo) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise _refusal(text) from error
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise _refusal(text) from error


def _refusal(text: str) -> click.BadParameter:
    return click.BadParameter(
        say(
            Text(
                f"“{text}”不是 ISO 8601 的日期或时间，例如 2026-09-30 或 2026-09-30T17:00。",
                f"'{text}' is no ISO 8601 date or time, such as 2026-09-30 or 2026-09-30T17:00.",
            )
        )
    )
