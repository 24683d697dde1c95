"""Without this file no unit could answer a petition, and no reviewer could send it back."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from domain.assignment_orders import lead_unit
from domain.closing_events import ReplyApproved, ReplyReturned, ReplySubmitted
from domain.command import Code, Instant, PetitionCommand, Prose, personal, states
from domain.errors import GuardError, NotPermittedError
from domain.guards import acting_unit, refuse_second_self
from domain.joining_events import ReplyShared
from domain.kin import kin_of_actor
from domain.pack_rules import CallbackMode, ClockStart
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Outcome, PetitionState


class SubmitReply(PetitionCommand, frozen=True, kw_only=True):
    """Answer every point and say what was achieved; a plan needs a dated promise."""

    label: ClassVar = Text("答复", "submit the reply")
    path: ClassVar = "replies"
    roles: ClassVar = who_may("SubmitReply")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    head_id: Code
    text: Prose
    outcome: Outcome
    promise: Prose | None = None
    promise_due_at: Instant | None = None
    co_report_waiver: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the reply of the lead, signed off by the department's head."""
        unit = lead_unit(facts, situation)
        refuse_second_self(self.head_id, situation)
        if self.outcome not in situation.pinned_pack(facts).outcomes:
            raise GuardError(
                "outcome-not-in-pack",
                f"办理结果“{self.outcome.label.zh}”不在规则包中；未作任何更改，请另选。",
                f"outcome '{self.outcome}' is not in the pack; nothing was changed, "
                "choose another.",
            )
        self._refuse_undated_promise(situation)
        waiting = [
            order.unit
            for order in facts.assignments
            if not order.lead and order.ended_at is None and order.reported_at is None
        ]
        if waiting and self.co_report_waiver is None:
            raise GuardError(
                "co-report-due",
                f"协办单位 {'、'.join(waiting)} 尚未提交意见；未作任何更改，请等待或注明免交理由。",
                f"reports are due from {', '.join(waiting)}; nothing was changed, wait for them "
                "or give 'co_report_waiver' with the reason.",
            )
        petition.record(
            ReplySubmitted,
            situation.act,
            unit=unit,
            head_id=self.head_id,
            text=Personal(self.text),
            outcome=self.outcome,
            promise=personal(self.promise),
            promise_due_at=self.promise_due_at,
            co_report_waiver=personal(self.co_report_waiver) if waiting else None,
        )

    def _refuse_undated_promise(self, situation: Situation) -> None:
        due_at = self.promise_due_at
        dated = due_at is not None and due_at.tzinfo is not None
        ahead = dated and due_at is not None and due_at > situation.act.occurred_at
        if self.outcome is Outcome.PLANNED and (self.promise is None or not ahead):
            raise GuardError(
                "promise-without-date",
                "“列入计划”须写明承诺内容和将来的兑现日期；未作任何更改，请填写 promise 与 "
                "promise_due_at。",
                "'planned' needs a promise with a date ahead; nothing was changed, fill in "
                "'promise' and 'promise_due_at'.",
            )
        if self.outcome is not Outcome.PLANNED and (self.promise or due_at):
            raise GuardError(
                "promise-without-plan",
                "只有“列入计划”可附承诺；未作任何更改，请修改办理结果或删去承诺。",
                "only the outcome 'planned' carries a promise; nothing was changed, change the "
                "outcome or leave the promise out.",
            )


class ApproveReply(PetitionCommand, frozen=True, kw_only=True):
    """Let a reply pass; the callback clock starts where the pack has one.

    ``shared_reply`` is what the petitioners of merged petitions are told.
    """

    label: ClassVar = Text("审核通过", "approve the reply")
    path: ClassVar = "reply-approvals"
    roles: ClassVar = who_may("ApproveReply")
    from_states: ClassVar = states(PetitionState.REPLIED)

    sampled_for_callback: bool = True
    shared_reply: Prose | None = None

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
        """Record the approval by a reviewer outside the handling unit.

        Every petitioner whose petition was merged into this one gets the same reply.
        """
        refuse_own_item(facts, situation)
        if others and self.shared_reply is None:
            raise GuardError(
                "shared-reply-missing",
                "有诉求并入本件，每位诉求人都须得到答复；未作任何更改，请填写 shared_reply。",
                "other petitions were merged into this one and each petitioner gets a reply; "
                "nothing was changed, fill in 'shared_reply'.",
            )
        pack = situation.pinned_pack(facts)
        mode = pack.callback.mode
        required = mode is CallbackMode.FULL or (
            mode is CallbackMode.SAMPLED and self.sampled_for_callback
        )
        petition_type = situation.type_under(pack, facts)
        started = situation.clocks(pack, petition_type, ClockStart.REPLY_APPROVED, facts.complexity)
        act, deadlines = situation.act, started if required else ()
        petition.record(ReplyApproved, act, callback_required=required, deadlines=deadlines)
        reply = facts.cycle.replies[-1]
        for child in others.values():
            child.record(
                ReplyShared,
                act,
                parent_id=petition.id,
                unit=reply.unit,
                outcome=reply.outcome,
                replied_at=reply.replied_at,
                callback_required=required,
                deadlines=deadlines,
                text=personal(self.shared_reply),
            )
        return ()


class ReturnReply(PetitionCommand, frozen=True, kw_only=True):
    """Send a reply back; the clock has been running from the start."""

    label: ClassVar = Text("退回答复", "return the reply")
    path: ClassVar = "reply-returns"
    roles: ClassVar = who_may("ReturnReply")
    from_states: ClassVar = states(PetitionState.REPLIED)

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the return; an answer given on the spot goes back to nobody but a unit."""
        refuse_own_item(facts, situation)
        petition.record(ReplyReturned, situation.act, reason=Personal(self.reason))


def refuse_own_item(facts: PetitionFacts, situation: Situation) -> None:
    """Refuse a reviewer or caller from an office, or the person, that handles the petition.

    Whoever was lent the role by another unit is still of the own one.

    Raises:
        NotPermittedError: separation of duties (domain.md §4).
    """
    acting_unit(situation)
    own = kin_of_actor(situation)
    shared = facts.parent_id is not None and any(
        reply.unit in own for cycle in facts.cycles for reply in cycle.replies
    )
    handlers = {order.handler_id for order in facts.assignments if order.handler_id}
    held = any(order.unit in own for order in facts.assignments if order.ended_at is None)
    if shared or held or situation.act.actor_id in handlers:
        raise NotPermittedError(
            Text(
                "承办单位和承办人不得审核、回访本单位办理的诉求；未作任何更改，请由其他单位办理。",
                "the unit and the person that handled a petition neither review it nor call "
                "back; nothing was changed, leave it to another unit.",
            )
        )
