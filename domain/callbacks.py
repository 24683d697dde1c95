"""Without this file nobody would ask the petitioner whether it was solved."""

from typing import ClassVar

from domain.closing_events import CallbackAttempted, CallbackCompleted, Rated, ReworkOrdered
from domain.command import Code, PetitionCommand, Prose, personal, states
from domain.errors import GuardError
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.replying import refuse_own_item
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import CallbackResult, PetitionState, Resolution, Role, Satisfaction

_PENDING = states(PetitionState.CALLBACK_PENDING)
_CALLED = states(PetitionState.CALLBACK_PENDING, PetitionState.MERGED)
"""Every petitioner of merged petitions is called back."""


class RecordCallbackAttempt(PetitionCommand, frozen=True, kw_only=True):
    """Record one try to reach the petitioner."""

    label: ClassVar = Text("登记回访", "record a callback attempt")
    path: ClassVar = "callback-attempts"
    roles: ClassVar = who_may("RecordCallbackAttempt")
    from_states: ClassVar = _CALLED

    result: CallbackResult
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the try; never by the handling unit."""
        refuse_own_item(facts, situation)
        refuse_unanswered(facts)
        note = personal(self.note)
        petition.record(CallbackAttempted, situation.act, result=self.result, note=note)


class CompleteCallback(PetitionCommand, frozen=True, kw_only=True):
    """Record the petitioner's answers: solved? and satisfied? are asked apart."""

    label: ClassVar = Text("完成回访", "complete the callback")
    path: ClassVar = "callbacks"
    roles: ClassVar = who_may("CompleteCallback")
    from_states: ClassVar = _CALLED

    resolution: Resolution
    satisfaction: Satisfaction
    comment: Prose | None = None
    petitioner_id: Code | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the answers once per reply and petitioner; third-party answers are kept apart."""
        refuse_own_item(facts, situation)
        refuse_unanswered(facts)
        third_party = situation.act.actor_role is Role.THIRD_PARTY
        who = joint_petitioner(facts, self.petitioner_id)
        if any(
            (answer.third_party, answer.petitioner) == (third_party, who)
            for answer in facts.cycle.callback_answers
        ):
            raise GuardError(
                "callback-completed",
                "该答复已完成回访，回访结果不得改写；未作任何更改，请办结或责令重办。",
                "this reply has been called back on and the answers stand; nothing was changed, "
                "close the petition or order rework.",
            )
        petition.record(
            CallbackCompleted,
            situation.act,
            resolution=self.resolution,
            satisfaction=self.satisfaction,
            third_party=third_party,
            comment=personal(self.comment),
            petitioner_id=who,
        )


class OrderRework(PetitionCommand, frozen=True, kw_only=True):
    """Send an unresolved petition back to its unit, on the same clock."""

    label: ClassVar = Text("责令重办", "order rework")
    path: ClassVar = "rework-orders"
    roles: ClassVar = who_may("OrderRework")
    from_states: ClassVar = _PENDING

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the order; there must be an answer that it rests on."""
        refuse_own_item(facts, situation)
        unsolved = any(
            answer.resolution in {Resolution.UNRESOLVED, Resolution.PARTLY}
            for answer in facts.cycle.callback_answers
        )
        if not unsolved:
            raise GuardError(
                "rework-without-cause",
                "回访未反映“未解决”，不得责令重办；未作任何更改，请先完成回访。",
                "no callback says it is unresolved; nothing was changed, complete the callback "
                "first.",
            )
        petition.record(ReworkOrdered, situation.act, reason=Personal(self.reason))


class RatePetition(PetitionCommand, frozen=True, kw_only=True):
    """Rate the handling; a later rating in the same cycle replaces the earlier, both are kept."""

    label: ClassVar = Text("评价", "rate the petition")
    path: ClassVar = "ratings"
    roles: ClassVar = who_may("RatePetition")
    from_states: ClassVar = states(
        PetitionState.REPLIED,
        PetitionState.CALLBACK_PENDING,
        PetitionState.MERGED,
        PetitionState.CLOSED,
    )
    joint: ClassVar = True

    satisfaction: Satisfaction
    comment: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the own rating; of joint petitioners each has one."""
        refuse_unanswered(facts)
        petition.record(
            Rated,
            situation.act,
            satisfaction=self.satisfaction,
            comment=personal(self.comment),
            petitioner_id=joint_petitioner(facts, situation.act.actor_id),
        )


def refuse_unanswered(facts: PetitionFacts) -> None:
    """Refuse to ask about an answer that a merged petition has not got yet.

    Raises:
        GuardError: ``not-answered``.
    """
    answered = facts.cycles and facts.cycle.replies and facts.cycle.replies[-1].approved_at
    if facts.parent_id is not None and not answered:
        raise GuardError(
            "not-answered",
            "主件尚无审核通过的答复；未作任何更改，请待主件答复后再办理。",
            "the petition it was merged into has no approved reply yet; nothing was changed, "
            "wait for it.",
        )


def joint_petitioner(facts: PetitionFacts, account: str | None) -> str | None:
    """Return the account of a joint petitioner, or None for the contact person.

    Raises:
        GuardError: ``not-a-petitioner``.
    """
    if account is None or account == facts.contact:
        return None
    if not facts.speaks(account):
        raise GuardError(
            "not-a-petitioner",
            f"账号“{account}”不是本件的诉求人；未作任何更改，请核对账号。",
            f"account '{account}' is no petitioner here; nothing was changed, check it.",
        )
    return account


def unreachable(facts: PetitionFacts, situation: Situation) -> bool:
    """Whether the tries since the reply are enough, on enough local days, to give up calling."""
    pack = situation.pinned_pack(facts)
    rule, zone = pack.callback, situation.zone(pack)
    attempts = facts.cycle.callback_attempts
    missed = [at for at, result in attempts if result is not CallbackResult.REACHED]
    days = {at.astimezone(zone).date() for at in missed}
    return len(missed) >= rule.attempts_min and len(days) >= rule.days_min
