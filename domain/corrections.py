"""Without this file a wrong entry would stay wrong, or be changed without a trace."""

from typing import ClassVar, Literal

from domain.command import OPEN_STATES, STANDING_STATES, Code, Line, PetitionCommand, Prose
from domain.credit_code import validate_credit_code
from domain.deadlines import Deadline
from domain.due_replay import replay_due
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.intake_events import RecordCorrected, Voided
from domain.joined_petitions import refuse_children
from domain.pack_clocks import reopened_deadline, start_clocks
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import VoidReason
from domain.recorded_deadlines import deadline_of
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Channel, Clock, PetitionType


class CorrectRecord(PetitionCommand, frozen=True, kw_only=True):
    """Correct a stated field by two persons; the original stays in the log.

    A corrected type moves the due as if it had been right from the start.
    """

    label: ClassVar = Text("更正", "correct the record")
    path: ClassVar = "corrections"
    roles: ClassVar = who_may("CorrectRecord")
    from_states: ClassVar = STANDING_STATES

    field: Literal["petition_type", "category", "channel", "region", "enterprise"]
    new: Line | None
    reviewer_id: Code
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record old and new value and, for a new type, the new due."""
        refuse_second_self(self.reviewer_id, situation)
        old = getattr(facts, self.field)
        if old == self.new:
            raise GuardError(
                "nothing-to-correct",
                "新值与原值相同；未作任何更改，请填写不同的值。",
                "the new value equals the old one; nothing was changed, give another one.",
            )
        self._refuse_wrong_value(situation)
        petition.record(
            RecordCorrected,
            situation.act,
            field=self.field,
            old=None if old is None else str(old),
            new=self.new,
            reviewer_id=self.reviewer_id,
            reason=Personal(self.reason),
            deadlines=self._deadlines(facts, situation),
        )

    def _refuse_wrong_value(self, situation: Situation) -> None:
        allowed: dict[str, tuple[PetitionType | Channel, ...]] = {
            "petition_type": tuple(PetitionType),
            "channel": situation.pack.channels,
        }
        if self.field in allowed and self.new not in allowed[self.field]:
            known = ", ".join(allowed[self.field])
            raise GuardError(
                "value-not-in-list",
                f"“{self.new}”不是 {self.field} 的可选值；未作任何更改，可选：{known}。",
                f"'{self.new}' is no value of {self.field}; nothing was changed, choose one of: "
                f"{known}.",
            )
        if self.field == "enterprise" and self.new is not None:
            validate_credit_code(self.new)

    def _deadlines(self, facts: PetitionFacts, situation: Situation) -> tuple[Deadline, ...]:
        if self.field != "petition_type" or facts.imported:
            return ()
        petition_type = PetitionType(self.new or "")
        pack = situation.pinned_pack(facts) if facts.cycles else situation.pack
        pack.type_rules(petition_type)
        if not facts.cycles:
            return ()
        own = retyped_deadline(petition_type, facts, pack, situation.timing)
        return () if own is None else corrected_deadlines(own, facts, pack, situation.timing)


def retyped_deadline(
    petition_type: PetitionType, facts: PetitionFacts, pack: PackContent, timing: Timing
) -> Deadline | None:
    """Return what the running cycle began with if the petition was of another type; pure.

    None where the pack counts no limit for it.

    Raises:
        TypeNotInPackError: the pack does not handle the type.
    """
    at, complexity = facts.cycle.started_at, facts.complexity
    calendar, zone = timing.calendar(pack), timing.zone(pack)
    if len(facts.cycles) > 1:
        return reopened_deadline(pack, petition_type, at, calendar, zone, complexity)
    accepted = ClockStart.ACCEPTED
    started = start_clocks(pack, petition_type, accepted, at, calendar, zone, complexity)
    return deadline_of(started, Clock.REPLY)


def corrected_deadlines(
    own: Deadline, facts: PetitionFacts, pack: PackContent, timing: Timing
) -> tuple[Deadline, ...]:
    """Return the new due of the running cycle, then of each grant, then both of each move; pure."""
    gone = [child.joined.petition_id for child in facts.children if child.parted_at is not None]
    replay = replay_due(own, facts, pack, timing, without=gone)
    moved = [each for pair in replay.moves for each in pair if each is not None]
    return (own, *replay.grants, *moved)


class VoidPetition(PetitionCommand, frozen=True, kw_only=True):
    """Void an open test, spam or duplicate entry, by two persons; it leaves every rate."""

    label: ClassVar = Text("作废", "void the petition")
    path: ClassVar = "voiding"
    roles: ClassVar = who_may("VoidPetition")
    from_states: ClassVar = OPEN_STATES

    reason: VoidReason
    reviewer_id: Code
    note: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the voiding."""
        refuse_children(facts)
        refuse_second_self(self.reviewer_id, situation)
        petition.record(
            Voided,
            situation.act,
            reason=self.reason,
            reviewer_id=self.reviewer_id,
            note=Personal(self.note),
        )
