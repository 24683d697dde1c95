"""Without this file a petition could be closed before its petitioners were asked."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from domain.callbacks import unreachable
from domain.closing_events import Closed
from domain.command import PetitionCommand, states
from domain.errors import GuardError
from domain.joining_events import ClosedWithParent
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.replying import refuse_own_item
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import CallbackBasis, Clock, PetitionState, Role


class ClosePetition(PetitionCommand, frozen=True, kw_only=True):
    """Close: reply approved, and callback done, not drawn, or given up after enough tries.

    What was merged into it is closed with it, once every petitioner was called back.
    """

    label: ClassVar = Text("办结", "close the petition")
    path: ClassVar = "closure"
    roles: ClassVar = who_may("ClosePetition")
    from_states: ClassVar = states(PetitionState.CALLBACK_PENDING)

    basis: CallbackBasis

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
        """Record the closing with the end of the reopening window, in every stream."""
        if situation.act.actor_role is Role.REVIEWER:
            refuse_own_item(facts, situation)
        if self.basis not in _bases(facts, situation):
            raise GuardError(
                "callback-not-settled",
                f"不具备“{self.basis.label.zh}”的办结条件；未作任何更改，请先完成回访。",
                f"the petition cannot be closed as '{self.basis.label.en}'; nothing was changed, "
                "settle the callback first.",
            )
        pack = situation.pinned_pack(facts)
        window = situation.limited(pack, Clock.CALLBACK, pack.reopening.window, "reopening")
        bases = {each: _basis_of_child(child, situation) for each, child in others.items()}
        act, until = situation.act, window.due_at
        petition.record(Closed, act, basis=self.basis, reopen_until=until)
        for each, child in others.items():
            child.record(
                ClosedWithParent,
                act,
                parent_id=petition.id,
                basis=bases[each],
                reopen_until=until,
            )
        return ()


def _bases(facts: PetitionFacts, situation: Situation) -> list[CallbackBasis]:
    """Return on what the callback is settled: of joint petitioners, the contact person's."""
    holds = {
        CallbackBasis.COMPLETED: any(
            answer.petitioner is None for answer in facts.cycle.callback_answers
        ),
        CallbackBasis.SAMPLED_OUT: not facts.cycle.callback_required,
        CallbackBasis.UNREACHABLE: unreachable(facts, situation),
    }
    return [basis for basis, held in holds.items() if held]


def _basis_of_child(child: Petition, situation: Situation) -> CallbackBasis:
    bases = _bases(fold_all(child.history), situation)
    if not bases:
        raise GuardError(
            "child-not-called-back",
            f"并入的诉求 {child.id} 尚未完成回访；未作任何更改，每位诉求人都须回访。",
            f"petition {child.id}, merged into this one, was not called back; nothing was "
            "changed, every petitioner is called back.",
        )
    return bases[0]
