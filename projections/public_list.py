"""Without this file nobody outside could read what the government answered in public."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.openness import public_reply
from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.binary_copy import as_instant, as_integer, as_uuid, as_word, row_start
from projections.pages import refuse_page_len
from projections.petition_tables import PetitionTable

QUERIES: Final = load_queries("projections", "public_list")

_ROW_START: Final = row_start(4)


class PublicLine(NamedTuple):
    """One petition whose reply is public now.

    Attributes:
        petition_id: The petition.
        version: Stream place of the event that published the reply.
        unit: Code of the unit that answered.
        published_at: Aware instant.
        number: The petition's number, if it has one.
        petition_type: Its type, or empty.
        type_label: The city's own word for the type, or empty.
        region: Code of its region, or empty.
        filed_at: Aware instant of the submission.
        closed_at: Aware instant of the last closing, or None while it is open.
        subject: Public wording, or None once it was erased.
        text: Public wording, or None once it was erased.
    """

    petition_id: UUID
    version: int
    unit: str
    published_at: datetime
    number: str | None
    petition_type: str
    type_label: str
    region: str
    filed_at: datetime
    closed_at: datetime | None
    subject: str | None
    text: str | None

    @property
    def place(self) -> "PublicPlace":
        """Where the page after this line begins."""
        return PublicPlace(self.published_at, self.petition_id)


class PublicPlace(NamedTuple):
    """A place in the order of the public list, the newest first."""

    published_at: datetime
    petition_id: UUID


_BEGINNING: Final = PublicPlace(datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))


def read_public_list(
    connection: Connection[Any],
    *,
    limit: int,
    unit: str | None = None,
    before: PublicPlace = _BEGINNING,
) -> list[PublicLine]:
    """Return a page of the replies that are public now, the newest first.

    Blocking, one query. The wording is read from the personal values themselves: what was
    erased a moment ago is not in it.

    Args:
        connection: Of a role that may read the read models and personal values.
        limit: Most lines, 1 to ``PAGE_LEN_MAX``.
        unit: Only what this unit answered.
        before: Place of the last line already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "unit": unit,
        "limit": limit,
        **{f"before_{name}": value for name, value in before._asdict().items()},
    }
    rows = connection.execute(QUERIES["read_public_list"], parameters)
    return [
        PublicLine(*row)._replace(subject=_opened(row[10]), text=_opened(row[11])) for row in rows
    ]


def _opened(value: bytes | None) -> str | None:
    return None if value is None else msgspec.json.decode(value, type=str)


def public_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the row of a petition whose reply is public now, if it is one; pure."""
    reply = public_reply(facts)
    if reply is None:
        return []
    return [
        b"".join(
            (
                _ROW_START,
                as_uuid(facts.petition_id),
                as_integer(reply.published_version or 0),
                as_word(reply.unit),
                as_instant(reply.published_at),
            )
        )
    ]


PUBLIC_LIST: Final = PetitionTable(
    "public_list", public_rows, QUERIES["delete_public_list"], QUERIES["copy_public_list"]
)
