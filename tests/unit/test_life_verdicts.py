"""The table of domain.md §5, row by row, for what a petition can be beside open and closed."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from domain.claim_gap import PAIRINGS
from domain.counts import Counts, check_identities
from domain.extensions import InformOfDelay
from domain.measures import MEASURES
from domain.metrics import judge
from domain.oversight import NoteSupervision
from domain.policy_limits import FilePolicyLimit
from domain.rates import RATES
from domain.score_rules import CURRENT_SCORE
from domain.suspensions import ResumePetition
from domain.upward_reports import ReportUpward
from domain.vocabulary import Outcome, Role, SupervisionLevel
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal
from tests.unit.family_stories import as_child, merged
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import (
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSED,
    EXPLAIN,
    IN_PROGRESS,
    LIST,
    REPLIED,
    REPLY,
    SIBLING_ID,
    SOLVED,
    SUSPEND,
    UNSOLVED,
    WITHDRAW,
)
from tests.unit.test_promises import BREAK, KEEP
from tests.unit.test_promises import STORY as PROMISED

DUE = datetime.fromisoformat("2026-09-29T00:00+08:00")
LATE = DUE + MINUTE
STORY = given(*IN_PROGRESS)
TELL = Deed(InformOfDelay(medium="phone"), Role.HANDLER)
REPORT = Deed(ReportUpward(target="province", text="需协调。"), Role.DISPATCHER)
ONTIME = ("ontime_rate.original", "ontime_rate.effective", "ontime_rate.explained")


def total(story: Story, as_of: datetime | None = None) -> Counts:
    """Return the counts of a petition over all units; every identity holds."""
    counts = Counts()
    for vector in judge(story.facts, as_of or story.at).values():
        check_identities(Counts(vector))
        counts = counts + Counts(vector)
    return counts


def shown(story: Story, rate_id: str, as_of: datetime | None = None) -> str:
    """Return one rate as n/d."""
    found = RATES[rate_id].of(total(story, as_of))
    return f"{found.n}/{found.d}"


def late_reply(story: Story) -> Story:
    """Return the story with a reply a minute after the first due."""
    return story.and_then(Deed(REPLY, Role.HANDLER, after=LATE - story.at))


def test_explained_delay_is_late_but_for_the_third_rate() -> None:
    """Explained and told in time: late in original and effective, on time in explained."""
    story = late_reply(STORY.and_then(Deed(EXPLAIN, Role.HANDLER), TELL))
    assert [shown(story, name) for name in ONTIME] == ["0/1", "0/1", "1/1"]
    open_still = STORY.and_then(Deed(EXPLAIN, Role.HANDLER), TELL)
    assert [shown(open_still, name, LATE) for name in ONTIME] == ["0/1", "0/1", "1/1"]


def test_explanation_that_was_late_or_untold_counts_nowhere() -> None:
    """A minute after the due all three rates count it late (domain.md §8)."""
    a_minute_late = STORY.and_then(Deed(EXPLAIN, Role.HANDLER, after=LATE - STORY.at), TELL)
    untold = STORY.and_then(Deed(EXPLAIN, Role.HANDLER))
    told_late = untold.and_then(replace_after(TELL, 5 * DAY))
    for story in (a_minute_late, late_reply(untold), late_reply(told_late)):
        assert [shown(story, name, LATE + DAY) for name in ONTIME] == ["0/1", "0/1", "0/1"]
    assert total(a_minute_late)["delay_explained"] == 0
    assert total(untold)["delay_explained"] == 1


def replace_after(deed: Deed, after: timedelta) -> Deed:
    """Return a deed some other time after the one before it."""
    return Deed(deed.command, deed.role, deed.unit, deed.actor, after)


def test_upward_report_complies_when_all_came_in_time() -> None:
    """Explained, told and reported; owed by whoever is late or explained."""
    assert shown(STORY, "upward_report_compliance") == "0/0"
    assert shown(STORY, "upward_report_compliance", LATE) == "0/1"
    explained = STORY.and_then(Deed(EXPLAIN, Role.HANDLER))
    assert shown(explained, "upward_report_compliance") == "0/1"
    complete = explained.and_then(TELL, REPORT)
    assert shown(complete, "upward_report_compliance") == "1/1"
    late = explained.and_then(TELL, replace_after(REPORT, 7 * DAY))
    assert shown(late, "upward_report_compliance") == "0/1"


def test_suspended_petition_is_open_and_its_due_moves() -> None:
    """0/1 in the closure rate; late by none of the dues while it stands still."""
    during = STORY.and_then(Deed(SUSPEND, Role.DISPATCHER))
    assert shown(during, "closure_rate", LATE) == "0/1"
    assert shown(during, "suspension_count", LATE) == "1/1"
    assert [shown(during, name, LATE) for name in ONTIME] == ["0/0", "0/0", "0/0"]
    resumed = late_reply(during.and_then(Deed(ResumePetition(), Role.DISPATCHER, after=2 * DAY)))
    assert [shown(resumed, name) for name in ONTIME] == ["1/1", "1/1", "1/1"]
    assert shown(resumed, "suspension_count") == "0/1"


def test_listed_and_limited_petitions_stay_open_on_the_same_due() -> None:
    """Separate lines, never dropped."""
    listed = STORY.and_then(Deed(LIST, Role.REVIEWER))
    assert (shown(listed, "closure_rate"), shown(listed, "backlog_count")) == ("0/1", "1/1")
    assert shown(listed, "ontime_rate.effective", LATE) == "0/1"
    file = FilePolicyLimit(policy="p", reason="限制。", medium="phone", told_at=STORY.at)
    limited = STORY.and_then(Deed(file, Role.HANDLER))
    assert shown(limited, "policy_limit_count") == "1/1"
    assert shown(limited, "closure_rate") == "0/1"
    assert shown(limited, "ontime_rate.effective", LATE) == "0/1"


def test_closed_petition_with_an_open_promise_is_closed_and_says_so() -> None:
    """1/1 with the promise beside it; kept, it is gone; broken, the petition is open again."""
    assert (shown(PROMISED, "closure_rate"), shown(PROMISED, "open_promise_count")) == (
        "1/1",
        "1/1",
    )
    kept = PROMISED.and_then(Deed(KEEP, Role.CALLBACK))
    assert shown(kept, "open_promise_count") == "0/1"
    broken = PROMISED.and_then(Deed(BREAK, Role.SYSTEM, after=90 * DAY))
    assert (shown(broken, "closure_rate"), shown(broken, "open_promise_count")) == ("0/1", "0/0")


def test_supervised_petition_is_so_for_good() -> None:
    """One order or many: once."""
    story = STORY
    for level in SupervisionLevel:
        note = NoteSupervision(order_id=SIBLING_ID, level=level)
        story = story.and_then(Deed(note, Role.SUPERVISION))
    assert shown(story, "supervision_rate") == "1/1"
    assert shown(story, "supervision_rate", STORY.at) == "0/1"


def test_checked_withdrawals_are_counted_wherever_the_petition_went() -> None:
    """Contested over checked, each time."""
    taken = STORY.and_then(Deed(WITHDRAW, Role.PETITIONER))
    assert shown(taken, "withdrawal_contest_rate") == "0/0"
    verify = Deed(VerifyWithdrawal(note="系自愿。"), Role.CALLBACK)
    contest = Deed(ContestWithdrawal(note="受单位要求。"), Role.CALLBACK)
    assert shown(taken.and_then(verify), "withdrawal_contest_rate") == "0/1"
    again = taken.and_then(contest, Deed(WITHDRAW, Role.PETITIONER), verify)
    assert shown(again, "withdrawal_contest_rate") == "1/2"


def test_claim_and_third_party_stand_beside_the_petitioners_answer() -> None:
    """The unit says resolved, the petitioner does not, and a third party was told yes."""
    story = given(*CALLBACK_PENDING).and_then(
        Deed(UNSOLVED, Role.CALLBACK), Deed(SOLVED, Role.THIRD_PARTY)
    )
    found = {name: shown(story, name) for name in RATES if "solution" in name or "third" in name}
    assert found == {
        "resolution_rate.petitioner": "0/1",
        "resolution_rate.claimed": "1/1",
        "satisfaction_rate.third_party": "1/1",
        "resolution_rate.third_party": "1/1",
        "claim_gap.third_party_claimed": "1/1",
        "claim_gap.third_party_found": "1/1",
        "answer_gap.third_party": "1/1",
    }
    planned = replace(
        REPLY, outcome=Outcome.PLANNED, promise="十月投运。", promise_due_at=STORY.at + DAY
    )
    promised = STORY.and_then(Deed(planned, Role.HANDLER))
    assert shown(promised, "resolution_rate.claimed") == "0/1"
    assert shown(given(*REPLIED), "resolution_rate.claimed") == "1/1"


@pytest.mark.parametrize("name", MEASURES[32:])
def test_measure_enters_a_rate_or_an_identity(name: str) -> None:
    """Nothing is counted that nobody prints or checks."""
    used = {
        measure
        for rate in RATES.values()
        for measure in (*rate.numerator, *rate.denominator, *rate.less)
    }
    penalised = {measure for each in CURRENT_SCORE.penalties for measure in each.occurrences}
    beside = {"merged", "delay_explained", "closings", *(each.agreed for each in PAIRINGS)}
    assert name in used | penalised | beside


def test_worked_example_of_130_petitions() -> None:
    """128 of 130; one reopened; one merged into the other open one; withdrawn or contested."""
    done, waiting = total(given(*CLOSED)), total(given(*CALLED_BACK))

    def rate(closed: int, *others: Counts) -> str:
        counts = Counts()
        for each in (*[done] * closed, *others):
            counts = counts + each
        check_identities(counts)
        return RATES["closure_rate"].of(counts).percent()

    reopened = total(PROMISED.and_then(Deed(BREAK, Role.SYSTEM, after=90 * DAY)))
    assert rate(128, waiting, waiting) == "98.46"
    assert rate(127, reopened, waiting, waiting) == "97.69"
    child = _merged_child()
    assert rate(128, child, waiting) == "99.22"
    taken = STORY.and_then(Deed(WITHDRAW, Role.PETITIONER))
    gone = taken.and_then(Deed(VerifyWithdrawal(note="系自愿。"), Role.CALLBACK))
    assert rate(128, child, total(gone)) == "100.00"
    doubted = taken.and_then(Deed(ContestWithdrawal(note="受单位要求。"), Role.CALLBACK))
    assert rate(128, child, total(doubted)) == "99.22"


def _merged_child() -> Counts:
    return total(as_child(merged()))
