"""Logs of sessions, orders, enterprises, appeals and a roster, and what projecting them gives."""

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

from psycopg import Connection, sql

from domain.credit_code import make_credit_code
from ledger.codec import DomainEvent
from ledger.database import Database, Role
from projections.assessment_appeals import AssessmentAppeals
from projections.engine import Engine
from projections.enterprise_profile import EnterpriseProfiles
from projections.model import ModelFactory
from projections.session_board import SessionBoard
from projections.supervision_ledger import SupervisionLedger
from projections.units import Units
from tests.integration.logged_petitions import append_events, open_recorder
from tests.unit.government_lives import LIVES, ROSTER_LIFE, new_roster, roster_life
from tests.unit.resource_story import Deed, Life

MODELS: Sequence[ModelFactory] = (
    Units,
    EnterpriseProfiles,
    SessionBoard,
    SupervisionLedger,
    AssessmentAppeals,
)


def firm(number: int) -> str:
    """Return the valid code of an invented enterprise, 0 to 9,999."""
    return make_credit_code(f"91510100MA{number:07}")


def life(number: int, *deeds: Deed) -> list[DomainEvent]:
    """Return the events of one aggregate with a stream of its own."""
    return list(Life(UUID(int=number)).do(*deeds).events)


def roster_log(*deeds: Deed) -> list[DomainEvent]:
    """Return the events of a new roster and of what was done to it."""
    return [*new_roster().collect_events(), *roster_life().do(*deeds).events]


def every_life() -> list[DomainEvent]:
    """Return the events of every life and of the roster, interleaved, each stream in order."""
    streams = [roster_log(*ROSTER_LIFE)]
    streams += [life(100 + place, *deeds) for place, deeds in enumerate(LIVES.values())]
    random = Random(5)  # noqa: S311 - repeatable, no secret
    order = [place for place, stream in enumerate(streams) for _ in stream]
    random.shuffle(order)
    heads = [iter(stream) for stream in streams]
    return [next(heads[place]) for place in order]


def project(database: Database, events: Sequence[DomainEvent], *, batch_len: int = 500) -> None:
    """Append events and bring the models up to them."""
    recorder = open_recorder(database)
    try:
        append_events(recorder, events)
    finally:
        recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS, batch_len=batch_len).catch_up()


def rows_of(connection: Connection[Any]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table of the models, in one order."""
    return {
        table: sorted(
            connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))),
            key=repr,
        )
        for model in MODELS
        for table in model.tables
    }
