"""Without this file neither API nor scenarios would know which commands exist."""

from domain.acceptance import AcceptPetition, AnswerNow, DeclinePetition, ReferPetitionOut
from domain.callbacks import (
    CompleteCallback,
    OrderRework,
    RatePetition,
    RecordCallbackAttempt,
)
from domain.closing import ClosePetition, ReopenPetition
from domain.command import PetitionCommand
from domain.corrections import CorrectRecord, VoidPetition
from domain.dispatching import (
    AddCoHandler,
    DesignateLeadUnit,
    DispatchPetition,
    SignAssignment,
    TransferAssignment,
)
from domain.extensions import GrantExtension, InformOfDelay, RefuseExtension, RequestExtension
from domain.filing import RegisterPetition
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.replying import ApproveReply, ReturnReply, SubmitReply
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.supplements import RequestSupplement, SupplyMaterial
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition

PETITION_COMMANDS: tuple[type[PetitionCommand], ...] = (
    RegisterPetition,
    RequestSupplement,
    SupplyMaterial,
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
