"""What a petition counts for in gaps, callbacks, flows and penalties."""

from datetime import datetime

import pytest

from domain.callbacks import CompleteCallback, OrderRework, RecordCallbackAttempt
from domain.metrics import judge
from domain.oversight import NoteSupervision
from domain.reasons import ReopenReason
from domain.reopening import ReopenPetition
from domain.upward_reports import ReportUpward
from domain.vocabulary import CallbackResult, Resolution, Role, Satisfaction, SupervisionLevel
from tests.unit.family_stories import as_child, merged
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import (
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSED,
    EXPLAIN,
    IN_PROGRESS,
    REOPEN,
    REPLIED,
    REPLY,
    SIBLING_ID,
    SOLVED,
    UNSOLVED,
)
from tests.unit.test_life_verdicts import TELL, total

FAULT = ReopenPetition(reason=ReopenReason.REVIEW_FOUND_FAULT, note="查实未办结。")
SILENT = CompleteCallback(resolution=Resolution.NO_ANSWER, satisfaction=Satisfaction.NO_ANSWER)
CALLBACKS = ("callback_due", "callback_attempted", "callback_done", "callback_answered")
PAIRS = ("claim_pairs", "claim_pairs_claimed", "claim_pairs_resolved", "claim_pairs_agreed")

THIRD = ("third_pairs", "third_pairs_claimed", "third_pairs_resolved", "third_pairs_agreed")
ANSWERS = ("answer_pairs", "answer_pairs_resolved", "answer_pairs_third", "answer_pairs_agreed")


def counted(story: Story, *names: str, as_of: datetime | None = None) -> tuple[int, ...]:
    """Return some measures over all units; every identity holds."""
    counts = total(story, as_of)
    return tuple(counts[name] for name in names)


def test_claim_is_paired_with_the_answer_to_that_reply() -> None:
    """Claimed and confirmed; claimed and denied; claimed and not asked yet."""
    assert counted(given(*CALLED_BACK), *PAIRS) == (1, 1, 1, 1)
    denied = given(*CALLBACK_PENDING, Deed(UNSOLVED, Role.CALLBACK))
    assert counted(denied, *PAIRS) == (1, 1, 0, 0)
    assert counted(given(*REPLIED), *PAIRS) == (0, 0, 0, 0)


def test_claim_is_not_paired_with_an_answer_to_an_earlier_reply() -> None:
    """After rework the new reply waits for an answer of its own."""
    again = given(
        *CALLBACK_PENDING,
        Deed(UNSOLVED, Role.CALLBACK),
        Deed(OrderRework(reason="未解决。"), Role.REVIEWER),
        Deed(REPLY, Role.HANDLER),
    )
    assert counted(again, *PAIRS) == (0, 0, 0, 0)
    assert counted(again, "resolution_answers") == (1,)


def test_third_party_is_paired_with_claim_and_petitioner_where_each_spoke() -> None:
    """Found resolved by a third party, denied by the petitioner, claimed by the unit."""
    found = given(*CALLBACK_PENDING, Deed(SOLVED, Role.THIRD_PARTY))
    assert counted(found, *THIRD) == (1, 1, 1, 1)
    assert counted(found, *ANSWERS) == counted(found, *PAIRS) == (0, 0, 0, 0)
    both = found.and_then(Deed(UNSOLVED, Role.CALLBACK))
    assert counted(both, *ANSWERS) == (1, 0, 1, 0)
    assert counted(both, *PAIRS) == (1, 1, 0, 0)
    assert counted(both, *ANSWERS, as_of=found.at) == (0, 0, 0, 0)
    silent = given(*CALLBACK_PENDING, Deed(SILENT, Role.THIRD_PARTY), Deed(SOLVED, Role.CALLBACK))
    assert counted(silent, *THIRD, *ANSWERS) == (0, 0, 0, 0, 0, 0, 0, 0)


def test_third_party_is_not_paired_across_replies() -> None:
    """What was found of the first reply is no finding on the one after rework."""
    again = given(
        *CALLBACK_PENDING,
        Deed(SOLVED, Role.THIRD_PARTY),
        Deed(UNSOLVED, Role.CALLBACK),
        Deed(OrderRework(reason="未解决。"), Role.REVIEWER),
        Deed(REPLY, Role.HANDLER),
    )
    assert counted(again, *THIRD, *ANSWERS) == (0, 0, 0, 0, 0, 0, 0, 0)
    assert counted(again, "third_resolution_answers") == (1,)


def test_callback_is_due_from_approval_and_done_with_an_answer() -> None:
    """Due, tried, completed and answered are four things."""
    assert counted(given(*REPLIED), *CALLBACKS) == (0, 0, 0, 0)
    pending = given(*CALLBACK_PENDING)
    assert counted(pending, *CALLBACKS) == (1, 0, 0, 0)
    tried = pending.and_then(
        Deed(RecordCallbackAttempt(result=CallbackResult.NO_REPLY), Role.CALLBACK)
    )
    assert counted(tried, *CALLBACKS) == (1, 1, 0, 0)
    assert counted(tried.and_then(Deed(SILENT, Role.CALLBACK)), *CALLBACKS) == (1, 1, 1, 0)
    assert counted(given(*CALLED_BACK), *CALLBACKS) == (1, 1, 1, 1)
    assert counted(given(*CALLED_BACK), *CALLBACKS, as_of=pending.at) == (1, 0, 0, 0)


def test_closing_is_an_act_that_no_reopening_takes_back() -> None:
    """Closed, reopened: one act; the state is open again, and the act is no false one."""
    assert counted(given(*CLOSED), "closings", "closed") == (1, 1)
    reopened = given(*CLOSED, Deed(REOPEN, Role.PETITIONER))
    assert counted(reopened, "closings", "closed", "false_closures") == (1, 0, 0)


def test_closing_that_a_review_found_false_is_counted_for_the_unit_that_closed() -> None:
    """The supervision office opens it again for a fault."""
    found = given(*CLOSED, Deed(FAULT, Role.SUPERVISION))
    assert counted(found, "closings", "false_closures") == (1, 1)
    assert counted(found, "false_closures", as_of=given(*CLOSED).at) == (0,)
    units = {unit for unit, row in judge(found.facts, found.at).items() if any(row)}
    assert units == {"bureau"}


def test_closing_of_a_merged_petition_is_its_parents() -> None:
    """A child adds no act of closing."""
    assert counted(as_child(merged()), "closings") == (0,)


@pytest.mark.parametrize(
    ("levels", "orange", "red"),
    [
        ([SupervisionLevel.BLUE], 0, 0),
        ([SupervisionLevel.BLUE, SupervisionLevel.ORANGE], 1, 0),
        ([SupervisionLevel.ORANGE, SupervisionLevel.RED], 0, 1),
        ([SupervisionLevel.RED], 0, 1),
    ],
)
def test_supervision_counts_once_by_its_harshest_colour(
    levels: list[SupervisionLevel], orange: int, red: int
) -> None:
    """An order that turns from orange to red is red alone."""
    story = given(*IN_PROGRESS)
    for level in levels:
        note = NoteSupervision(order_id=SIBLING_ID, level=level)
        story = story.and_then(Deed(note, Role.SUPERVISION))
    assert counted(story, "supervised", "supervised_orange", "supervised_red") == (1, orange, red)


def test_upward_report_is_late_once_its_time_has_passed() -> None:
    """Not at the last instant, but a moment after it; a report in time is not late at all."""
    explained = given(*IN_PROGRESS, Deed(EXPLAIN, Role.HANDLER), TELL)
    by = explained.facts.cycle.explanations[0].report_by
    assert by is not None
    assert counted(explained, "upward_late", as_of=by) == (0,)
    assert counted(explained, "upward_late", as_of=by + MINUTE) == (1,)
    report = ReportUpward(target="province", text="需协调。")
    told = explained.and_then(Deed(report, Role.DISPATCHER))
    assert counted(told, "upward_late", as_of=by + DAY) == (0,)
    late = explained.and_then(Deed(report, Role.DISPATCHER, after=by + DAY - explained.at))
    assert counted(late, "upward_late") == (1,)
