"""Without this file a petition that is looked at again and again would be folded each time."""

from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from domain.petition_facts import PetitionFacts
from projections.timeline_entry import TimelineEntry

ENTRIES_MAX: Final = 5_000
"""Most entries that one process keeps, some 20 MiB."""


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """A petition's whole history, oldest act first, and the facts it adds up to."""

    facts: PetitionFacts
    entries: tuple[TimelineEntry, ...]


class SealedTimeline(NamedTuple):
    """A timeline whose personal values are commitments, and its payloads as recorded."""

    timeline: Timeline
    payloads: tuple[bytes, ...]

    @property
    def version(self) -> int:
        """Version of the petition."""
        return self.timeline.facts.version


class KeptTimelines:
    """Sealed timelines, those looked at last; safe to share between threads.

    Names and texts do not belong here: an erasure changes them without an event.

    Args:
        entries_max: Most entries of all together.
    """

    def __init__(self, entries_max: int = ENTRIES_MAX) -> None:
        self._entries_max = entries_max
        self._entries_len = 0
        self._timelines: OrderedDict[UUID, SealedTimeline] = OrderedDict()
        self._lock = Lock()

    def recall(self, petition_id: UUID) -> SealedTimeline | None:
        """Return a petition's timeline as it was once, or None."""
        with self._lock:
            if petition_id in self._timelines:
                self._timelines.move_to_end(petition_id)
            return self._timelines.get(petition_id)

    def keep(self, sealed: SealedTimeline) -> None:
        """Keep a timeline, and let those go that were looked at longest ago."""
        petition_id = sealed.timeline.facts.petition_id
        with self._lock:
            if before := self._timelines.pop(petition_id, None):
                self._entries_len -= len(before.payloads)
            self._timelines[petition_id] = sealed
            self._entries_len += len(sealed.payloads)
            while self._entries_len > self._entries_max:
                _, oldest = self._timelines.popitem(last=False)
                self._entries_len -= len(oldest.payloads)
