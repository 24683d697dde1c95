"""Without this file no petition could be found or folded on without reading its whole stream."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.cycle_facts import Cycle
from domain.petition_facts import PetitionFacts
from domain.standing import effective_due, last_reply, unit_at
from ledger.queries import load_queries
from projections.array_text import as_uuid_array
from projections.binary_copy import (
    as_boolean,
    as_bytea,
    as_instant,
    as_integer,
    as_text,
    as_uuid,
    as_word,
    copy_rows,
    row_start,
)

QUERIES: Final = load_queries("projections", "petition_facts")

FOR_EVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""An instant after every fact: what is asked for it is asked for "now and later"."""

_DECODER: Final = msgspec.msgpack.Decoder(PetitionFacts)
_ENCODER: Final = msgspec.msgpack.Encoder()
_ROW_START: Final = row_start(18)


def decode_facts(content: bytes) -> PetitionFacts:
    """Return facts as they were folded; pure."""
    return _DECODER.decode(content)


def encode_facts(facts: PetitionFacts) -> bytes:
    """Return facts as the table keeps them; pure, equal facts give equal bytes."""
    return _ENCODER.encode(facts)


def read_facts(
    connection: Connection[Any], petition_ids: Collection[UUID]
) -> dict[UUID, PetitionFacts]:
    """Return the facts of those petitions that have any. Blocking, one query."""
    with connection.cursor(binary=True) as cursor:
        rows = cursor.execute(QUERIES["read_facts"], {"petition_ids": as_uuid_array(petition_ids)})
        return {petition_id: decode_facts(content) for petition_id, content in rows}


def replace_facts(
    connection: Connection[Any], known: Collection[UUID], changed: Iterable[PetitionFacts]
) -> None:
    """Write facts of petitions; blocking, two statements in the caller's transaction.

    Args:
        connection: Where to.
        known: Those of the petitions that have a row already.
        changed: Their facts now, each petition once.
    """
    if known:
        connection.execute(QUERIES["delete_facts"], {"petition_ids": as_uuid_array(known)})
    copy_facts(connection, map(facts_row, changed))


def copy_facts(connection: Connection[Any], rows: Iterable[bytes]) -> None:
    """Write rows made by ``facts_row``. Blocking."""
    copy_rows(connection, QUERIES["copy_facts"], rows)


def facts_row(facts: PetitionFacts) -> bytes:
    """Return the row of one petition; pure."""
    return b"".join(
        (
            _ROW_START,
            as_uuid(facts.petition_id),
            as_integer(facts.version),
            as_text(facts.number),
            as_word(facts.state),
            as_word(unit_at(facts, FOR_EVER)),
            as_word(facts.petition_type or ""),
            as_word(facts.type_label or ""),
            as_word(facts.category or ""),
            as_word(facts.channel),
            as_word(facts.region or ""),
            as_text(facts.enterprise or ""),
            as_boolean(facts.imported),
            as_instant(facts.submitted_at),
            as_instant(facts.accepted_at),
            as_instant(effective_due(facts.cycles[0], FOR_EVER) if facts.cycles else None),
            as_instant(_replied_at(facts.cycles)),
            as_instant(facts.cycles[-1].closed_at if facts.cycles else None),
            as_bytea(encode_facts(facts)),
        )
    )


def _replied_at(cycles: list[Cycle]) -> datetime | None:
    for cycle in reversed(cycles):
        reply = last_reply(cycle, FOR_EVER)
        if reply is not None:
            return reply.replied_at
    return None
