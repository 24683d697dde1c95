"""Without this file submission, acceptance, corrections and imports would change no fact."""

from typing import assert_never

from domain import intake_events
from domain.assignment_fold import end_assignments
from domain.cycle_facts import Answer, Cycle, Reply
from domain.petition_facts import Assignment, PetitionFacts
from domain.recorded_deadlines import deadline_of, due_of
from domain.vocabulary import Channel, Clock, PetitionState, PetitionType


def apply_intake(  # noqa: C901 - one case per event
    facts: PetitionFacts, event: intake_events.AnyIntakeEvent
) -> None:
    """Change the facts by one intake event.

    Raises:
        ValueError: a birth event comes later in its stream.
    """
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
            facts.complexity = event.complexity
            _protect(facts)
            facts.accepted_at = at
            facts.state = PetitionState.ACCEPTED
            facts.cycles.append(
                Cycle(
                    at,
                    deadline_of(event.deadlines, Clock.REPLY),
                    dispatch_due_at=due_of(event.deadlines, Clock.DISPATCH),
                )
            )
        case intake_events.ImportedOutcome():
            _import_outcome(facts, event)
        case intake_events.SupplementRequested():
            facts.supplement_requested_at = at
            facts.supplement_due_at = due_of(event.deadlines, Clock.SUPPLEMENT)
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
        case intake_events.RecordCorrected():
            _correct(facts, event)
        case intake_events.Voided():
            facts.voided_at = at
            end_assignments(facts, at)
            facts.state = PetitionState.VOIDED
        case intake_events.Submitted() | intake_events.CaseImported():
            raise ValueError(f"{event.TOPIC} is a birth event and cannot come later")
        case _:
            assert_never(event)


def born(event: intake_events.Submitted | intake_events.CaseImported) -> PetitionFacts:
    """Return the first facts of a petition."""
    at = event.timestamp
    if isinstance(event, intake_events.Submitted):
        facts = PetitionFacts(
            petition_id=event.originator_id,
            version=event.originator_version,
            state=PetitionState.SUBMITTED,
            state_since=at,
            submitted_at=at,
            changed_at=at,
            channel=event.channel,
            petition_type=event.petition_type,
            type_label=event.type_label,
            region=event.region,
            enterprise=event.enterprise,
            owner_id=event.owner_id,
            accept_deadline=deadline_of(event.deadlines, Clock.ACCEPT),
            confidential=event.confidential,
            accused_unit=event.accused_unit,
            split_from=event.split_from,
        )
        _protect(facts)
        return facts
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
    _protect(facts)
    facts.cycles.append(Cycle(at, deadline_of(event.deadlines, Clock.REPLY)))
    if event.unit:
        facts.assignments.append(
            Assignment(
                unit=event.unit,
                lead=True,
                dispatched_at=at,
                sign_due_at=None,
                contact_due_at=None,
                return_until=None,
            )
        )
    return facts


def _import_outcome(facts: PetitionFacts, event: intake_events.ImportedOutcome) -> None:
    unit = facts.lead.unit if facts.lead is not None else ""
    if event.replied_at is not None:
        facts.cycle.replies.append(
            Reply(event.replied_at, unit, event.outcome, None, event.closed_at)
        )
        facts.state = PetitionState.REPLIED
    if event.satisfaction is not None:
        facts.cycle.answers.append(
            Answer(
                answered_at=event.timestamp,
                resolution=None,
                satisfaction=event.satisfaction,
                by_callback=True,
                third_party=False,
            )
        )
    if event.closed_at is not None:
        facts.cycle.closed_at = event.closed_at
        end_assignments(facts, event.closed_at)
        facts.state = PetitionState.CLOSED


def _protect(facts: PetitionFacts) -> None:
    """Hide a tip-off from whom it accuses; what was once confidential stays so."""
    if facts.petition_type is PetitionType.TIP_OFF or facts.accused_unit is not None:
        facts.confidential = True


def _correct(facts: PetitionFacts, event: intake_events.RecordCorrected) -> None:
    setattr(facts, event.field, _corrected(event))
    _protect(facts)
    if not event.deadlines or not facts.cycles:
        return
    # The cycle's own comes first, then one for each granted extension, then two for each move.
    own, *further = event.deadlines
    facts.cycle.deadline = own
    moved = iter(further)
    for extension in facts.cycle.extensions:
        if extension.deadline is not None:
            extension.deadline = next(moved, extension.deadline)
    for move in facts.cycle.moves:
        move.original = next(moved, move.original)
        move.effective = next(moved, move.effective)


def _corrected(event: intake_events.RecordCorrected) -> object:
    if event.new is None:
        return None
    if event.field == "petition_type":
        return PetitionType(event.new)
    if event.field == "channel":
        return Channel(event.new)
    return event.new
