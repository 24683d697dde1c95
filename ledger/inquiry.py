"""Without this file a batch would be judged by what the log held before its lock."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self
from uuid import UUID

from psycopg import Connection, Cursor

from ledger.admission import Standing
from ledger.append import Append
from ledger.head_state import HeadState
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "inquiry")

Reading = Cursor[tuple[Any, ...]]


class Inquiry(NamedTuple):
    """What was asked of the log under the append lock.

    In a pipeline the answers are there after its next sync.
    """

    streams: list[UUID]
    keys: list[tuple[str, str]]
    claims: list[str]
    head: Reading
    reading: Reading

    @classmethod
    def ask(cls, connection: Connection[tuple[Any, ...]], appends: Sequence[Append]) -> Self:
        """Open a transaction, take the append lock, and ask what the appends depend on.

        The lock is a statement of its own: in one statement with the questions, these
        would not see what a rival committed while the lock was waited for.
        """
        streams = list({step.originator_id for append in appends for step in append.steps})
        keys = [
            (append.command.actor_id, append.command.key) for append in appends if append.command
        ]
        claims = [value for append in appends for value in append.claims]
        connection.execute(QUERIES["begin_append"], prepare=True)
        head = connection.execute(QUERIES["lock_head"], prepare=True)
        questions = {
            "originator_ids": streams,
            "actor_ids": [actor_id for actor_id, _ in keys],
            "keys": [key for _, key in keys],
            "claims": claims,
        }
        reading = connection.execute(QUERIES["read_standing"], questions, prepare=True)
        return cls(streams, keys, claims, head, reading)

    def standing(self) -> Standing:
        """Return what the log holds, with the instant of the batch by its clock."""
        ((ledger, position, last_recorded_at, state),) = self.head.fetchall()
        ((now, versions, answered, claimed),) = self.reading.fetchall()
        return Standing(
            ledger=ledger,
            position=position,
            # A server clock set back must not put an event before an earlier one.
            recorded_at=max(last_recorded_at, now),
            versions={
                stream: version
                for stream, version in zip(self.streams, versions, strict=True)
                if version is not None
            },
            answered={self.keys[place - 1] for place in answered},
            claimed={self.claims[place - 1] for place in claimed},
            state=HeadState(state),
        )
