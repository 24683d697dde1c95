"""Without this file every command would read roster, packs and calendars from the log anew."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Protocol, cast
from uuid import UUID, uuid5

from domain.aggregate import LedgerAggregate
from domain.calendar_stream import CalendarStream
from domain.metric_definition import MetricDefinition, metric_stream_name
from domain.policy_pack import PolicyPack
from domain.roster import Roster
from ledger.lookup_errors import LedgerNotOpenedError

NAMESPACE = UUID("6d1f6f0e-5c0b-5d0a-9a55-0e9a3f3b7c11")
"""Namespace of the ids that follow from names."""
ROSTER_ID = uuid5(NAMESPACE, "roster")
"""Stream of the ledger's one roster."""

ABSENT_MAX = 1_000
"""Streams beyond which it is no more remembered that one has no events: names are free."""


def named_stream(name: str) -> UUID:
    """Return the stream whose id follows from a name."""
    return uuid5(NAMESPACE, name)


def pack_stream(pack_id: str) -> UUID:
    """Return the stream of a policy pack."""
    return named_stream(f"policy_pack/{pack_id}")


def calendar_stream(calendar_id: str) -> UUID:
    """Return the stream of a calendar."""
    return uuid5(NAMESPACE, f"calendar/{calendar_id}")


class Streams(Protocol):
    """What is needed of an application to keep aggregates up to date."""

    def events_after(self, originator_id: UUID, version: int) -> Iterator[LedgerAggregate.Event]:
        """Return the events of a stream later than a version."""


class ReferenceReading(ABC):
    """Roster, packs and calendars by name; what is returned must not be changed."""

    def roster(self) -> Roster:
        """Return the ledger's roster.

        Raises:
            LedgerNotOpenedError: the ledger has no roster yet.
        """
        roster = self.read(ROSTER_ID)
        if roster is None:
            raise LedgerNotOpenedError
        return cast("Roster", roster)

    def pack(self, pack_id: str) -> PolicyPack | None:
        """Return a policy pack with all its versions, or None if it was never published."""
        return cast("PolicyPack | None", self.read(pack_stream(pack_id)))

    def calendar(self, calendar_id: str) -> CalendarStream | None:
        """Return a calendar with all its editions, or None if it was never published."""
        return cast("CalendarStream | None", self.read(calendar_stream(calendar_id)))

    def metric(self, reference: str) -> MetricDefinition | None:
        """Return a metric's definition, or None if the ledger never defined it."""
        stream = named_stream(metric_stream_name(reference))
        return cast("MetricDefinition | None", self.read(stream))

    @abstractmethod
    def read(self, originator_id: UUID) -> LedgerAggregate | None:
        """Return the aggregate of a stream, or None where it has no events."""


class ReferenceStreams(ReferenceReading):
    """Roster, packs and calendars as decisions read them, kept and brought up to date. Blocking.

    Each look costs one read of the stream's new events by primary key. Safe to
    share between threads; what is returned must not be changed by the caller.
    """

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._kept: dict[UUID, LedgerAggregate | None] = {}
        self._newest: dict[UUID, int] = {}
        self._lock = Lock()

    def recall(self, originator_id: UUID) -> LedgerAggregate | None:
        """Return the aggregate of a stream as it was last read here. Reads nothing.

        Raises:
            KeyError: it was not read yet, or this process has recorded more.
        """
        aggregate = self._kept[originator_id]
        if _version(aggregate) < self._newest.get(originator_id, 0):
            raise KeyError(originator_id)
        return aggregate

    def add(self, event: LedgerAggregate.Event) -> None:
        """Bring what is remembered up to an event that this process has just recorded."""
        stream = event.originator_id
        with self._lock:
            if stream in self._kept:
                self._newest[stream] = event.originator_version
                # Where one of another process is missing in between, it is read again.
                if event.originator_version == _version(self._kept[stream]) + 1:
                    self._kept[stream] = event.mutate(self._kept[stream])

    def read(self, originator_id: UUID) -> LedgerAggregate | None:
        """Return the aggregate of a stream with its newest events, or None where it has none."""
        aggregate = self._kept.get(originator_id)
        # Read outside the lock: nearly always there is nothing new, and under it every
        # command of the process would wait for every other one's look.
        events = list(self._streams.events_after(originator_id, _version(aggregate)))
        if not events:
            if len(self._kept) < ABSENT_MAX:
                self._kept.setdefault(originator_id, aggregate)
            return aggregate
        with self._lock:
            aggregate = self._kept.get(originator_id)
            for event in events:
                # Another thread may have read some of them as well, and been quicker.
                if event.originator_version == _version(aggregate) + 1:
                    aggregate = event.mutate(aggregate)
            if aggregate is not None:
                self._kept[originator_id] = aggregate
            return aggregate


def _version(aggregate: LedgerAggregate | None) -> int:
    return 0 if aggregate is None else aggregate.version


class PublishedPacks(Mapping[str, PolicyPack]):
    """Policy packs by id, read when they are asked for."""

    def __init__(self, reference: ReferenceReading, pack_id: str) -> None:
        self._reference = reference
        self._pack_id = pack_id

    def __getitem__(self, pack_id: str) -> PolicyPack:
        """Return a published pack.

        Raises:
            KeyError: it was never published.
        """
        pack = self._reference.pack(pack_id)
        if pack is None:
            raise KeyError(pack_id)
        return pack

    def __iter__(self) -> Iterator[str]:
        """Yield the id of the pack in force."""
        yield self._pack_id

    def __len__(self) -> int:
        """Return 1: others are found by name only."""
        return 1


class PublishedCalendars(Mapping[str, CalendarStream]):
    """Calendars by id, each read once, when it is first asked for."""

    def __init__(self, reference: ReferenceReading) -> None:
        self._reference = reference
        self._read: dict[str, CalendarStream | None] = {}

    def __getitem__(self, calendar_id: str) -> CalendarStream:
        """Return a published calendar.

        Raises:
            KeyError: it was never published here.
        """
        if calendar_id not in self._read:
            self._read[calendar_id] = self._reference.calendar(calendar_id)
        calendar = self._read[calendar_id]
        if calendar is None:
            raise KeyError(calendar_id)
        return calendar

    def __iter__(self) -> Iterator[str]:
        """Yield nothing: calendars are found by name only."""
        return iter(())

    def __len__(self) -> int:
        """Return 0, as ``__iter__`` yields none."""
        return 0


class DefinedMetrics(Mapping[str, MetricDefinition]):
    """Metrics of the ledger by reference, read when they are asked for."""

    def __init__(self, reference: ReferenceReading) -> None:
        self._reference = reference

    def __getitem__(self, reference: str) -> MetricDefinition:
        """Return a definition.

        Raises:
            KeyError: the ledger never defined it.
        """
        definition = self._reference.metric(reference)
        if definition is None:
            raise KeyError(reference)
        return definition

    def __iter__(self) -> Iterator[str]:
        """Yield nothing: definitions are found by name only."""
        return iter(())

    def __len__(self) -> int:
        """Return 0, as ``__iter__`` yields none."""
        return 0
