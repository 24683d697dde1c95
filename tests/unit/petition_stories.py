"""A sample of every command, and a story that leads to every state."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from domain.acceptance import AcceptPetition
from domain.callbacks import CompleteCallback, OrderRework, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition, ReopenPetition
from domain.command import AttachmentNote, PetitionCommand
from domain.corrections import CorrectRecord, VoidPetition
from domain.deadlines import Deadline
from domain.dispatching import DesignateLeadUnit, DispatchPetition, SignAssignment
from domain.extension_decisions import GrantExtension, RefuseExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.filing import RegisterPetition, SubmitPetition
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.intake_events import CaseImported
from domain.reasons import DeclineReason, ReopenReason, VoidReason
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.replying import ApproveReply, ReturnReply, SubmitReply
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.spot_answers import AnswerNow
from domain.supplements import LapseSupplement, RequestSupplement, SupplyMaterial
from domain.transfers import AddCoHandler, TransferAssignment
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    Channel,
    Clock,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    Role,
    Satisfaction,
)
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition
from tests.unit.given_when_then import DAY, PETITION_ID, START, Deed

OWNER = "petitioner-1"
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

STORIES: Mapping[PetitionState, tuple[Deed, ...]] = {
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
    REPLY,
    ApproveReply(),
    ReturnReply(reason="未逐项答复。"),
    RecordCallbackAttempt(result=CallbackResult.NO_REPLY),
    SOLVED,
    OrderRework(reason="未解决。"),
    RatePetition(satisfaction=Satisfaction.SATISFIED),
    CLOSE,
    REOPEN,
    WITHDRAW,
    VerifyWithdrawal(note="系自愿。"),
    ContestWithdrawal(note="受单位要求。"),
    CorrectRecord(field="region", new="east", reviewer_id="second", reason="录入有误。"),
    VOID,
)
"""One command of each kind."""


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
