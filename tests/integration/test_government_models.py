"""Tests that sessions, orders, enterprises, appeals and units are projected as they are rebuilt."""

from datetime import timedelta

import pytest

from domain.attendance_duty import SetDutyToAttend
from domain.rate import Rate
from domain.session_terms import AttendeeRole, SessionKind, SessionState
from domain.supervision_terms import CircularState, SupervisionFinding, SupervisionState
from domain.vocabulary import PetitionState, SupervisionLevel
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.assessment_appeals import read_appeals
from projections.engine import Engine
from projections.enterprise_profile import count_members, read_profile, read_profiles
from projections.participation import read_participation
from projections.session_board import read_sessions
from projections.supervision_ledger import read_supervision
from projections.units import read_heirs, read_units
from replay.rebuild import rebuild
from replay.verify import verify
from tests.integration.government_log import (
    MODELS,
    every_life,
    firm,
    life,
    project,
    roster_log,
    rows_of,
)
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.unit.given_when_then import DAY, START
from tests.unit.government_lives import (
    ATTEND_DUTY,
    CHALLENGE,
    CIRCULAR,
    HOLD,
    LIVES,
    MERGE,
    OPEN_ORDER,
    SCHEDULE,
    TODAY,
    attend,
    new_roster,
)
from tests.unit.resource_story import FIRM, PETITION, Deed, Life

YESTERDAY = TODAY - timedelta(days=1)


def test_live_rows_equal_rebuilt_rows_whatever_the_batches(database: Database) -> None:
    """One log gives the same rows event by event, at once, and by a rebuild."""
    events = every_life()
    project(database, events, batch_len=1)
    with database.connect(Role.PROJECTOR) as connection:
        live = rows_of(connection)
    assert all(live.values())
    assert rebuild(database, MODELS).position == len(events)
    with database.connect(Role.PROJECTOR) as connection:
        assert rows_of(connection) == live
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        for model in MODELS:
            for table in model.tables:
                connection.execute(f"TRUNCATE {table}".encode())
        connection.execute("UPDATE projection SET position = 0")
        Engine(connection, MODELS, batch_len=7).catch_up()
        assert rows_of(connection) == live
    assert verify(database, MODELS).findings == []


def test_session_board_tells_coverage_and_person_times_of_the_same_events(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """73 attendances by 40 of 110 units are 36.36 %, and 73 person-times, not 66.36 %."""
    roster = new_roster(f"unit-{number}" for number in range(110))
    duty = SetDutyToAttend(
        units=tuple(f"unit-{number}" for number in range(110)), effective_on=TODAY
    )
    listed = Life(roster.id, aggregate=roster).do(Deed(duty, Actor.ADMIN)).events
    monkeypatch.setattr("tests.unit.resource_story.roster", lambda: roster)
    sessions = [
        life(
            number,
            SCHEDULE,
            *(attend(f"head-{unit}", unit=f"unit-{unit}") for unit in range(heads)),
            attend("guest-1", AttendeeRole.ENTERPRISE_REPRESENTATIVE, enterprise=firm(1)),
            attend("leader-1", AttendeeRole.LEADER_AS_SERVER, unit="unit-109"),
            HOLD,
        )
        for number, heads in ((21, 40), (22, 33))
    ]
    project(database, [*listed, *sessions[0], *sessions[1]])
    with database.connect(Role.APP) as connection:
        seen = read_participation(connection, YESTERDAY, TODAY, kinds=[SessionKind.MAIN])
        assert (seen.sessions, seen.enterprises, seen.petitions) == (2, 1, 0)
        assert seen.coverage == Rate(40, 110)
        assert seen.coverage.percent() == "36.36"
        assert seen.person_times == {
            AttendeeRole.DEPARTMENT_HEAD: 73,
            AttendeeRole.ENTERPRISE_REPRESENTATIVE: 2,
            AttendeeRole.LEADER_AS_SERVER: 2,
        }
        assert read_participation(connection, YESTERDAY, YESTERDAY).sessions == 0
        other = read_participation(connection, YESTERDAY, TODAY, kinds=[SessionKind.TEA])
        assert (other.sessions, other.coverage) == (0, Rate(0, 110))


def test_session_board_counts_a_merged_unit_as_its_heir(database: Database) -> None:
    """Attendance of ``roads`` covers ``bureau`` once it went into it, and not before."""
    session = life(21, SCHEDULE, attend("head-1", unit="roads"), HOLD)
    project(database, [*session, *roster_log(ATTEND_DUTY)])
    with database.connect(Role.APP) as connection:
        seen = read_participation(connection, TODAY, TODAY)
        assert (seen.coverage, seen.other_units) == (Rate(0, 2), 1)
    recorder = open_recorder(database)
    append_events(recorder, roster_log(ATTEND_DUTY, MERGE)[-1:])
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
        seen = read_participation(connection, TODAY, TODAY)
        assert (seen.coverage, seen.other_units) == (Rate(1, 2), 0)


def test_session_board_lists_what_was_raised_promised_and_kept(database: Database) -> None:
    """One line per session, cancelled ones included."""
    project(database, [*life(1, *LIVES["session"]), *life(2, *LIVES["session cancelled"])])
    with database.connect(Role.APP) as connection:
        held, cancelled = read_sessions(connection, TODAY, TODAY, limit=10)
        assert read_sessions(connection, YESTERDAY, YESTERDAY, limit=10) == []
        assert len(read_sessions(connection, TODAY, TODAY, limit=1)) == 1
        with pytest.raises(ValueError, match="limit"):
            read_sessions(connection, TODAY, TODAY, limit=0)
    assert (held.state, held.held_on, held.theme) == (SessionState.HELD, TODAY, "用电保障")
    assert (held.persons, held.enterprises, held.departments, held.petitions) == (2, 1, 1, 1)
    assert (held.commitments, held.commitments_open) == (1, 0)
    assert held.minutes_at is not None
    assert (cancelled.state, cancelled.held_on) == (SessionState.CANCELLED, None)


def test_supervision_ledger_tells_who_is_under_supervision_for_how_long(
    database: Database,
) -> None:
    """Open orders come first, with the days so far; a challenged circular is not final."""
    names = ("supervision", "proposal", "proposal dismissed")
    events = [event for n, name in enumerate(names) for event in life(n + 1, *LIVES[name])]
    project(database, [*events, *life(9, OPEN_ORDER, CIRCULAR, CHALLENGE)])
    with database.connect(Role.APP) as connection:
        lines = read_supervision(connection, START + 3 * DAY, limit=10)
        assert read_supervision(connection, START, limit=10, unit="roads") == []
        with pytest.raises(ValueError, match="limit"):
            read_supervision(connection, START, limit=501)
    by_id = {line.order_id.int: line for line in lines}
    assert {line.order_id.int for line in lines[:2]} == {2, 9}
    closed, adopted, dismissed, challenged = (by_id[number] for number in (1, 2, 3, 9))
    assert (closed.level, closed.state) == (SupervisionLevel.RED, SupervisionState.CLOSED)
    assert (closed.finding, closed.days) == (SupervisionFinding.RECTIFIED, 0)
    assert closed.circular_state is CircularState.REVOKED
    assert (adopted.state, adopted.days) == (SupervisionState.OPEN, 3)
    assert (adopted.level, adopted.due_at) == (SupervisionLevel.ORANGE, START + 3 * DAY)
    assert (dismissed.state, dismissed.days) == (SupervisionState.DISMISSED, None)
    assert challenged.circular_state is CircularState.CHALLENGED
    assert (challenged.circular_number, challenged.circular_final_at) == ("督通〔2026〕1号", None)
    assert all(line.petitions == (PETITION,) for line in lines)


def test_enterprise_profile_counts_petitions_by_state(database: Database) -> None:
    """The states are those of the petitions' own facts, and groups are those of now."""
    project(database, life(1, *LIVES["enterprise"]))
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        recorder = open_recorder(database)
        append_events(recorder, draw_log(3, 5))
        recorder.close()
        Engine(connection, MODELS).catch_up()
        connection.execute(
            "INSERT INTO petition_facts SELECT gen_random_uuid(), 1, NULL, state, '', '', '', '',"
            " '', '', %s, FALSE, now(), NULL, NULL, NULL, NULL, ''"
            " FROM unnest(ARRAY['closed', 'closed', 'accepted']) AS state",
            [FIRM],
        )
    with database.connect(Role.APP) as connection:
        profile = read_profile(connection, FIRM)
        assert read_profile(connection, firm(7)) is None
        assert read_profiles(connection, limit=5) == [profile]
        assert read_profiles(connection, limit=5, after_code=FIRM) == []
        assert read_profiles(connection, limit=5, group="group-1") == []
        with pytest.raises(ValueError, match="limit"):
            read_profiles(connection, limit=0)
    assert profile is not None
    assert profile.petitions == {PetitionState.CLOSED: 2, PetitionState.ACCEPTED: 1}
    assert (profile.key_enterprise, profile.region, profile.groups) == (True, "", ())
    assert (profile.liaison_unit, profile.chief_unit) == ("bureau", "bureau")
    assert (profile.chief_from_on, profile.chief_until_on) == (TODAY, None)


def test_groups_have_the_members_that_did_not_leave(database: Database) -> None:
    """Joining, leaving and joining again in one batch leaves one member."""
    enterprise = LIVES["enterprise"]
    record, join, leave = enterprise[0], enterprise[-2], enterprise[-1]
    project(database, life(1, record, join, leave, join))
    with database.connect(Role.APP) as connection:
        assert count_members(connection) == {"group-1": 1}
        (profile,) = read_profiles(connection, limit=5, group="group-1")
    assert profile.groups == ("group-1",)


def test_appeals_are_listed_with_what_they_exclude(database: Database) -> None:
    """An exclusion carries its published reason."""
    project(database, [*life(1, *LIVES["appeal"]), *life(2, LIVES["appeal"][0])])
    with database.connect(Role.APP) as connection:
        lines = read_appeals(connection, limit=10)
        assert read_appeals(connection, limit=10, unit="roads") == []
        with pytest.raises(ValueError, match="limit"):
            read_appeals(connection, limit=0)
    assert {(line.appeal_id.int, line.state.value) for line in lines} == {
        (1, "excluded"),
        (2, "appealed"),
    }
    assert {line.excluded_by for line in lines} == {"wrong_unit", None}


def test_units_say_who_goes_on_for_them(database: Database) -> None:
    """A merged unit is listed with its heir and the day from which it stands for it."""
    project(database, roster_log(MERGE))
    with database.connect(Role.APP) as connection:
        units = {line.unit: line for line in read_units(connection)}
        assert units["roads"].heir == ("bureau", TODAY)
        assert units["roads"].closed_at is not None
        assert units["bureau"].heir is None
        assert read_heirs(connection) == {"roads": ("bureau", TODAY)}
