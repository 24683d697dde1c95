"""Without this file tools of process mining could not see how petitions really run."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.running_clocks import RunningClock, running_clocks
from domain.standing import effective_due
from ledger.pinned_hours import PinnedHours
from ledger.queries import load_queries
from projections.decoding import CODEC
from projections.timeline_entry import EventRow, TimelineEntry, make_entry
from replay.confidentiality import confidential_since
from replay.process_case import AttributeChange, ProcessAct, ProcessCase
from replay.process_objects import (
    OBJECT_OF_STREAM,
    ObjectType,
    Pseudonyms,
    links,
    own_object,
    relations,
)

QUERIES: Final = load_queries("replay", "process_log")

PAGE_LEN: Final = 5_000
_BEFORE_ALL: Final = (UUID(int=0), -1)


class _Row(NamedTuple):
    event: EventRow
    pack: str


def read_process(
    connection: Connection[Any],
    upto_position: int,
    pseudonyms: Pseudonyms,
    office: PinnedHours | None,
) -> Iterator[ProcessCase]:
    """Yield every stream that a process log shows, in the order of their ids.

    Blocking; memory is bounded by the page and the longest stream. Petitions that are
    confidential now are among them and marked; whoever writes them out leaves them out.

    Args:
        connection: Of the role tz_app, one snapshot.
        upto_position: Last position to read.
        pseudonyms: Names of enterprises.
        office: Working hours of petitions; None where the ledger has adopted no pack.

    Raises:
        PayloadError: a stored event cannot be read.
        UnreplayableEventError: an event after the position cannot be read or applied.
    """
    marked_since = confidential_since(connection, upto_position)
    builder: _CaseBuilder | None = None
    for row in chain.from_iterable(_pages(connection, upto_position)):
        if builder is None or builder.stream != row.event.originator_id:
            if builder is not None:
                yield builder.finish(marked_since)
            builder = _CaseBuilder(row.event, pseudonyms, office)
        builder.add(row)
    if builder is not None:
        yield builder.finish(marked_since)


class _CaseBuilder:
    """Follows one stream."""

    def __init__(self, birth: EventRow, pseudonyms: Pseudonyms, office: PinnedHours | None) -> None:
        self.stream = birth.originator_id
        fields = msgspec.json.decode(birth.payload)
        own = own_object(birth.topic, self.stream, fields, pseudonyms)
        self._case = ProcessCase(own)
        self._pseudonyms = pseudonyms
        self._office = office
        self._last_at = birth.occurred_at
        self._facts: PetitionFacts | None = None
        self._running: tuple[RunningClock, ...] = ()
        self._values: dict[str, str] = {}

    def add(self, row: _Row) -> None:
        """Follow one more event."""
        event, case = row.event, self._case
        fields = msgspec.json.decode(event.payload)
        found = tuple(
            dict.fromkeys(
                relations(
                    case.own, event.version, event.topic, event.actor_unit, fields, self._pseudonyms
                )
            )
        )
        state, cycle, late, backdated = "", 0, False, False
        minutes: int | None = None
        if case.own.type is ObjectType.PETITION:
            entry = self._entry(event)
            facts = cast("PetitionFacts", self._facts)
            state, cycle = entry.state.value, len(facts.cycles)
            late, backdated = bool(entry.late), entry.backdated
            if self._office is not None:
                minutes = self._office.minutes(facts, self._last_at, event.occurred_at)
            self._note(facts, event.occurred_at)
        self._last_at = event.occurred_at
        case.acts.append(
            ProcessAct(
                event.position,
                event.topic,
                event.occurred_at,
                event.recorded_at,
                event.actor_role,
                cycle,
                row.pack,
                state,
                minutes,
                late,
                backdated,
                found,
            )
        )
        case.links |= dict.fromkeys(links(case.own, found))

    def finish(self, marked_since: frozenset[UUID]) -> ProcessCase:
        """Return the whole case.

        Args:
            marked_since: Petitions that became confidential after the last position read.
        """
        was_by_then = self._facts is not None and self._facts.confidential
        self._case.is_confidential = was_by_then or self.stream in marked_since
        return self._case

    def _entry(self, event: EventRow) -> TimelineEntry:
        decoded = CODEC.decode(
            event.topic,
            event.schema_version,
            event.originator_id,
            event.version,
            event.occurred_at,
            bytes(event.payload),
        )
        self._facts = fold(self._facts, cast("PetitionEvent", decoded))
        before, self._running = self._running, running_clocks(self._facts)
        return make_entry(event, self._facts.state, before, self._running)

    def _note(self, facts: PetitionFacts, at: datetime) -> None:
        due = effective_due(facts.cycle, at) if facts.cycles else None
        values = {
            "state": facts.state.value,
            "due": "" if due is None else due.isoformat(),
            "type": facts.petition_type or "",
            "channel": facts.channel.value,
            "region": facts.region or "",
        }
        for attribute, value in values.items():
            if self._values.get(attribute, "") != value:
                self._case.changes.append(AttributeChange(attribute, at, value))
        self._values = values


def _pages(connection: Connection[Any], upto_position: int) -> Iterator[list[_Row]]:
    after_id, after_version = _BEFORE_ALL
    while True:
        parameters = {
            "after_id": after_id,
            "after_version": after_version,
            "upto": upto_position,
            "aggregates": sorted(OBJECT_OF_STREAM),
            "limit": PAGE_LEN,
        }
        with connection.cursor(binary=True) as cursor:
            found = cursor.execute(QUERIES["read_histories"], parameters).fetchall()
        rows = [
            _Row(EventRow(*row[:-2]), "" if row[-2] is None else f"{row[-2]}@{row[-1]}")
            for row in found
        ]
        if rows:
            yield rows
        if len(rows) < PAGE_LEN:
            return
        after_id, after_version = rows[-1].event.originator_id, rows[-1].event.version
