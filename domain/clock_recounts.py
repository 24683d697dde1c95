"""Without this file a published holiday would reach no due that is already running."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from domain.aggregate import LedgerAggregate
from domain.calendar_editions import edition_rank
from domain.calendar_stream import CalendarStream
from domain.clock_rules import at_instant
from domain.clock_step import ClockStep, StepKind
from domain.petition_facts import PetitionFacts
from domain.recounts import deadline_to_recount, governing_pack, recounted
from domain.situation import Situation
from domain.vocabulary import Clock

WHY_LEN_MAX: Final = 200


class EditionNews(NamedTuple):
    """An edition of a calendar, and from which instant acts count by it.

    Attributes:
        edition: Its name, ``2027`` or ``2027.2``.
        at: When it was published, or its first day began, whichever is later.
        why: The notices it brought, or the reason it gives; 1 to 200 characters.
    """

    edition: str
    at: datetime
    why: str


Editions = Callable[[str], Sequence[EditionNews]]
"""Takes a calendar's id, and returns its editions in order; none for one built in."""


def edition_news(
    events: Iterable[LedgerAggregate.Event], zone: ZoneInfo
) -> tuple[EditionNews, ...]:
    """Return the editions that a calendar's events added, in order; pure."""
    found: list[EditionNews] = []
    for event in events:
        if not isinstance(event, CalendarStream.Event):
            continue
        begins = datetime.combine(event.effective_on, time.min, zone)
        at = max(event.timestamp, begins.astimezone(event.timestamp.tzinfo))
        found.append(EditionNews(event.edition, at, _why(event)[:WHY_LEN_MAX]))
    return tuple(found)


def recounts(facts: PetitionFacts, situation: Situation, editions: Editions) -> Iterator[ClockStep]:
    """Yield the recount of each running due that a newer edition of its calendar moves; pure.

    Counted at the instant of the edition, so that it does not matter when the clock came to
    it; where somebody has acted since, at that act.

    Source:
        domain.md §6.10.
    """
    for clock in (Clock.ACCEPT, Clock.REPLY):
        deadline = deadline_to_recount(facts, clock).effective
        if deadline is None:
            continue
        calendar_id, _, pinned = deadline.calendar.partition("@")
        for news in editions(calendar_id):
            if edition_rank(news.edition) <= edition_rank(pinned):
                continue
            if news.at > situation.act.occurred_at:
                continue
            at = max(news.at, facts.changed_at)
            then = at_instant(situation, at)
            pack = governing_pack(facts, then)
            if recounted(facts, clock, pack, then.timing) is not None:
                cycle, due_at = len(facts.cycles), deadline.due_at
                yield ClockStep(
                    news.at,
                    StepKind.RECOUNT,
                    facts.petition_id,
                    cycle,
                    clock,
                    due_at=due_at,
                    rule=news.why,
                )
                break


def _why(event: CalendarStream.Event) -> str:
    match event:
        case CalendarStream.Created():
            return "; ".join(notice.document for notice in event.notices)
        case CalendarStream.YearPublished():
            return event.notice.document
        case CalendarStream.Revised() if event.notice is not None:
            return event.notice.document
        case CalendarStream.Revised():
            return event.reason
        case _:
            return event.edition
