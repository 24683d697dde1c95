"""Without this file the name ``cn@2027`` in a deadline would lead to no working days."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from domain.calendar import Calendar
from domain.calendar_cn import find_calendar
from domain.calendar_stream import CalendarStream
from domain.year_notice import YearNotice

NO_CALENDARS: Mapping[str, CalendarStream] = {}
"""A ledger that has published no calendar of its own."""


def resolve_calendar(reference: str, calendars: Mapping[str, CalendarStream]) -> Calendar:
    """Return the calendar that a pack or a deadline pins; pure.

    The ledger's own editions come first: what a deadline once pinned keeps its meaning,
    even if a later release of the program has that name built in.

    Args:
        reference: ``cn@2026``.
        calendars: Calendars of the ledger, by id.

    Raises:
        UnknownCalendarError: neither the ledger nor the program has it.
    """
    calendar_id, _, name = reference.partition("@")
    stream = calendars.get(calendar_id)
    if stream is None or name not in stream.editions:
        return find_calendar(reference)
    edition = stream.editions[name]
    base = None
    if edition.base is not None:
        # A nation's editions build on what is built in, a region's on the nation's.
        known = NO_CALENDARS if stream.region is None else calendars
        base = resolve_calendar(edition.base, known)
    return _compose(base, calendar_id, name, edition.notices, stream.region)


def newest_calendar(reference: str, calendars: Mapping[str, CalendarStream], on: date) -> Calendar:
    """Return the newest edition effective on a day, no older than the one named; pure.

    Args:
        reference: The edition that a pack names.
        calendars: Calendars of the ledger, by id.
        on: Civil day of the act, in the ledger's zone.

    Raises:
        UnknownCalendarError: neither the ledger nor the program has it.
    """
    calendar_id, _, name = reference.partition("@")
    stream = calendars.get(calendar_id)
    if stream is None:
        return find_calendar(reference)
    effective = (each for each, edition in stream.editions.items() if edition.effective_on <= on)
    newest = max([name, *effective], key=edition_rank)
    return resolve_calendar(f"{calendar_id}@{newest}", calendars)


def edition_rank(name: str) -> tuple[int, ...]:
    """Return what orders edition names: ``2027`` comes before ``2027.2`` and ``2028``; pure."""
    return tuple(int(part) if part.isdecimal() else 0 for part in name.split("."))


def next_edition(
    calendar_id: str, stream: CalendarStream | None, base: str | None, year: int
) -> str:
    """Return the name of the edition to come: its last year, numbered where that is taken; pure.

    Args:
        calendar_id: The calendar.
        stream: Its editions so far, or None before the first.
        base: The calendar it builds on.
        year: Year of the notice that makes the edition.
    """
    ranks = [edition_rank(name) for name in (stream.editions if stream else ())]
    base_id, _, base_edition = (base or "").partition("@")
    years = [year, edition_rank(base_edition)[0], *(rank[0] for rank in ranks)]
    if base_id == calendar_id:
        ranks.append(edition_rank(base_edition))
    newest = max(years)
    numbers = [rank[1] if len(rank) > 1 else 1 for rank in ranks if rank[0] == newest]
    return f"{newest}.{max(numbers) + 1}" if numbers else str(newest)


@lru_cache(maxsize=64)
def _compose(
    base: Calendar | None,
    calendar_id: str,
    edition: str,
    notices: tuple[YearNotice, ...],
    region: str | None,
) -> Calendar:
    """Build a calendar once: its table of working days takes some milliseconds."""
    own = tuple(notice.notice(region) for notice in notices)
    if base is None:
        return Calendar(calendar_id, edition, own)
    # A nation that publishes notices owes one for every year, whatever it builds on.
    awaits = base.awaits_notices if region is not None else True
    return Calendar(calendar_id, edition, base.notices + own, base.rest_weekdays, awaits)
