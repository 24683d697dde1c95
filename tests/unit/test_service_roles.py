"""Without this file a policy could be published, or a grant paid, by the wrong role."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from domain.bulletin_issuing import EndorseBulletin, IssueBulletin, WithdrawBulletin
from domain.catalogue import RESOURCES
from domain.command import Command
from domain.commendation import ReceiveCommendation, StrikeCommendation
from domain.coordination import HoldCoordination, RecordAgreement
from domain.dossier import CloseDossier, OpenDossier, UpdateDossier
from domain.exhibition_advice import (
    AnnounceExhibition,
    ConcludeExhibition,
    FollowUpExhibition,
    RecordConsultation,
)
from domain.field_visit import FollowUpFieldVisit, HoldFieldVisit, LinkFoundProblem
from domain.grant import AwardGrant, PayGrant, RevokeGrant
from domain.matchmaking_course import ConcludeMatchmaking, EnterPhase, OpenMatchmaking
from domain.metric_orders import DefineMetric, RetireMetric
from domain.package_items import AddPackageItem, CompletePackageItem
from domain.package_service import (
    CancelServicePackage,
    ChangePackageContact,
    CompleteServicePackage,
    OpenServicePackage,
)
from domain.policy_publishing import DraftPolicy, ExplainPolicy, PublishPolicy, WithdrawPolicy
from domain.report_publishing import PublishReport, RetractReport
from domain.sample_commands import CloseSample, DrawSample
from domain.sample_commitment import CommitSample
from domain.scope import DeclareScope, ReviseScope
from domain.subscription import Subscribe, Unsubscribe
from domain.vocabulary import Role
from tests.unit.given_when_then import DAY, START
from tests.unit.resource_story import LIVES, Deed, Life

P, IN, DP, HD = Role.PETITIONER, Role.INTAKE, Role.DISPATCHER, Role.HANDLER
DH, LD, SO = Role.DEPARTMENT_HEAD, Role.LEADER, Role.SUPERVISION
ST, AD = Role.STATISTICIAN, Role.ADMIN
RV, CB = Role.REVIEWER, Role.CALLBACK

# Decided here and not read from the code: who serves, who decides, who leads.
TABLE: Mapping[type[Command], set[Role]] = {
    DraftPolicy: {HD, DH},
    PublishPolicy: {DH},
    ExplainPolicy: {HD, DH, IN},
    WithdrawPolicy: {DH},
    Subscribe: {P, IN},
    Unsubscribe: {P, IN},
    OpenServicePackage: {HD, DH},
    AddPackageItem: {HD, DH},
    CompletePackageItem: {HD, DH},
    ChangePackageContact: {HD, DH},
    CompleteServicePackage: {HD, DH},
    CancelServicePackage: {DH},
    IssueBulletin: {DP, SO},
    EndorseBulletin: {LD},
    WithdrawBulletin: {DP, SO},
    OpenDossier: {DP, HD, DH},
    UpdateDossier: {DP, HD, DH},
    CloseDossier: {DP, HD, DH},
    HoldFieldVisit: {DP, HD, DH, LD},
    LinkFoundProblem: {DP, HD, DH, LD},
    FollowUpFieldVisit: {DP, HD, DH, LD},
    AnnounceExhibition: {DP, HD, DH},
    RecordConsultation: {IN, DP, HD, DH},
    FollowUpExhibition: {IN, DP, HD, DH},
    ConcludeExhibition: {DP, HD, DH},
    OpenMatchmaking: {DP, HD, DH},
    EnterPhase: {DP, HD, DH},
    ConcludeMatchmaking: {DP, HD, DH},
    ReceiveCommendation: {P, IN, DP},
    StrikeCommendation: {IN, DP},
    AwardGrant: {DH},
    PayGrant: {HD, DH},
    RevokeGrant: {DH},
    HoldCoordination: {DP, HD, DH, LD},
    RecordAgreement: {DP, HD, DH, LD},
    DeclareScope: {AD},
    ReviseScope: {AD},
    PublishReport: {ST},
    DefineMetric: {AD},
    RetireMetric: {AD},
    RetractReport: {ST},
    CommitSample: {ST},
    DrawSample: {RV, CB},
    CloseSample: {ST},
}
TOLD = [
    pytest.param(deeds[:place], deed, id=f"{name}-{place}-{type(deed.command).__name__}")
    for name, deeds in LIVES.items()
    for place, deed in enumerate(deeds)
]


def _commands() -> Iterator[type[Command]]:
    told = {type(deeds[0].command) for deeds in LIVES.values()}
    for resource in RESOURCES:
        if told.intersection(resource.opening):
            yield from (*resource.opening, *resource.commands)


def test_lives_give_every_command_and_cause_every_event() -> None:
    """Table, lives and catalogue name the same commands; no event is left out."""
    given = {type(deed.command) for deeds in LIVES.values() for deed in deeds}
    assert set(_commands()) == given == set(TABLE)
    caused = {type(event) for deeds in LIVES.values() for event in Life().do(*deeds).events}
    for resource in RESOURCES:
        if not given.isdisjoint(resource.opening):
            members = [each for each in vars(resource.aggregate).values() if type(each) is type]
            assert {each for each in members if "TOPIC" in vars(each)} <= caused


@pytest.mark.parametrize(("before", "deed"), TOLD)
def test_service_command_is_refused_when_the_role_may_not_give_it(
    before: tuple[Deed, ...], deed: Deed
) -> None:
    """Whoever may not give a command is told who may."""
    assert deed.command.roles == TABLE[type(deed.command)]
    for role in set(Role) - TABLE[type(deed.command)]:
        Life().do(*before).refuses(Deed(deed.command, role), "not-permitted")


@pytest.mark.parametrize(("before", "deed"), TOLD)
def test_service_command_is_refused_when_it_is_dated_before_the_latest_act(
    before: tuple[Deed, ...], deed: Deed
) -> None:
    """History is added to at its end."""
    if before:
        early = replace(deed.command, occurred_at=START - DAY)
        late = Deed(early, deed.role, deed.unit, deed.actor)
        Life().do(*before).refuses(late, "late-entry-order")


def test_service_commands_have_their_own_path_and_label() -> None:
    """Within a resource no two commands share a path; no two share a name anywhere."""
    labels = [command.label for command in _commands()]
    assert len({label.zh for label in labels}) == len({label.en for label in labels}) == len(labels)
    for resource in RESOURCES:
        paths = [command.path for command in resource.commands]
        assert all(paths)
        assert len(set(paths)) == len(paths)


def test_every_aggregate_is_rebuilt_from_its_events() -> None:
    """What the commands left in memory is what the events alone give."""
    for deeds in LIVES.values():
        life = Life().do(*deeds)
        copy: Any = None
        for event in life.events:
            copy = event.mutate(copy)
        assert vars(copy) == vars(life.aggregate)
