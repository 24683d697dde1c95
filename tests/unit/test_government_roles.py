"""Without this file a session could be held, or a unit supervised, by the wrong role."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from msgspec.structs import replace

from domain.assessment_commands import AdjudicateAppeal, AppealAssessment
from domain.attendance_duty import SetDutyToAttend
from domain.catalogue import RESOURCES
from domain.command import Command
from domain.delegation_commands import EndDelegation, GrantDelegation
from domain.enterprise_contacts import AppointChiefRepresentative, AssignLiaison
from domain.enterprise_groups import JoinGroup, LeaveGroup
from domain.enterprise_records import MarkKeyEnterprise, RecordEnterprise, ReviseEnterprise
from domain.roster_commands import MergeUnits, SplitUnit
from domain.session_commitments import FollowUpCommitment, MakeCommitment
from domain.session_planning import CancelSession, ConfirmTheme, HoldSession, ScheduleSession
from domain.session_records import FileMinutes, RaisePetition, RecordAttendance
from domain.supervision_circulars import DecideCircularReview, IssueCircular, UseReviewRight
from domain.supervision_course import CloseSupervision, HoldInterview, RespondToSupervision
from domain.supervision_orders import OpenSupervision, UpgradeSupervision
from domain.supervision_proposals import AdoptProposal, DismissProposal, ProposeSupervision
from domain.unit_commands import CloseUnit, RegisterUnit
from domain.vocabulary import Role
from tests.unit.given_when_then import DAY, START
from tests.unit.government_lives import LIVES, ROSTER_LIFE, roster_life
from tests.unit.resource_story import Deed, Life

IN, DP, HD, DH = Role.INTAKE, Role.DISPATCHER, Role.HANDLER, Role.DEPARTMENT_HEAD
SO, AD, SYS, RV, LD = Role.SUPERVISION, Role.ADMIN, Role.SYSTEM, Role.REVIEWER, Role.LEADER
HOSTS = {IN, DP, HD, DH}
LENDERS = {DH, LD, RV, DP, SO}

# Written from domain.md §4 rows 36, 37 and 41, column Who; never from the code.
TABLE: Mapping[type[Command], set[Role]] = {
    ScheduleSession: HOSTS,
    ConfirmTheme: HOSTS,
    RecordAttendance: HOSTS,
    HoldSession: HOSTS,
    RaisePetition: HOSTS,
    MakeCommitment: HOSTS,
    FollowUpCommitment: {HD, DH},
    FileMinutes: HOSTS,
    CancelSession: HOSTS,
    OpenSupervision: {SO},
    ProposeSupervision: {SYS},
    AdoptProposal: {SO},
    DismissProposal: {SO},
    UpgradeSupervision: {SO},
    RespondToSupervision: {HD, DH},
    HoldInterview: {SO},
    IssueCircular: {SO},
    UseReviewRight: {DH},
    DecideCircularReview: {SO},
    CloseSupervision: {SO},
    RecordEnterprise: {IN, DP, HD},
    ReviseEnterprise: {IN, DP, HD},
    MarkKeyEnterprise: {DP},
    AssignLiaison: {IN, DP, HD},
    AppointChiefRepresentative: {DP},
    JoinGroup: {IN, DP, HD},
    LeaveGroup: {IN, DP, HD},
    AppealAssessment: {DH},
    AdjudicateAppeal: {RV},
    RegisterUnit: {AD},
    MergeUnits: {AD},
    CloseUnit: {AD},
    SplitUnit: {AD},
    SetDutyToAttend: {AD},
    GrantDelegation: LENDERS,
    EndDelegation: LENDERS | {AD},
}


def _told() -> Iterator[object]:
    lives = [(name, Life, deeds) for name, deeds in LIVES.items()]
    for name, begin, deeds in [*lives, ("roster", roster_life, ROSTER_LIFE)]:
        for place, deed in enumerate(deeds):
            label = f"{name}-{place}-{type(deed.command).__name__}"
            yield pytest.param(begin, deeds[:place], deed, id=label)


EVERY = pytest.mark.parametrize(("begin", "before", "deed"), list(_told()))


def test_lives_give_every_command_and_cause_every_event() -> None:
    """Table, lives and catalogue name the same commands; no event is left out."""
    deeds = [deed for deeds in (*LIVES.values(), ROSTER_LIFE) for deed in deeds]
    given = {type(deed.command) for deed in deeds}
    resources = [each for each in RESOURCES if not given.isdisjoint(each.opening + each.commands)]
    offered = {each for resource in resources for each in resource.opening + resource.commands}
    assert offered == given == set(TABLE)
    lives = [Life().do(*deeds) for deeds in LIVES.values()]
    caused = {type(event) for life in lives for event in life.events}
    for resource in resources:
        if resource.opening:
            members = [each for each in vars(resource.aggregate).values() if type(each) is type]
            assert {each for each in members if "TOPIC" in vars(each)} <= caused


@EVERY
def test_government_command_is_refused_when_the_role_may_not_give_it(
    begin: Callable[[], Life], before: tuple[Deed, ...], deed: Deed
) -> None:
    """Whoever may not give a command is told who may."""
    assert deed.command.roles == TABLE[type(deed.command)]
    life = begin().do(*before)
    for role in set(Role) - TABLE[type(deed.command)]:
        life.refuses(Deed(deed.command, role), "not-permitted")


@EVERY
def test_government_command_is_refused_when_it_is_dated_before_the_latest_act(
    begin: Callable[[], Life], before: tuple[Deed, ...], deed: Deed
) -> None:
    """History is added to at its end."""
    if before:
        early = replace(deed.command, occurred_at=START - DAY)
        late = Deed(early, deed.role, deed.unit, deed.actor)
        begin().do(*before).refuses(late, "late-entry-order")


def test_commands_of_one_resource_have_their_own_path_and_label() -> None:
    """No two commands of a resource share a name, and each is named in both languages."""
    for resource in RESOURCES:
        commands = resource.opening + resource.commands
        for values in (
            [command.path for command in commands],
            [command.label.zh for command in commands],
            [command.label.en for command in commands],
        ):
            assert len(set(values)) == len(values), resource.path
