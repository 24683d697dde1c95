"""Without this file a command could be given by the wrong role or in the wrong state."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.archiving import ArchivePetition, DisposePetition, SetRetentionClass
from domain.backlogs import ClearBacklog, ListBacklog, ReviewBacklog
from domain.callbacks import CompleteCallback, OrderRework, RatePetition, RecordCallbackAttempt
from domain.catalogue import PETITION_COMMANDS
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.confidentiality import MarkConfidential
from domain.corrections import CorrectRecord, VoidPetition
from domain.delays import ExplainDelay
from domain.dispatching import DesignateLeadUnit, DispatchPetition, SignAssignment
from domain.errors import ImpossibleTransitionError, NotPermittedError
from domain.escalation import EscalatePetition
from domain.extension_decisions import GrantExtension, RefuseExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.filing import RegisterPetition
from domain.green_channels import OpenGreenChannel
from domain.group_sharing import ShareWithGroup
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.instructions import GiveInstruction, SeekInstruction
from domain.joint_petitioners import AddJointPetitioner
from domain.leadership import EndorseByLeader, HandleOnSite, HoldDedicatedMeeting
from domain.mergers import MergePetitions, UnmergePetition
from domain.oversight import IssueReminder, NoteSupervision
from domain.petition import Petition
from domain.policy_limits import FilePolicyLimit
from domain.promises import BreakPromise, KeepPromise
from domain.public_replies import PublishReply, UnpublishReply
from domain.recounts import RecomputeDeadline
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply, ReturnReply, SubmitReply
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.reviews import DecideReview, RequestReview
from domain.splitting import SplitPetition
from domain.spot_answers import AnswerNow
from domain.supplements import LapseSupplement, RequestSupplement, SupplyMaterial
from domain.suspensions import ResumePetition, SuspendPetition
from domain.transfers import AddCoHandler, TransferAssignment
from domain.upward_reports import AcknowledgeUpwardReport, ReportUpward
from domain.vocabulary import PetitionState, Role
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition
from tests.unit.given_when_then import given
from tests.unit.petition_stories import SAMPLES, STORIES, SUBMISSION

P, IN, DP, HD = Role.PETITIONER, Role.INTAKE, Role.DISPATCHER, Role.HANDLER
DH, RV, CB, TP = Role.DEPARTMENT_HEAD, Role.REVIEWER, Role.CALLBACK, Role.THIRD_PARTY
LD, SO, SYS = Role.LEADER, Role.SUPERVISION, Role.SYSTEM

ENDED = {
    PetitionState.CLOSED,
    PetitionState.ARCHIVED,
    PetitionState.NOT_ACCEPTED,
    PetitionState.REFERRED_OUT,
    PetitionState.WITHDRAWN,
    PetitionState.MERGED,
    PetitionState.SPLIT,
    PetitionState.VOIDED,
}
OPEN = set(PetitionState) - ENDED
HANDLED = {PetitionState.DISPATCHED, PetitionState.IN_PROGRESS}
BUSY = {PetitionState.IN_PROGRESS}
REGISTERED = {PetitionState.REGISTERED}
CALLING = {PetitionState.CALLBACK_PENDING}
MERGED = {PetitionState.MERGED}
CLOSED = {PetitionState.CLOSED}
ARCHIVED = {PetitionState.ARCHIVED}
LISTED = {PetitionState.BACKLOG_LISTED}
BEHIND = {PetitionState.IN_PROGRESS, PetitionState.SUSPENDED, PetitionState.BACKLOG_LISTED}
MERGEABLE = HANDLED | LISTED | {PetitionState.ACCEPTED, PetitionState.RETURN_REQUESTED}
STANDING = set(PetitionState) - {PetitionState.VOIDED, PetitionState.SPLIT}

# Written from domain.md §4, columns Who and From; never from the code.
TABLE: Mapping[type[PetitionCommand], tuple[set[Role], set[PetitionState]]] = {
    RegisterPetition: ({IN, SYS}, {PetitionState.SUBMITTED}),
    RequestSupplement: ({IN}, REGISTERED),
    SupplyMaterial: ({P, IN}, {PetitionState.NEEDS_SUPPLEMENT}),
    LapseSupplement: ({IN, SYS}, {PetitionState.NEEDS_SUPPLEMENT}),
    AcceptPetition: ({IN}, REGISTERED),
    DeclinePetition: ({IN}, REGISTERED),
    ReferPetitionOut: ({IN}, REGISTERED),
    AnswerNow: ({IN, DH}, {PetitionState.REGISTERED, PetitionState.ACCEPTED}),
    DispatchPetition: ({DP}, {PetitionState.ACCEPTED}),
    DesignateLeadUnit: ({DP, LD}, {PetitionState.ACCEPTED, PetitionState.RETURN_REQUESTED}),
    SignAssignment: ({HD}, HANDLED),
    RequestReturn: ({DH}, HANDLED),
    ApproveReturn: ({DP}, {PetitionState.RETURN_REQUESTED}),
    RejectReturn: ({DP}, {PetitionState.RETURN_REQUESTED}),
    TransferAssignment: ({DP}, BUSY),
    AddCoHandler: ({DP}, HANDLED),
    ReportAsCoHandler: ({HD}, HANDLED),
    ContactPetitioner: ({HD}, HANDLED),
    CommitToPlan: ({HD}, BUSY),
    RecordProgress: ({HD}, BUSY | LISTED),
    RequestExtension: ({HD}, BUSY),
    GrantExtension: ({DH, DP}, BUSY),
    RefuseExtension: ({DH, DP}, BUSY),
    InformOfDelay: ({HD}, BUSY),
    SeekInstruction: ({HD}, BUSY),
    GiveInstruction: ({LD}, BUSY),
    EndorseByLeader: ({LD}, OPEN),
    HoldDedicatedMeeting: ({LD}, OPEN),
    HandleOnSite: ({LD}, OPEN),
    EscalatePetition: ({HD, DH, SYS}, OPEN),
    ExplainDelay: ({HD}, BUSY),
    ReportUpward: ({DP}, BEHIND),
    AcknowledgeUpwardReport: ({DP}, BEHIND),
    FilePolicyLimit: ({HD}, BUSY),
    SuspendPetition: ({DP}, BUSY),
    ResumePetition: ({SYS, DP}, {PetitionState.SUSPENDED}),
    ListBacklog: ({RV}, BUSY),
    ReviewBacklog: ({RV}, LISTED),
    ClearBacklog: ({RV}, LISTED),
    MergePetitions: ({DP}, MERGEABLE),
    UnmergePetition: ({DP}, OPEN),
    SplitPetition: ({DP}, REGISTERED | {PetitionState.ACCEPTED}),
    AddJointPetitioner: ({P, IN}, OPEN),
    SubmitReply: ({HD}, BUSY),
    ApproveReply: ({RV}, {PetitionState.REPLIED}),
    ReturnReply: ({RV}, {PetitionState.REPLIED}),
    RecordCallbackAttempt: ({CB, TP}, CALLING | MERGED),
    CompleteCallback: ({CB, TP}, CALLING | MERGED),
    OrderRework: ({RV}, CALLING),
    RatePetition: ({P}, {PetitionState.REPLIED} | CLOSED | CALLING | MERGED),
    ClosePetition: ({RV, SYS}, CALLING),
    ReopenPetition: ({P, CB, SO}, CLOSED | ARCHIVED),
    KeepPromise: ({RV, CB}, CLOSED),
    BreakPromise: ({CB, SO, SYS}, CLOSED),
    RequestReview: ({P}, CLOSED | {PetitionState.NOT_ACCEPTED}),
    DecideReview: ({RV}, CLOSED | {PetitionState.NOT_ACCEPTED}),
    ArchivePetition: ({SYS}, CLOSED),
    SetRetentionClass: ({IN}, ARCHIVED),
    DisposePetition: ({IN}, ARCHIVED),
    WithdrawPetition: ({P}, OPEN),
    VerifyWithdrawal: ({CB}, {PetitionState.WITHDRAWN}),
    ContestWithdrawal: ({CB}, {PetitionState.WITHDRAWN}),
    CorrectRecord: ({IN}, STANDING),
    MarkConfidential: ({IN, DP}, STANDING),
    IssueReminder: ({SO, SYS}, OPEN),
    NoteSupervision: ({SO, SYS}, STANDING),
    RecomputeDeadline: ({SYS}, OPEN),
    VoidPetition: ({IN}, OPEN),
    PublishReply: ({RV}, {PetitionState.REPLIED, PetitionState.CALLBACK_PENDING} | CLOSED),
    UnpublishReply: ({RV}, STANDING),
    OpenGreenChannel: ({DP}, OPEN),
    ShareWithGroup: ({IN, DP}, OPEN),
}
EVERY = pytest.mark.parametrize("command", SAMPLES, ids=lambda command: type(command).__name__)


def test_command_table_has_every_command() -> None:
    """Table, samples and catalogue name the same commands."""
    assert set(TABLE) == set(PETITION_COMMANDS) == {type(sample) for sample in SAMPLES}


def test_commands_have_their_own_path_and_label() -> None:
    """No two commands share a resource or a name, and each is named in both languages."""
    for values in (
        [command.path for command in PETITION_COMMANDS],
        [command.label.zh for command in PETITION_COMMANDS],
        [command.label.en for command in PETITION_COMMANDS],
    ):
        assert all(values)
        assert len(set(values)) == len(values)


@EVERY
def test_command_is_refused_when_the_role_may_not_give_it(command: PetitionCommand) -> None:
    """A role either may give a command or is told who may."""
    allowed, states = TABLE[type(command)]
    story = given(*STORIES[min(states)])
    for role in Role:
        if role not in allowed:
            story.when(command, role).refuses(NotPermittedError, "not-permitted")
            continue
        refusal = story.when(command, role).refusal()
        assert refusal is None or "may not" not in refusal.text.en, role


@EVERY
def test_command_is_refused_when_the_state_does_not_lead_on(command: PetitionCommand) -> None:
    """A petition goes on from the states of domain.md alone."""
    allowed, states = TABLE[type(command)]
    for state in PetitionState:
        attempt = given(*STORIES[state]).when(command, min(allowed))
        if state not in states:
            attempt.refuses(ImpossibleTransitionError, "impossible-transition")
            continue
        assert not isinstance(attempt.refusal(), ImpossibleTransitionError), state


def test_stories_lead_to_every_state() -> None:
    """Each state can be reached by commands alone."""
    assert {state: given(*STORIES[state]).facts.state for state in PetitionState} == {
        state: state for state in PetitionState
    }


def test_submission_is_refused_when_the_role_may_not_file() -> None:
    """Petitioners, intake and handlers bring petitions in, and nobody else."""
    at_session = replace(SUBMISSION, session_id="s-1")
    for role in Role:
        attempt = given().when(at_session, role)
        if role in {P, IN, HD}:
            attempt.then(Petition.Created)
        else:
            attempt.refuses(NotPermittedError, "not-permitted")


def test_petition_is_closed_to_other_petitioners() -> None:
    """A petitioner acts on their own petition only, whatever the command."""
    for command in SAMPLES:
        allowed, states = TABLE[type(command)]
        if P in allowed:
            attempt = given(*STORIES[min(states)]).when(command, P, actor="petitioner-2")
            attempt.refuses(NotPermittedError, "not-permitted")
