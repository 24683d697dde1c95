"""Without this file a petition could be closed without callback, or never again opened."""

from math import ceil
from typing import ClassVar

from domain.callbacks import unreachable
from domain.closing_events import Closed, Escalated, Reopened
from domain.command import PetitionCommand, Prose, roles, states
from domain.deadlines import Deadline, last_day
from domain.errors import GuardError
from domain.limit import Limit, TimeUnit
from domain.pack_clocks import reopened_deadline
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import ReopenReason
from domain.replying import refuse_own_item
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import CallbackBasis, Clock, PetitionState, Role

ESCALATED_FROM_CYCLE = 3
ESCALATION_LEVEL_MAX = 3
"""1 head of the department, 2 leader in charge, 3 secretary and mayor (domain.md §4 row 35)."""


class ClosePetition(PetitionCommand, frozen=True, kw_only=True):
    """Close: reply approved, and callback done, not drawn, or given up after enough tries."""

    label: ClassVar = Text("办结", "close the petition")
    path: ClassVar = "closure"
    roles: ClassVar = roles(Role.REVIEWER, Role.SYSTEM)
    from_states: ClassVar = states(PetitionState.CALLBACK_PENDING)

    basis: CallbackBasis

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the closing with the end of the reopening window."""
        if situation.act.actor_role is Role.REVIEWER:
            refuse_own_item(facts, situation)
        holds = {
            CallbackBasis.COMPLETED: bool(facts.cycle.callback_answers),
            CallbackBasis.SAMPLED_OUT: not facts.cycle.callback_required,
            CallbackBasis.UNREACHABLE: unreachable(facts, situation),
        }
        if not holds[self.basis]:
            raise GuardError(
                "callback-not-settled",
                f"不具备“{self.basis.label.zh}”的办结条件；未作任何更改，请先完成回访。",
                f"the petition cannot be closed as '{self.basis.label.en}'; nothing was changed, "
                "settle the callback first.",
            )
        pack = situation.pinned_pack(facts)
        window = situation.limited(pack, Clock.CALLBACK, pack.reopening.window, "reopening")
        petition.record(Closed, situation.act, basis=self.basis, reopen_until=window.due_at)


class ReopenPetition(PetitionCommand, frozen=True, kw_only=True):
    """Open a closed petition again: a new cycle with half the first limit."""

    label: ClassVar = Text("重办", "reopen the petition")
    path: ClassVar = "reopenings"
    roles: ClassVar = roles(Role.PETITIONER, Role.CALLBACK, Role.SUPERVISION)
    from_states: ClassVar = states(PetitionState.CLOSED)

    reason: ReopenReason
    note: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the new cycle; the petitioner may ask within the window only.

        From the third cycle on the petition is escalated with it, one level each time.
        """
        until = facts.cycle.reopen_until
        act = situation.act
        late = until is not None and max(act.occurred_at, situation.now) > until
        if act.actor_role is Role.PETITIONER and late:
            raise GuardError(
                "reopen-window-over",
                "重办期限已过；未作任何更改，可重新提交诉求或向督查室反映。",
                "the reopening window is over; nothing was changed, submit a new petition or "
                "turn to the supervision office.",
            )
        deadline = _half_deadline(facts, situation)
        petition.record(
            Reopened,
            act,
            reason=self.reason,
            note=Personal(self.note),
            deadlines=() if deadline is None else (deadline,),
        )
        cycle = len(facts.cycles) + 1
        if cycle >= ESCALATED_FROM_CYCLE:
            level = min(facts.escalation_level + 1, ESCALATION_LEVEL_MAX)
            petition.record(Escalated, act, level=level, cycle=cycle)


def _half_deadline(facts: PetitionFacts, situation: Situation) -> Deadline | None:
    pack = situation.pinned_pack(facts)
    petition_type = situation.type_under(pack, facts)
    calendar, zone = situation.calendar(pack), situation.zone(pack)
    at = situation.act.occurred_at
    first = facts.cycles[0]
    if not facts.imported or first.deadline is None:
        deadline = reopened_deadline(pack, petition_type, at, calendar, zone)
        if deadline is not None or first.deadline is None:
            return deadline
    # A due stated for this petition alone is halved in working days, whatever unit was meant.
    started_on = first.started_at.astimezone(zone).date()
    due_on = last_day(first.deadline.due_at, zone)
    amount = ceil(calendar.count_working_days(started_on, due_on) / 2)
    limit = Limit(max(1, amount), TimeUnit.WORKING_DAY)
    return situation.limited(pack, Clock.REPLY, limit, f"{petition_type}/per_item, reopened")
