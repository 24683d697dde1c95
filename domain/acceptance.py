"""Without this file no petition could be accepted, and no petition clock would start."""

from datetime import datetime
from typing import ClassVar, NamedTuple

from domain.command import Code, Instant, PetitionCommand, states
from domain.errors import GuardError
from domain.intake_events import Accepted
from domain.pack_clocks import item_deadline
from domain.pack_rules import ClockStart
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, Complexity, PetitionState, PetitionType


class AcceptPetition(PetitionCommand, frozen=True, kw_only=True):
    """Accept: type, category, policy pack and calendar are pinned, the petition clock starts.

    ``proposed_due_at`` is needed exactly where the pack leaves the limit to the item.
    """

    label: ClassVar = Text("受理", "accept the petition")
    path: ClassVar = "acceptance"
    roles: ClassVar = who_may("AcceptPetition")
    from_states: ClassVar = states(PetitionState.REGISTERED)

    petition_type: PetitionType
    category: Code
    complexity: Complexity = Complexity.ORDINARY
    proposed_due_at: Instant | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the acceptance with the reply deadline."""
        del facts
        matter = Matter(self.petition_type, self.category, self.complexity)
        accept(petition, situation, matter, self.proposed_due_at)


class Matter(NamedTuple):
    """What a petition is accepted as."""

    petition_type: PetitionType
    category: str
    complexity: Complexity = Complexity.ORDINARY


def accept(
    petition: Petition, situation: Situation, matter: Matter, proposed_due_at: datetime | None
) -> None:
    """Record an acceptance that pins the current pack and its calendar.

    Raises:
        TypeNotInPackError: the pack does not handle the type.
        GuardError: ``complexity-not-in-pack``, ``due-missing``, ``due-not-proposed-here`` or
            ``due-before-acceptance``.
    """
    pack = situation.pack
    petition_type, category, complexity = matter
    if complexity not in pack.complexities(petition_type):
        known = pack.complexities(petition_type)
        raise GuardError(
            "complexity-not-in-pack",
            f"规则包 {pack.reference} 未规定“{complexity.label.zh}”件；未作任何更改，"
            f"可选：{'、'.join(each.label.zh for each in known)}。",
            f"pack {pack.reference} has no limits for '{complexity}'; nothing was changed, choose "
            f"one of: {', '.join(known)}.",
        )
    deadlines = situation.clocks(pack, petition_type, ClockStart.ACCEPTED, complexity)
    rule = pack.clock_rule(petition_type, Clock.REPLY, complexity)
    if rule is None or not rule.per_item:
        _refuse_proposal(proposed_due_at)
    else:
        due_at = _proposed(proposed_due_at, situation)
        calendar = situation.calendar(pack)
        deadlines = (*deadlines, item_deadline(pack, petition_type, Clock.REPLY, due_at, calendar))
    petition.record(
        Accepted,
        situation.act,
        petition_type=petition_type,
        category=category,
        policy_pack=pack.pack_id,
        policy_version=pack.version,
        calendar=situation.calendar(pack).reference,
        deadlines=deadlines,
        complexity=complexity,
    )


def _refuse_proposal(due_at: datetime | None) -> None:
    if due_at is not None:
        raise GuardError(
            "due-not-proposed-here",
            "该规则包按类型规定办理时限，不接受另行提出；未作任何更改，请删去 proposed_due_at。",
            "this pack sets the limit by type and takes no proposal; nothing was changed, leave "
            "'proposed_due_at' out.",
        )


def _proposed(due_at: datetime | None, situation: Situation) -> datetime:
    if due_at is None:
        raise GuardError(
            "due-missing",
            "该规则包按件确定办理时限；未作任何更改，请填写 proposed_due_at。",
            "this pack sets the limit per item; nothing was changed, fill in 'proposed_due_at'.",
        )
    if due_at.tzinfo is None or due_at < situation.act.occurred_at:
        raise GuardError(
            "due-before-acceptance",
            "办理时限须带时区且不早于受理时间；未作任何更改，请修改 proposed_due_at。",
            "the proposed due needs a zone and may not precede the acceptance; nothing was "
            "changed, correct 'proposed_due_at'.",
        )
    return due_at
