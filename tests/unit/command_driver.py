"""A driver that gives random commands, sensible or not, to one petition."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.archiving import ArchivePetition
from domain.backlogs import ClearBacklog, ListBacklog
from domain.callbacks import CompleteCallback, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.confidentiality import MarkConfidential
from domain.corrections import CorrectRecord, VoidPetition
from domain.delays import ExplainDelay
from domain.dispatching import DispatchPetition, SignAssignment
from domain.errors import DomainError
from domain.escalation import EscalatePetition
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.filing import RegisterPetition
from domain.green_channels import OpenGreenChannel
from domain.group_sharing import ShareWithGroup
from domain.instructions import GiveInstruction, SeekInstruction
from domain.joint_petitioners import AddJointPetitioner
from domain.leadership import EndorseByLeader, HandleOnSite, HoldDedicatedMeeting
from domain.mergers import MergePetitions, UnmergePetition
from domain.oversight import IssueReminder, NoteSupervision
from domain.policy_limits import FilePolicyLimit
from domain.promises import BreakPromise, KeepPromise
from domain.public_replies import UnpublishReply
from domain.reasons import SuspensionReason
from domain.recounts import RecomputeDeadline
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply, SubmitReply
from domain.reviews import DecideReview, RequestReview
from domain.splitting import SplitPetition
from domain.suspensions import ResumePetition, SuspendPetition
from domain.upward_reports import ReportUpward
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    ReviewResult,
    Role,
    Satisfaction,
)
from domain.withdrawals import VerifyWithdrawal, WithdrawPetition
from tests.unit.given_when_then import ABOVE, START, Deed, Story, given
from tests.unit.petition_stories import SAMPLES, SUBMISSION, imported

GAPS = (
    timedelta(0),
    timedelta(microseconds=1),
    timedelta(minutes=1),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=4),
    timedelta(days=12),
)
UNITS = ("bureau", "roads", "water", "hub")
TYPES = (PetitionType.APPEAL, PetitionType.CONSULTATION, PetitionType.SUGGESTION)


def drive(random: Random, commands_max: int = 45) -> Story:
    """Return the story of a petition after some random commands, most of them accepted."""
    story = begin(random)
    for _ in range(random.randint(5, commands_max)):
        story = step(random, story)
    return story


def begin(random: Random) -> Story:
    """Return a petition that was just filed, or imported."""
    if random.random() < 0.15:
        story = given(imported(random.choice([None, "bureau"]), random.choice([None, *TYPES])))
    else:
        submission = replace(SUBMISSION, petition_type=random.choice([None, *TYPES]))
        story = given(Deed(submission, Role.PETITIONER))
    return story


def step(random: Random, story: Story) -> Story:
    """Return the story after one random command, or as it was where that was refused."""
    facts = story.facts
    fitting = [
        sample
        for sample in SAMPLES
        if facts.state in sample.from_states and random.random() < _CHANCES.get(type(sample), 1)
    ]
    if not fitting:
        return story
    weights = [_WEIGHTS.get(type(sample), 4) for sample in fitting]
    command = _vary(random, random.choices(fitting, weights)[0])
    role = random.choice(sorted(command.roles))
    unit = None
    held = [order.unit for order in facts.assignments if order.ended_at is None]
    if role in {Role.HANDLER, Role.DEPARTMENT_HEAD} and held:
        unit = random.choice(held)
    if isinstance(command, DecideReview):
        unit = random.choice(ABOVE)
    actor = facts.contact if role is Role.PETITIONER else None
    ended = facts.state is PetitionState.CLOSED and random.random() < 0.3
    after = timedelta(days=40) if ended else random.choice(GAPS)
    attempt = story.when(command, role, unit=unit, actor=actor, after=after)
    try:
        return attempt.decide()
    except DomainError:
        return story


_WEIGHTS: dict[type[PetitionCommand], int] = {
    RequestExtension: 10,
    GrantExtension: 15,
    InformOfDelay: 15,
    DeclinePetition: 1,
    ReferPetitionOut: 1,
    VerifyWithdrawal: 1,
    AcceptPetition: 20,
    DispatchPetition: 30,
    SignAssignment: 30,
    SubmitReply: 40,
    ApproveReply: 20,
    CompleteCallback: 12,
    ClosePetition: 12,
    ReopenPetition: 12,
    RegisterPetition: 20,
    ResumePetition: 10,
    ClearBacklog: 8,
    UnmergePetition: 6,
    GiveInstruction: 12,
    ReportUpward: 10,
    ArchivePetition: 12,
    DecideReview: 12,
    RequestReview: 8,
    KeepPromise: 6,
    BreakPromise: 12,
}
"""How a fitting command weighs against the others."""
_CHANCES: dict[type[PetitionCommand], float] = {
    EndorseByLeader: 0.05,
    HoldDedicatedMeeting: 0.05,
    HandleOnSite: 0.05,
    EscalatePetition: 0.05,
    IssueReminder: 0.05,
    NoteSupervision: 0.1,
    MarkConfidential: 0.03,
    RecomputeDeadline: 0.02,
    AddJointPetitioner: 0.1,
    MergePetitions: 0.15,
    SplitPetition: 0.12,
    SeekInstruction: 0.4,
    ExplainDelay: 0.4,
    FilePolicyLimit: 0.2,
    SuspendPetition: 0.4,
    ListBacklog: 0.3,
    VoidPetition: 0.03,
    WithdrawPetition: 0.2,
    CorrectRecord: 0.2,
    OpenGreenChannel: 0.05,
    ShareWithGroup: 0.05,
    UnpublishReply: 0.2,
}
"""How often a command that fits nearly everywhere is thought of at all."""


def _vary(random: Random, command: PetitionCommand) -> PetitionCommand:
    vary = _VARIANTS.get(type(command))
    return command if vary is None else vary(random, command)


def _vary_correction(random: Random, command: PetitionCommand) -> PetitionCommand:
    if random.random() < 0.4:
        return replace(command, field="petition_type", new=random.choice(TYPES).value)
    return replace(command, new=random.choice(["east", "west", None]))


def _vary_reply(random: Random, command: PetitionCommand) -> PetitionCommand:
    waived = replace(command, co_report_waiver=random.choice([None, "已核实。"]))
    if random.random() < 0.7:
        return waived
    due_at = START + random.choice([20, 60, 200]) * timedelta(days=1)
    return replace(waived, outcome=Outcome.PLANNED, promise="十月投运。", promise_due_at=due_at)


_VARIANTS: dict[type[PetitionCommand], Callable[[Random, PetitionCommand], PetitionCommand]] = {
    DispatchPetition: lambda random, command: replace(
        command,
        lead=random.choice(UNITS),
        co_handlers=tuple(random.sample(UNITS, random.choice([0, 0, 1, 2]))),
    ),
    SubmitReply: _vary_reply,
    ApproveReply: lambda random, command: replace(
        command, shared_reply=random.choice([None, "已答复。"])
    ),
    CompleteCallback: lambda random, command: replace(
        command,
        resolution=random.choice(list(Resolution)),
        satisfaction=random.choice(list(Satisfaction)),
    ),
    SuspendPetition: lambda random, command: replace(
        command, reason=random.choice(list(SuspensionReason))
    ),
    MarkConfidential: lambda random, command: replace(
        command, accused_unit=random.choice([None, *UNITS])
    ),
    DecideReview: lambda random, command: replace(
        command, result=random.choice(list(ReviewResult))
    ),
    RecordCallbackAttempt: lambda random, command: replace(
        command, result=random.choice(list(CallbackResult))
    ),
    ClosePetition: lambda random, command: replace(
        command, basis=random.choice(list(CallbackBasis))
    ),
    RatePetition: lambda random, command: replace(
        command, satisfaction=random.choice(list(Satisfaction))
    ),
    CorrectRecord: _vary_correction,
}
