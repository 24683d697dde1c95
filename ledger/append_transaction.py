"""Without this file appends would reach the log one by one, each with a commit of its own."""

from collections.abc import Sequence
from typing import Any, LiteralString

from psycopg import Connection

from ledger.admission import Answer, Standing, admit_all
from ledger.append import Append
from ledger.header import format_instant
from ledger.inquiry import Inquiry, Reading
from ledger.leaf import FRAME_COLUMNS
from ledger.placement import (
    CLAIM_COLUMNS,
    COMMAND_COLUMNS,
    PERSONAL_COLUMNS,
    Placement,
    Row,
)
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "append_transaction")

_EVENT_COLUMNS = (*FRAME_COLUMNS, "payload")


class CommitRefusedError(Exception):
    """The server answered COMMIT with ROLLBACK: nothing of the batch is recorded."""


class AppendTransaction:
    """One transaction that records many appends, in two round trips.

    Used once, by one thread, on a connection in autocommit mode.
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
            inquiry = Inquiry.ask(self._connection, appends)
            pipeline.sync()
            standing = inquiry.standing()
            before_position = standing.position
            answers = admit_all(appends, standing)
            if standing.position > before_position:
                self.commit_sent = True
                self._insert(Placement(appends, answers), standing, before_position)
            # With nothing to record COMMIT gives the lock back as well as ROLLBACK does,
            # and a ROLLBACK in a pipeline would lose psycopg's prepared statements.
            commit = self._execute(QUERIES["commit_append"])
        # On a transaction already aborted COMMIT means ROLLBACK and is no error.
        if commit.statusmessage != "COMMIT":
            raise CommitRefusedError(commit.statusmessage)
        return answers

    def _insert(self, placement: Placement, standing: Standing, before_position: int) -> None:
        rows = [row for append in placement.appends() for row in append.columns]
        self._execute(
            QUERIES["record_batch"],
            ledger=standing.ledger,
            before_position=before_position,
            position=standing.position,
            recorded_at=standing.recorded_at,
            leaf_hash=placement.leaf_hashes(format_instant(standing.recorded_at)),
            **_transpose("", _EVENT_COLUMNS, rows),
            **_transpose("personal_", PERSONAL_COLUMNS, placement.personal_rows()),
            **_transpose("command_", COMMAND_COLUMNS, placement.command_rows()),
            **_transpose("claim_", CLAIM_COLUMNS, placement.claim_rows()),
        )

    def _execute(self, query: LiteralString, **parameters: object) -> Reading:
        return self._connection.execute(query, parameters or None, prepare=True)


def _transpose(prefix: str, names: tuple[str, ...], rows: Sequence[Row]) -> dict[str, list[object]]:
    """Return one list per column, for unnest; empty ones where there is no row."""
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in names)
    return {f"{prefix}{name}": column for name, column in zip(names, columns, strict=True)}
