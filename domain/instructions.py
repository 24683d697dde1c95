"""Without this file no unit could ask a leader, and no leader's answer would start a clock."""

from typing import ClassVar

from domain.assignment_orders import lead_unit
from domain.command import PetitionCommand, Prose, states
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.extension_rules import refuse_open_extension
from domain.leadership_events import InstructionGiven, InstructionSought
from domain.pack_rules import ClockStart
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import deadline_of
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, PetitionState


class SeekInstruction(PetitionCommand, frozen=True, kw_only=True):
    """Ask a leader what to do; where the pack has the clocks, they start."""

    label: ClassVar = Text("请示", "seek instruction")
    path: ClassVar = "instruction-requests"
    roles: ClassVar = who_may("SeekInstruction")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    question: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the lead unit's question; one at a time."""
        unit = lead_unit(facts, situation)
        if facts.instruction is not None:
            raise GuardError(
                "instruction-pending",
                "已有待批示的请示；未作任何更改，请等待批示。",
                "a question waits for its instruction; nothing was changed, wait for it.",
            )
        petition.record(
            InstructionSought,
            situation.act,
            unit=unit,
            question=Personal(self.question),
            deadlines=_clocks(facts, situation, ClockStart.INSTRUCTION_SOUGHT),
        )


class GiveInstruction(PetitionCommand, frozen=True, kw_only=True):
    """Answer the unit's question; the clock of what is feasible starts where there is one."""

    label: ClassVar = Text("批示", "give instruction")
    path: ClassVar = "instructions"
    roles: ClassVar = who_may("GiveInstruction")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    text: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the answer to the question that waits."""
        if facts.instruction is None:
            raise GuardError(
                "no-instruction-sought",
                "没有待批示的请示；未作任何更改，主动批示请用“签批督办”。",
                "no question waits for an instruction; nothing was changed, endorse the petition "
                "instead.",
            )
        petition.record(
            InstructionGiven,
            situation.act,
            text=Personal(self.text),
            deadlines=_clocks(facts, situation, ClockStart.INSTRUCTION_GIVEN),
        )


def _clocks(
    facts: PetitionFacts, situation: Situation, starts_at: ClockStart
) -> tuple[Deadline, ...]:
    pack = situation.pinned_pack(facts)
    petition_type = situation.type_under(pack, facts)
    started = situation.clocks(pack, petition_type, starts_at, facts.complexity)
    if deadline_of(started, Clock.REPLY) is not None:
        refuse_open_extension(facts, situation.act.occurred_at)
    return started
