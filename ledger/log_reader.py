"""Without this file the log could be written but not read as typed rows."""

from time import sleep
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from ledger.header import RecordedEvent
from ledger.personal import PersonalValue
from ledger.premise import PREMISE_S
from ledger.queries import load_queries
from ledger.read_connections import ReadConnections
from ledger.storable_text import is_storable

QUERIES = load_queries("ledger", "log_reader")

READ_LIMIT_MAX = 10_000
"""Most events in one page of the log."""

_FIELDS = RecordedEvent.__struct_fields__


class GivenAnswer(msgspec.Struct, frozen=True):
    """The answer a command was given under its idempotency key."""

    first_position: int
    last_position: int
    outcome: bytes
    fingerprint: bytes


class LogReader:
    """Reads the log, the personal values and the answers of one ledger. Blocking.

    Every method raises ``LedgerUnavailableError`` where the database does not answer.
    """

    def __init__(self, connections: ReadConnections) -> None:
        self._connections = connections

    def read_stream(self, originator_id: UUID) -> list[RecordedEvent]:
        """Return all events of a stream, oldest first; none where it does not exist."""
        return [
            _recorded(row)
            for row in self._fetch(QUERIES["read_stream"], originator_id=originator_id)
        ]

    def read_log(self, after_position: int, limit: int) -> list[RecordedEvent]:
        """Return a page of the log, oldest first.

        Positions are dense: the first is ``after_position + 1``, each next one
        higher by 1.

        Args:
            after_position: Last position already known, 0 for the beginning.
            limit: Most events to return, 1 to ``READ_LIMIT_MAX``.

        Raises:
            ValueError: an argument is outside its range.
        """
        if after_position < 0 or not 1 <= limit <= READ_LIMIT_MAX:
            raise ValueError(f"after_position {after_position} or limit {limit} is out of range")
        rows = self._fetch(QUERIES["read_log"], after_position=after_position, limit=limit)
        return [_recorded(row) for row in rows]

    def read_position(self) -> int:
        """Return the position of the last event, 0 while the log is empty."""
        ((position,),) = self._fetch(QUERIES["read_position"])
        return int(position)

    def read_personal_values(self, originator_id: UUID) -> dict[int, list[PersonalValue]]:
        """Return what the commitments of a stream commit to, by version, with salts."""
        values: dict[int, list[PersonalValue]] = {}
        rows = self._fetch(QUERIES["read_personal_values"], originator_id=originator_id)
        for version, path, salt, value in rows:
            values.setdefault(version, []).append(PersonalValue(path, salt, value))
        return values

    def open_personal(self, originator_id: UUID) -> dict[tuple[int, str], object]:
        """Return the plain personal values of a stream by version and JSON pointer.

        What is erased is absent. The caller answers for who may see them.
        """
        return {
            (version, value.path): msgspec.json.decode(value.value)
            for version, values in self.read_personal_values(originator_id).items()
            for value in values
        }

    def find_answer(self, actor_id: str, key: str) -> GivenAnswer | None:
        """Return the answer given under an idempotency key, if there is one."""
        if not (is_storable(actor_id) and is_storable(key)):
            return None
        rows = self._fetch(QUERIES["read_answer"], actor_id=actor_id, key=key)
        return GivenAnswer(*rows[0]) if rows else None

    def settle_answer(self, actor_id: str, key: str) -> GivenAnswer | None:
        """Return the answer under a key once no append that could still give it is under way.

        After an outcome nobody knows, a server process may still be committing; it
        holds the append lock until it is done, so waiting for the lock decides. Where it
        has not yet come to the lock, its premise soon runs out, which is waited for first.
        Blocks for ``PREMISE_S`` at least.
        """
        sleep(PREMISE_S)
        self._fetch(QUERIES["await_appends"])
        return self.find_answer(actor_id, key)

    def read_secret(self, name: str) -> bytes:
        """Return a key of this ledger, 32 bytes.

        Raises:
            KeyError: the ledger has no such key.
        """
        rows = self._fetch(QUERIES["read_secret"], name=name)
        if not rows:
            raise KeyError(name)
        return bytes(rows[0][0])

    def take_petition_number(self) -> int:
        """Return a running number from 1 that nobody else gets; gaps are lawful."""
        ((number,),) = self._fetch(QUERIES["take_petition_number"])
        return int(number)

    def _fetch(self, query: LiteralString, **parameters: object) -> list[tuple[Any, ...]]:
        return self._connections.fetch(query, parameters)


def _recorded(row: tuple[Any, ...]) -> RecordedEvent:
    return RecordedEvent(**dict(zip(_FIELDS, row, strict=True)))
