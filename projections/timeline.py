"""Without this file nobody could audit what happened to one petition."""

from typing import Any, Final, cast
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import tuple_row

from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.running_clocks import RunningClock, running_clocks
from domain.text import Text
from ledger.codec import EventCodec
from ledger.errors import LedgerError
from ledger.queries import load_queries
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


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """A petition's whole history, oldest act first, and the facts it adds up to."""

    facts: PetitionFacts
    entries: tuple[TimelineEntry, ...]


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
    connection: Connection[Any], petition_id: UUID, *, open_personal: bool = False
) -> Timeline:
    """Return the events of a petition with the folded deadlines beside them.

    Blocking; reads the log itself, so it is never behind.

    Args:
        connection: Of the role tz_app.
        petition_id: Stream.
        open_personal: Whether to show names and texts; the caller answers for who reads
            them. What was erased stays a commitment.

    Raises:
        PetitionNotFoundError: there is no such petition.
        PayloadError: a stored event cannot be read.
    """
    cursor = connection.cursor(row_factory=tuple_row)
    cursor.execute(QUERIES["read_petition_events"], {"petition_id": petition_id})
    rows = [EventRow(*row) for row in cursor]
    opened: dict[int, list[tuple[str, bytes]]] = {}
    if open_personal and rows:
        cursor.execute(QUERIES["read_petition_personal"], {"petition_id": petition_id})
        for version, path, value in cursor:
            opened.setdefault(version, []).append((path, bytes(value)))
    facts: PetitionFacts | None = None
    running: tuple[RunningClock, ...] = ()
    entries: list[TimelineEntry] = []
    for row in rows:
        if not row.topic.startswith(_PREFIX):
            break
        facts = fold(facts, _decoded(row))
        before, running = running, running_clocks(facts)
        entries.append(make_entry(row, facts.state, before, running, opened.get(row.version, [])))
    if facts is None:
        raise PetitionNotFoundError(str(petition_id))
    return Timeline(facts=facts, entries=tuple(entries))


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
