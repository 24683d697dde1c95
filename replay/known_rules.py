"""Without this file a what-if would count by calendars that nobody had when they acted."""

from bisect import bisect_right
from collections.abc import Mapping
from copy import copy
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from psycopg import Connection

from domain.calendar_stream import CalendarStream
from domain.policy_pack import PolicyPack
from ledger.queries import load_queries
from projections.decoding import CODEC

QUERIES: Final = load_queries("replay", "known_rules")

Calendars = Mapping[str, CalendarStream]


class KnownRules(NamedTuple):
    """What the log up to some position says of packs and calendars.

    Attributes:
        packs: Every pack with all its versions, by id.
        positions: Places of the log from which other calendars are known, rising from 0.
        calendars: The calendars known from each of those places on, by id.
    """

    packs: Mapping[str, PolicyPack]
    positions: tuple[int, ...]
    calendars: tuple[Calendars, ...]

    def calendars_at(self, position: int) -> Calendars:
        """Return the calendars that were published before an event."""
        return self.calendars[bisect_right(self.positions, position) - 1]


def read_rules(connection: Connection[Any], position: int) -> KnownRules:
    """Return the packs and calendars that were published by a position. Blocking, one query."""
    packs: dict[UUID, PolicyPack] = {}
    streams: dict[UUID, CalendarStream] = {}
    positions, snapshots = [0], [cast("Calendars", {})]
    rows = connection.execute(QUERIES["read_rule_events"], {"position": position})
    for place, topic, shape, stream, version, at, payload in rows:
        event = CODEC.decode(topic, shape, stream, version, at, bytes(payload))
        if isinstance(event, PolicyPack.Event):
            packs[stream] = cast("PolicyPack", event.mutate(packs.get(stream)))
        elif isinstance(event, CalendarStream.Event):
            streams[stream] = cast("CalendarStream", event.mutate(_copied(streams.get(stream))))
            positions.append(place)
            snapshots.append({each.calendar_id: each for each in streams.values()})
    by_id = {pack.latest.pack_id: pack for pack in packs.values()}
    return KnownRules(by_id, tuple(positions), tuple(snapshots))


def _copied(stream: CalendarStream | None) -> CalendarStream | None:
    """Return a stream that can go on without changing what an earlier place knows."""
    if stream is None:
        return None
    other = copy(stream)
    other.editions = dict(stream.editions)
    return other
