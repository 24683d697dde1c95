"""Without this file the event-sourcing library would fall back to its own store."""

from typing import Never, cast

from eventsourcing.domain import TAggregateID
from eventsourcing.persistence import (
    InfrastructureFactory,
    InfrastructureFactoryError,
    Mapper,
    TrackingRecorder,
    Transcoder,
)
from eventsourcing.utils import Environment, EnvType

from ledger.codec import EventCodec
from ledger.database import Database, Role, open_database
from ledger.mapper import LedgerMapper
from ledger.recorder import LedgerRecorder
from ledger.settings import DatabaseSettings
from ledger.waiting_line import AppenderLimits


class LedgerFactory(InfrastructureFactory[TrackingRecorder]):
    """Makes the mapper and the recorder of one ledger.

    As a persistence module, ``PERSISTENCE_MODULE=ledger.factory:LedgerFactory``, it
    opens the database of the ``TAIZHANG_…`` variables and closes it again; given a
    database it leaves that open.

    Args:
        env: Variables of the application.
        database: Where the ledger is.
        limits: Bounds of the group commit.
    """

    def __init__(
        self,
        env: Environment | EnvType | None = None,
        database: Database | None = None,
        limits: AppenderLimits | None = None,
    ) -> None:
        super().__init__(env)
        self._own_database = database is None
        self._database = database or open_database(DatabaseSettings.from_env(self.env))
        self._limits = limits
        self._recorder: LedgerRecorder | None = None

    def mapper(
        self,
        transcoder: Transcoder | None = None,
        mapper_class: type[Mapper[TAggregateID]] | None = None,
    ) -> Mapper[TAggregateID]:
        """Return the mapper to canonical payloads; the library's choices do not apply."""
        del transcoder, mapper_class
        return cast("Mapper[TAggregateID]", LedgerMapper(EventCodec()))

    def application_recorder(self) -> LedgerRecorder:
        """Return the recorder of the ledger, the same one each time."""
        if self._recorder is None:
            database = self._database
            self._recorder = LedgerRecorder(
                database.ledger,
                lambda: database.connect(Role.APP, autocommit=True),
                database.schema,
                self._limits,
            )
        return self._recorder

    def aggregate_recorder(self, purpose: str = "events") -> LedgerRecorder:
        """Return the recorder of the ledger.

        Raises:
            InfrastructureFactoryError: asked for snapshots, which would be a second
                truth beside the log.
        """
        if purpose != "events":
            _refuse(f"a recorder for {purpose}")
        return self.application_recorder()

    def tracking_recorder(
        self, tracking_recorder_class: type[TrackingRecorder] | None = None
    ) -> Never:
        """Refuse: read models keep their positions in their own transactions."""
        _refuse(f"{tracking_recorder_class or 'a tracking recorder'}")

    def process_recorder(self) -> Never:
        """Refuse: see ``tracking_recorder``."""
        _refuse("a process recorder")

    def is_snapshotting_enabled(self) -> bool:
        """Return False: an aggregate is always made from all its events."""
        return False

    def close(self) -> None:
        """Refuse waiting appends, close connections, and the database if it was opened here."""
        if self._recorder is not None:
            self._recorder.close()
        if self._own_database:
            self._database.close()


def _refuse(what: str) -> Never:
    raise InfrastructureFactoryError(f"{what} lies outside the guarantees of the ledger")
