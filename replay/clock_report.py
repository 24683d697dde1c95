"""Without this file nobody could see what the clock did, nor for whom it could do nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.clock_step import StepKind


@dataclass(frozen=True)
class ClockFailure:
    """A petition that this run could not serve.

    Attributes:
        petition_id: Which.
        code: Stable code of the refusal.
        error: What was raised.
    """

    petition_id: UUID
    code: str
    error: Exception


@dataclass(frozen=True)
class ClockReport:
    """What one run did, or would do.

    Attributes:
        at: Its logical instant.
        petitions_len: Petitions it looked at.
        counts: Steps recorded, or due in a dry run, by kind.
        failures: Petitions left out, and why.
        lag: Events of the log that the read model did not contain yet.
        is_complete: Whether nothing is left for the next run.
    """

    at: datetime
    petitions_len: int
    counts: Mapping[StepKind, int]
    failures: tuple[ClockFailure, ...]
    lag: int
    is_complete: bool
