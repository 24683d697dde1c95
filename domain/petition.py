"""Without this file no act in the life of a petition could be recorded.

The aggregate is its history. Its events are in the modules named here, the decisions
that cause them in those that ``catalogue`` lists, and what they mean in ``petition_fold``.
"""

from domain import (
    aftercare_events,
    closing_events,
    delay_events,
    handling_events,
    intake_events,
    joining_events,
    leadership_events,
    openness_events,
    standstill_events,
)
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
    InstructionSought = leadership_events.InstructionSought
    InstructionGiven = leadership_events.InstructionGiven
    LeaderEndorsed = leadership_events.LeaderEndorsed
    DedicatedMeetingHeld = leadership_events.DedicatedMeetingHeld
    OnSiteHandled = leadership_events.OnSiteHandled
    ReminderIssued = leadership_events.ReminderIssued
    Supervised = leadership_events.Supervised
    DelayExplained = delay_events.DelayExplained
    DelayExplainedLate = delay_events.DelayExplainedLate
    ReportedUpward = delay_events.ReportedUpward
    UpwardReportAcknowledged = delay_events.UpwardReportAcknowledged
    PolicyLimitFiled = delay_events.PolicyLimitFiled
    Suspended = standstill_events.Suspended
    Resumed = standstill_events.Resumed
    BacklogListed = standstill_events.BacklogListed
    BacklogReviewed = standstill_events.BacklogReviewed
    BacklogCleared = standstill_events.BacklogCleared
    DeadlineRecomputed = standstill_events.DeadlineRecomputed
    PromiseKept = aftercare_events.PromiseKept
    PromiseBroken = aftercare_events.PromiseBroken
    ReviewRequested = aftercare_events.ReviewRequested
    ReviewDecided = aftercare_events.ReviewDecided
    Archived = aftercare_events.Archived
    RetentionClassSet = aftercare_events.RetentionClassSet
    Disposed = aftercare_events.Disposed
    MarkedConfidential = aftercare_events.MarkedConfidential
    Merged = joining_events.Merged
    ChildrenJoined = joining_events.ChildrenJoined
    Unmerged = joining_events.Unmerged
    ChildParted = joining_events.ChildParted
    ReplyShared = joining_events.ReplyShared
    ClosedWithParent = joining_events.ClosedWithParent
    ReopenedWithParent = joining_events.ReopenedWithParent
    Split = joining_events.Split
    JointPetitionerAdded = joining_events.JointPetitionerAdded
    ReplyPublished = openness_events.ReplyPublished
    ReplyUnpublished = openness_events.ReplyUnpublished
    GreenChannelOpened = openness_events.GreenChannelOpened
    SharedWithGroup = openness_events.SharedWithGroup


PetitionEvent = (
    intake_events.AnyIntakeEvent
    | handling_events.AnyHandlingEvent
    | closing_events.AnyClosingEvent
    | leadership_events.AnyLeadershipEvent
    | delay_events.AnyDelayEvent
    | standstill_events.AnyStandstillEvent
    | aftercare_events.AnyAftercareEvent
    | joining_events.AnyJoiningEvent
    | openness_events.AnyOpennessEvent
)
