"""Without this file no act in the life of a petition could be recorded.

The aggregate is its history. Its events are in ``intake_events``,
``handling_events`` and ``closing_events``, the decisions that cause them in
``intake``, ``dispatching``, ``handling`` and ``closing``, and what they mean in
``petition_fold``.
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
    Withdrawn = closing_events.Withdrawn
    WithdrawalVerified = closing_events.WithdrawalVerified
    WithdrawalContested = closing_events.WithdrawalContested
    RecordCorrected = intake_events.RecordCorrected
    Voided = intake_events.Voided


PetitionEvent = (
    intake_events.Submitted
    | intake_events.CaseImported
    | intake_events.ImportedOutcome
    | intake_events.Registered
    | intake_events.SupplementRequested
    | intake_events.SupplementReceived
    | intake_events.Accepted
    | intake_events.NotAccepted
    | intake_events.ReferredOut
    | handling_events.AnsweredOnSpot
    | handling_events.Dispatched
    | handling_events.AssignmentSigned
    | handling_events.ReturnRequested
    | handling_events.ReturnApproved
    | handling_events.ReturnRejected
    | handling_events.LeadUnitDesignated
    | handling_events.AssignmentTransferred
    | handling_events.CoHandlerAdded
    | handling_events.CoHandlerReported
    | handling_events.PetitionerContacted
    | handling_events.PlanCommitted
    | handling_events.ProgressRecorded
    | handling_events.ExtensionRequested
    | handling_events.ExtensionGranted
    | handling_events.ExtensionRefused
    | handling_events.PetitionerInformedOfDelay
    | closing_events.ReplySubmitted
    | closing_events.ReplyApproved
    | closing_events.ReplyReturned
    | closing_events.CallbackAttempted
    | closing_events.CallbackCompleted
    | closing_events.ReworkOrdered
    | closing_events.Rated
    | closing_events.Closed
    | closing_events.Reopened
    | closing_events.Withdrawn
    | closing_events.WithdrawalVerified
    | closing_events.WithdrawalContested
    | intake_events.RecordCorrected
    | intake_events.Voided
)
