"""Without this file nobody could have a reply or a refusal looked at by a superior unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.aftercare_events import ReviewDecided, ReviewRequested
from domain.command import PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.joined_petitions import refuse_merged
from domain.life_facts import Review
from domain.pack_content import PackContent
from domain.pack_oversight import ReviewRule
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import ReopenReason
from domain.reopening import reopen, reopen_children
from domain.role_table import who_may
from domain.roster import UnitKind
from domain.situation import Situation
from domain.standing import last_reply
from domain.superiority import stands_above
from domain.text import Text
from domain.vocabulary import Clock, PetitionState, ReviewResult

_ENDED = states(PetitionState.CLOSED, PetitionState.NOT_ACCEPTED)


class RequestReview(PetitionCommand, frozen=True, kw_only=True):
    """Ask a superior unit for review 复查, and once more for re-review 复核."""

    label: ClassVar = Text("申请复查复核", "request a review")
    path: ClassVar = "review-requests"
    roles: ClassVar = who_may("RequestReview")
    from_states: ClassVar = _ENDED

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the request in time; after the last level the decision is final."""
        refuse_merged(facts)
        pack = _pack(facts, situation)
        rule = _rule(pack)
        asked = _reviews(facts)
        if pending_review(facts) is not None:
            raise GuardError(
                "review-pending",
                "复查复核尚未决定；未作任何更改，请等待决定。",
                "a review waits for its decision; nothing was changed, wait for it.",
            )
        if len(asked) >= rule.levels:
            raise GuardError(
                "review-final",
                f"已经过 {rule.levels} 级复查复核，为终结意见；未作任何更改，"
                "同一事实不再受理，有新事实请重新提交。",
                f"{rule.levels} level(s) of review have decided and that is final; nothing was "
                "changed, only new facts make a new petition.",
            )
        since = _told_at(facts, asked, situation)
        until = situation.limited(pack, Clock.REVIEW, rule.ask_within, "review/ask", since)
        if max(situation.act.occurred_at, situation.now) > until.due_at:
            raise GuardError(
                "review-asked-late",
                f"申请期限已于 {until.due_at.isoformat()} 届满；未作任何更改，"
                "有新事实请重新提交诉求。",
                f"a review could be asked for until {until.due_at.isoformat()}; nothing was "
                "changed, submit new facts as a new petition.",
            )
        due = situation.limited(pack, Clock.REVIEW, rule.decide_within, "review/decide")
        petition.record(
            ReviewRequested,
            situation.act,
            level=len(asked) + 1,
            reason=Personal(self.reason),
            deadlines=(due,),
        )


class DecideReview(PetitionCommand, frozen=True, kw_only=True):
    """Uphold or overturn, as a unit above the one whose act is reviewed."""

    label: ClassVar = Text("复查复核决定", "decide the review")
    path: ClassVar = "review-decisions"
    roles: ClassVar = who_may("DecideReview")
    from_states: ClassVar = _ENDED

    result: ReviewResult
    reason: Prose

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
        """Record the decision; overturned, the petition is opened or to be accepted again."""
        review = pending_review(facts)
        if review is None:
            raise GuardError(
                "no-review-pending",
                "没有待决定的复查复核；未作任何更改，须先由诉求人申请。",
                "no review waits for its decision; nothing was changed, the petitioner asks "
                "for one first.",
            )
        unit = acting_unit(situation)
        self._refuse_inferior(unit, facts, situation)
        petition.record(
            ReviewDecided,
            situation.act,
            level=review.level,
            unit=unit,
            result=self.result,
            reason=Personal(self.reason),
            deadlines=(),
        )
        if self.result is ReviewResult.OVERTURNED and facts.state is PetitionState.CLOSED:
            reopen(petition, facts, situation, ReopenReason.REVIEW_FOUND_FAULT, self.reason)
            reopen_children(petition, others, situation)
        return ()

    def _refuse_inferior(self, unit: str, facts: PetitionFacts, situation: Situation) -> None:
        roster = situation.roster.state
        decided = [review.unit for review in _reviews(facts) if review.unit is not None]
        if decided:
            above = stands_above(roster, unit, decided[-1])
        elif facts.state is PetitionState.NOT_ACCEPTED:
            above = roster.unit(unit).kind is not UnitKind.HUB
        else:
            reply = last_reply(facts.cycle, situation.act.occurred_at)
            above = reply is None or stands_above(roster, unit, reply.unit)
        if not above:
            raise GuardError(
                "not-superior",
                "须由上一级单位决定；未作任何更改，请转上级单位。",
                "a superior unit decides; nothing was changed, pass it on to one.",
            )


def pending_review(facts: PetitionFacts) -> Review | None:
    """Return the review of the present cycle that waits for its decision, if any."""
    for review in _reviews(facts):
        if review.decided_at is None:
            return review
    return None


def _reviews(facts: PetitionFacts) -> list[Review]:
    return [review for review in facts.reviews if review.cycle == len(facts.cycles)]


def _pack(facts: PetitionFacts, situation: Situation) -> PackContent:
    return situation.pinned_pack(facts) if facts.cycles else situation.pack


def _rule(pack: PackContent) -> ReviewRule:
    if pack.review is None:
        raise GuardError(
            "no-review-rule",
            f"规则包 {pack.reference} 没有复查复核的规定；未作任何更改，可申请重办。",
            f"pack {pack.reference} knows no review; nothing was changed, ask for a reopening.",
        )
    return pack.review


def _told_at(facts: PetitionFacts, asked: list[Review], situation: Situation) -> datetime | None:
    """Return since when the petitioner may ask: the reply, the refusal, or the last decision."""
    if asked:
        return asked[-1].decided_at
    if not facts.cycles:
        return facts.not_accepted_at
    reply = last_reply(facts.cycle, situation.act.occurred_at)
    return None if reply is None else reply.replied_at
