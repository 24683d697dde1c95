"""Without this file each list of petitions would be replaced and rebuilt in its own way."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from projections.array_text import as_uuid_array
from projections.binary_copy import copy_rows


class PetitionTable(NamedTuple):
    """A table whose rows follow from one petition's facts each, and from nothing else.

    Attributes:
        name: Of the table.
        rows: Returns a petition's rows for a binary COPY; pure, equal facts give equal bytes.
        delete: Statement that takes the rows of ``petition_ids`` back.
        copy: Statement that takes new rows.
    """

    name: str
    rows: Callable[[PetitionFacts], list[bytes]]
    delete: LiteralString
    copy: LiteralString

    def replace_rows(
        self, connection: Connection[Any], changed: Collection[UUID], rows: Iterable[bytes]
    ) -> None:
        """Write the rows of some petitions anew; blocking, in the caller's transaction."""
        if changed:
            connection.execute(self.delete, {"petition_ids": as_uuid_array(changed)})
            copy_rows(connection, self.copy, rows)
