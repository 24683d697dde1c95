"""Without this file no act in the life of a petition could be recorded.

The aggregate is its history. Its events are in ``intake_events``,
``handling_events`` and ``closing_events``, the decisions that cause them in the
modules that ``catalogue`` lists, and what they mean in ``petition_fold``.
"""

from domain import closing_events, handling_events, intake_events
from domain.aggregate import LedgerAggregate
from domain.petition_event import PetitionEventBase


class Petition(LedgerAggregate):
    """One petition 诉求: the consistency boundary of its assignments, cycles and ratings."""

    TOPIC = "petition"

    def __init__(self) -> None:
        """Start an empty history, oldest first; guards read the facts folded from it."""
        self.history: list[PetitionEvent] = []

    Event = PetitionEventBase
    Created = intake_events.Submitted
    CaseImported = intake_events.CaseImported
    ImportedOutcome = intake_events.ImportedOutcome
    Registered = intake_events.Registered
    SupplementRequested = intake_events.SupplementRequested
    SupplementReceived = intake_events.SupplementReceived
    Accepted = intake_events.Accepted
    NotAccepted = intake_events.NotAccepted
    ReferredOut = intake_events.ReferredOut
    AnsweredOnSpot = handling_events.AnsweredOnSpot
    Dispatched = handling_events.Dispatched
    AssignmentSigned = handling_events.AssignmentSigned
    ReturnRequested = handling_events.ReturnRequested
    ReturnApproved = handling_events.ReturnApproved
    ReturnRejected = handling_events.ReturnRejected
    LeadUnitDesignated = handling_events.LeadUnitDesignated
    AssignmentTransferred = handling_events.AssignmentTransferred
    CoHandlerAdded = handling_events.CoHandlerAdded
    CoHandlerReported = handling_events.CoHandlerReported
    PetitionerContacted = handling_events.PetitionerContacted
    PlanCommitted = handling_events.PlanCommitted
    ProgressRecorded = handling_events.ProgressRecorded
    ExtensionRequested = handling_events.ExtensionRequested
    ExtensionGranted = handling_events.ExtensionGranted
    ExtensionRefused = handling_events.ExtensionRefused
    PetitionerInformedOfDelay = handling_events.PetitionerInformedOfDelay
    ReplySubmitted = closing_events.ReplySubmitted
    ReplyApproved = closing_events.ReplyApproved
    ReplyReturned = closing_events.ReplyReturned
    CallbackAttempted = closing_events.CallbackAttempted
    CallbackCompleted = closing_events.CallbackCompleted
    ReworkOrdered = closing_events.ReworkOrdered
    Rated = closing_events.Rated
    Closed = closing_events.Closed
    Reopened = closing_events.Reopened
    Escalated = closing_events.Escalated
    Withdrawn = closing_events.Withdrawn
    WithdrawalVerified = closing_events.WithdrawalVerified
    WithdrawalContested = closing_events.WithdrawalContested
    RecordCorrected = intake_events.RecordCorrected
    Voided = intake_events.Voided


PetitionEvent = (
    intake_events.AnyIntakeEvent | handling_events.AnyHandlingEvent | closing_events.AnyClosingEvent
)
