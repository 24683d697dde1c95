"""Without this file what ends by itself would end only when somebody remembered it."""

from collections.abc import Iterator

from domain.archiving import archived_from
from domain.callbacks import unreachable
from domain.clock_ladder import TICK
from domain.clock_rules import pack_for
from domain.clock_step import ClockStep, StepKind
from domain.cycle_facts import Answer
from domain.petition_facts import PetitionFacts
from domain.reviews import pending_review
from domain.situation import Situation
from domain.standing import open_promise
from domain.vocabulary import CallbackBasis, Clock, PetitionState, Resolution, Satisfaction


def endings(facts: PetitionFacts, situation: Situation) -> Iterator[ClockStep]:
    """Yield what came to an end by itself by the instant of the act; pure.

    Source:
        domain.md §4 rows 3, 25, 30 and 32, and §5, closed with an open promise.
    """
    found: ClockStep | None = None
    match facts.state:
        case PetitionState.SUSPENDED:
            found = _resumption(facts)
        case PetitionState.NEEDS_SUPPLEMENT:
            found = _lapse(facts)
        case PetitionState.CALLBACK_PENDING:
            found = _closure(facts, situation)
        case PetitionState.CLOSED:
            found = _broken_promise(facts) or _archiving(facts, situation)
        case _:
            pass
    if found is not None and found.at <= situation.act.occurred_at:
        yield found


def closing_basis(facts: PetitionFacts, situation: Situation) -> CallbackBasis | None:
    """Return on what a petition may be closed without a person, or None; pure.

    Somebody who is not content, or whose matter is not solved, is left to the reviewer, as
    is what was merged with others.
    """
    answers = facts.cycle.callback_answers
    if facts.child_ids or facts.parent_id or any(_is_unhappy(answer) for answer in answers):
        return None
    if any(answer.petitioner is None for answer in answers):
        return CallbackBasis.COMPLETED
    if not facts.cycle.callback_required:
        return CallbackBasis.SAMPLED_OUT
    return CallbackBasis.UNREACHABLE if unreachable(facts, situation) else None


def _resumption(facts: PetitionFacts) -> ClockStep | None:
    pause = facts.cycle.pause
    if pause is None:
        return None
    cycle = len(facts.cycles)
    return ClockStep(pause.until, StepKind.RESUMPTION, facts.petition_id, cycle, Clock.SUSPENSION)


def _lapse(facts: PetitionFacts) -> ClockStep | None:
    due_at = facts.supplement_due_at
    if due_at is None:
        return None
    at, cycle = due_at + TICK, len(facts.cycles)
    return ClockStep(at, StepKind.LAPSE, facts.petition_id, cycle, Clock.SUPPLEMENT)


def _closure(facts: PetitionFacts, situation: Situation) -> ClockStep | None:
    at = facts.cycle.callback_due_at
    if at is None or closing_basis(facts, situation) is None:
        return None
    at = max(at + TICK, facts.changed_at)
    return ClockStep(at, StepKind.CLOSURE, facts.petition_id, len(facts.cycles), Clock.CALLBACK)


def _broken_promise(facts: PetitionFacts) -> ClockStep | None:
    promise = open_promise(facts.cycle, facts.changed_at)
    if promise is None or promise.promise_due_at is None or facts.parent_id is not None:
        return None
    at, cycle = promise.promise_due_at + TICK, len(facts.cycles)
    return ClockStep(at, StepKind.BROKEN_PROMISE, facts.petition_id, cycle, Clock.PROMISE)


def _archiving(facts: PetitionFacts, situation: Situation) -> ClockStep | None:
    """Return the archiving; what never had a reopening window is left to people."""
    opens = archived_from(facts, pack_for(facts, situation), situation)
    is_open = pending_review(facts) is not None or open_promise(facts.cycle, facts.changed_at)
    if opens is None or is_open:
        return None
    at = max(opens + TICK, facts.changed_at)
    return ClockStep(at, StepKind.ARCHIVING, facts.petition_id, len(facts.cycles))


def _is_unhappy(answer: Answer) -> bool:
    is_unsolved = answer.resolution in {Resolution.UNRESOLVED, Resolution.PARTLY}
    return is_unsolved or answer.satisfaction is Satisfaction.DISSATISFIED
