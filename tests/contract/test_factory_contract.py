"""The event-sourcing library takes the ledger as its persistence module, and nothing beside it."""

from contextlib import closing

import pytest
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, InfrastructureFactoryError
from eventsourcing.utils import Environment

from ledger.database import Database, Role
from ledger.factory import LedgerFactory
from ledger.ledger_application import LedgerApplication
from ledger.mapper import LedgerMapper
from ledger.recorder import LedgerRecorder


def test_library_constructs_our_factory_by_its_topic(database: Database) -> None:
    """``PERSISTENCE_MODULE`` finds the factory, and the variables find the ledger."""
    environment = Environment(
        "Ledger",
        {
            "PERSISTENCE_MODULE": "ledger.factory:LedgerFactory",
            "TAIZHANG_DSN": database.conninfo(Role.APP),
        },
    )
    with closing(InfrastructureFactory.construct(environment)) as factory:
        assert isinstance(factory, LedgerFactory)
        recorder = factory.application_recorder()
        assert isinstance(recorder, LedgerRecorder)
        assert recorder.max_notification_id() is None


def test_application_of_the_library_gets_our_mapper_and_recorder(database: Database) -> None:
    """Its seams are filled without a snapshot store."""
    with closing(LedgerApplication(database)) as application:
        assert isinstance(application, Application)
        assert isinstance(application.mapper, LedgerMapper)
        assert isinstance(application.recorder, LedgerRecorder)
        assert application.snapshots is None


def test_factory_refuses_what_lies_outside_the_guarantees(database: Database) -> None:
    """No snapshots, no tracking and no process recorder: each would be a second truth."""
    with closing(LedgerFactory(None, database)) as factory:
        assert factory.is_snapshotting_enabled() is False
        assert factory.aggregate_recorder() is factory.application_recorder()
        with pytest.raises(InfrastructureFactoryError, match="snapshots"):
            factory.aggregate_recorder(purpose="snapshots")
        with pytest.raises(InfrastructureFactoryError):
            factory.tracking_recorder()
        with pytest.raises(InfrastructureFactoryError):
            factory.process_recorder()
