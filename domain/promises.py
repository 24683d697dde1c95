"""Without this file a promise would end with the closing, and nobody would ask whether it held."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.aftercare_events import PromiseBroken, PromiseKept
from domain.command import AttachmentNote, PetitionCommand, Prose, attachments, states
from domain.cycle_facts import Reply
from domain.errors import GuardError
from domain.joined_petitions import refuse_merged
from domain.kin import kin_of_actor
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import ReopenReason
from domain.reopening import reopen, reopen_children
from domain.replying import refuse_own_item
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import open_promise
from domain.text import Text
from domain.vocabulary import PetitionState


class KeepPromise(PetitionCommand, frozen=True, kw_only=True):
    """Find that what was planned has come about."""

    label: ClassVar = Text("承诺兑现", "find the promise kept")
    path: ClassVar = "kept-promises"
    roles: ClassVar = who_may("KeepPromise")
    from_states: ClassVar = states(PetitionState.CLOSED)

    note: Prose
    evidence: Annotated[tuple[AttachmentNote, ...], Meta(min_length=1, max_length=200)]

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the finding with its evidence; never by the unit that promised."""
        refuse_own_item(facts, situation)
        _refuse_promiser(_promise(facts, situation), situation, facts)
        petition.record(
            PromiseKept,
            situation.act,
            note=Personal(self.note),
            evidence=attachments(self.evidence),
        )


class BreakPromise(PetitionCommand, frozen=True, kw_only=True):
    """Find that the promised date went by; the petition is opened again."""

    label: ClassVar = Text("承诺未兑现", "find the promise broken")
    path: ClassVar = "broken-promises"
    roles: ClassVar = who_may("BreakPromise")
    from_states: ClassVar = states(PetitionState.CLOSED)

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
        """Record the finding and the new cycle, once the promised date is over."""
        refuse_merged(facts)
        promise = _promise(facts, situation)
        due_at = promise.promise_due_at
        if due_at is None or situation.act.occurred_at <= due_at:
            raise GuardError(
                "promise-not-due",
                "承诺日期未过；未作任何更改，请到期后再核实。",
                "the promised date is not over; nothing was changed, come back after it.",
            )
        petition.record(PromiseBroken, situation.act, note=Personal(self.note))
        reopen(petition, facts, situation, ReopenReason.PROMISE_BROKEN, self.note)
        reopen_children(petition, others, situation)
        return ()


def _promise(facts: PetitionFacts, situation: Situation) -> Reply:
    promise = open_promise(facts.cycle, situation.act.occurred_at)
    if promise is None:
        raise GuardError(
            "no-open-promise",
            "没有待兑现的承诺；未作任何更改，请核对诉求编号。",
            "no promise is open here; nothing was changed, check the petition's number.",
        )
    return promise


def _refuse_promiser(promise: Reply, situation: Situation, facts: PetitionFacts) -> None:
    handlers = {order.handler_id for order in facts.assignments if order.handler_id}
    if promise.unit in kin_of_actor(situation) or situation.act.actor_id in handlers:
        raise GuardError(
            "own-promise",
            "作出承诺的单位不得自行认定兑现；未作任何更改，请由其他单位核实。",
            "the unit that promised does not find it kept; nothing was changed, leave it to "
            "another unit.",
        )
