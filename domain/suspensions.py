"""Without this file no clock could lawfully stand still, or it could do so for ever."""

from typing import ClassVar

from domain.command import Code, PetitionCommand, Prose, states
from domain.cycle_facts import DueMove
from domain.due_replay import reply_unit, resume_due
from domain.errors import GuardError
from domain.extension_rules import refuse_open_extension
from domain.guards import refuse_second_self
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import SuspensionReason
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import Deadlines, latest_deadlines
from domain.standstill_events import Resumed, Suspended
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, DueCause, PetitionState, Role


class SuspendPetition(PetitionCommand, frozen=True, kw_only=True):
    """Let the petition stand still: the handler asks, the hub decides."""

    label: ClassVar = Text("中止", "suspend the petition")
    path: ClassVar = "suspensions"
    roles: ClassVar = who_may("SuspendPetition")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    reason: SuspensionReason
    asked_by: Code
    note: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the suspension with its longest end; never after the due."""
        refuse_second_self(self.asked_by, situation)
        pack = situation.pinned_pack(facts)
        rule = pack.suspension
        if rule is None or self.reason not in rule.reasons:
            known = () if rule is None else rule.reasons
            raise GuardError(
                "reason-not-to-suspend",
                f"规则包 {pack.reference} 不允许因“{self.reason.label.zh}”中止；未作任何更改，"
                f"可选：{'、'.join(each.label.zh for each in known) or '无'}。",
                f"pack {pack.reference} knows no suspension for '{self.reason}'; nothing was "
                f"changed, choose one of: {', '.join(known) or 'none'}.",
            )
        at = situation.act.occurred_at
        deadline = latest_deadlines(facts.cycle).effective
        if deadline is not None and max(at, situation.now) > deadline.due_at:
            raise GuardError(
                "suspension-after-due",
                "时限已届满，不得中止；未作任何更改，请尽快答复。",
                "the due has passed and nothing can stand still after it; nothing was changed, "
                "reply as soon as possible.",
            )
        refuse_open_extension(facts, at)
        until = situation.limited(pack, Clock.SUSPENSION, rule.longest, "suspension")
        petition.record(
            Suspended,
            situation.act,
            reason=self.reason,
            asked_by=self.asked_by,
            note=Personal(self.note),
            deadlines=(until,),
        )


class ResumePetition(PetitionCommand, frozen=True, kw_only=True):
    """Go on: the due moves by the working time paused, and by no more than was allowed."""

    label: ClassVar = Text("恢复", "resume the petition")
    path: ClassVar = "resumptions"
    roles: ClassVar = who_may("ResumePetition")
    from_states: ClassVar = states(PetitionState.SUSPENDED)

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record both dues after the pause; the clock resumes by itself only at its end."""
        pause = facts.cycle.pauses[-1]
        act = situation.act
        if act.actor_role is Role.SYSTEM and act.occurred_at < pause.until:
            raise GuardError(
                "suspension-not-over",
                f"中止期限至 {pause.until.isoformat()}；未作任何更改，提前恢复须由枢纽决定。",
                f"the suspension lasts until {pause.until.isoformat()}; nothing was changed, the "
                "hub decides to resume earlier.",
            )
        moved = dues_after_pause(facts, situation.pinned_pack(facts), situation.timing)
        petition.record(Resumed, act, deadlines=moved.known)


def dues_after_pause(facts: PetitionFacts, pack: PackContent, timing: Timing) -> Deadlines:
    """Return the first due and the due in force once the last suspension ends; pure.

    Args:
        facts: The suspended petition.
        pack: Version it pinned.
        timing: Of the resumption.
    """
    pause = facts.cycle.pauses[-1]
    original, effective = latest_deadlines(facts.cycle)
    if original is None or effective is None:
        return Deadlines(None, None)
    unit = reply_unit(facts, pack, timing)
    move = DueMove(
        timing.at,
        DueCause.PAUSE,
        original,
        effective,
        paused_at=pause.suspended_at,
        resumed_at=min(timing.at, pause.until),
    )
    return Deadlines(
        resume_due(original, move, unit, pack, timing),
        resume_due(effective, move, unit, pack, timing),
    )
