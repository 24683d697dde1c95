"""The event-sourcing library's own recorder cases, run against the ledger's recorder."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from eventsourcing.persistence import ApplicationRecorder, StoredEvent

# Imported as a module: pytest would collect the abstract cases if they had names here.
from eventsourcing.tests import persistence as cases

from domain.act import Act
from domain.vocabulary import Role as ActorRole
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder

ACT = Act(
    actor_id="contract-test",
    actor_role=ActorRole.SYSTEM,
    occurred_at=datetime(2026, 1, 5, 1, 0, tzinfo=UTC),
)


class RecorderWithActor(LedgerRecorder):
    """The ledger's recorder; the library's cases do not know that somebody must act."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: object) -> Sequence[int]:
        """Record events as acts of a fixed test actor."""
        return super().insert_events(stored_events, act=ACT)


@pytest.fixture
def make_recorder(database: Database) -> Iterator[Callable[[], LedgerRecorder]]:
    """Yield a maker of recorders that are closed afterwards."""
    made: list[LedgerRecorder] = []

    def make() -> LedgerRecorder:
        recorder = RecorderWithActor(
            database.ledger,
            lambda: database.connect(Role.APP, autocommit=True),
            database.schema,
        )
        made.append(recorder)
        return recorder

    yield make
    for recorder in made:
        recorder.close()


@pytest.fixture(autouse=True)
def _give_recorder(request: pytest.FixtureRequest, make_recorder: Callable[[], Any]) -> None:
    """Hand the maker to unittest classes, which take no fixtures as arguments."""
    if request.instance is not None:
        request.instance.make_recorder = make_recorder


class TestApplicationRecorder(cases.ApplicationRecorderTestCase[ApplicationRecorder]):
    """Every application-recorder case of the library, the optional subscription too."""

    make_recorder: Callable[[], ApplicationRecorder]

    def create_recorder(self) -> ApplicationRecorder:
        """Return a recorder on an empty ledger."""
        return self.make_recorder()

    def test_insert_subscribe(self) -> None:
        """A subscriber gets what is recorded before and after it subscribes."""
        self.optional_test_insert_subscribe()


class TestNonInterleaving(cases.NonInterleavingNotificationIDsBaseCase):
    """Two writers of a thousand events each never mix their positions."""

    make_recorder: Callable[[], ApplicationRecorder]

    def create_recorder(self) -> ApplicationRecorder:
        """Return a recorder on an empty ledger."""
        return self.make_recorder()
