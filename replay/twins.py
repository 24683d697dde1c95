"""Without this file a what-if would lose the dues that petitions take from one another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from domain.joining_events import Split
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.supposition import Supposition
from domain.what_if import NOBODY, Twin
from ledger.queries import load_queries
from projections.decoding import CODEC
from replay.known_rules import KnownRules
from replay.streams import StreamRow, UnreplayableEventError, describe, read_streams

QUERIES: Final = load_queries("replay", "twins")


def read_twins(
    connection: Connection[Any], supposition: Supposition, rules: KnownRules, position: int
) -> Iterator[tuple[PetitionFacts, PetitionFacts]]:
    """Yield every petition as it is, and as it would be, by the log up to a position.

    Those that were merged or split come first, all of them kept in memory, as their dues
    rest on one another; then the others, stream by stream.

    Raises:
        UnreplayableEventError: as ``tell_what_if``.
    """
    family = _family(connection, position)
    parameters = {"petition_ids": list(family), "position": position}
    with connection.cursor(binary=True) as cursor:
        rows = cursor.execute(QUERIES["read_family_events"], parameters).fetchall()
    twins: dict[UUID, Twin] = {}
    others: dict[UUID, PetitionFacts] = {}
    for row in cast("list[StreamRow]", rows):
        petition_id = UUID(bytes=row[3])
        twin = twins.setdefault(petition_id, Twin())
        _apply(twin, petition_id, row, supposition, rules, others)
        if twin.supposed is not None:
            others[petition_id] = twin.supposed
    for twin in twins.values():
        yield _told(twin)
    pages = read_streams(connection, position)
    yield from _alone((row for page in pages for row in page), family, supposition, rules)


def _alone(
    rows: Iterable[StreamRow], family: frozenset[UUID], supposition: Supposition, rules: KnownRules
) -> Iterator[tuple[PetitionFacts, PetitionFacts]]:
    known = {each.bytes for each in family}
    key, twin, petition_id = b"", Twin(), UUID(int=0)
    for row in rows:
        if row[3] in known:
            continue
        if row[3] != key:
            if twin.real is not None:
                yield _told(twin)
            key, twin, petition_id = row[3], Twin(), UUID(bytes=row[3])
        _apply(twin, petition_id, row, supposition, rules, NOBODY)
    if twin.real is not None:
        yield _told(twin)


def _apply(
    twin: Twin,
    petition_id: UUID,
    row: StreamRow,
    supposition: Supposition,
    rules: KnownRules,
    others: Mapping[UUID, PetitionFacts],
) -> None:
    position, topic, schema_version, _, version, occurred_at, payload = row
    try:
        event = CODEC.decode(topic, schema_version, petition_id, version, occurred_at, payload)
        calendars = rules.calendars_at(position)
        twin.apply(cast("PetitionEvent", event), supposition, calendars, others)
    except Exception as error:
        raise UnreplayableEventError(position, describe(error)) from error


def _family(connection: Connection[Any], position: int) -> frozenset[UUID]:
    """Return the petitions whose dues rest on those of others."""
    parameters = {"position": position}
    found = {each for (each,) in connection.execute(QUERIES["list_families"], parameters)}
    rows = connection.execute(QUERIES["read_splits"], parameters)
    for topic, shape, stream, version, at, payload in rows:
        split = cast("Split", CODEC.decode(topic, shape, stream, version, at, bytes(payload)))
        found.update(split.children)
    return frozenset(found)


def _told(twin: Twin) -> tuple[PetitionFacts, PetitionFacts]:
    if twin.real is None or twin.supposed is None:
        raise ValueError("a petition has at least one event")
    return twin.real, twin.supposed
