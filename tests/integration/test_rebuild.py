"""Tests of making read models anew from the log."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from domain.petition import PetitionEvent
from domain.principal import Principal
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Role as Actor
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.foundation import open_ledger, register_units
from ledger.recorder import LedgerRecorder
from projections.engine import Engine
from projections.models import MODELS
from projections.positions import positions
from projections.units import read_units
from replay import shadow, streams
from replay.filling import catch_up, fill
from replay.rebuild import rebuild
from replay.shadow import Purpose, ReplayBusyError, Shadow
from replay.streams import UnreplayableEventError
from replay.swap import swap
from tests.histories import START
from tests.integration.live_projector import following
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows

CATALOG = """
SELECT relname, relkind::text, relowner::regrole::text, relacl::text, NULL, NULL
FROM pg_class WHERE relnamespace = current_schema()::regnamespace
UNION ALL
SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
    attnotnull::text, attnum::text, pg_get_expr(adbin, adrelid)
FROM pg_attribute
JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = current_schema()::regnamespace AND attnum > 0
UNION ALL
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid), NULL, NULL
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL
SELECT tablename, indexname, indexdef, NULL, NULL, NULL
FROM pg_indexes WHERE schemaname = current_schema()
ORDER BY 1, 2, 3, 4, 5, 6
"""


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


@pytest.fixture
def events(recorder: LedgerRecorder) -> list[PetitionEvent]:
    """Return the events of forty petitions, recorded."""
    events = draw_log(11, 40)
    append_events(recorder, events)
    return events


@pytest.fixture
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the work into many slices and pages, so that streams are cut too."""
    monkeypatch.setattr(shadow, "SLICE_EVENTS_LEN", 60)
    monkeypatch.setattr(streams, "PAGE_LEN", 17)


@pytest.mark.usefixtures("_small_parts")
@pytest.mark.parametrize("jobs", [1, 2])
def test_rebuilt_rows_equal_live_rows_and_the_pure_fold(
    database: Database, connection: Connection[Any], events: list[PetitionEvent], jobs: int
) -> None:
    """Whichever way rows were made, from one log they are the same."""
    Engine(connection, MODELS).catch_up()
    live = stored_rows(connection)
    rebuilt = rebuild(database, jobs=jobs)
    assert rebuilt.position == len(events)
    assert stored_rows(connection) == live == expected_rows(events)
    assert positions(connection) == {model.name: len(events) for model in MODELS}


def test_rebuild_keeps_the_units_of_a_ledger_with_a_roster(
    database: Database, connection: Connection[Any], events: list[PetitionEvent]
) -> None:
    """Models that replace rows by key are rebuilt like those that are copied."""
    admin = Principal(actor_id="admin-1", role=Actor.ADMIN)
    unit = Unit(
        unit_id="hub", name=Text("枢纽", "Hub"), tier=Tier.CITY, parent=None, kind=UnitKind.HUB
    )
    ledger = PetitionLedger(database, lambda: START)
    open_ledger(ledger, "Asia/Shanghai", Text("示例市", "Example City"), admin, START)
    register_units(ledger, [unit], admin, START)
    ledger.close()
    Engine(connection, MODELS).catch_up()
    live = read_units(connection)
    assert rebuild(database).position > len(events)
    assert read_units(connection) == live
    assert [listed.unit for listed in live] == ["hub"]


@pytest.mark.usefixtures("events")
def test_rebuild_leaves_the_catalog_as_it_was(
    database: Database, connection: Connection[Any]
) -> None:
    """Tables, columns, constraints, indexes, owners and grants are the old ones by name."""
    Engine(connection, MODELS).catch_up()
    with psycopg.connect(database.admin_conninfo()) as admin:
        before = admin.execute(CATALOG).fetchall()
    rebuild(database)
    with psycopg.connect(database.admin_conninfo()) as admin:
        assert admin.execute(CATALOG).fetchall() == before
        schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tz%'"
        assert admin.execute(schemas).fetchall() == [(database.schema,)]


def test_rebuild_mends_wrong_rows_and_keeps_the_old_when_asked(
    database: Database, connection: Connection[Any], events: list[PetitionEvent]
) -> None:
    """What somebody changed by hand is gone afterwards, but can still be looked at."""
    Engine(connection, MODELS).catch_up()
    connection.execute("UPDATE rate SET counts = counts + 1")
    connection.execute("DELETE FROM worklist")
    rebuilt = rebuild(database, keep_old=True)
    assert stored_rows(connection) == expected_rows(events)
    assert rebuilt.kept_schema == "tzold_main"
    row = connection.execute("SELECT count(*) FROM tzold_main.worklist").fetchone()
    assert row == (0,)
    rebuild(database)


@pytest.mark.usefixtures("_small_parts")
def test_rebuild_goes_on_where_it_was_interrupted(
    database: Database, connection: Connection[Any], events: list[PetitionEvent]
) -> None:
    """Finished slices are not filled again, and the result is the same."""
    seen: list[int] = []

    def interrupt(done: int, _: int) -> None:
        seen.append(done)
        if len(seen) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(database, progress=interrupt)
    assert not any(stored_rows(connection).values())
    again: list[int] = []
    rebuild(database, progress=lambda done, _: again.append(done))
    assert again[0] == seen[3] > 0
    assert stored_rows(connection) == expected_rows(events)


@pytest.mark.usefixtures("_small_parts")
def test_rebuild_begins_anew_when_the_program_changed(
    database: Database, monkeypatch: pytest.MonkeyPatch, events: list[PetitionEvent]
) -> None:
    """Slices filled by other rules are never mixed with ours."""
    assert events

    def interrupt(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(database, progress=interrupt)
    monkeypatch.setattr(shadow, "program_digest", lambda: "other")
    again: list[int] = []
    rebuild(database, progress=lambda done, _: again.append(done))
    assert again[0] == 0


@pytest.mark.usefixtures("_small_parts")
def test_rebuild_catches_up_with_what_is_recorded_meanwhile(
    database: Database,
    connection: Connection[Any],
    recorder: LedgerRecorder,
    events: list[PetitionEvent],
) -> None:
    """Appends and the live engine go on during a rebuild, and none of it is lost or doubled."""
    more = draw_log(12, 40)
    parts = iter(range(0, len(more), 20))

    def append_some(*_: int) -> None:
        start = next(parts, None)
        if start is not None:
            append_events(recorder, more[start : start + 20])

    with following(database):
        rebuilt = rebuild(database, progress=append_some)
        assert rebuilt.position > len(events)
        for start in parts:
            append_events(recorder, more[start : start + 20])
    Engine(connection, MODELS).catch_up()
    assert positions(connection)["petitions"] == len(events) + len(more)
    assert stored_rows(connection) == expected_rows([*events, *more])


@pytest.mark.usefixtures("events")
def test_rebuild_changes_nothing_when_an_event_cannot_be_read(
    database: Database, connection: Connection[Any]
) -> None:
    """The error names the position, and the live tables stay."""
    Engine(connection, MODELS).catch_up()
    before = stored_rows(connection)
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        admin.execute("UPDATE event SET payload = '{}' WHERE position = 7")
    with pytest.raises(UnreplayableEventError) as caught:
        rebuild(database)
    assert caught.value.position == 7
    with pytest.raises(UnreplayableEventError) as caught:
        rebuild(database, jobs=2)
    assert caught.value.position == 7
    assert stored_rows(connection) == before


def test_rebuild_is_refused_while_another_one_runs(database: Database) -> None:
    """Two rebuilds of one ledger would fill the same shadow."""
    with (
        Shadow(database, Purpose.REBUILD, ["unit"]).hold(),
        pytest.raises(ReplayBusyError),
    ):
        rebuild(database)


def test_swap_waits_until_the_shadow_holds_no_less_than_the_live_tables(
    database: Database, connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """Whoever has read a position never reads an earlier one after a rebuild."""
    events = draw_log(13, 10)
    append_events(recorder, events[:40])
    tables = [table for factory in MODELS for table in factory.tables]
    names = [factory.name for factory in MODELS]
    beside = Shadow(database, Purpose.REBUILD, tables)
    with beside.hold() as owner:
        fill(beside, beside.prepare(owner), MODELS, jobs=1, progress=lambda *_: None)
        beside.make_room(owner)
        append_events(recorder, events[40:])
        Engine(connection, MODELS).catch_up()
        with beside.connect() as live, beside.enter() as shadowed:
            assert swap(live, shadowed, names) is None
        assert positions(connection)["petitions"] == len(events)
        catch_up(beside, MODELS)
        with beside.connect() as live, beside.enter() as shadowed:
            assert swap(live, shadowed, names) == len(events)
    assert stored_rows(connection) == expected_rows(events)
