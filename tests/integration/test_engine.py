"""Tests of the engine that brings read models up to the log."""

from collections.abc import Iterator, Sequence
from threading import Thread
from typing import Any

import pytest
from psycopg import Connection

from domain.petition import Petition, PetitionEvent
from ledger.codec import DomainEvent
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from projections.engine import Engine
from projections.model import ReadModel
from projections.models import MODELS
from projections.petitions import Petitions
from projections.positions import positions, resume_models, statuses
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows


@pytest.fixture
def recorder(database: Database) -> Iterator[LedgerRecorder]:
    """Yield a recorder of the test's ledger."""
    recorder = open_recorder(database)
    yield recorder
    recorder.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection of the projector."""
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("batch_len", [1, 7, 40, 500])
def test_rows_equal_the_pure_fold_whatever_the_batches(
    connection: Connection[Any], recorder: LedgerRecorder, batch_len: int
) -> None:
    """Live rows are what folding each whole stream gives, however the log was cut."""
    events = draw_log(batch_len, 60)
    append_events(recorder, events)
    engine = Engine(connection, MODELS, batch_len=batch_len)
    assert engine.catch_up() == len(events)
    assert stored_rows(connection) == expected_rows(events)
    assert positions(connection) == {model.name: len(events) for model in MODELS}


def test_engine_goes_on_where_it_stood_when_started_again(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """An engine that ends between two batches leaves nothing that its successor repeats."""
    events = draw_log(3, 20)
    append_events(recorder, events)
    for _ in range(5):
        Engine(connection, MODELS, batch_len=20).step()
    assert positions(connection)["petitions"] == 100
    Engine(connection, MODELS, batch_len=20).catch_up()
    assert stored_rows(connection) == expected_rows(events)


class _Dying(Petitions):
    """A model whose process ends after the rows are written and before they are committed."""

    def apply(self, events: Sequence[DomainEvent]) -> None:
        super().apply(events)
        raise KeyboardInterrupt


def test_batch_leaves_no_trace_when_the_process_ends_before_its_commit(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """Rows and position are one transaction: both are there or neither is."""
    events = draw_log(4, 10)
    append_events(recorder, events)
    with pytest.raises(KeyboardInterrupt):
        Engine(connection, [_Dying], batch_len=20).step()
    assert positions(connection) == {"petitions": 0}
    assert not any(stored_rows(connection).values())


def test_every_batch_is_applied_once_when_two_engines_race(
    database: Database, recorder: LedgerRecorder
) -> None:
    """Without any leader lock the compare-and-set alone keeps batches from repeating."""
    events = draw_log(5, 60)
    append_events(recorder, events)

    def race() -> None:
        with database.connect(Role.PROJECTOR, autocommit=True) as connection:
            Engine(connection, MODELS, batch_len=10).catch_up()

    racers = [Thread(target=race) for _ in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    with database.connect(Role.PROJECTOR) as connection:
        assert positions(connection)["petitions"] == len(events)
        assert stored_rows(connection) == expected_rows(events)


class _Choking(ReadModel):
    """A model that cannot apply one event of the log."""

    name = "choking"
    aggregates = (Petition.TOPIC,)
    tables = ()
    poison: DomainEvent | None = None

    def apply(self, events: Sequence[DomainEvent]) -> None:
        poison = _Choking.poison
        if poison is not None and any(
            (event.originator_id, event.originator_version)
            == (poison.originator_id, poison.originator_version)
            for event in events
        ):
            raise ArithmeticError("no such unit")


def test_model_stops_visibly_and_alone_before_an_event_it_cannot_apply(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """The poisoned model names the event and the cause, and goes on once it is mended."""
    events = draw_log(6, 20)
    append_events(recorder, events)
    _Choking.poison = events[63]
    engine = Engine(connection, [*MODELS, _Choking], batch_len=50)
    engine.catch_up()
    status = {each.model: each for each in statuses(connection)}
    assert status["petitions"].lag == 0
    assert status["petitions"].stopped_cause is None
    assert status["choking"].position == 63
    assert status["choking"].stopped_position == 64
    assert status["choking"].stopped_cause == "ArithmeticError: no such unit"
    assert stored_rows(connection) == expected_rows(events)

    _Choking.poison = None
    assert engine.catch_up() == 0
    assert resume_models(connection) == ["choking"]
    engine.catch_up()
    assert positions(connection)["choking"] == len(events)


def test_model_stops_when_a_payload_cannot_be_read(
    database: Database, connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """An unreadable event stops the models that read it, and only those."""
    events = draw_log(7, 5)
    append_events(recorder, events)
    _break_payload(database, 12)
    Engine(connection, MODELS).catch_up()
    status = {each.model: each for each in statuses(connection)}
    assert status["units"].position == len(events)
    assert (status["petitions"].position, status["petitions"].stopped_position) == (11, 12)
    assert "cannot be read" in str(status["petitions"].stopped_cause)
    assert stored_rows(connection) == expected_rows(events[:11])


def _break_payload(database: Database, position: int) -> None:
    import psycopg

    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        admin.execute("UPDATE event SET payload = '{}' WHERE position = %s", [position])


def test_events_of_other_aggregates_move_the_position_alone(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """A model keeps its place also in stretches that do not concern it."""
    events: list[PetitionEvent] = draw_log(8, 4)
    append_events(recorder, events)
    Engine(connection, MODELS).catch_up()
    row = connection.execute("SELECT count(*) FROM unit").fetchone()
    assert row == (0,)
    assert positions(connection)["units"] == len(events)
