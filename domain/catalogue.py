"""Without this file neither API nor scenarios would know which commands exist."""

from domain.acceptance import AcceptPetition
from domain.assessment_commands import ASSESSMENT_APPEALS
from domain.bulletin_issuing import BULLETINS
from domain.calendar_orders import CALENDARS
from domain.callbacks import (
    CompleteCallback,
    OrderRework,
    RatePetition,
    RecordCallbackAttempt,
)
from domain.closing import ClosePetition, ReopenPetition
from domain.command import PetitionCommand
from domain.commendation import COMMENDATIONS
from domain.coordination import COORDINATIONS
from domain.corrections import CorrectRecord, VoidPetition
from domain.dispatching import DesignateLeadUnit, DispatchPetition, SignAssignment
from domain.dossier import DOSSIERS
from domain.enterprise_commands import ENTERPRISES
from domain.exhibition_advice import EXHIBITIONS
from domain.extension_decisions import GrantExtension, RefuseExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.field_visit import FIELD_VISITS
from domain.filing import RegisterPetition
from domain.grant import GRANTS
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.matchmaking_course import MATCHMAKINGS
from domain.package_service import SERVICE_PACKAGES
from domain.policy_publishing import POLICIES
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.replying import ApproveReply, ReturnReply, SubmitReply
from domain.resource import Resource
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.roster_commands import ROSTERS
from domain.scope import SCOPES
from domain.session_commands import SESSIONS
from domain.spot_answers import AnswerNow
from domain.subscription import SUBSCRIPTIONS
from domain.supervision_commands import SUPERVISION_ORDERS
from domain.supplements import LapseSupplement, RequestSupplement, SupplyMaterial
from domain.transfers import AddCoHandler, TransferAssignment
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
    SubmitReply,
    ApproveReply,
    ReturnReply,
    RecordCallbackAttempt,
    CompleteCallback,
    OrderRework,
    RatePetition,
    ClosePetition,
    ReopenPetition,
    WithdrawPetition,
    VerifyWithdrawal,
    ContestWithdrawal,
    CorrectRecord,
    VoidPetition,
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
)
"""Every other aggregate that people give commands to."""
