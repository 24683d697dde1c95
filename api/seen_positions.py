"""Without this file nobody could say what the last look at the ledger found."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from projections.positions import ModelStatus

LOG: Final = "log"
"""What to wait for where the log itself is read and no read model."""


@dataclass(frozen=True)
class Seen:
    """What the last look at the ledger found.

    Attributes:
        position: End of the log.
        models: The read models, by name.
        at: Monotonic time of the look, in seconds.
        roster_version: Last version of the roster.
    """

    position: int = 0
    models: Mapping[str, ModelStatus] = field(default_factory=dict)
    at: float = float("-inf")
    roster_version: int = 0

    def position_of(self, name: str) -> int:
        """Return how far a read model, or the log, has come; 0 where it is unknown."""
        if name == LOG:
            return self.position
        return self.models[name].position if name in self.models else 0


@dataclass(frozen=True, eq=False)
class Waiter:
    """One coroutine that waits for a read model, or the log, to come as far."""

    name: str
    position: int
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Event
