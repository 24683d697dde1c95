"""Without this file a failed check could not say where and what."""

from enum import StrEnum
from typing import NamedTuple

from domain.text import Text


class Fault(StrEnum):
    """Kinds of disagreement; stable, for scripts."""

    POSITION_GAP = "position-gap"
    HEAD_DIFFERS = "head-differs"
    LEAF_DIFFERS = "leaf-differs"
    CLOCK_BACKWARDS = "clock-backwards"
    VERSION_GAP = "version-gap"
    NOT_APPEND_ONLY = "not-append-only"
    COMMITMENT_DIFFERS = "commitment-differs"
    UNREPLAYABLE = "unreplayable-event"
    MODEL_STOPPED = "model-stopped"
    ROW_MISSING = "row-missing"
    ROW_EXTRA = "row-extra"
    ROW_DIFFERS = "row-differs"


class Finding(NamedTuple):
    """One disagreement.

    Attributes:
        fault: Its kind.
        text: What disagrees, for people.
        position: Event of the log, where it is one.
        table: Table of a read model, where it is one.
        key: Which row of it.
    """

    fault: Fault
    text: Text
    position: int | None = None
    table: str | None = None
    key: str | None = None
