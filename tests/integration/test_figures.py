"""Tests of figures by what the log knew at a position."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from domain.counts import check_identities
from domain.dimension import Dimension
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.principal import Principal
from domain.scope import SCOPES, DeclareScope, ReviseScope
from domain.succession import AS_DISPATCHED
from domain.vocabulary import Channel
from domain.vocabulary import Role as Actor
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from projections.positions import positions
from projections.rate_queries import read_counts
from projections.scope import Cohort, Scope
from replay import streams
from replay.figures import count_petitions, position_known_at, replay_counts
from tests.api_clients import open_example_ledger
from tests.histories import CHANNELS, START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder

SHANGHAI = ZoneInfo("Asia/Shanghai")
AS_OF = START + timedelta(days=40, hours=3)
COHORT = Cohort(START + timedelta(hours=5), START + timedelta(days=20))


@pytest.fixture(scope="module")
def events(module_database: Database) -> list[PetitionEvent]:
    """Return the events of sixty petitions, recorded in several appends and projected."""
    recorder = open_recorder(module_database)
    events = draw_log(23, 60)
    for start in range(0, len(events), 50):
        append_events(recorder, events[start : start + 50])
    recorder.close()
    with module_database.connect(Role.PROJECTOR, autocommit=True) as projecting:
        Engine(projecting, MODELS).catch_up()
    return events


@pytest.fixture
def connection(module_database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection of the application to their ledger, autocommit."""
    with module_database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def folded(events: list[PetitionEvent], position: int) -> list[PetitionFacts]:
    """Return what the events up to a position say of every petition."""
    facts: dict[object, PetitionFacts] = {}
    for event in events[:position]:
        facts[event.originator_id] = fold(facts.get(event.originator_id), event)
    return list(facts.values())


@pytest.mark.parametrize("by", list(Dimension))
@pytest.mark.parametrize(
    "scope", [Scope(), Scope(unit="water"), Scope(channel=CHANNELS[0]), Scope(region="")]
)
@pytest.mark.parametrize("cohort", [None, COHORT])
def test_replayed_counts_equal_those_of_the_read_models(
    connection: Connection[Any],
    events: list[PetitionEvent],
    monkeypatch: pytest.MonkeyPatch,
    by: Dimension,
    scope: Scope,
    cohort: Cohort | None,
) -> None:
    """One log gives one figure, whichever way it is computed."""
    monkeypatch.setattr(streams, "PAGE_LEN", 17)
    live = read_counts(connection, by, as_of=AS_OF, zone=SHANGHAI, scope=scope, cohort=cohort)
    replayed = replay_counts(
        connection, by, as_of=AS_OF, position=len(events), scope=scope, cohort=cohort
    )
    assert replayed == live
    check_identities(replayed.total)
    assert live.rows


def test_counts_at_an_earlier_position_know_nothing_later(
    connection: Connection[Any], events: list[PetitionEvent]
) -> None:
    """A figure of position N is that of a ledger that ends there."""
    for position in (0, 1, 120, len(events)):
        replayed = replay_counts(connection, Dimension.UNIT, as_of=AS_OF, position=position)
        expected = count_petitions(
            folded(events, position), Dimension.UNIT, as_of=AS_OF, succession=AS_DISPATCHED
        )
        assert replayed.rows == expected
        assert replayed.position == position


def test_what_was_known_at_an_instant_is_a_prefix_of_the_log(
    connection: Connection[Any], events: list[PetitionEvent]
) -> None:
    """The last event recorded at that very instant counts, the next one does not."""
    recorded = [
        at for (at,) in connection.execute("SELECT recorded_at FROM event ORDER BY position")
    ]
    assert recorded == sorted(recorded)
    for at in {recorded[0], recorded[-1], recorded[len(events) // 2]}:
        position = position_known_at(connection, at)
        assert recorded[:position][-1] == at
        assert all(each > at for each in recorded[position:])
    assert position_known_at(connection, recorded[0] - timedelta(microseconds=1)) == 0
    assert position_known_at(connection, datetime.max.replace(tzinfo=UTC)) == len(events)


def test_scopes_are_incomplete_as_the_position_knew_them(database: Database) -> None:
    """A declaration made later withholds nothing from an earlier figure, and a revision counts."""
    open_example_ledger(database)
    administrator = Principal(actor_id="ad-1", role=Actor.ADMIN)
    with PetitionLedger(database, lambda: datetime.now(UTC)) as ledger:
        declared = ledger.open(
            SCOPES,
            UUID(int=1),
            DeclareScope(channel=Channel.APP, intake_complete=False, reason="只录入已解决的"),
            administrator,
        )
        revised = ledger.give(
            SCOPES,
            declared.originator_id,
            ReviseScope(intake_complete=True, reason="已补录"),
            administrator,
        )
    with database.connect(Role.PROJECTOR, autocommit=True) as projecting:
        Engine(projecting, MODELS).catch_up()
        known = positions(projecting)["petitions"]
    with database.connect(Role.APP, autocommit=True) as connection:
        found = [
            replay_counts(connection, Dimension.TOTAL, as_of=AS_OF, position=position).incomplete
            for position in (declared.last_position - 1, declared.last_position, known)
        ]
    assert [[each.reason for each in scopes] for scopes in found] == [[], ["只录入已解决的"], []]
    assert revised.last_position == known
