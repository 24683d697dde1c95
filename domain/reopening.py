"""Without this file a closed petition could never be opened again, or by anybody at any time."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import ClassVar
from uuid import UUID

from domain.closing_events import Escalated, Reopened
from domain.command import PetitionCommand, Prose, states
from domain.deadlines import Deadline, last_day
from domain.errors import GuardError
from domain.escalation import ESCALATED_FROM_CYCLE, ESCALATION_LEVEL_MAX
from domain.joined_petitions import refuse_merged
from domain.joining_events import ReopenedWithParent
from domain.limit import Limit, TimeUnit
from domain.pack_clocks import reopened_deadline
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import ReopenReason
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState, Role


class ReopenPetition(PetitionCommand, frozen=True, kw_only=True):
    """Open a closed petition again: a new cycle with half the first limit."""

    label: ClassVar = Text("重办", "reopen the petition")
    path: ClassVar = "reopenings"
    roles: ClassVar = who_may("ReopenPetition")
    from_states: ClassVar = states(PetitionState.CLOSED, PetitionState.ARCHIVED)

    reason: ReopenReason
    note: Prose

    def others(self, facts: PetitionFacts) -> tuple[UUID, ...]:
        """Return what was merged into it."""
        return facts.child_ids

    def decide_together(
        self,
        petition: Petition,
        facts: PetitionFacts,
        others: Mapping[UUID, Petition],
        situation: Situation,
    ) -> Sequence[Petition]:
        """Record the new cycle; the petitioner may ask within the window only.

        What is archived opens for the supervision office alone.
        """
        refuse_merged(facts)
        act = situation.act
        until = facts.cycle.reopen_until
        late = until is not None and max(act.occurred_at, situation.now) > until
        if facts.state is PetitionState.ARCHIVED and act.actor_role is not Role.SUPERVISION:
            raise GuardError(
                "archived",
                "诉求已归档；未作任何更改，须由督查室重办。",
                "the petition is archived; nothing was changed, the supervision office alone may "
                "reopen it.",
            )
        if facts.disposed_at is not None:
            raise GuardError(
                "disposed",
                "档案已销毁；未作任何更改，请重新提交诉求。",
                "the file was disposed of; nothing was changed, submit a new petition.",
            )
        if act.actor_role is Role.PETITIONER and late:
            raise GuardError(
                "reopen-window-over",
                "重办期限已过；未作任何更改，可重新提交诉求或向督查室反映。",
                "the reopening window is over; nothing was changed, submit a new petition or "
                "turn to the supervision office.",
            )
        reopen(petition, facts, situation, self.reason, self.note)
        reopen_children(petition, others, situation)
        return ()


def reopen(
    petition: Petition,
    facts: PetitionFacts,
    situation: Situation,
    reason: ReopenReason,
    note: str,
) -> None:
    """Record a new cycle; from the third on it is escalated with it, one level each time."""
    act = situation.act
    deadline = half_deadline(facts, situation.pinned_pack(facts), situation.timing)
    petition.record(
        Reopened,
        act,
        reason=reason,
        note=Personal(note),
        deadlines=() if deadline is None else (deadline,),
    )
    cycle = len(facts.cycles) + 1
    if cycle >= ESCALATED_FROM_CYCLE:
        level = min(facts.escalation_level + 1, ESCALATION_LEVEL_MAX)
        petition.record(Escalated, act, level=level, cycle=cycle)


def reopen_children(
    petition: Petition, others: Mapping[UUID, Petition], situation: Situation
) -> None:
    """Record in what was merged into it that the parent is open again."""
    for child in others.values():
        child.record(ReopenedWithParent, situation.act, parent_id=petition.id)


def half_deadline(facts: PetitionFacts, pack: PackContent, timing: Timing) -> Deadline | None:
    """Return the reply deadline of the cycle that a reopening begins, or None; pure."""
    petition_type = timing.type_under(pack, facts)
    calendar, zone = timing.calendar(pack), timing.zone(pack)
    first = facts.cycles[0]
    if not facts.imported or first.deadline is None:
        deadline = reopened_deadline(
            pack, petition_type, timing.at, calendar, zone, facts.complexity
        )
        if deadline is not None or first.deadline is None:
            return deadline
    # A due stated for this petition alone is halved in working days, whatever unit was meant.
    started_on = first.started_at.astimezone(zone).date()
    due_on = last_day(first.deadline.due_at, zone)
    amount = ceil(calendar.count_working_days(started_on, due_on) / 2)
    limit = Limit(max(1, amount), TimeUnit.WORKING_DAY)
    return timing.limited(pack, Clock.REPLY, limit, f"{petition_type}/per_item, reopened")
