"""Without this file no reply could be shown to the public, nor be taken down again."""

from typing import ClassVar

from domain.command import STANDING_STATES, Line, PetitionCommand, Prose, states
from domain.cycle_facts import Reply
from domain.errors import GuardError, NotPermittedError
from domain.guards import acting_unit
from domain.kin import kin_of_actor
from domain.openness import public_reply
from domain.openness_events import ReplyPublished, ReplyUnpublished
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.replying import refuse_own_item
from domain.role_table import who_may
from domain.roster import UnitKind
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState


class PublishReply(PetitionCommand, frozen=True, kw_only=True):
    """Show an approved reply to the public, in words that name nobody."""

    label: ClassVar = Text("公开回复", "publish the reply")
    path: ClassVar = "reply-publications"
    roles: ClassVar = who_may("PublishReply")
    from_states: ClassVar = states(
        PetitionState.REPLIED, PetitionState.CALLBACK_PENDING, PetitionState.CLOSED
    )

    subject: Line
    text: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the public wording of the cycle's approved reply, once."""
        if facts.confidential:
            raise GuardError(
                "confidential-not-public",
                "保密诉求和举报不得公开；未作任何更改，请只答复诉求人本人。",
                "confidential petitions and tip-offs are never public; nothing was changed, "
                "answer the petitioner alone.",
            )
        # A case from another system may be closed without one.
        reply = facts.cycle.replies[-1] if facts.cycle.replies else None
        if reply is not None:
            _refuse_other_offices(facts, reply, situation)
        if reply is None or reply.approved_at is None:
            raise GuardError(
                "reply-not-approved",
                "本轮没有审核通过的答复；未作任何更改，请审核通过后再公开。",
                "this cycle has no approved reply; nothing was changed, approve one first.",
            )
        if reply.published_at is not None:
            raise GuardError(
                "reply-published",
                "本轮答复已公开过一次；未作任何更改，重办后可公开新的答复。",
                "the reply of this cycle was published once; nothing was changed, a reply after "
                "a reopening can be published again.",
            )
        petition.record(
            ReplyPublished,
            situation.act,
            unit=reply.unit,
            subject=Personal(self.subject),
            text=Personal(self.text),
        )


class UnpublishReply(PetitionCommand, frozen=True, kw_only=True):
    """Take a public reply down; that it was public stays on record."""

    label: ClassVar = Text("撤下公开", "take the public reply down")
    path: ClassVar = "reply-withdrawals"
    roles: ClassVar = who_may("UnpublishReply")
    from_states: ClassVar = STANDING_STATES

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the taking down of what is public now."""
        reply = public_reply(facts)
        if reply is None:
            raise GuardError(
                "reply-not-public",
                "本件没有正在公开的答复；未作任何更改，请核对诉求编号。",
                "no reply of this petition is public; nothing was changed, check the petition's "
                "number.",
            )
        _refuse_other_offices(facts, reply, situation)
        petition.record(ReplyUnpublished, situation.act, reason=Personal(self.reason))


def _refuse_other_offices(facts: PetitionFacts, reply: Reply, situation: Situation) -> None:
    """Refuse whoever is not of a hub, or is of the office that answered.

    Raises:
        NotPermittedError: separation of duties (domain.md §4).
    """
    refuse_own_item(facts, situation)
    unit = situation.roster.state.unit(acting_unit(situation))
    if unit.kind is UnitKind.HUB and reply.unit not in kin_of_actor(situation):
        return
    raise NotPermittedError(
        Text(
            "答复由枢纽的审核人员公开或撤下，答复单位不得自行办理；未作任何更改，请由枢纽另行指派。",
            "a reply is published and taken down by a reviewer of the hub, and never by the unit "
            "that answered; nothing was changed, leave it to the hub.",
        )
    )
