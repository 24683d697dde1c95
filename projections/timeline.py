"""Without this file nobody could audit what happened to one petition."""

from typing import Any, Final, cast
from uuid import UUID

import msgspec
from psycopg import Connection, Cursor
from psycopg.rows import tuple_row

from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.running_clocks import RunningClock, running_clocks
from domain.text import Text
from ledger.codec import EventCodec
from ledger.errors import LedgerError
from ledger.queries import load_queries
from projections.event_fields import open_fields
from projections.kept_timelines import KeptTimelines, SealedTimeline, Timeline
from projections.timeline_entry import EventRow, TimelineEntry, make_entry

QUERIES: Final = load_queries("projections", "timeline")

_PREFIX: Final = f"{Petition.TOPIC}."
_CODEC: Final = EventCodec()


class PetitionNotFoundError(LedgerError):
    """No petition has this id or number."""

    code = "petition-not-found"

    def __init__(self, reference: str) -> None:
        """Name what was looked for."""
        self.reference = reference
        super().__init__(
            Text(
                f"没有编号或标识为“{reference}”的诉求。请核对编号；刚登记的请稍后再试。",
                f"No petition has the number or id '{reference}'. Check it; if it was registered "
                "just now, try again in a moment.",
            )
        )


def find_petition(connection: Connection[Any], reference: str) -> UUID:
    """Return the id of a petition by its id or number.

    Blocking. A number is looked up in the read model, which may be a moment behind.

    Raises:
        PetitionNotFoundError: no petition bears the number.
    """
    try:
        return UUID(reference)
    except ValueError:
        pass
    if reference.isprintable():
        cursor = connection.cursor(row_factory=tuple_row)
        row = cursor.execute(QUERIES["find_petition_by_number"], {"number": reference}).fetchone()
        if row is not None:
            return cast("UUID", row[0])
    raise PetitionNotFoundError(reference)


def read_timeline(
    connection: Connection[Any],
    petition_id: UUID,
    *,
    open_personal: bool = False,
    kept: KeptTimelines | None = None,
) -> Timeline:
    """Return the events of a petition with the folded deadlines beside them.

    Blocking; reads the log itself, so it is never behind. The caller must not change what is
    returned.

    Args:
        connection: Of the role tz_app, in a transaction that reads one state of the ledger
            where timelines are kept.
        petition_id: Stream.
        open_personal: Whether to show names and texts; the caller answers for who reads
            them. What was erased stays a commitment.
        kept: Timelines read before, from which all but names and texts may be taken.

    Raises:
        PetitionNotFoundError: there is no such petition.
        PayloadError: a stored event cannot be read.
    """
    cursor = connection.cursor(row_factory=tuple_row)
    sealed = None if kept is None else kept.recall(petition_id)
    # Whether it ends here where it ends there: it may have been read from a later state too.
    if sealed is None or _versions(cursor, petition_id, sealed.version) != [sealed.version]:
        sealed = _fold(petition_id, _read_rows(cursor, petition_id, 1))
        if kept is not None:
            kept.keep(sealed)
    entries = sealed.timeline.entries
    if open_personal:
        cursor.execute(QUERIES["read_petition_personal"], {"petition_id": petition_id})
        opened: dict[int, list[tuple[str, object]]] = {}
        for version, path, value in cursor:
            opened.setdefault(version, []).append((path, msgspec.json.decode(bytes(value))))
        entries = tuple(
            msgspec.structs.replace(entry, fields=open_fields(payload, opened[entry.version]))
            if entry.version in opened
            else entry
            for entry, payload in zip(entries, sealed.payloads, strict=True)
        )
    return Timeline(facts=sealed.timeline.facts, entries=entries)


def _versions(cursor: Cursor[Any], petition_id: UUID, from_version: int) -> list[int]:
    return [row.version for row in _read_rows(cursor, petition_id, from_version)]


def _read_rows(cursor: Cursor[Any], petition_id: UUID, from_version: int) -> list[EventRow]:
    parameters = {"petition_id": petition_id, "from_version": from_version}
    return [EventRow(*row) for row in cursor.execute(QUERIES["read_petition_events"], parameters)]


def _fold(petition_id: UUID, rows: list[EventRow]) -> SealedTimeline:
    facts: PetitionFacts | None = None
    running: tuple[RunningClock, ...] = ()
    entries: list[TimelineEntry] = []
    for row in rows:
        if not row.topic.startswith(_PREFIX):
            break
        facts = fold(facts, _decoded(row))
        before, running = running, running_clocks(facts)
        entries.append(make_entry(row, facts.state, before, running))
    if facts is None:
        raise PetitionNotFoundError(str(petition_id))
    payloads = tuple(bytes(row.payload) for row in rows)
    return SealedTimeline(Timeline(facts=facts, entries=tuple(entries)), payloads)


def _decoded(row: EventRow) -> PetitionEvent:
    event = _CODEC.decode(
        row.topic,
        row.schema_version,
        row.originator_id,
        row.version,
        row.occurred_at,
        bytes(row.payload),
    )
    return cast("PetitionEvent", event)
