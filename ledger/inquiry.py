"""Without this file a batch would be judged by what the log held before its lock."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from psycopg import Connection, Cursor

from ledger.admission import Standing
from ledger.append import Append
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "inquiry")

Reading = Cursor[tuple[Any, ...]]


class Inquiry(NamedTuple):
    """What was asked of the log under the append lock.

    In a pipeline the answers are there after its next sync.
    """

    head: Reading
    versions: Reading
    answered: Reading | None
    claimed: Reading | None

    @classmethod
    def ask(cls, connection: Connection[tuple[Any, ...]], appends: Sequence[Append]) -> Self:
        """Open a transaction, take the append lock, and ask what the appends depend on.

        The lock is a statement of its own: in one statement with the questions, these
        would not see what a rival committed while the lock was waited for.
        """
        connection.execute(QUERIES["begin_append"], prepare=True)
        head = connection.execute(QUERIES["lock_head"], prepare=True)
        streams = {step.originator_id for append in appends for step in append.steps}
        versions = connection.execute(
            QUERIES["read_versions"], {"originator_ids": list(streams)}, prepare=True
        )
        # An empty question would still cost the server a statement, so it is not asked.
        answered = claimed = None
        commands = [append.command for append in appends if append.command]
        if commands:
            keys = {
                "actor_ids": [command.actor_id for command in commands],
                "keys": [command.key for command in commands],
            }
            answered = connection.execute(QUERIES["read_answered_keys"], keys, prepare=True)
        values = [value for append in appends for value in append.claims]
        if values:
            claimed = connection.execute(
                QUERIES["read_claimed_values"], {"values": values}, prepare=True
            )
        return cls(head, versions, answered, claimed)

    def standing(self) -> Standing:
        """Return what the log holds, with the instant of the batch by its clock."""
        ((ledger, position, last_recorded_at),) = self.head.fetchall()
        versions = self.versions.fetchall()
        return Standing(
            ledger=ledger,
            position=position,
            # A server clock set back must not put an event before an earlier one.
            recorded_at=max(last_recorded_at, versions[0][0]),
            versions={stream: version for _, stream, version in versions if version is not None},
            answered=set(self.answered.fetchall()) if self.answered else set(),
            claimed={value for (value,) in self.claimed.fetchall()} if self.claimed else set(),
        )
