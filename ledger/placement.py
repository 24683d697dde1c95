"""Without this file the rows of an append would be made twice, and differently, for bulk."""

from collections.abc import Iterator, Sequence

from ledger.admission import Answer
from ledger.append import Append
from ledger.leaf import format_place, leaf_hash

PERSONAL_COLUMNS = ("originator_id", "version", "path", "salt", "value")
COMMAND_COLUMNS = (
    "actor_id",
    "key",
    "first_position",
    "last_position",
    "outcome",
    "fingerprint",
)
CLAIM_COLUMNS = ("value", "originator_id", "position")

Row = tuple[object, ...]


class Placement:
    """The admitted appends of a batch with their positions, as rows of the tables. Pure."""

    def __init__(self, appends: Sequence[Append], answers: Sequence[Answer]) -> None:
        self._placed = [
            (append, answer)
            for append, answer in zip(appends, answers, strict=True)
            if isinstance(answer, range)
        ]

    def appends(self) -> Iterator[Append]:
        """Yield the admitted appends in the order of their positions."""
        return (append for append, _ in self._placed)

    def leaf_hashes(self, recorded_at: str) -> list[bytes]:
        """Return the leaf hash of each event; ``recorded_at`` is from ``format_instant``."""
        return [
            leaf_hash(frame.at(format_place(position, recorded_at)))
            for append, positions in self._placed
            for frame, position in zip(append.frames, positions, strict=True)
        ]

    def personal_rows(self) -> list[Row]:
        """Return rows of ``PERSONAL_COLUMNS``."""
        return [
            (str(event.originator_id), event.version, value.path, value.salt, value.value)
            for append, _ in self._placed
            for event in append.events
            for value in event.personal
        ]

    def command_rows(self) -> list[Row]:
        """Return rows of ``COMMAND_COLUMNS``."""
        return [
            (
                append.command.actor_id,
                append.command.key,
                positions[0],
                positions[-1],
                append.command.outcome,
                append.command.fingerprint,
            )
            for append, positions in self._placed
            if append.command
        ]

    def claim_rows(self) -> list[Row]:
        """Return rows of ``CLAIM_COLUMNS``."""
        return [
            (value, str(append.events[0].originator_id), positions[0])
            for append, positions in self._placed
            for value in append.claims
        ]
