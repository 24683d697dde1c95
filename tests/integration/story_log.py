"""Stories of petitions, appended to a ledger's log and projected."""

from collections.abc import Iterable
from uuid import UUID

from ledger.codec import DomainEvent
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from replay.rebuild import rebuild
from replay.verify import verify
from tests.integration.logged_petitions import append_events, open_recorder
from tests.petition_tables import stored_rows
from tests.unit.given_when_then import Deed, Story
from tests.unit.given_when_then import given as given_one


def given(petition_id: int, *deeds: Deed) -> Story:
    """Return the story of one of several petitions."""
    return given_one(*deeds, petition_id=UUID(int=petition_id))


def project(database: Database, *logs: Iterable[DomainEvent]) -> None:
    """Append events and bring every read model up to them, a few at a time."""
    recorder = open_recorder(database)
    for log in logs:
        append_events(recorder, log)
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS, batch_len=3).catch_up()


def expect_same_after_rebuild(database: Database, table: str) -> None:
    """Expect rows in a table, the same ones from a rebuild, and nothing that verify finds."""
    with database.connect(Role.PROJECTOR) as connection:
        live = stored_rows(connection)
    assert live[table]
    assert verify(database).findings == []
    rebuild(database)
    with database.connect(Role.PROJECTOR) as connection:
        assert stored_rows(connection) == live
