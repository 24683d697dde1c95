"""Without this file what cannot be solved now would be closed, or be forgotten."""

from datetime import datetime
from typing import ClassVar

from domain.command import Code, Instant, PetitionCommand, Prose, states
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.replying import refuse_own_item
from domain.role_table import who_may
from domain.situation import Situation
from domain.standstill_events import BacklogCleared, BacklogListed, BacklogReviewed
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState


class ListBacklog(PetitionCommand, frozen=True, kw_only=True):
    """Put the petition off to a promised date; it stays open in every rate."""

    label: ClassVar = Text("挂账", "list as backlog")
    path: ClassVar = "backlog"
    roles: ClassVar = who_may("ListBacklog")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    asked_by: Code
    reason: Prose
    promised_at: Instant

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the listing that a department head asked for and a reviewer decides."""
        refuse_own_item(facts, situation)
        refuse_second_self(self.asked_by, situation)
        refuse_past_promise(self.promised_at, situation)
        petition.record(
            BacklogListed,
            situation.act,
            unit="" if facts.lead is None else facts.lead.unit,
            asked_by=self.asked_by,
            reason=Personal(self.reason),
            promised_at=self.promised_at,
            deadlines=_next_review(facts, situation),
        )


class ReviewBacklog(PetitionCommand, frozen=True, kw_only=True):
    """Look at a listed petition again and date the next review."""

    label: ClassVar = Text("挂账复核", "review the backlog")
    path: ClassVar = "backlog-reviews"
    roles: ClassVar = who_may("ReviewBacklog")
    from_states: ClassVar = states(PetitionState.BACKLOG_LISTED)

    note: Prose
    promised_at: Instant | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the review, with a new date where one is given."""
        refuse_own_item(facts, situation)
        if self.promised_at is not None:
            refuse_past_promise(self.promised_at, situation)
        petition.record(
            BacklogReviewed,
            situation.act,
            note=Personal(self.note),
            promised_at=self.promised_at or facts.backlogs[-1].promised_at,
            deadlines=_next_review(facts, situation),
        )


class ClearBacklog(PetitionCommand, frozen=True, kw_only=True):
    """Take the petition off the list; the unit goes on with it."""

    label: ClassVar = Text("销账", "clear the backlog")
    path: ClassVar = "backlog-clearances"
    roles: ClassVar = who_may("ClearBacklog")
    from_states: ClassVar = states(PetitionState.BACKLOG_LISTED)

    note: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the clearing."""
        refuse_own_item(facts, situation)
        petition.record(BacklogCleared, situation.act, note=Personal(self.note))


def refuse_past_promise(promised_at: datetime, situation: Situation) -> None:
    """Refuse a promised date that is not ahead.

    Raises:
        GuardError: ``promise-in-past``.
    """
    if promised_at <= situation.act.occurred_at:
        raise GuardError(
            "promise-in-past",
            "承诺日期须在将来；未作任何更改，请修改 promised_at。",
            "the promised date must lie ahead; nothing was changed, correct 'promised_at'.",
        )


def _next_review(facts: PetitionFacts, situation: Situation) -> tuple[Deadline, ...]:
    pack = situation.pinned_pack(facts)
    if pack.backlog is None:
        raise GuardError(
            "no-backlog-rule",
            f"规则包 {pack.reference} 没有挂账的规定；未作任何更改，请按期答复。",
            f"pack {pack.reference} knows no backlog; nothing was changed, reply by the due.",
        )
    return next_review(pack, situation.timing)


def next_review(pack: PackContent, timing: Timing) -> tuple[Deadline, ...]:
    """Return by when a listed petition is looked at again, where the pack knows it; pure."""
    if pack.backlog is None:
        return ()
    return (timing.limited(pack, Clock.BACKLOG, pack.backlog.review_every, "backlog"),)
