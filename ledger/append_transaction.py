"""Without this file appends would reach the log one by one, or not in commit order."""

from collections.abc import Sequence
from typing import Any, LiteralString, NamedTuple

from psycopg import Connection, Cursor

from ledger.admission import Standing, admit
from ledger.append import Append, CommandKey
from ledger.errors import LedgerError
from ledger.header import format_instant
from ledger.leaf import FRAME_COLUMNS, format_place, leaf_hash
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "append_transaction")

_COLUMNS = (*FRAME_COLUMNS, "payload")

Answer = range | LedgerError
"""The positions an append was given, or why it was refused."""

Reading = Cursor[tuple[Any, ...]]


class CommitRefusedError(Exception):
    """The server answered COMMIT with ROLLBACK: nothing of the batch is recorded."""


class AppendTransaction:
    """One transaction that records many appends, in two round trips.

    The head row is locked by a statement of its own; the checks follow in a later
    one, because in one statement they would not see the rival's commit. Used once,
    by one thread, on a connection in autocommit mode.
    """

    def __init__(self, connection: Connection[tuple[Any, ...]]) -> None:
        self._connection = connection
        self.commit_sent = False

    def run(self, appends: Sequence[Append]) -> list[Answer]:
        """Record what can be admitted of a batch, and return one answer per append.

        Blocks for the append lock and the commit. A refusal concerns its own append
        alone. After an exception nothing is recorded, unless ``commit_sent`` is set
        and the connection broke: then nobody knows.

        Raises:
            CommitRefusedError: the server answered COMMIT with ROLLBACK.
            psycopg.Error: as the server or the connection says.
        """
        with self._connection.pipeline() as pipeline:
            self._execute(QUERIES["begin_append"])
            inquiry = self._inquire(appends)
            pipeline.sync()
            standing = inquiry.standing()
            before_position = standing.position
            answers: list[Answer] = []
            for append in appends:
                first_position = standing.position + 1
                refusal = admit(append, standing)
                answers.append(refusal or range(first_position, standing.position + 1))
            if standing.position == before_position:
                self._execute(QUERIES["rollback_append"])
                return answers
            self.commit_sent = True
            admitted = [
                (append, answer)
                for append, answer in zip(appends, answers, strict=True)
                if isinstance(answer, range)
            ]
            self._insert_events(admitted, standing, before_position)
            self._insert_companions(admitted)
            self._execute(
                QUERIES["update_head"], position=standing.position, recorded_at=standing.recorded_at
            )
            commit = self._execute(QUERIES["commit_append"])
        if commit.statusmessage != "COMMIT":
            raise CommitRefusedError(commit.statusmessage)
        return answers

    def _inquire(self, appends: Sequence[Append]) -> "_Inquiry":
        head = self._execute(QUERIES["lock_head"])
        streams = {step.originator_id for append in appends for step in append.steps}
        versions = self._execute(QUERIES["read_versions"], originator_ids=list(streams))
        # An empty question would still cost the server a statement, so it is not asked.
        commands = [append.command for append in appends if append.command]
        answered = commands and self._execute(
            QUERIES["read_answered_keys"],
            actor_ids=[command.actor_id for command in commands],
            keys=[command.key for command in commands],
        )
        values = [value for append in appends for value in append.claims]
        claimed = values and self._execute(QUERIES["read_claimed_values"], values=values)
        return _Inquiry(head, versions, answered or None, claimed or None)

    def _insert_events(
        self, admitted: list[tuple[Append, range]], standing: Standing, before_position: int
    ) -> None:
        recorded_at = format_instant(standing.recorded_at)
        hashes = [
            leaf_hash(frame.at(format_place(position, recorded_at)))
            for append, positions in admitted
            for frame, position in zip(append.frames, positions, strict=True)
        ]
        rows = (row for append, _ in admitted for row in append.columns)
        columns = dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        self._execute(
            QUERIES["insert_events"],
            ledger=standing.ledger,
            before_position=before_position,
            recorded_at=standing.recorded_at,
            leaf_hash=hashes,
            **columns,
        )

    def _insert_companions(self, admitted: list[tuple[Append, range]]) -> None:
        sealed = [
            (event.originator_id, event.version, value.path, value.salt, value.value)
            for append, _ in admitted
            for event in append.events
            for value in event.personal
        ]
        self._insert(
            QUERIES["insert_personal_values"],
            ("originator_id", "version", "path", "salt", "value"),
            sealed,
        )
        self._insert(
            QUERIES["insert_commands"],
            ("actor_id", "key", "first_position", "last_position", "outcome", "fingerprint"),
            [
                _answer_row(append.command, positions)
                for append, positions in admitted
                if append.command
            ],
        )
        self._insert(
            QUERIES["insert_claims"],
            ("value", "originator_id", "position"),
            [
                (value, append.events[0].originator_id, positions[0])
                for append, positions in admitted
                for value in append.claims
            ],
        )

    def _insert(
        self, query: LiteralString, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
    ) -> None:
        if rows:
            columns = map(list, zip(*rows, strict=True))
            self._execute(query, **dict(zip(names, columns, strict=True)))

    def _execute(self, query: LiteralString, **parameters: object) -> Reading:
        return self._connection.execute(query, parameters or None, prepare=True)


class _Inquiry(NamedTuple):
    """What was asked under the lock; the answers are there after the pipeline's sync."""

    head: Reading
    versions: Reading
    answered: Reading | None
    claimed: Reading | None

    def standing(self) -> Standing:
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


def _answer_row(command: CommandKey, positions: range) -> tuple[object, ...]:
    return (
        command.actor_id,
        command.key,
        positions[0],
        positions[-1],
        command.outcome,
        command.fingerprint,
    )
