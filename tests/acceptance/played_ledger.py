"""A ledger in which Shuangliu was played, to go on with from its end."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from commands.demo_stage import prepare_demo
from domain.command import PetitionCommand
from domain.dimension import Dimension
from domain.filing import SubmitPetition
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.principal import Principal
from domain.rate import Rate
from domain.rates import RATES
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.embedded import EmbeddedServer
from ledger.reference import NAMESPACE
from projections.engine import Engine
from projections.models import MODELS
from projections.rate_queries import read_counts
from scenarios.player import PlayClock
from scenarios.scenario import Scenario
from tests.conftest import fastest_place, make_server_folder


class PlayedLedger:
    """Acts after the play, an hour apart, and what the rates are then."""

    def __init__(
        self, database: Database, ledger: PetitionLedger, clock: PlayClock, scenario: Scenario
    ) -> None:
        self.database = database
        self.scenario = scenario
        self.now = scenario.as_of
        self._ledger = ledger
        self._clock = clock

    def petition(self, key: str) -> UUID:
        """Return the id of a petition of the play."""
        return uuid5(uuid5(NAMESPACE, f"scenario/{self.scenario.city}"), key)

    def file(self, key: str, command: SubmitPetition, principal: Principal) -> UUID:
        """File a petition an hour after the last act."""
        self._pass_an_hour()
        petition_id = self.petition(key)
        self._ledger.submit(petition_id, command, principal)
        return petition_id

    def act(self, petition_id: UUID, principal: Principal, command: PetitionCommand) -> None:
        """Give a command an hour after the last act."""
        self._pass_an_hour()
        self._ledger.apply(petition_id, command, principal)

    def facts(self, petition_id: UUID) -> PetitionFacts:
        """Return what the events of a petition add up to."""
        petition = self._ledger.load(petition_id)
        assert isinstance(petition, Petition)
        return fold_all(petition.history)

    def rate(self, rate_id: str, as_of: datetime | None = None) -> Rate:
        """Return a rate over the whole ledger, now or at an instant, by the read models."""
        project(self.database)
        with self.database.connect(Role.APP) as connection:
            counts = read_counts(
                connection,
                Dimension.TOTAL,
                as_of=as_of or self.now,
                zone=self.scenario.zone,
            )
        return RATES[rate_id].of(counts.total)

    def _pass_an_hour(self) -> None:
        self.now += timedelta(hours=1)
        self._clock.now = self.now


@contextmanager
def played_city(scenario: Scenario) -> Iterator[Database]:
    """Yield a ledger in which a city was played, on a server of its own, as the demo does it."""
    folder = make_server_folder(fastest_place())
    try:
        with EmbeddedServer(folder, is_durable=False) as server:
            database = Database.on_server(server, scenario.ledger)
            prepare_demo(database, scenario)
            yield database
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def project(database: Database) -> None:
    """Bring the read models up to the log."""
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
