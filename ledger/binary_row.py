"""Without this file a batch would be one parameter per column, each spelled out item by item."""

from collections.abc import Sequence
from struct import Struct
from typing import Final

from psycopg import postgres

from ledger.binary_fields import as_array, as_bytea

_COMPOSITE_LEN: Final = Struct("!i")
_COMPOSITE_FIELD: Final = Struct("!I")

Fields = tuple[bytes, ...]
"""The columns of a row in order, each as ``ledger.binary_fields`` writes it."""


class RowShape:
    """How the rows of one table are written for the server. Pure.

    Args:
        types: Type of each column by PostgreSQL's name, in the order of the table.
    """

    def __init__(self, *types: str) -> None:
        fields = (_COMPOSITE_FIELD.pack(postgres.types[name].oid) for name in types)
        self._composite = _COMPOSITE_LEN.pack(len(types)) + b"".join(
            oid.replace(b"%", b"%%") + b"%b" for oid in fields
        )

    def array(self, row_type: int, rows: Sequence[Fields]) -> bytes:
        """Return rows as a parameter, for ``unnest``.

        Args:
            row_type: The server's oid of the table's row type.
            rows: As many fields each as the shape has columns.
        """
        shape = self._composite
        return as_array(row_type, [as_bytea(shape % fields) for fields in rows])


EVENT_ROW: Final = RowShape(
    "text",
    "int8",
    "uuid",
    "int4",
    "text",
    "int4",
    "timestamptz",
    "int2",
    "timestamptz",
    "text",
    "text",
    "text",
    "text",
    "text",
    "int4",
    "uuid",
    "text",
    "text",
    "bytea",
    "bytea",
)
PERSONAL_ROW: Final = RowShape("uuid", "int4", "text", "bytea", "bytea")
COMMAND_ROW: Final = RowShape("text", "text", "int8", "int8", "bytea", "bytea")
CLAIM_ROW: Final = RowShape("text", "uuid", "int8")
