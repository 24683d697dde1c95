"""Without this file dispatching, signing, returning and extending would change no fact."""

from datetime import datetime
from typing import assert_never

from domain import handling_events
from domain.assignment_fold import assign, end_lead
from domain.cycle_facts import Extension, Plan, Reply
from domain.delay_fold import tell_of_delay
from domain.petition_facts import PetitionFacts
from domain.vocabulary import Outcome, PetitionState


def apply_handling(  # noqa: C901, PLR0912 - one case per event
    facts: PetitionFacts, event: handling_events.AnyHandlingEvent
) -> None:
    """Change the facts by one handling event."""
    at = event.timestamp
    match event:
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
        case handling_events.ProgressRecorded():
            pass
        case handling_events.Dispatched():
            assign(facts, event.assignments, at)
            facts.state = PetitionState.DISPATCHED
        case handling_events.PlanCommitted():
            facts.cycle.plan_due_at = event.due_at
            facts.cycle.plans.append(Plan(at, event.unit, event.due_at))
            assignment = facts.open_assignment(event.unit)
            if assignment is not None and assignment.planned_at is None:
                assignment.planned_at = at
        case handling_events.CoHandlerReported():
            assignment = facts.open_assignment(event.unit)
            if assignment is not None:
                assignment.reported_at = at
        case handling_events.AnsweredOnSpot():
            facts.cycle.replies.append(Reply(at, event.unit, Outcome.RESOLVED))
            facts.state = PetitionState.REPLIED
        case handling_events.CoHandlerAdded():
            assign(facts, [event.assignment], at)
        case handling_events.AssignmentTransferred():
            end_lead(facts, at)
            assign(facts, [event.assignment], at)
            facts.state = PetitionState.DISPATCHED
        case handling_events.LeadUnitDesignated():
            end_lead(facts, at)
            assign(facts, event.assignments, at, returnable=False)
            facts.state = PetitionState.DISPATCHED
        case (
            handling_events.ReturnRequested()
            | handling_events.ReturnApproved()
            | handling_events.ReturnRejected()
        ):
            _apply_return(facts, event)
        case (
            handling_events.ExtensionRequested()
            | handling_events.ExtensionGranted()
            | handling_events.ExtensionRefused()
            | handling_events.PetitionerInformedOfDelay()
        ):
            _apply_extension(facts, event)
        case _:
            assert_never(event)


def _apply_return(
    facts: PetitionFacts,
    event: handling_events.ReturnRequested
    | handling_events.ReturnApproved
    | handling_events.ReturnRejected,
) -> None:
    at, lead = event.timestamp, facts.lead
    match event:
        case handling_events.ReturnRequested():
            facts.state = PetitionState.RETURN_REQUESTED
        case handling_events.ReturnApproved():
            if lead is not None:
                lead.returned_at = at
                lead.ended_at = at
            facts.state = PetitionState.ACCEPTED
        case handling_events.ReturnRejected():
            signed = False
            if lead is not None:
                lead.return_rejected_at = at
                signed = lead.signed_at is not None
            facts.state = PetitionState.IN_PROGRESS if signed else PetitionState.DISPATCHED
        case _:
            assert_never(event)


def _apply_extension(
    facts: PetitionFacts,
    event: handling_events.ExtensionRequested
    | handling_events.ExtensionGranted
    | handling_events.ExtensionRefused
    | handling_events.PetitionerInformedOfDelay,
) -> None:
    at, extensions = event.timestamp, facts.cycle.extensions
    match event:
        case handling_events.ExtensionRequested():
            extensions.append(Extension(at, event.requester_id, event.amount))
        case handling_events.ExtensionGranted():
            extensions[-1].granted_at = at
            extensions[-1].deadline = event.deadline
            extensions[-1].inform_by = event.inform_by
        case handling_events.ExtensionRefused():
            extensions[-1].refused_at = at
        case handling_events.PetitionerInformedOfDelay():
            for extension in extensions:
                if extension.granted_at is not None and extension.told_at is None:
                    _tell(extension, at, len(facts.cycle.moves))
            tell_of_delay(facts.cycle, at)
        case _:
            assert_never(event)


def _tell(extension: Extension, at: datetime, moves: int) -> None:
    """Note that the petitioner was told; told too late, the extension never counts."""
    extension.told_at = at
    if extension.inform_by is None or at <= extension.inform_by:
        extension.effective_at = at
        extension.after_moves = moves
