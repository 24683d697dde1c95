"""Without this file every command would read its stream again that this process just wrote."""

from collections import OrderedDict
from threading import Lock
from typing import Final
from uuid import UUID

from domain.aggregate import LedgerAggregate

EVENTS_MAX: Final = 10_000
"""Most events that one process remembers, some 15 MiB."""

Events = tuple[LedgerAggregate.Event, ...]


class RememberedStreams:
    """The beginnings of streams, those used last; safe to share between threads.

    Recorded events never change, so that what is remembered is always true of its versions.
    It may lack later ones, of another process: who decides on it lets the append check the
    version. Only events as the log holds them belong here, whose personal values are
    commitments: an erasure leaves nothing behind.

    Args:
        events_max: Most events of all streams together.
    """

    def __init__(self, events_max: int = EVENTS_MAX) -> None:
        self._events_max = events_max
        self._events_len = 0
        self._streams: OrderedDict[UUID, Events] = OrderedDict()
        self._lock = Lock()

    def recall(self, originator_id: UUID) -> Events | None:
        """Return the events from version 1 on as far as they are known, or None."""
        with self._lock:
            if originator_id in self._streams:
                self._streams.move_to_end(originator_id)
            return self._streams.get(originator_id)

    def keep(self, originator_id: UUID, events: Events) -> None:
        """Remember a stream's events from version 1 on, unless more of them are known."""
        with self._lock:
            self._put(originator_id, events)

    def add(self, event: LedgerAggregate.Event) -> None:
        """Remember the next event of a stream, where those before it are known."""
        stream = event.originator_id
        with self._lock:
            before = self._streams.get(stream, ())
            if event.originator_version == len(before) + 1:
                self._put(stream, (*before, event))

    def _put(self, stream: UUID, events: Events) -> None:
        known_len = len(self._streams.get(stream, ()))
        # What another thread read earlier and kept later is no news.
        if len(events) <= known_len or events[-1].originator_version != len(events):
            return
        self._streams[stream] = events
        self._streams.move_to_end(stream)
        self._events_len += len(events) - known_len
        while self._events_len > self._events_max:
            self._events_len -= len(self._streams.popitem(last=False)[1])


def fold_stream(events: Events) -> LedgerAggregate | None:
    """Return the aggregate that a stream's events add up to, None without any; pure."""
    aggregate: LedgerAggregate | None = None
    # The library's projector checks each event against a protocol at run time,
    # which cost half of a command.
    for event in events:
        aggregate = event.mutate(aggregate)
    return aggregate
