"""Without this file a person could be counted twice, or minutes be filed of what never was."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.session_commitments import FollowUpCommitment, MakeCommitment
from domain.session_planning import CancelSession, ConfirmTheme, HoldSession, ScheduleSession
from domain.session_records import RaisePetition, RecordAttendance
from domain.session_terms import AttendeeRole, SessionFormat, SessionKind
from domain.vocabulary import Role
from tests.unit.given_when_then import START
from tests.unit.government_lives import (
    COMMIT,
    HANDLER,
    HOLD,
    KEEP,
    LIVES,
    MINUTES,
    SCHEDULE,
    TODAY,
    attend,
)
from tests.unit.resource_story import PETITION, Deed, Life

CANCEL = Deed(CancelSession(reason="场地停电"), Role.INTAKE)
RAISE = Deed(RaisePetition(petition_id=PETITION), Role.INTAKE)
THEME = Deed(ConfirmTheme(theme="用电", petitions=(PETITION,)), Role.INTAKE)


def schedule(host: str, role: Role = Role.INTAKE) -> Deed:
    """Return the announcement of a session of some unit."""
    command = ScheduleSession(
        kind=SessionKind.SUB,
        format=SessionFormat.HOT_TOPIC,
        host_unit=host,
        planned_on=TODAY,
        place="示例厅",
    )
    return Deed(command, role)


@pytest.mark.parametrize(
    ("host", "code"),
    [("nowhere", "unknown-unit"), ("closed", "unit-closed"), ("roads", "not-permitted")],
)
def test_session_is_refused_when_the_host_is_not_the_actors_open_unit(host: str, code: str) -> None:
    """A unit announces its own sessions, and a closed one announces none."""
    Life().refuses(schedule(host), code)


def test_session_is_announced_for_another_unit_by_the_hub() -> None:
    """A dispatcher plans for the units."""
    Life().do(schedule("roads", Role.DISPATCHER))


def test_session_record_is_refused_when_another_unit_writes_it() -> None:
    """The host keeps the record."""
    life = Life().do(schedule("roads", Role.DISPATCHER))
    for deed in (HOLD, attend("head-1"), RAISE, COMMIT, CANCEL, THEME):
        life.refuses(deed, "not-permitted")


@pytest.mark.parametrize(
    ("before", "deed"),
    [
        ((SCHEDULE,), MINUTES),
        ((SCHEDULE, COMMIT), KEEP),
        ((SCHEDULE, HOLD), HOLD),
        ((SCHEDULE, HOLD), THEME),
        ((SCHEDULE, HOLD), CANCEL),
        ((SCHEDULE, CANCEL), attend("head-1")),
        ((SCHEDULE, CANCEL), HOLD),
        ((SCHEDULE, CANCEL), RAISE),
        ((SCHEDULE, CANCEL), COMMIT),
        ((SCHEDULE, CANCEL), MINUTES),
    ],
)
def test_session_command_is_refused_when_the_session_is_not_that_far(
    before: tuple[Deed, ...], deed: Deed
) -> None:
    """Held before minutes and follow-ups, nothing after a cancellation."""
    Life().do(*before).refuses(deed, "impossible-transition")


def test_theme_is_refused_when_no_demand_was_collected() -> None:
    """A theme follows from what enterprises asked for."""
    Life().do(SCHEDULE).refuses(
        Deed(ConfirmTheme(theme="用电"), Role.INTAKE), "theme-without-demand"
    )


def test_attendance_is_refused_when_the_person_is_counted_already() -> None:
    """A person counts once per session, in whatever role."""
    life = Life().do(SCHEDULE, attend("head-1"))
    life.refuses(attend("head-1", AttendeeRole.OTHER), "attendance-twice")
    life.do(attend("head-2"))


@pytest.mark.parametrize(
    ("role", "unit", "enterprise", "code"),
    [
        (AttendeeRole.DEPARTMENT_HEAD, "nowhere", None, "unknown-unit"),
        (AttendeeRole.DEPARTMENT_HEAD, None, None, "attendee-unit-missing"),
        (AttendeeRole.LEADER_AS_SERVER, None, None, "attendee-unit-missing"),
        (AttendeeRole.ENTERPRISE_REPRESENTATIVE, None, None, "attendee-enterprise-missing"),
        (AttendeeRole.ENTERPRISE_REPRESENTATIVE, None, "X", "invalid-credit-code"),
    ],
)
def test_attendance_is_refused_when_nobody_knows_for_whom(
    role: AttendeeRole, unit: str | None, enterprise: str | None, code: str
) -> None:
    """A unit is on the roster, an enterprise has a code, and neither is left out."""
    command = RecordAttendance(
        person_id="p-1", name="示例人员", role=role, unit=unit, enterprise=enterprise
    )
    Life().do(SCHEDULE).refuses(Deed(command, Role.INTAKE), code)


def test_attendance_is_entered_late_for_a_unit_that_has_ended_since() -> None:
    """Who came from a bureau that was merged since still came."""
    Life().do(SCHEDULE, HOLD, attend("head-1", unit="closed"))


def test_session_is_refused_when_it_is_held_on_a_day_to_come() -> None:
    """What took place lies behind."""
    tomorrow = date(2026, 9, 15)
    life = Life().do(SCHEDULE)
    life.refuses(Deed(HoldSession(held_on=tomorrow), Role.INTAKE), "day-not-come")


def test_session_is_held_on_the_ledgers_day_when_none_is_named() -> None:
    """Half past four in the afternoon in London is the next day in Shanghai."""
    at = START.replace(hour=16, minute=30)
    life = Life().do(SCHEDULE, Deed(HoldSession(occurred_at=at), Role.INTAKE))
    assert vars(life.events[-1])["held_on"] == date(2026, 9, 15)


def test_petition_is_linked_once() -> None:
    """A petition raised at a session counts once there."""
    life = Life().do(SCHEDULE, RAISE)
    life.refuses(RAISE, "petition-linked-twice")
    life.do(Deed(RaisePetition(petition_id=UUID(int=5)), Role.INTAKE))


@pytest.mark.parametrize(
    ("owner", "after", "code"),
    [
        ("closed", timedelta(days=1), "unit-closed"),
        ("nowhere", timedelta(days=1), "unknown-unit"),
        ("bureau", timedelta(0), "commitment-in-the-past"),
    ],
)
def test_commitment_is_refused_when_nobody_can_keep_it(
    owner: str, after: timedelta, code: str
) -> None:
    """A promise has an open unit and a date ahead."""
    command = MakeCommitment(owner_unit=owner, text="办理", due_at=START + after)
    Life().do(SCHEDULE).refuses(Deed(command, Role.INTAKE), code)


def test_commitment_is_followed_up_by_its_own_unit_until_it_is_kept() -> None:
    """Another unit cannot keep it, a number nobody gave is unknown, and kept is kept."""
    life = Life().do(SCHEDULE, COMMIT, HOLD)
    life.refuses(Deed(KEEP.command, HANDLER, "roads"), "not-permitted")
    unknown = FollowUpCommitment(number=2, done=True, note="已办")
    life.refuses(Deed(unknown, HANDLER), "unknown-commitment")
    life.do(KEEP).refuses(KEEP, "commitment-kept")


def test_minutes_are_filed_once() -> None:
    """What is on file stays as it is."""
    Life().do(*LIVES["session"]).refuses(MINUTES, "minutes-filed")
