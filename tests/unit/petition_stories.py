"""A sample of every command, and a story that leads to every state."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from domain.acceptance import AcceptPetition
from domain.archiving import ArchivePetition, DisposePetition, SetRetentionClass
from domain.backlogs import ClearBacklog, ListBacklog, ReviewBacklog
from domain.callbacks import CompleteCallback, OrderRework, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition
from domain.command import AttachmentNote, PetitionCommand
from domain.confidentiality import MarkConfidential
from domain.corrections import CorrectRecord, VoidPetition
from domain.deadlines import Deadline
from domain.delays import ExplainDelay
from domain.dispatching import DesignateLeadUnit, DispatchPetition, SignAssignment
from domain.escalation import EscalatePetition
from domain.extension_decisions import GrantExtension, RefuseExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.filing import RegisterPetition, SubmitPetition
from domain.green_channels import OpenGreenChannel
from domain.group_sharing import ShareWithGroup
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.instructions import GiveInstruction, SeekInstruction
from domain.intake_events import CaseImported
from domain.joining_events import Merged
from domain.joint_petitioners import AddJointPetitioner
from domain.leadership import (
    AttendeeNote,
    EndorseByLeader,
    HandleOnSite,
    HoldDedicatedMeeting,
)
from domain.mergers import MergePetitions, UnmergePetition
from domain.oversight import IssueReminder, NoteSupervision
from domain.pack_oversight import RetentionClass
from domain.personal import Personal
from domain.petition import PetitionEvent
from domain.policy_limits import FilePolicyLimit
from domain.promises import BreakPromise, KeepPromise
from domain.public_replies import PublishReply, UnpublishReply
from domain.reasons import DeclineReason, ReopenReason, SuspensionReason, VoidReason
from domain.recounts import RecomputeDeadline
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply, ReturnReply, SubmitReply
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.reviews import DecideReview, RequestReview
from domain.running_clocks import running_clocks
from domain.splitting import SplitPart, SplitPetition
from domain.spot_answers import AnswerNow
from domain.supplements import LapseSupplement, RequestSupplement, SupplyMaterial
from domain.suspensions import ResumePetition, SuspendPetition
from domain.transfers import AddCoHandler, TransferAssignment
from domain.upward_reports import AcknowledgeUpwardReport, ReportUpward
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    Channel,
    Clock,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    ReviewResult,
    Role,
    Satisfaction,
    SupervisionLevel,
)
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition
from tests.unit.given_when_then import DAY, MINUTE, PETITION_ID, START, Deed, Story

OWNER = "petitioner-1"


def merged_event(version: int) -> Merged:
    """Return a merger into another petition, a minute after the event before it."""
    merged: Callable[..., Merged] = Merged
    return merged(
        originator_id=PETITION_ID,
        originator_version=version,
        timestamp=START + (version - 1) * MINUTE,
        parent_id=UUID(int=8),
        parent_number="n-8",
        reason=Personal("同一事实。"),
    )


PAPER = AttachmentNote(
    name="说明.pdf", sha256="0" * 64, media_type="application/pdf", size_bytes=12
)
SUBMISSION = SubmitPetition(
    channel=Channel.WEB,
    petition_type=PetitionType.APPEAL,
    subject="厂区门口停车位不足",
    text="员工停车困难, 请协调增设车位。",
    petitioner_name="示例诉求人",
)
ACCEPT = AcceptPetition(petition_type=PetitionType.APPEAL, category="parking")
SIGN = SignAssignment(handler_id="handler-1", handler_name="示例承办人")
REPLY = SubmitReply(head_id="head-1", text="已增设车位。", outcome=Outcome.RESOLVED)
SOLVED = CompleteCallback(resolution=Resolution.RESOLVED, satisfaction=Satisfaction.SATISFIED)
UNSOLVED = CompleteCallback(
    resolution=Resolution.UNRESOLVED, satisfaction=Satisfaction.DISSATISFIED
)
REOPEN = ReopenPetition(reason=ReopenReason.RECURRED, note="又停满了。")
EXTEND = RequestExtension(amount=5, reason="需现场勘查。", document=PAPER)
CLOSE = ClosePetition(basis=CallbackBasis.COMPLETED)
SIBLING_ID = UUID(int=8)
DIGEST = "ab" * 32
SUSPEND = SuspendPetition(reason=SuspensionReason.HEARING, asked_by="handler-1", note="需听证。")
LIST = ListBacklog(asked_by="head-1", reason="待规划批复。", promised_at=START + timedelta(days=60))
EXPLAIN = ExplainDelay(head_id="head-1", reason="需跨部门协调。", document=PAPER)
ARCHIVE = ArchivePetition(bundle_sha256=DIGEST)
ATTENDEE = AttendeeNote(unit="bureau", account="head-1", post="局长")
MERGE = MergePetitions(children=(SIBLING_ID,), reason="同一事实。")
SPLIT = SplitPetition(
    number="20260914000001",
    parts=(
        SplitPart(subject="停车", text="增设车位。"),
        SplitPart(subject="照明", text="增设路灯。"),
    ),
    petitioner_name="示例诉求人",
    reason="一件多诉求。",
)
JOIN = AddJointPetitioner(account="petitioner-2", petitioner_name="另一诉求人")
PUBLISH = PublishReply(subject="厂区停车", text="厂区门口已增设车位。")
UNPUBLISH = UnpublishReply(reason="措辞有误。")
HURRY = OpenGreenChannel(basis="省级重点项目申报。")
SHARE = ShareWithGroup(group="liaisons", members=("petitioner-2", "petitioner-3"))
WITHDRAW = WithdrawPetition(asked_by_unit=False, reason="已自行解决。")

SUBMITTED = (Deed(SUBMISSION, Role.PETITIONER),)
REGISTERED = (*SUBMITTED, Deed(RegisterPetition(), Role.INTAKE))
NEEDS_SUPPLEMENT = (*REGISTERED, Deed(RequestSupplement(items=("营业执照",)), Role.INTAKE))
ACCEPTED = (*REGISTERED, Deed(ACCEPT, Role.INTAKE))
DISPATCHED = (*ACCEPTED, Deed(DispatchPetition(lead="bureau"), Role.DISPATCHER))
IN_PROGRESS = (*DISPATCHED, Deed(SIGN, Role.HANDLER))
RETURN = RequestReturn(duty_item="parking", reason="非本单位职责。")
RETURN_REQUESTED = (*IN_PROGRESS, Deed(RETURN, Role.DEPARTMENT_HEAD))
REPLIED = (*IN_PROGRESS, Deed(REPLY, Role.HANDLER))
CALLBACK_PENDING = (*REPLIED, Deed(ApproveReply(), Role.REVIEWER))
CALLED_BACK = (*CALLBACK_PENDING, Deed(SOLVED, Role.CALLBACK))
CLOSED = (*CALLED_BACK, Deed(CLOSE, Role.REVIEWER))
DECLINE = DeclinePetition(
    reason=DeclineReason.SAME_FACTS,
    reviewer_id="second",
    notice="同一事实。",
    remedy="可申请复查。",
)
REFER = ReferPetitionOut(target="110", emergency=True, notice="已转紧急专线。")
VOID = VoidPetition(reason=VoidReason.TEST_ENTRY, reviewer_id="second", note="测试。")

MERGED = (*ACCEPTED, merged_event(4))
STORIES: Mapping[PetitionState, tuple[Deed | PetitionEvent, ...]] = {
    PetitionState.SUBMITTED: SUBMITTED,
    PetitionState.REGISTERED: REGISTERED,
    PetitionState.NEEDS_SUPPLEMENT: NEEDS_SUPPLEMENT,
    PetitionState.ACCEPTED: ACCEPTED,
    PetitionState.DISPATCHED: DISPATCHED,
    PetitionState.IN_PROGRESS: IN_PROGRESS,
    PetitionState.RETURN_REQUESTED: RETURN_REQUESTED,
    PetitionState.REPLIED: REPLIED,
    PetitionState.CALLBACK_PENDING: CALLBACK_PENDING,
    PetitionState.CLOSED: CLOSED,
    PetitionState.SUSPENDED: (*IN_PROGRESS, Deed(SUSPEND, Role.DISPATCHER)),
    PetitionState.BACKLOG_LISTED: (*IN_PROGRESS, Deed(LIST, Role.REVIEWER)),
    PetitionState.ARCHIVED: (*CLOSED, Deed(ARCHIVE, Role.SYSTEM, after=40 * DAY)),
    PetitionState.MERGED: MERGED,
    PetitionState.SPLIT: (*ACCEPTED, Deed(SPLIT, Role.DISPATCHER)),
    PetitionState.NOT_ACCEPTED: (*REGISTERED, Deed(DECLINE, Role.INTAKE)),
    PetitionState.REFERRED_OUT: (*REGISTERED, Deed(REFER, Role.INTAKE)),
    PetitionState.WITHDRAWN: (*IN_PROGRESS, Deed(WITHDRAW, Role.PETITIONER)),
    PetitionState.VOIDED: (*SUBMITTED, Deed(VOID, Role.INTAKE)),
}
"""A shortest story to each state."""

SAMPLES: tuple[PetitionCommand, ...] = (
    RegisterPetition(),
    RequestSupplement(items=("营业执照",)),
    SupplyMaterial(text="见附件。"),
    LapseSupplement(note="逾期未补正。"),
    ACCEPT,
    DECLINE,
    REFER,
    AnswerNow(text="可在窗口办理。"),
    DispatchPetition(lead="bureau"),
    DesignateLeadUnit(lead="roads", reason="多次退单。"),
    SIGN,
    RETURN,
    ApproveReturn(reason="确非其职责。"),
    RejectReturn(reason="属其职责。"),
    TransferAssignment(to_unit="roads", reason="职责调整。"),
    AddCoHandler(unit="water"),
    ReportAsCoHandler(text="管线无碍。"),
    ContactPetitioner(medium="phone"),
    CommitToPlan(owner_id="handler-1", plan="先勘查后施划。", due_at=START + 3 * DAY),
    RecordProgress(text="已勘查。", evidence=(PAPER,)),
    EXTEND,
    GrantExtension(),
    RefuseExtension(reason="无必要。"),
    InformOfDelay(medium="phone"),
    SeekInstruction(question="可否先行施划？"),
    GiveInstruction(text="同意先行施划。"),
    EndorseByLeader(text="请抓紧办理。"),
    HoldDedicatedMeeting(attendees=(ATTENDEE,), decisions=("年内完成。",)),
    HandleOnSite(place="厂区门口", attendees=(ATTENDEE,), decisions=("当日清障。",)),
    EscalatePetition(reason="部门无法解决。"),
    EXPLAIN,
    ReportUpward(target="province", text="逾期说明。"),
    AcknowledgeUpwardReport(receipt=PAPER),
    FilePolicyLimit(policy="p-1", reason="规划限制。", medium="phone", told_at=START + 3 * MINUTE),
    SUSPEND,
    ResumePetition(),
    LIST,
    ReviewBacklog(note="仍待批复。"),
    ClearBacklog(note="已批复。"),
    MERGE,
    UnmergePetition(child=SIBLING_ID, reason="事实不同。"),
    SPLIT,
    JOIN,
    REPLY,
    ApproveReply(),
    ReturnReply(reason="未逐项答复。"),
    RecordCallbackAttempt(result=CallbackResult.NO_REPLY),
    SOLVED,
    OrderRework(reason="未解决。"),
    RatePetition(satisfaction=Satisfaction.SATISFIED),
    CLOSE,
    REOPEN,
    KeepPromise(note="已投运。", evidence=(PAPER,)),
    BreakPromise(note="逾期未投运。"),
    RequestReview(reason="不服答复。"),
    DecideReview(result=ReviewResult.UPHELD, reason="答复适当。"),
    ARCHIVE,
    SetRetentionClass(
        retention_class=RetentionClass.PERMANENT, reviewer_id="second", reason="重大事项。"
    ),
    DisposePetition(reviewer_id="second", note="期满销毁。"),
    WITHDRAW,
    VerifyWithdrawal(note="系自愿。"),
    ContestWithdrawal(note="受单位要求。"),
    CorrectRecord(field="region", new="east", reviewer_id="second", reason="录入有误。"),
    MarkConfidential(accused_unit="roads", reason="举报路政。"),
    IssueReminder(clock=Clock.REPLY),
    NoteSupervision(order_id=UUID(int=9), level=SupervisionLevel.BLUE),
    RecomputeDeadline(clock="reply", why="国办发明电"),
    VOID,
    PUBLISH,
    UNPUBLISH,
    HURRY,
    SHARE,
)
"""One command of each kind."""


def running(story: Story, clock: Clock) -> datetime | None:
    """Return the due of a clock that runs, or None."""
    found = [each.due_at for each in running_clocks(story.facts) if each.clock is clock]
    return found[0] if found else None


def imported(
    unit: str | None = "bureau",
    petition_type: PetitionType | None = PetitionType.APPEAL,
    due_after: timedelta | None = 10 * DAY,
) -> CaseImported:
    """Return the birth of an imported case that is still open."""
    deadlines: tuple[Deadline, ...] = ()
    if due_after is not None:
        deadlines = (Deadline(Clock.REPLY, START + due_after, "old: as stated", "cn@2026"),)
    birth: Callable[..., CaseImported] = CaseImported
    return birth(
        originator_id=PETITION_ID,
        originator_version=1,
        timestamp=START,
        originator_topic="petition",
        source="old",
        file_sha256="0" * 64,
        row=2,
        case_key="A-1",
        number="old-A-1",
        status="open",
        unit=unit,
        petition_type=petition_type,
        type_label="停车",
        category=None,
        channel=Channel.NOT_RECORDED,
        channel_label=None,
        region=None,
        enterprise=None,
        subject=None,
        text=None,
        petitioner=None,
        deadlines=deadlines,
    )
