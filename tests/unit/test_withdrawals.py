"""Without this file a petition could be made to vanish."""

import pytest

from domain.closing_events import WithdrawalContested, WithdrawalVerified, Withdrawn
from domain.errors import GuardError, NotPermittedError
from domain.handling_events import ReturnRejected
from domain.returns import RejectReturn
from domain.vocabulary import PetitionState, Role, WithdrawalCheck
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal, WithdrawPetition
from tests.unit.given_when_then import Deed, given
from tests.unit.petition_stories import IN_PROGRESS, RETURN_REQUESTED, STORIES, WITHDRAW

VERIFY = VerifyWithdrawal(note="系自愿。")
CONTEST = ContestWithdrawal(note="受单位要求。")
OPEN = [state for state in PetitionState if state.is_open]
WITHDRAWN = (*IN_PROGRESS, Deed(WITHDRAW, Role.PETITIONER))


def test_withdrawal_records_whether_a_unit_asked_for_it() -> None:
    """Possible coercion is asked about and kept."""
    asked = WithdrawPetition(asked_by_unit=True, reason="单位要求撤回。")
    story = given(*IN_PROGRESS).when(asked, Role.PETITIONER).then(Withdrawn)
    withdrawal = story.facts.withdrawals[0]
    assert withdrawal.asked_by_unit
    assert withdrawal.check is WithdrawalCheck.UNVERIFIED


@pytest.mark.parametrize("state", OPEN)
def test_contested_withdrawal_restores_the_state_before_it(state: PetitionState) -> None:
    """The petition goes on where it was, on the same clock."""
    before = given(*STORIES[state])
    story = before.and_then(Deed(WITHDRAW, Role.PETITIONER))
    after = story.when(CONTEST, Role.CALLBACK).then(WithdrawalContested).facts
    assert after.state is state
    assert [cycle.deadline for cycle in after.cycles] == [
        cycle.deadline for cycle in before.facts.cycles
    ]


def test_return_pending_over_a_withdrawal_is_rejected_to_its_own_state() -> None:
    """Two states to come back to do not overwrite each other."""
    story = given(*RETURN_REQUESTED, Deed(WITHDRAW, Role.PETITIONER), Deed(CONTEST, Role.CALLBACK))
    reject = RejectReturn(reason="属其职责。")
    facts = story.when(reject, Role.DISPATCHER).then(ReturnRejected).facts
    assert facts.state is PetitionState.IN_PROGRESS


def test_verified_withdrawal_ends_the_assignments() -> None:
    """Found free, it is over."""
    facts = given(*WITHDRAWN).when(VERIFY, Role.CALLBACK).then(WithdrawalVerified).facts
    assert facts.state is PetitionState.WITHDRAWN
    assert facts.lead is None


def test_withdrawal_is_refused_when_it_was_checked() -> None:
    """One check decides."""
    story = given(*WITHDRAWN, Deed(VERIFY, Role.CALLBACK))
    for command in (VERIFY, CONTEST):
        story.when(command, Role.CALLBACK).refuses(GuardError, "withdrawal-checked")


def test_check_is_refused_when_the_unit_or_the_person_handles_the_petition() -> None:
    """Whoever profits from a withdrawal does not check it."""
    story = given(*WITHDRAWN)
    for command in (VERIFY, CONTEST):
        for attempt in (
            story.when(command, Role.CALLBACK, unit="bureau"),
            story.when(command, Role.CALLBACK, actor="handler-1"),
        ):
            attempt.refuses(NotPermittedError, "not-permitted")
