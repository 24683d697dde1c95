"""Without this file a city could not move in with cases in flight."""

from collections.abc import Callable
from datetime import datetime

from domain.closing_events import Closed, ReplyApproved, ReplySubmitted
from domain.dispatching import DispatchPetition
from domain.errors import GuardError, NotPermittedError
from domain.handling_events import AssignmentSigned, Dispatched
from domain.intake_events import ImportedOutcome
from domain.replying import ApproveReply
from domain.vocabulary import Outcome, PetitionState, PetitionType, Role
from tests.unit.given_when_then import DAY, PETITION_ID, START, Deed, given
from tests.unit.petition_stories import (
    CLOSE,
    PUBLISH,
    REOPEN,
    REPLY,
    RETURN,
    SIGN,
    SOLVED,
    WITHDRAW,
    imported,
)


def _stated(
    closed_at: datetime | None, replied_at: datetime | None = START + DAY
) -> ImportedOutcome:
    build: Callable[..., ImportedOutcome] = ImportedOutcome
    return build(
        originator_id=PETITION_ID,
        originator_version=2,
        timestamp=START + DAY,
        replied_at=replied_at,
        closed_at=closed_at,
        outcome=Outcome.NOT_RECORDED,
        satisfaction=None,
        reply=None,
    )


def test_imported_case_goes_on_from_dispatched_to_closed() -> None:
    """It pinned no pack, so each act follows the pack in force; its stated due stands."""
    story = given(imported())
    assert story.facts.state is PetitionState.DISPATCHED
    closed = (
        story.when(SIGN, Role.HANDLER)
        .then(AssignmentSigned)
        .when(REPLY, Role.HANDLER)
        .then(ReplySubmitted)
        .when(ApproveReply(), Role.REVIEWER)
        .then(ReplyApproved)
        .and_then(Deed(SOLVED, Role.CALLBACK))
        .when(CLOSE, Role.REVIEWER)
        .then(Closed)
    )
    assert closed.facts.policy_pack is None
    assert closed.facts.cycle.deadline == story.facts.cycle.deadline
    assert closed.facts.cycle.reopen_until is not None


def test_imported_case_without_a_unit_is_dispatched_by_the_hub() -> None:
    """Accepted is where a case stands that nobody handles."""
    story = given(imported(unit=None))
    assert story.facts.state is PetitionState.ACCEPTED
    story.when(DispatchPetition(lead="roads"), Role.DISPATCHER).then(Dispatched)


def test_imported_case_of_a_type_unknown_to_the_pack_goes_on() -> None:
    """Its stated type is kept, and its clocks are those of the pack's first type."""
    for petition_type in (None, PetitionType.TIP_OFF):
        story = given(imported(None, petition_type), pack="s2_quanzhou")
        facts = story.when(DispatchPetition(lead="roads"), Role.DISPATCHER).decide().facts
        assert facts.petition_type is petition_type
        assert facts.assignments[0].sign_due_at is not None


def test_imported_case_may_be_returned() -> None:
    """No dispatch was recorded, so no window limits the return."""
    attempt = given(imported()).when(RETURN, Role.DEPARTMENT_HEAD, after=99 * DAY)
    assert attempt.decide().facts.state is PetitionState.RETURN_REQUESTED


def test_imported_case_has_no_owner_to_withdraw_it() -> None:
    """The file names no account."""
    given(imported()).when(WITHDRAW, Role.PETITIONER).refuses(NotPermittedError, "not-permitted")


def test_imported_closed_case_reopens_with_half_its_stated_limit() -> None:
    """Seven working days stated, four given; without a stated due, half the pack's."""
    outcome = _stated(closed_at=START + DAY)
    closed = given(imported(due_after=8 * DAY), outcome)
    assert closed.facts.state is PetitionState.CLOSED
    facts = closed.when(REOPEN, Role.SUPERVISION).decide().facts
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == datetime.fromisoformat("2026-09-21T00:00+08:00")
    unlimited = given(imported(due_after=None), outcome).when(REOPEN, Role.CALLBACK).decide()
    assert unlimited.facts.cycle.deadline is not None
    assert unlimited.facts.cycle.deadline.rule.startswith("plain@1/appeal, reopened")


def test_imported_reply_is_reviewed_like_any_other() -> None:
    """A stated reply without a closing waits for its review."""
    outcome = _stated(closed_at=None)
    story = given(imported(), outcome)
    assert story.facts.state is PetitionState.REPLIED
    own = story.when(ApproveReply(), Role.REVIEWER, unit="bureau")
    own.refuses(NotPermittedError, "not-permitted")
    passed = story.when(ApproveReply(), Role.REVIEWER).decide()
    solved = passed.and_then(Deed(SOLVED, Role.CALLBACK))
    assert solved.when(CLOSE, Role.SYSTEM).then(Closed).facts.cycle.closed_at is not None


def test_closed_case_without_a_reply_publishes_none() -> None:
    """A source may state a closing and no reply; then there is nothing to publish."""
    closed = given(imported(), _stated(closed_at=START + DAY, replied_at=None))
    assert closed.facts.state is PetitionState.CLOSED
    closed.when(PUBLISH, Role.REVIEWER).refuses(GuardError, "reply-not-approved")
