"""Without this file guards, read models and replay would each fold events in their own way."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from domain import closing_events, handling_events, intake_events
from domain.deadlines import Deadline
from domain.petition import PetitionEvent
from domain.petition_event import AssignmentOrder
from domain.petition_facts import (
    Answer,
    Assignment,
    Cycle,
    Extension,
    PetitionFacts,
    Reply,
    Withdrawal,
)
from domain.vocabulary import (
    Channel,
    Clock,
    Outcome,
    PetitionState,
    PetitionType,
    WithdrawalCheck,
)


def deadline_of(deadlines: Iterable[Deadline], clock: Clock) -> Deadline | None:
    """Return the deadline of one clock among recorded ones, or None if it does not run."""
    for deadline in deadlines:
        if deadline.clock is clock:
            return deadline
    return None


def due_of(deadlines: Iterable[Deadline], clock: Clock) -> datetime | None:
    """Return the due instant of one clock among recorded deadlines, or None if it does not run."""
    deadline = deadline_of(deadlines, clock)
    return None if deadline is None else deadline.due_at


def fold_all(events: Iterable[PetitionEvent]) -> PetitionFacts:
    """Return the facts of a petition's whole stream.

    Raises:
        ValueError: the stream is empty.
    """
    facts: PetitionFacts | None = None
    for event in events:
        facts = fold(facts, event)
    if facts is None:
        raise ValueError("a petition has at least one event")
    return facts


def fold(facts: PetitionFacts | None, event: PetitionEvent) -> PetitionFacts:
    """Return the facts after one more event; the given facts are used up.

    Pure but for that: no clock, no I/O, the same events give the same facts in
    the live engine, a rebuild, as-of, known-at and what-if.

    Args:
        facts: Facts after the previous event; None before a birth event.
        event: The next event of the same stream.

    Raises:
        ValueError: the stream does not start with a birth event.
    """
    if facts is None:
        return _born(event)
    facts.version = event.originator_version
    facts.changed_at = event.timestamp
    state = facts.state
    _apply(facts, event)
    if facts.state is not state:
        facts.state_since = event.timestamp
    return facts


def _born(event: PetitionEvent) -> PetitionFacts:
    if isinstance(event, intake_events.Submitted):
        return PetitionFacts(
            petition_id=event.originator_id,
            version=event.originator_version,
            state=PetitionState.SUBMITTED,
            state_since=event.timestamp,
            submitted_at=event.timestamp,
            changed_at=event.timestamp,
            channel=event.channel,
            petition_type=event.petition_type,
            type_label=event.type_label,
            region=event.region,
            enterprise=event.enterprise,
            owner_id=event.owner_id,
            accept_deadline=deadline_of(event.deadlines, Clock.ACCEPT),
        )
    if not isinstance(event, intake_events.CaseImported):
        raise ValueError(f"a stream starts with a birth event, not {event.TOPIC}")  # noqa: TRY004
    at = event.timestamp
    facts = PetitionFacts(
        petition_id=event.originator_id,
        version=event.originator_version,
        state=PetitionState.DISPATCHED if event.unit else PetitionState.ACCEPTED,
        state_since=at,
        submitted_at=at,
        changed_at=at,
        channel=event.channel,
        petition_type=event.petition_type,
        type_label=event.type_label,
        category=event.category,
        region=event.region,
        enterprise=event.enterprise,
        number=event.number,
        imported=True,
        accepted_at=at,
    )
    facts.cycles.append(Cycle(at, deadline_of(event.deadlines, Clock.REPLY)))
    if event.unit:
        facts.assignments.append(Assignment(event.unit, True, at, None, None, None))  # noqa: FBT003
    return facts


def _assign(
    facts: PetitionFacts,
    orders: Iterable[AssignmentOrder],
    at: datetime,
    *,
    returnable: bool = True,
) -> None:
    for order in orders:
        facts.assignments.append(
            Assignment(
                order.unit,
                order.lead,
                at,
                due_of(order.deadlines, Clock.SIGN),
                due_of(order.deadlines, Clock.CONTACT),
                due_of(order.deadlines, Clock.RETURN_WINDOW),
                returnable,
            )
        )


def _end_assignments(facts: PetitionFacts, at: datetime) -> None:
    for assignment in facts.assignments:
        if assignment.ended_at is None:
            assignment.ended_at = at


def _end_lead(facts: PetitionFacts, at: datetime) -> None:
    lead = facts.lead
    if lead is not None:
        lead.ended_at = at


def _apply(facts: PetitionFacts, event: PetitionEvent) -> None:  # noqa: C901, PLR0912, PLR0915
    at = event.timestamp
    match event:
        case intake_events.Registered():
            facts.number = event.number
            facts.state = PetitionState.REGISTERED
        case intake_events.Accepted():
            facts.petition_type = event.petition_type
            facts.category = event.category
            facts.policy_pack = event.policy_pack
            facts.policy_version = event.policy_version
            facts.calendar = event.calendar
            facts.accepted_at = at
            facts.state = PetitionState.ACCEPTED
            facts.cycles.append(Cycle(at, deadline_of(event.deadlines, Clock.REPLY)))
        case handling_events.Dispatched():
            _assign(facts, event.assignments, at)
            facts.state = PetitionState.DISPATCHED
        case handling_events.AssignmentSigned():
            assignment = facts.open_assignment(event.unit)
            if assignment is not None:
                assignment.signed_at = at
                assignment.handler_id = event.handler_id
                if assignment.lead:
                    facts.state = PetitionState.IN_PROGRESS
        case handling_events.PetitionerContacted():
            assignment = facts.open_assignment(event.unit)
            if assignment is not None and assignment.contacted_at is None:
                assignment.contacted_at = at
        case closing_events.ReplySubmitted():
            facts.cycle.replies.append(Reply(at, event.unit, event.outcome, event.promise_due_at))
            facts.state = PetitionState.REPLIED
        case closing_events.ReplyApproved():
            facts.cycle.replies[-1].approved_at = at
            facts.cycle.callback_due_at = due_of(event.deadlines, Clock.CALLBACK)
            facts.cycle.callback_required = event.callback_required
            facts.state = PetitionState.CALLBACK_PENDING
        case closing_events.CallbackCompleted():
            facts.cycle.answers.append(
                Answer(at, event.resolution, event.satisfaction, True, event.third_party)  # noqa: FBT003
            )
        case closing_events.Closed():
            facts.cycle.closed_at = at
            facts.cycle.basis = event.basis
            facts.cycle.reopen_until = event.reopen_until
            _end_assignments(facts, at)
            facts.state = PetitionState.CLOSED
        case intake_events.ImportedOutcome():
            _import_outcome(facts, event)
        case handling_events.ProgressRecorded():
            pass
        case handling_events.CoHandlerAdded():
            _assign(facts, [event.assignment], at)
        case handling_events.PlanCommitted():
            facts.cycle.plan_due_at = event.due_at
        case handling_events.CoHandlerReported():
            assignment = facts.open_assignment(event.unit)
            if assignment is not None:
                assignment.reported_at = at
        case intake_events.SupplementRequested():
            facts.supplement_requested_at = at
            facts.state = PetitionState.NEEDS_SUPPLEMENT
        case intake_events.SupplementReceived():
            facts.accept_deadline = deadline_of(event.deadlines, Clock.ACCEPT)
            facts.state = PetitionState.REGISTERED
        case intake_events.NotAccepted():
            facts.not_accepted_at = at
            facts.state = PetitionState.NOT_ACCEPTED
        case intake_events.ReferredOut():
            facts.referred_out_at = at
            facts.state = PetitionState.REFERRED_OUT
        case handling_events.AnsweredOnSpot():
            facts.cycle.replies.append(Reply(at, event.unit, Outcome.RESOLVED))
            facts.state = PetitionState.REPLIED
        case handling_events.ReturnRequested():
            facts.resume_state = facts.state
            facts.state = PetitionState.RETURN_REQUESTED
        case handling_events.ReturnApproved():
            lead = facts.lead
            if lead is not None:
                lead.returned_at = at
                lead.ended_at = at
            facts.state = PetitionState.ACCEPTED
        case handling_events.ReturnRejected():
            lead = facts.lead
            if lead is not None:
                lead.return_rejected_at = at
            facts.state = facts.resume_state or PetitionState.DISPATCHED
        case handling_events.LeadUnitDesignated():
            _end_lead(facts, at)
            _assign(facts, event.assignments, at, returnable=False)
            facts.state = PetitionState.DISPATCHED
        case handling_events.AssignmentTransferred():
            _end_lead(facts, at)
            _assign(facts, [event.assignment], at)
            facts.state = PetitionState.DISPATCHED
        case handling_events.ExtensionRequested():
            facts.cycle.extensions.append(Extension(at, event.requester_id, event.amount))
        case handling_events.ExtensionGranted():
            extension = facts.cycle.extensions[-1]
            extension.granted_at = at
            extension.deadline = event.deadline
            extension.inform_by = event.inform_by
        case handling_events.ExtensionRefused():
            facts.cycle.extensions[-1].refused_at = at
        case handling_events.PetitionerInformedOfDelay():
            _inform(facts, at)
        case closing_events.ReplyReturned():
            facts.cycle.replies[-1].returned_at = at
            facts.state = PetitionState.IN_PROGRESS
        case closing_events.CallbackAttempted():
            facts.cycle.attempts.append((at, event.result))
        case closing_events.ReworkOrdered():
            facts.cycle.replies[-1].returned_at = at
            facts.state = PetitionState.IN_PROGRESS
        case closing_events.Rated():
            facts.cycle.answers.append(Answer(at, None, event.satisfaction, False, False))  # noqa: FBT003
        case closing_events.Reopened():
            facts.cycles.append(Cycle(at, deadline_of(event.deadlines, Clock.REPLY)))
            _resume_lead(facts, at)
            facts.state = PetitionState.IN_PROGRESS
        case closing_events.Withdrawn():
            facts.withdrawals.append(Withdrawal(at, event.asked_by_unit))
            facts.resume_state = facts.state
            facts.state = PetitionState.WITHDRAWN
        case closing_events.WithdrawalVerified() | closing_events.WithdrawalContested():
            withdrawal = facts.withdrawals[-1]
            withdrawal.checked_at = at
            if isinstance(event, closing_events.WithdrawalVerified):
                withdrawal.check = WithdrawalCheck.VERIFIED
                _end_assignments(facts, at)
            else:
                withdrawal.check = WithdrawalCheck.CONTESTED
                facts.state = facts.resume_state or PetitionState.IN_PROGRESS
        case intake_events.RecordCorrected():
            setattr(facts, event.field, _corrected(event))
            if event.deadlines:
                facts.cycle.deadline = deadline_of(event.deadlines, Clock.REPLY)
        case intake_events.Voided():
            facts.voided_at = at
            _end_assignments(facts, at)
            facts.state = PetitionState.VOIDED
        case intake_events.Submitted() | intake_events.CaseImported():
            raise ValueError(f"{event.TOPIC} is a birth event and cannot come later")
        case _:
            assert_never(event)


def _import_outcome(facts: PetitionFacts, event: intake_events.ImportedOutcome) -> None:
    unit = facts.lead.unit if facts.lead is not None else ""
    if event.replied_at is not None:
        facts.cycle.replies.append(
            Reply(event.replied_at, unit, event.outcome, None, event.closed_at)
        )
        facts.state = PetitionState.REPLIED
    if event.satisfaction is not None:
        facts.cycle.answers.append(
            Answer(event.timestamp, None, event.satisfaction, True, False)  # noqa: FBT003
        )
    if event.closed_at is not None:
        facts.cycle.closed_at = event.closed_at
        _end_assignments(facts, event.closed_at)
        facts.state = PetitionState.CLOSED


def _inform(facts: PetitionFacts, at: datetime) -> None:
    for extension in facts.cycle.extensions:
        if extension.granted_at is None or extension.effective_at is not None:
            continue
        if extension.inform_by is None or at <= extension.inform_by:
            extension.effective_at = at


def _resume_lead(facts: PetitionFacts, at: datetime) -> None:
    """Order the last lead unit again: a reopened petition goes back to who handled it."""
    for assignment in reversed(facts.assignments):
        if assignment.lead:
            facts.assignments.append(
                Assignment(
                    assignment.unit,
                    lead=True,
                    dispatched_at=at,
                    sign_due_at=None,
                    contact_due_at=None,
                    return_until=None,
                    returnable=False,
                    signed_at=at,
                    handler_id=assignment.handler_id,
                )
            )
            return


def _corrected(event: intake_events.RecordCorrected) -> object:
    if event.new is None:
        return None
    if event.field == "petition_type":
        return PetitionType(event.new)
    if event.field == "channel":
        return Channel(event.new)
    return event.new
