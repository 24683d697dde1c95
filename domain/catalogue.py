"""Without this file neither API nor scenarios would know which commands exist."""

from domain.acceptance import AcceptPetition
from domain.archiving import ArchivePetition, DisposePetition, SetRetentionClass
from domain.assessment_commands import ASSESSMENT_APPEALS
from domain.backlogs import ClearBacklog, ListBacklog, ReviewBacklog
from domain.bulletin_issuing import BULLETINS
from domain.calendar_orders import CALENDARS
from domain.callbacks import (
    CompleteCallback,
    OrderRework,
    RatePetition,
    RecordCallbackAttempt,
)
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.commendation import COMMENDATIONS
from domain.confidentiality import MarkConfidential
from domain.coordination import COORDINATIONS
from domain.corrections import CorrectRecord, VoidPetition
from domain.delays import ExplainDelay
from domain.dispatching import DesignateLeadUnit, DispatchPetition, SignAssignment
from domain.dossier import DOSSIERS
from domain.enterprise_commands import ENTERPRISES
from domain.escalation import EscalatePetition
from domain.exhibition_advice import EXHIBITIONS
from domain.extension_decisions import GrantExtension, RefuseExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.field_visit import FIELD_VISITS
from domain.filing import RegisterPetition
from domain.grant import GRANTS
from domain.green_channels import OpenGreenChannel
from domain.group_sharing import ShareWithGroup
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.instructions import GiveInstruction, SeekInstruction
from domain.joint_petitioners import AddJointPetitioner
from domain.leadership import EndorseByLeader, HandleOnSite, HoldDedicatedMeeting
from domain.matchmaking_course import MATCHMAKINGS
from domain.mergers import MergePetitions, UnmergePetition
from domain.metric_orders import METRIC_DEFINITIONS
from domain.oversight import IssueReminder, NoteSupervision
from domain.package_service import SERVICE_PACKAGES
from domain.policy_limits import FilePolicyLimit
from domain.policy_publishing import POLICIES
from domain.promises import BreakPromise, KeepPromise
from domain.public_replies import PublishReply, UnpublishReply
from domain.recounts import RecomputeDeadline
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply, ReturnReply, SubmitReply
from domain.report_publishing import PUBLISHED_REPORTS
from domain.resource import Resource
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.reviews import DecideReview, RequestReview
from domain.roster_commands import ROSTERS
from domain.sample_commands import SAMPLES
from domain.scope import SCOPES
from domain.session_commands import SESSIONS
from domain.splitting import SplitPetition
from domain.spot_answers import AnswerNow
from domain.subscription import SUBSCRIPTIONS
from domain.supervision_commands import SUPERVISION_ORDERS
from domain.supplements import LapseSupplement, RequestSupplement, SupplyMaterial
from domain.suspensions import ResumePetition, SuspendPetition
from domain.transfers import AddCoHandler, TransferAssignment
from domain.upward_reports import AcknowledgeUpwardReport, ReportUpward
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition

PETITION_COMMANDS: tuple[type[PetitionCommand], ...] = (
    RegisterPetition,
    RequestSupplement,
    SupplyMaterial,
    LapseSupplement,
    AcceptPetition,
    DeclinePetition,
    ReferPetitionOut,
    AnswerNow,
    DispatchPetition,
    DesignateLeadUnit,
    SignAssignment,
    RequestReturn,
    ApproveReturn,
    RejectReturn,
    TransferAssignment,
    AddCoHandler,
    ReportAsCoHandler,
    ContactPetitioner,
    CommitToPlan,
    RecordProgress,
    RequestExtension,
    GrantExtension,
    RefuseExtension,
    InformOfDelay,
    SeekInstruction,
    GiveInstruction,
    EndorseByLeader,
    HoldDedicatedMeeting,
    HandleOnSite,
    EscalatePetition,
    ExplainDelay,
    ReportUpward,
    AcknowledgeUpwardReport,
    FilePolicyLimit,
    SuspendPetition,
    ResumePetition,
    ListBacklog,
    ReviewBacklog,
    ClearBacklog,
    MergePetitions,
    UnmergePetition,
    SplitPetition,
    AddJointPetitioner,
    SubmitReply,
    ApproveReply,
    ReturnReply,
    RecordCallbackAttempt,
    CompleteCallback,
    OrderRework,
    RatePetition,
    ClosePetition,
    ReopenPetition,
    KeepPromise,
    BreakPromise,
    RequestReview,
    DecideReview,
    ArchivePetition,
    SetRetentionClass,
    DisposePetition,
    WithdrawPetition,
    VerifyWithdrawal,
    ContestWithdrawal,
    CorrectRecord,
    MarkConfidential,
    IssueReminder,
    NoteSupervision,
    RecomputeDeadline,
    VoidPetition,
    PublishReply,
    UnpublishReply,
    OpenGreenChannel,
    ShareWithGroup,
)
"""Commands on an existing petition, in the order of its life; ``SubmitPetition`` begins one."""

RESOURCES: tuple[Resource, ...] = (
    ROSTERS,
    CALENDARS,
    ENTERPRISES,
    SESSIONS,
    SUPERVISION_ORDERS,
    ASSESSMENT_APPEALS,
    POLICIES,
    SUBSCRIPTIONS,
    SERVICE_PACKAGES,
    BULLETINS,
    DOSSIERS,
    FIELD_VISITS,
    EXHIBITIONS,
    MATCHMAKINGS,
    COMMENDATIONS,
    GRANTS,
    COORDINATIONS,
    SCOPES,
    METRIC_DEFINITIONS,
    PUBLISHED_REPORTS,
    SAMPLES,
)
"""Every other aggregate that people give commands to."""
