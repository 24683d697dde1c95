"""What offices get wrong, or try: each is refused by its own code, and nothing is recorded."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from domain.archiving import DisposePetition
from domain.callbacks import CompleteCallback
from domain.command import PetitionCommand
from domain.credit_code import InvalidCreditCodeError
from domain.dispatching import DesignateLeadUnit, DispatchPetition
from domain.errors import (
    DomainError,
    GuardError,
    ImpossibleTransitionError,
    LateEntryOrderError,
    NotPermittedError,
)
from domain.handling import CommitToPlan
from domain.mergers import MergePetitions
from domain.policy_limits import FilePolicyLimit
from domain.replying import ApproveReply, SubmitReply
from domain.returns import ApproveReturn, RequestReturn
from domain.reviews import RequestReview
from domain.roster import UnitClosedError, UnknownUnitError
from domain.running_clocks import running_clocks
from domain.vocabulary import Complexity, Outcome, PetitionState, Role
from tests.unit.family_stories import merged
from tests.unit.given_when_then import DAY, MINUTE, PETITION_ID, START, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPT,
    ACCEPTED,
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSED,
    DISPATCHED,
    EXTEND,
    IN_PROGRESS,
    MERGE,
    REGISTERED,
    REOPEN,
    REPLIED,
    REPLY,
    SIBLING_ID,
    SOLVED,
    SPLIT,
    STORIES,
    SUBMISSION,
    WITHDRAW,
)

HEAD = Role.DEPARTMENT_HEAD
ARCHIVED = given(*STORIES[PetitionState.ARCHIVED])
RETURN = RequestReturn(duty_item="parking", reason="非本单位职责。")
APPROVE = Deed(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER)


def returned_twice() -> Story:
    """Return a petition that two units gave back."""
    story = given(*ACCEPTED)
    for unit in ("bureau", "roads"):
        order = Deed(DispatchPetition(lead=unit), Role.DISPATCHER)
        story = story.and_then(order, Deed(RETURN, HEAD, unit=unit), APPROVE)
    return story


class Bad(NamedTuple):
    """One bad input: where, what, by whom, and how it is refused."""

    story: Story
    command: PetitionCommand
    role: Role
    error: type[DomainError]
    code: str
    after: timedelta = MINUTE
    unit: str | None = None


BAD: dict[str, Bad] = {
    # The nine of the requirements; the calendar gap and the host's clock have tests of their own.
    "extension asked after the due": Bad(
        given(*IN_PROGRESS), EXTEND, Role.HANDLER, GuardError, "extension-after-due", 60 * DAY
    ),
    "dispatch after two returns": Bad(
        returned_twice(),
        DispatchPetition(lead="water"),
        Role.DISPATCHER,
        GuardError,
        "designation-required",
    ),
    "third return": Bad(
        returned_twice().and_then(
            Deed(DesignateLeadUnit(lead="water", reason="经协商指定。"), Role.DISPATCHER)
        ),
        RETURN,
        HEAD,
        GuardError,
        "not-returnable",
        unit="water",
    ),
    "handler reviewing the own item": Bad(
        given(*REPLIED),
        ApproveReply(),
        Role.REVIEWER,
        NotPermittedError,
        "not-permitted",
        unit="bureau",
    ),
    "merging a closed petition": Bad(
        given(*IN_PROGRESS).beside(given(*CLOSED, petition_id=SIBLING_ID)),
        MERGE,
        Role.DISPATCHER,
        GuardError,
        "merge-not-open",
    ),
    "promise without a date": Bad(
        given(*IN_PROGRESS),
        SubmitReply(head_id="head-1", text="列入计划。", outcome=Outcome.PLANNED, promise="投运。"),
        Role.HANDLER,
        GuardError,
        "promise-without-date",
    ),
    "reopening an archived petition": Bad(
        ARCHIVED, REOPEN, Role.PETITIONER, GuardError, "archived"
    ),
    "reopening an archived petition at a callback": Bad(
        ARCHIVED, REOPEN, Role.CALLBACK, GuardError, "archived"
    ),
    "dispatch to a unit that was closed": Bad(
        given(*ACCEPTED),
        DispatchPetition(lead="closed"),
        Role.DISPATCHER,
        UnitClosedError,
        "unit-closed",
    ),
    "act of a unit that was closed": Bad(
        given(*REPLIED),
        ApproveReply(),
        Role.REVIEWER,
        UnitClosedError,
        "unit-closed",
        unit="closed",
    ),
    # More of the kind.
    "dispatch to a unit that never was": Bad(
        given(*ACCEPTED),
        DispatchPetition(lead="nowhere"),
        Role.DISPATCHER,
        UnknownUnitError,
        "unknown-unit",
    ),
    "complexity that the pack does not know": Bad(
        given(*REGISTERED),
        replace(ACCEPT, complexity=Complexity.DIFFICULT),
        Role.INTAKE,
        GuardError,
        "complexity-not-in-pack",
    ),
    "act dated before the latest one": Bad(
        given(*IN_PROGRESS),
        REPLY,
        Role.HANDLER,
        LateEntryOrderError,
        "late-entry-order",
        -timedelta(seconds=1),
    ),
    "petition merged with itself": Bad(
        given(*IN_PROGRESS),
        MergePetitions(children=(PETITION_ID,), reason="同一事实。"),
        Role.DISPATCHER,
        GuardError,
        "petition-named-twice",
    ),
    "withdrawal of a petition with others in it": Bad(
        merged(), WITHDRAW, Role.PETITIONER, GuardError, "children-joined"
    ),
    "split under another petition's number": Bad(
        given(*REGISTERED),
        replace(SPLIT, number="20260914000002"),
        Role.DISPATCHER,
        GuardError,
        "number-differs",
    ),
    "second callback about one reply": Bad(
        given(*CALLED_BACK),
        SOLVED,
        Role.CALLBACK,
        GuardError,
        "callback-completed",
    ),
    "callback on behalf of a stranger": Bad(
        given(*CALLBACK_PENDING),
        CompleteCallback(
            resolution=SOLVED.resolution,
            satisfaction=SOLVED.satisfaction,
            petitioner_id="nobody",
        ),
        Role.CALLBACK,
        GuardError,
        "not-a-petitioner",
    ),
    "plan that ends before it begins": Bad(
        given(*IN_PROGRESS),
        CommitToPlan(owner_id="h", plan="先勘查。", due_at=START - DAY),
        Role.HANDLER,
        GuardError,
        "plan-in-the-past",
    ),
    "policy limit filed before the petitioner was told": Bad(
        given(*IN_PROGRESS),
        FilePolicyLimit(policy="p-1", reason="规划限制。", medium="phone", told_at=START + DAY),
        Role.HANDLER,
        GuardError,
        "reason-not-told",
    ),
    "review asked too late": Bad(
        given(*CLOSED),
        RequestReview(reason="不服答复。"),
        Role.PETITIONER,
        GuardError,
        "review-asked-late",
        60 * DAY,
    ),
    "file disposed of before its time": Bad(
        ARCHIVED,
        DisposePetition(reviewer_id="second", note="提前销毁。"),
        Role.INTAKE,
        GuardError,
        "still-kept",
    ),
    "reply to a petition that nobody signed for": Bad(
        given(*DISPATCHED),
        REPLY,
        Role.HANDLER,
        ImpossibleTransitionError,
        "impossible-transition",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_by_its_own_code(name: str) -> None:
    """What happened, what was kept, what to do next; in both languages."""
    bad = BAD[name]
    attempt = bad.story.when(bad.command, bad.role, unit=bad.unit, after=bad.after)
    attempt.refuses(bad.error, bad.code)


def test_act_claimed_for_the_future_is_refused() -> None:
    """Five minutes are a clock that is wrong; an hour is a claim."""
    story = given(*IN_PROGRESS)
    early = story.when(REPLY, Role.HANDLER, after=MINUTE, recorded_after=timedelta(0))
    assert early.refusal() is None
    hour = story.when(REPLY, Role.HANDLER, after=60 * MINUTE, recorded_after=timedelta(0))
    hour.refuses(GuardError, "date-in-future")


def test_filing_with_an_invalid_credit_code_is_refused() -> None:
    """One wrong character, and the enterprise would be another one or none."""
    wrong = replace(SUBMISSION, enterprise="91350100M000100Y44")
    given().when(wrong, Role.PETITIONER).refuses(InvalidCreditCodeError, "invalid-credit-code")


def test_calendar_gap_is_provisional_and_never_silent() -> None:
    """Filed where the next year has no notice: the due is there, and it is marked."""
    filed = given(Deed(SUBMISSION, Role.PETITIONER, after=107 * DAY))
    assert [each.provisional for each in running_clocks(filed.facts)] == [True]
