"""Without this file a petitioner could see a due date, and nobody could show how it was counted."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, Final, NamedTuple, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from psycopg import Connection

from domain.calendar import Calendar, UnknownCalendarError
from domain.calendar_editions import resolve_calendar
from domain.clock_facts import RecordedClock
from domain.deadline_proof import DayCount, explain
from domain.deadlines import due_at, last_day
from domain.limit import Limit, TimeUnit
from domain.pack_content import PackContent
from domain.petition import PetitionEvent
from domain.petition_event import PetitionEventBase
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.recorded_deadlines import pack_of
from domain.vocabulary import Clock
from ledger.reference import PublishedCalendars, ReferenceStreams
from ledger.zone import ledger_zone
from projections.log_streams import LogStreams

_LIMIT: Final = re.compile(r"(: |\+ )(?:(\d+) (\w+)|(on_spot))$")
_IN_DAYS: Final = frozenset({TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY})


class CountedDeadline(NamedTuple):
    """One deadline as an event recorded it, counted once more from its rule.

    Attributes:
        recorded: What was recorded, by which event.
        topic: Topic of that event.
        counted_from: Aware instant from which it is counted, or None where it is not.
        limit: The allowance, or None where the rule names none.
        agrees: Whether the count ends at the recorded due; None where none was made, because
            a person stated the due or a pause or a merger moved it.
        days: Every day from start to due, counted or skipped; none where it does not agree.
    """

    recorded: RecordedClock
    topic: str
    counted_from: datetime | None
    limit: Limit | None
    agrees: bool | None
    days: tuple[DayCount, ...]


class DeadlineHistory(NamedTuple):
    """All deadlines of one clock of a petition.

    Attributes:
        facts: The petition.
        deadlines: In the order in which they were recorded.
    """

    facts: PetitionFacts
    deadlines: tuple[CountedDeadline, ...]


def read_deadlines(
    connection: Connection[Any], petition_id: UUID, clock: Clock
) -> DeadlineHistory | None:
    """Return how each deadline of a clock was counted, or None where there is no such petition.

    Blocking: a few queries; costs a fold of every event of the petition.

    Args:
        connection: Of a role that may read the log.
        petition_id: The petition.
        clock: Which duty is timed.

    Source:
        domain.md §6.17.
    """
    streams = LogStreams(connection)
    facts: PetitionFacts | None = None
    found: list[tuple[RecordedClock, str]] = []
    for event in streams.events_after(petition_id, 0):
        if not isinstance(event, PetitionEventBase):
            return None
        facts = fold(facts, cast("PetitionEvent", event))
        found += [
            (each, event.TOPIC)
            for each in facts.clocks
            if each.version == event.originator_version and each.deadline.clock is clock
        ]
    if facts is None:
        return None
    counter = _Counter(ReferenceStreams(streams), ledger_zone(connection), facts)
    return DeadlineHistory(facts, tuple(counter.count(found)))


class _Counter:
    """Counts deadlines of one petition again."""

    def __init__(self, reference: ReferenceStreams, zone: ZoneInfo, facts: PetitionFacts) -> None:
        self._reference = reference
        self._zone = zone
        self._facts = facts
        self._calendars = PublishedCalendars(reference)

    def count(self, found: list[tuple[RecordedClock, str]]) -> Iterator[CountedDeadline]:
        before: dict[str, RecordedClock] = {}
        for recorded, topic in found:
            yield self._counted(recorded, topic, before.get(recorded.unit))
            before[recorded.unit] = recorded

    def _counted(
        self, recorded: RecordedClock, topic: str, before: RecordedClock | None
    ) -> CountedDeadline:
        blank = CountedDeadline(recorded, topic, None, None, None, ())
        deadline = recorded.deadline
        stated = _LIMIT.search(deadline.rule)
        named = pack_of(deadline)
        pack = None if named is None else self._reference.pack(named[0])
        if stated is None or named is None or pack is None:
            return blank
        content = pack.pack_at(named[1])
        limit = self._limit(content, deadline.clock, stated)
        if before is not None and before.deadline.rule == deadline.rule:
            return blank._replace(limit=limit)
        start = recorded.at
        if stated[1] == "+ " and before is not None:
            start = self._goes_on(before.deadline.due_at, limit)
        try:
            calendar = resolve_calendar(deadline.calendar, self._calendars)
        except UnknownCalendarError:
            return blank._replace(limit=limit)
        agrees, days = self._explained(start, limit, calendar, content, deadline.due_at)
        return CountedDeadline(recorded, topic, start, limit, agrees, days)

    def _explained(
        self,
        start: datetime,
        limit: Limit,
        calendar: Calendar,
        content: PackContent,
        due: datetime,
    ) -> tuple[bool, tuple[DayCount, ...]]:
        rules = (start, limit, calendar, self._zone, content.business_hours)
        agrees = due_at(*rules).due_at == due
        return agrees, tuple(explain(*rules)) if agrees else ()

    def _goes_on(self, due: datetime, limit: Limit) -> datetime:
        # As an extension does: days from the last day of the old due, hours from its instant.
        if limit.unit not in _IN_DAYS:
            return due
        return datetime.combine(last_day(due, self._zone), time.min, self._zone)

    def _limit(self, pack: PackContent, clock: Clock, stated: re.Match[str]) -> Limit:
        unit = TimeUnit(stated[4] or stated[3])
        limit = Limit(int(stated[2] or 0), unit)
        known = {rules.petition_type for rules in pack.types}
        kind = self._facts.petition_type
        if kind is None or kind not in known or stated[1] == "+ ":
            return limit
        rule = pack.clock_rule(kind, clock, self._facts.complexity)
        if rule is None or rule.limit is None or rule.limit.unit is not unit:
            return limit
        # The pack's own roll and close of business; the amount as recorded, halved or not.
        return replace(rule.limit, amount=limit.amount)
