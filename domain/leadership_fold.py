"""Without this file instructions, reminders and supervision would change no fact."""

from typing import assert_never

from domain import leadership_events
from domain.cycle_facts import DueMove
from domain.life_facts import Instruction, Reminder, SupervisionNote
from domain.pack_clocks import restarted
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import deadline_of, due_of
from domain.standing import latest_deadlines
from domain.vocabulary import Clock, DueCause


def apply_leadership(facts: PetitionFacts, event: leadership_events.AnyLeadershipEvent) -> None:
    """Change the facts by one leadership event."""
    at = event.timestamp
    match event:
        case leadership_events.InstructionSought():
            facts.instructions.append(Instruction(at, due_of(event.deadlines, Clock.INSTRUCT)))
            _restart(facts, event)
        case leadership_events.InstructionGiven():
            facts.instructions[-1].given_at = at
            _restart(facts, event)
        case leadership_events.ReminderIssued():
            facts.reminders.append(Reminder(at, event.clock, event.due_at, event.unit))
        case leadership_events.Supervised():
            facts.supervisions.append(SupervisionNote(at, event.order_id, event.level))
        case (
            leadership_events.LeaderEndorsed()
            | leadership_events.DedicatedMeetingHeld()
            | leadership_events.OnSiteHandled()
        ):
            pass
        case _:
            assert_never(event)


def _restart(
    facts: PetitionFacts,
    event: leadership_events.InstructionSought | leadership_events.InstructionGiven,
) -> None:
    """Let a limit that starts with the instruction take the place of a due that is not past."""
    started = deadline_of(event.deadlines, Clock.REPLY)
    if started is None:
        return
    original, effective = latest_deadlines(facts.cycle)
    at = event.timestamp
    facts.cycle.moves.append(
        DueMove(
            at,
            DueCause.INSTRUCTION,
            restarted(original, started, at),
            restarted(effective, started, at),
            started=started,
        )
    )
