"""Without this file each peer would be asked for its figures in another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.generator import EncodedLife
from benchmarks.rows import NotRunError


class MissingPeerError(NotRunError):
    """A peer cannot run here; its text says why."""


class Peer(Protocol):
    """Another event store at the same work."""

    @property
    def settings(self) -> Mapping[str, str]:
        """Its version and its settings by name, but for where it is."""

    def measure_commands(self, writers_len: int, turn_s: float) -> float:
        """Return the durable appends per second of so many writers at once. Blocking.

        Each writer appends one event at a time to a stream of its own and states the
        version that it expects.

        Args:
            writers_len: At least 1.
            turn_s: Seconds after which no further append begins.
        """

    def measure_import(self, lives: Sequence[EncodedLife]) -> float:
        """Return the events per second of an import in batches. Blocking."""


@dataclass(frozen=True)
class MissingPeer:
    """What stands for a peer that could not be started.

    Attributes:
        reason: Why.
    """

    reason: str

    @property
    def settings(self) -> Mapping[str, str]:
        """What there is to say of it."""
        return {"missing": self.reason}

    def measure_commands(self, writers_len: int, turn_s: float) -> float:
        """Raise MissingPeerError."""
        del writers_len, turn_s
        raise MissingPeerError(self.reason)

    def measure_import(self, lives: Sequence[EncodedLife]) -> float:
        """Raise MissingPeerError."""
        del lives
        raise MissingPeerError(self.reason)
