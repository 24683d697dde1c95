"""Without this file a day typed in a terminal could mean another day in the ledger."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import click

from commands.language import say
from domain.deadlines import last_day
from domain.text import Text
from domain.workday_table import YEARS

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
    return first_instant(_day(text) + timedelta(days=1), zone)


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


def read_days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a run of days, each as far as it is given. Pure.

    Raises:
        click.BadParameter: one of them is no ISO 8601 date, or the last lies before the first.
    """
    begins, ends = (None if text is None else _day(text) for text in (first, last))
    if begins and ends and ends < begins:
        raise click.BadParameter(say(Text("--to 早于 --from。", "--to lies before --from.")))
    return begins, ends


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
    if not _DAY.fullmatch(text):
        raise click.BadParameter(say(_no_date(text)))
    return _instant(text, UTC).date()


def _instant(text: str, zone: tzinfo) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(say(_no_date(text))) from error
    if instant.year not in YEARS:
        outside = Text(
            f"“{text}”不在 {YEARS[0]} 至 {YEARS[-1]} 年之间。",
            f"'{text}' does not lie in {YEARS[0]} to {YEARS[-1]}.",
        )
        raise click.BadParameter(say(outside))
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return instant.astimezone(UTC)


def _no_date(text: str) -> Text:
    return Text(
        f"“{text}”不是 ISO 8601 的日期或时间，例如 2026-09-30 或 2026-09-30T17:00。",
        f"'{text}' is no ISO 8601 date or time, such as 2026-09-30 or 2026-09-30T17:00.",
    )
