"""Without this file a permission could be loosened and nobody would notice."""

from collections.abc import Iterator, Mapping

import pytest

from domain.calendar_orders import PublishCalendar, PublishYear, ReviseCalendar
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.command import Command
from domain.errors import NotPermittedError
from domain.filing import SubmitPetition
from domain.replying import ReturnReply
from domain.role_table import ROLE_TABLE
from domain.vocabulary import Role
from tests.unit import test_command_table, test_government_roles, test_service_roles
from tests.unit.given_when_then import given
from tests.unit.petition_stories import REPLIED

Table = Mapping[str, frozenset[Role]]

COMMANDS: tuple[type[Command], ...] = (
    SubmitPetition,
    *PETITION_COMMANDS,
    *(kind for each in RESOURCES for kind in (*each.opening, *each.commands)),
)
CALENDARS: Mapping[type[Command], set[Role]] = {
    kind: {Role.ADMIN} for kind in (PublishCalendar, PublishYear, ReviseCalendar)
}
FILING: Mapping[type[Command], set[Role]] = {
    SubmitPetition: {Role.PETITIONER, Role.INTAKE, Role.HANDLER}
}
# All of it written by hand from domain.md §4, in the tests of each kind of aggregate.
EXPECTED: Mapping[type[Command], set[Role]] = {
    **{kind: who for kind, (who, _) in test_command_table.TABLE.items()},
    **test_government_roles.TABLE,
    **test_service_roles.TABLE,
    **CALENDARS,
    **FILING,
}
JUDGING = {
    "ApproveReply",
    "ReturnReply",
    "OrderRework",
    "ClosePetition",
    "RecordCallbackAttempt",
    "CompleteCallback",
    "VerifyWithdrawal",
    "ContestWithdrawal",
    "KeepPromise",
    "DecideReview",
    "ListBacklog",
    "ReviewBacklog",
    "ClearBacklog",
    "AdjudicateAppeal",
    "DrawSample",
}
"""Commands that judge what a unit did, or choose who is asked about it."""
PUBLISHING = {"PublishReport", "RetractReport", "CommitSample", "CloseSample"}
"""What statisticians write: reports, and samples that somebody else draws."""
SUPERVISING = {
    "OpenSupervision",
    "AdoptProposal",
    "DismissProposal",
    "UpgradeSupervision",
    "HoldInterview",
    "IssueCircular",
    "DecideCircularReview",
    "CloseSupervision",
    "IssueReminder",
    "NoteSupervision",
    "ReopenPetition",
    "BreakPromise",
    "IssueBulletin",
    "WithdrawBulletin",
    "GrantDelegation",
    "EndDelegation",
}
"""What a supervision office writes: supervision, its circulars, and the reopening of row 31."""


def differences(table: Table) -> Iterator[str]:
    """Yield each cell, command and role, in which a table differs from the domain's."""
    for kind in COMMANDS:
        for role in Role:
            granted, meant = role in table[kind.__name__], role in EXPECTED[kind]
            if granted is not meant:
                yield f"{kind.__name__} × {role}: {'granted' if granted else 'missing'}"


def breaches(table: Table) -> Iterator[str]:
    """Yield each cell that breaks the separation of duties."""
    kinds: tuple[type[Command], ...] = (SubmitPetition, *PETITION_COMMANDS)
    petition = {kind.__name__ for kind in kinds}
    for name, who in table.items():
        if Role.STATISTICIAN in who and name not in PUBLISHING:
            yield f"statisticians publish and read: {name}"
        if Role.ADMIN in who and name in petition:
            yield f"the administrator cannot touch petitions: {name}"
        if Role.SUPERVISION in who and name not in SUPERVISING:
            yield f"the supervision office writes supervision only: {name}"
        if who & {Role.HANDLER, Role.DEPARTMENT_HEAD} and name in JUDGING:
            yield f"no unit judges its own item: {name}"
        if Role.THIRD_PARTY in who and name not in {"RecordCallbackAttempt", "CompleteCallback"}:
            yield f"a third party asks and does nothing else: {name}"


def test_role_table_has_one_row_for_each_command_and_no_other() -> None:
    """A command without a row has no roles, and a row without a command grants nothing."""
    assert {kind.__name__ for kind in COMMANDS} == set(ROLE_TABLE)
    assert len(COMMANDS) == len(ROLE_TABLE)
    assert set(EXPECTED) == set(COMMANDS)


def test_commands_take_their_roles_from_the_table_alone() -> None:
    """Whatever a class says of itself beside the table would be a second table."""
    for kind in COMMANDS:
        assert kind.roles is ROLE_TABLE[kind.__name__], kind


def test_every_cell_of_the_role_table_is_the_domains() -> None:
    """Each command under each role, granted or not."""
    assert list(differences(ROLE_TABLE)) == []


def test_role_table_keeps_duties_apart() -> None:
    """Handlers judge nothing, statisticians publish and read, each office writes its own."""
    assert list(breaches(ROLE_TABLE)) == []


@pytest.mark.parametrize(
    ("command", "role", "breach"),
    [
        ("ReturnReply", Role.HANDLER, "no unit judges its own item: ReturnReply"),
        ("CompleteCallback", Role.DEPARTMENT_HEAD, "no unit judges its own item: CompleteCallback"),
        (
            "DeclareScope",
            Role.STATISTICIAN,
            "statisticians publish and read: DeclareScope",
        ),
        ("VoidPetition", Role.ADMIN, "the administrator cannot touch petitions: VoidPetition"),
        (
            "ApproveReply",
            Role.SUPERVISION,
            "the supervision office writes supervision only: ApproveReply",
        ),
        (
            "WithdrawPetition",
            Role.THIRD_PARTY,
            "a third party asks and does nothing else: WithdrawPetition",
        ),
    ],
)
def test_loosened_permission_is_found(command: str, role: Role, breach: str) -> None:
    """A planted rule shows in its own cell and as the duty that it mixes."""
    planted = {**ROLE_TABLE, command: ROLE_TABLE[command] | {role}}
    assert list(differences(planted)) == [f"{command} × {role}: granted"]
    assert list(breaches(planted)) == [breach]


def test_tightened_permission_is_found() -> None:
    """Whoever may no longer do their work shows as well."""
    planted = {**ROLE_TABLE, "SignAssignment": frozenset[Role]()}
    assert list(differences(planted)) == ["SignAssignment × handler: missing"]


def test_domain_obeys_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a planted rule a role is let past the role's own guard, so that guard reads the table.

    The separation of duties still stands: a handler's unit does not return its own reply.
    """
    attempt = given(*REPLIED).when(ReturnReply(reason="未逐项答复。"), Role.HANDLER)
    attempt.refuses(NotPermittedError, "not-permitted")
    refused = attempt.refusal()
    assert refused is not None
    assert "a handler may not return the reply" in refused.text.en
    monkeypatch.setattr(ReturnReply, "roles", ROLE_TABLE["ReturnReply"] | {Role.HANDLER})
    own = attempt.refusal()
    assert own is not None
    assert "neither review it" in own.text.en
