"""Without this file a petitioner could be asked again and again, or be forgotten in silence."""

from domain.closing_events import WithdrawalContested, Withdrawn
from domain.errors import GuardError
from domain.intake_events import SupplementReceived, SupplementRequested
from domain.supplements import LapseSupplement, RequestSupplement, SupplyMaterial
from domain.vocabulary import PetitionState, Role
from domain.withdrawals import ContestWithdrawal
from tests.unit.given_when_then import DAY, MINUTE, Deed, given
from tests.unit.petition_stories import NEEDS_SUPPLEMENT, REGISTERED

ASK = RequestSupplement(items=("营业执照", "现场照片"))
SUPPLY = SupplyMaterial(text="见附件。")
LAPSE = LapseSupplement(note="逾期未补正。")


def test_supplement_pauses_the_accept_clock() -> None:
    """Three working days of waiting move the accept deadline by three working days."""
    story = given(*REGISTERED).when(ASK, Role.INTAKE).then(SupplementRequested)
    assert story.facts.state is PetitionState.NEEDS_SUPPLEMENT
    before = story.facts.accept_deadline
    after = story.when(SUPPLY, Role.PETITIONER, after=3 * DAY).then(SupplementReceived).facts
    assert before is not None
    assert after.accept_deadline is not None
    assert after.accept_deadline.due_at == before.due_at + 3 * DAY
    assert after.state is PetitionState.REGISTERED


def test_supplement_asked_for_after_the_due_pauses_nothing() -> None:
    """A clock that has run out stays run out."""
    story = given(*REGISTERED, Deed(ASK, Role.INTAKE, after=9 * DAY))
    due = story.facts.accept_deadline
    assert story.when(SUPPLY, Role.INTAKE, after=DAY).decide().facts.accept_deadline == due


def test_supplement_is_refused_when_it_was_requested_before() -> None:
    """All that is missing is asked for at once."""
    story = given(*NEEDS_SUPPLEMENT, Deed(SUPPLY, Role.PETITIONER))
    story.when(ASK, Role.INTAKE).refuses(GuardError, "supplement-already-requested")


def test_supplement_lapses_into_an_unverified_withdrawal() -> None:
    """Silence beyond the pack's days is a withdrawal that somebody must check."""
    story = given(*NEEDS_SUPPLEMENT)
    due_at = story.facts.supplement_due_at
    assert due_at is not None
    early = story.when(LAPSE, Role.SYSTEM, after=due_at - story.at)
    early.refuses(GuardError, "supplement-not-overdue")
    lapsed = story.when(LAPSE, Role.SYSTEM, after=due_at - story.at + MINUTE).then(Withdrawn)
    assert isinstance(lapsed.last, Withdrawn)
    assert lapsed.last.by_silence
    assert not lapsed.last.asked_by_unit
    contest = ContestWithdrawal(note="信件在途。")
    resumed = lapsed.when(contest, Role.CALLBACK).then(WithdrawalContested)
    assert resumed.facts.state is PetitionState.NEEDS_SUPPLEMENT


def test_supplement_does_not_lapse_when_the_pack_sets_no_limit() -> None:
    """Without a limit in the request, silence has no consequence."""
    story = given(*REGISTERED).with_pack(supplement=None).and_then(Deed(ASK, Role.INTAKE))
    attempt = story.when(LAPSE, Role.SYSTEM, after=99 * DAY)
    attempt.refuses(GuardError, "no-supplement-limit")
