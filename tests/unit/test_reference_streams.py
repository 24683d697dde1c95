"""Tests of keeping roster and packs at hand for many commands at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import cast
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.principal import Principal
from domain.roster import Roster
from domain.roster_changes import open_roster
from domain.text import Text
from domain.vocabulary import Role
from ledger.reference import ROSTER_ID, ReferenceStreams

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


class _MetStreams:
    """A log in which every look waits for another one, and both find the same events."""

    def __init__(self, events: list[LedgerAggregate.Event]) -> None:
        self.events = events
        self.both = Barrier(2, timeout=60)

    def events_after(self, originator_id: UUID, version: int) -> Iterator[LedgerAggregate.Event]:
        """Return the later events once two threads have asked."""
        assert originator_id == ROSTER_ID
        self.both.wait()
        return iter([event for event in self.events if event.originator_version > version])


def test_reference_is_looked_at_by_many_threads_at_once_and_each_event_applied_once() -> None:
    """No look waits for another one's answer, and what two have read counts once."""
    admin = Principal(actor_id="admin-1", role=Role.ADMIN)
    name = Text("示例市", "Example City")
    roster = open_roster(ROSTER_ID, "Asia/Shanghai", name, admin.act(AT))
    events = cast("list[LedgerAggregate.Event]", roster.collect_events())
    streams = _MetStreams(events)
    reference = ReferenceStreams(streams)
    for _ in range(2):
        with ThreadPoolExecutor(2) as threads:
            looks = [threads.submit(reference.roster) for _ in range(2)]
            found = [look.result() for look in looks]
        assert found[0] is found[1]
        assert isinstance(found[0], Roster)
        assert found[0].version == len(events) == 1
