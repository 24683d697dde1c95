"""Without this file the petition's events would share no base and no parts."""

from typing import Any

import msgspec

from domain.aggregate import LedgerAggregate
from domain.deadlines import Deadline
from domain.personal import Personal


class Attachment(msgspec.Struct, frozen=True):
    """A document beside an act; its name and digest are personal, its size is not."""

    name: Personal[str]
    sha256: Personal[str]
    media_type: str
    size_bytes: int


class Petitioner(msgspec.Struct, frozen=True):
    """The person who speaks; the enterprise itself is named by its credit code."""

    name: Personal[str]
    phone: Personal[str] | None


class AssignmentOrder(msgspec.Struct, frozen=True):
    """A unit ordered to act, with the clocks that start at the dispatch (domain.md decision 3)."""

    unit: str
    lead: bool
    deadlines: tuple[Deadline, ...]


class PetitionEventBase(LedgerAggregate.Event):
    """Base of the petition's events."""

    def apply(self, aggregate: Any) -> None:  # noqa: ANN401 - the library's own signature
        """Append to the history; what it means is decided in ``petition_fold`` alone."""
        aggregate.history.append(self)
