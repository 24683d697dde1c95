"""Without this file a session or an order would tell the accused unit of the petition it cites."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.visibility import is_accused
from ledger.header import RecordedEvent
from projections.current_facts import read_current_facts
from projections.timeline_entry import TimelineEntry

_ID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def hidden_ids(
    connection: Connection[Any], caller: Principal, ids: Collection[UUID]
) -> frozenset[UUID]:
    """Return those of some ids that are petitions which accuse the caller's office. Blocking.

    They are folded from the log itself: a mark that was set a moment ago holds. Whoever is
    bound to no unit is accused by nothing, and then nothing is read.

    Raises:
        PayloadError: a stored event cannot be read.
    """
    if not caller.units:
        return frozenset()
    facts = read_current_facts(connection, ids)
    return frozenset(each.petition_id for each in facts.values() if is_accused(caller, each))


def cited_ids(event: RecordedEvent) -> Iterator[UUID]:
    """Return every id that an event names, in its payload or as its cause; pure."""
    return _named(event.payload.decode(), event.causation_id or "")


def hidden_events(
    connection: Connection[Any], caller: Principal, events: Sequence[RecordedEvent]
) -> frozenset[int]:
    """Return the versions of one stream's events that cite what is hidden. Blocking."""
    cited = {each.version: frozenset(cited_ids(each)) for each in events}
    return _versions(connection, caller, cited)


def hidden_entries(
    connection: Connection[Any], caller: Principal, entries: Iterable[TimelineEntry]
) -> frozenset[int]:
    """Return the versions of a petition's entries that cite what is hidden. Blocking."""
    cited = {
        each.version: frozenset(_named(msgspec.json.encode(each.fields).decode()))
        for each in entries
    }
    return _versions(connection, caller, cited)


def without_others(facts: PetitionFacts) -> PetitionFacts:
    """Return a petition's facts without the petitions it was ever merged with; pure."""
    cycles = [
        msgspec.structs.replace(
            cycle, moves=[msgspec.structs.replace(move, children=()) for move in cycle.moves]
        )
        for cycle in facts.cycles
    ]
    return msgspec.structs.replace(facts, mergers=[], children=[], split_from=None, cycles=cycles)


def _versions(
    connection: Connection[Any], caller: Principal, cited: Mapping[int, frozenset[UUID]]
) -> frozenset[int]:
    hidden = hidden_ids(connection, caller, frozenset[UUID]().union(*cited.values()))
    return frozenset(version for version, ids in cited.items() if ids & hidden)


def _named(*texts: str) -> Iterator[UUID]:
    for text in texts:
        yield from (UUID(each) for each in _ID.findall(text))
