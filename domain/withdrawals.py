"""Without this file a petition could vanish without anybody asking who wanted that."""

from typing import ClassVar

from domain.closing_events import WithdrawalContested, WithdrawalVerified, Withdrawn
from domain.command import OPEN_STATES, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.joined_petitions import refuse_children
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.replying import refuse_own_item
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState, WithdrawalCheck


class WithdrawPetition(PetitionCommand, frozen=True, kw_only=True):
    """Take a petition back; whether a unit asked for it is recorded."""

    label: ClassVar = Text("撤回诉求", "withdraw the petition")
    path: ClassVar = "withdrawals"
    roles: ClassVar = who_may("WithdrawPetition")
    from_states: ClassVar = OPEN_STATES

    asked_by_unit: bool
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the withdrawal; it counts as open until it is checked."""
        refuse_children(facts)
        petition.record(
            Withdrawn,
            situation.act,
            asked_by_unit=self.asked_by_unit,
            by_silence=False,
            reason=Personal(self.reason),
        )


class _WithdrawalDecision(PetitionCommand, frozen=True, kw_only=True):
    """An independent check of a withdrawal."""

    from_states: ClassVar = states(PetitionState.WITHDRAWN)

    note: Prose

    def refuse_checked(self, facts: PetitionFacts, situation: Situation) -> None:
        """Refuse a second check, or one by the handling unit.

        Raises:
            NotPermittedError: the caller's unit or person handled the petition.
            GuardError: ``withdrawal-checked``.
        """
        refuse_own_item(facts, situation)
        if facts.withdrawals[-1].check is not WithdrawalCheck.UNVERIFIED:
            raise GuardError(
                "withdrawal-checked",
                "该撤回已核实；未作任何更改，如有新情况请重新提交诉求。",
                "this withdrawal has been checked; nothing was changed, new facts need a new "
                "petition.",
            )


class VerifyWithdrawal(_WithdrawalDecision, frozen=True, kw_only=True):
    """Find the withdrawal free."""

    label: ClassVar = Text("核实撤回", "verify the withdrawal")
    path: ClassVar = "withdrawal-verifications"
    roles: ClassVar = who_may("VerifyWithdrawal")

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the finding; the petition stays withdrawn."""
        self.refuse_checked(facts, situation)
        petition.record(WithdrawalVerified, situation.act, note=Personal(self.note))


class ContestWithdrawal(_WithdrawalDecision, frozen=True, kw_only=True):
    """Find signs of coercion; the petition goes on where it was."""

    label: ClassVar = Text("撤回存疑", "contest the withdrawal")
    path: ClassVar = "withdrawal-contests"
    roles: ClassVar = who_may("ContestWithdrawal")

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the finding; the petition is open again."""
        self.refuse_checked(facts, situation)
        petition.record(WithdrawalContested, situation.act, note=Personal(self.note))
