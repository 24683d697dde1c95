"""Without this file the rows of an append would be made twice, and differently, for bulk."""

from collections.abc import Sequence
from datetime import datetime

from ledger.admission import Answer
from ledger.append import Append
from ledger.binary_fields import (
    as_bigint,
    as_bytea,
    as_instant,
    as_integer,
    as_text,
    as_uuid,
    as_word,
)
from ledger.binary_row import Fields
from ledger.header import format_instant
from ledger.leaf import FRAME_COLUMNS, format_place, leaf_hash

_BEFORE_RECORDED = FRAME_COLUMNS.index("occurred_offset_min") + 1
"""Columns of table ``event`` between ``position`` and ``recorded_at``."""


class Placement:
    """The admitted appends of a batch with their positions, as rows of the tables. Pure."""

    def __init__(self, appends: Sequence[Append], answers: Sequence[Answer]) -> None:
        self._placed = [
            (append, answer)
            for append, answer in zip(appends, answers, strict=True)
            if isinstance(answer, range)
        ]

    def event_rows(self, ledger: str, recorded_at: datetime) -> list[Fields]:
        """Return rows of table ``event``, recorded in this ledger at this instant."""
        name, recorded = as_word(ledger), as_instant(recorded_at)
        instant = format_instant(recorded_at)
        return [
            (
                name,
                as_bigint(position),
                *columns[:_BEFORE_RECORDED],
                recorded,
                *columns[_BEFORE_RECORDED:],
                as_bytea(leaf_hash(frame.at(format_place(position, instant)))),
            )
            for append, positions in self._placed
            for columns, frame, position in zip(
                append.columns, append.frames, positions, strict=True
            )
        ]

    def personal_rows(self) -> list[Fields]:
        """Return rows of table ``personal``."""
        return [
            (
                as_uuid(event.originator_id),
                as_integer(event.version),
                as_word(value.path),
                as_bytea(value.salt),
                as_bytea(value.value),
            )
            for append, _ in self._placed
            for event in append.events
            for value in event.personal
        ]

    def command_rows(self) -> list[Fields]:
        """Return rows of table ``command``."""
        return [
            (
                as_word(append.command.actor_id),
                as_text(append.command.key),
                as_bigint(positions[0]),
                as_bigint(positions[-1]),
                as_bytea(append.command.outcome),
                as_bytea(append.command.fingerprint),
            )
            for append, positions in self._placed
            if append.command
        ]

    def claim_rows(self) -> list[Fields]:
        """Return rows of table ``claim``."""
        return [
            (as_text(value), as_uuid(append.events[0].originator_id), as_bigint(positions[0]))
            for append, positions in self._placed
            for value in append.claims
        ]
