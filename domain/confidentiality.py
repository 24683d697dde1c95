"""Without this file whoever is accused could learn who accused them."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from domain.aftercare_events import MarkedConfidential
from domain.command import STANDING_STATES, Code, PetitionCommand, Prose
from domain.errors import GuardError
from domain.joined_petitions import refuse_merged
from domain.kin import same_office
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class MarkConfidential(PetitionCommand, frozen=True, kw_only=True):
    """Hide the petition from the unit it accuses; this is never taken back."""

    label: ClassVar = Text("定为保密", "mark as confidential")
    path: ClassVar = "confidentiality"
    roles: ClassVar = who_may("MarkConfidential")
    from_states: ClassVar = STANDING_STATES

    accused_unit: Code | None = None
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
        """Record whom it accuses, in what was merged into it too: each cites the other.

        A unit that handles it has to give it up first.
        """
        refuse_merged(facts)
        unit = self.accused_unit
        if unit is not None:
            situation.roster.state.unit(unit)
            held = [order.unit for order in facts.assignments if order.ended_at is None]
            if any(same_office(unit, holder, situation) for holder in held):
                raise GuardError(
                    "accused-holds-it",
                    "被举报单位正在承办；未作任何更改，请先转办他单位。",
                    "the accused unit holds an assignment here; nothing was changed, transfer it "
                    "to another unit first.",
                )
        for each in (petition, *others.values()):
            each.record(
                MarkedConfidential,
                situation.act,
                accused_unit=unit,
                reason=Personal(self.reason),
            )
        return ()
