"""Without this file a what-if would judge every petition by the due it was really given."""

from typing import assert_never

from domain import intake_events
from domain.altered_event import altered
from domain.corrections import corrected_deadlines, retyped_deadline
from domain.deadlines import Deadline
from domain.intake_events import AnyIntakeEvent
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import deadline_of
from domain.standing import latest_deadlines
from domain.supplements import accept_after_supplement, answer_deadlines
from domain.supposition import Scene
from domain.timing import Timing, known_type
from domain.vocabulary import Clock, Complexity, PetitionType


def suppose_birth(
    event: intake_events.Submitted | intake_events.CaseImported,
    pack: PackContent,
    timing: Timing,
    parent: PetitionFacts | None,
) -> intake_events.Submitted | intake_events.CaseImported:
    """Return a birth event with the clocks that a pack starts then; pure.

    Args:
        event: As recorded.
        pack: The supposed pack.
        timing: When it happened.
        parent: Supposed facts of the petition it was split from, if any.
    """
    petition_type = known_type(pack, event.petition_type)
    if isinstance(event, intake_events.Submitted):
        if parent is not None:
            accept_by = parent.accept_deadline
            return altered(event, deadlines=() if accept_by is None else (accept_by,))
        started = timing.clocks(pack, petition_type, ClockStart.SUBMITTED)
        return altered(event, deadlines=started)
    if _is_per_item(pack, petition_type):
        return event
    started = timing.clocks(pack, petition_type, ClockStart.ACCEPTED)
    return altered(event, deadlines=_reply_alone(started))


def suppose_intake(event: AnyIntakeEvent, scene: Scene) -> AnyIntakeEvent:
    """Return an intake event as another pack would have had it recorded; pure."""
    pack, timing, facts = scene.pack, scene.timing, scene.facts
    match event:
        case intake_events.Accepted():
            return _accepted(event, scene)
        case intake_events.SupplementRequested():
            return altered(event, deadlines=answer_deadlines(pack, timing))
        case intake_events.SupplementReceived():
            deadline = accept_after_supplement(facts, pack, timing)
            return altered(event, deadlines=() if deadline is None else (deadline,))
        case intake_events.RecordCorrected():
            return _corrected(event, scene)
        case (
            intake_events.Submitted()
            | intake_events.CaseImported()
            | intake_events.ImportedOutcome()
            | intake_events.Registered()
            | intake_events.NotAccepted()
            | intake_events.ReferredOut()
            | intake_events.Voided()
        ):
            return event
        case _:
            assert_never(event)


def _accepted(event: intake_events.Accepted, scene: Scene) -> intake_events.Accepted:
    pack, timing = scene.pack, scene.timing
    whole = None if scene.facts.split_from is None else scene.others[scene.facts.split_from]
    if whole is not None and whole.cycles:
        # It was accepted as part of the whole, and is under the whole's due.
        due = latest_deadlines(whole.cycle).effective
        deadlines: tuple[Deadline, ...] = () if due is None else (due,)
        calendar = whole.calendar or timing.calendar(pack).reference
    else:
        petition_type = known_type(pack, event.petition_type)
        accepted = ClockStart.ACCEPTED
        deadlines = timing.clocks(pack, petition_type, accepted, event.complexity)
        if _is_per_item(pack, petition_type, event.complexity):
            deadlines = (*deadlines, *_reply_alone(event.deadlines))
        calendar = timing.calendar(pack).reference
    return altered(
        event,
        policy_pack=pack.pack_id,
        policy_version=pack.version,
        calendar=calendar,
        deadlines=deadlines,
    )


def _corrected(event: intake_events.RecordCorrected, scene: Scene) -> intake_events.RecordCorrected:
    facts, pack, timing = scene.facts, scene.pack, scene.timing
    if event.field != "petition_type" or facts.imported or not facts.cycles:
        return event
    petition_type = known_type(pack, PetitionType(event.new or ""))
    own = retyped_deadline(petition_type, facts, pack, timing)
    if _is_per_item(pack, petition_type, facts.complexity):
        own = deadline_of(event.deadlines[:1], Clock.REPLY)
    deadlines = () if own is None else corrected_deadlines(own, facts, pack, timing)
    return altered(event, deadlines=deadlines)


def _is_per_item(
    pack: PackContent,
    petition_type: PetitionType,
    complexity: Complexity = Complexity.ORDINARY,
) -> bool:
    rule = pack.clock_rule(petition_type, Clock.REPLY, complexity)
    return rule is not None and rule.per_item


def _reply_alone(deadlines: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    return tuple(each for each in deadlines if each.clock is Clock.REPLY)
