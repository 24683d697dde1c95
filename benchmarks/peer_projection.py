"""Without this file the peer would have no read model to rebuild."""

from typing import Any
from uuid import UUID

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection
from psycopg.sql import SQL

from benchmarks.peer_petition import PeerPetition
from ledger.queries import load_queries

QUERIES = load_queries("benchmarks", "peer")

_UNCHANGED = dict.fromkeys(
    (
        "state",
        "number",
        "unit",
        "petition_type",
        "category",
        "accepted_at",
        "due_at",
        "replied_at",
        "closed_at",
    )
)


class PetitionRows(PostgresTrackingRecorder):
    """The peer's rows, each written with the position it comes from in one transaction."""

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        tracking_table_name: str = "notification_tracking",
        **kwargs: Any,  # noqa: ANN401 - the library's own signature
    ) -> None:
        super().__init__(datastore, tracking_table_name=tracking_table_name, **kwargs)
        self.sql_create_statements.append(SQL(QUERIES["create_petition_table"]).format())

    def insert(self, tracking: Tracking, **values: object) -> None:
        """Add a petition."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(QUERIES["insert_petition"], values, prepare=True)

    def update(self, tracking: Tracking, petition_id: UUID, **values: object) -> None:
        """Change a petition."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            parameters = {**_UNCHANGED, **values, "petition_id": petition_id}
            cursor.execute(QUERIES["update_petition"], parameters, prepare=True)


class PetitionProjection(Projection[PetitionRows]):
    """Makes the peer's rows of the peer's events."""

    name = "petitionprojection"

    @singledispatchmethod
    def process_event(self, domain_event: Aggregate.Event, tracking: Tracking) -> None:
        """Write what an event changes."""
        match domain_event:
            case PeerPetition.Submitted():
                self.view.insert(
                    tracking,
                    petition_id=domain_event.originator_id,
                    state="submitted",
                    region=domain_event.region,
                    enterprise=domain_event.enterprise,
                    submitted_at=domain_event.timestamp,
                )
            case _:
                changes = _changes(domain_event)
                self.view.update(tracking, domain_event.originator_id, **changes)


def _changes(event: Aggregate.Event) -> dict[str, object]:
    changes: dict[str, object] = {}
    match event:
        case PeerPetition.Registered():
            changes = {"number": event.number, "state": "registered"}
        case PeerPetition.Accepted():
            changes = {
                "state": "accepted",
                "petition_type": event.petition_type,
                "category": event.category,
                "due_at": event.due_at,
                "accepted_at": event.timestamp,
            }
        case PeerPetition.Dispatched():
            changes = {"state": "dispatched", "unit": event.unit}
        case PeerPetition.Signed():
            changes = {"state": "in_progress"}
        case PeerPetition.Replied():
            changes = {"state": "replied", "replied_at": event.timestamp}
        case PeerPetition.Closed():
            changes = {"state": "closed", "closed_at": event.timestamp}
    return changes
