"""Worked cases, by hand, of what one petition counts for (domain.md §5, table of states)."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.callbacks import CompleteCallback, OrderRework, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition
from domain.dispatching import DispatchPetition
from domain.extensions import InformOfDelay
from domain.handling import ContactPetitioner
from domain.measures import MEASURES
from domain.metrics import judge
from domain.replying import ReturnReply
from domain.returns import ApproveReturn
from domain.transfers import TransferAssignment
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    Outcome,
    PetitionType,
    Resolution,
    Role,
    Satisfaction,
)
from domain.withdrawals import ContestWithdrawal, VerifyWithdrawal
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPT,
    ACCEPTED,
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSE,
    CLOSED,
    DECLINE,
    DISPATCHED,
    IN_PROGRESS,
    REFER,
    REGISTERED,
    REOPEN,
    REPLIED,
    REPLY,
    RETURN,
    SIGN,
    SOLVED,
    SUBMITTED,
    UNSOLVED,
    VOID,
    WITHDRAW,
    imported,
)
from tests.unit.test_extensions import GRANTED, TOLD

DUE = datetime.fromisoformat("2026-09-29T00:00+08:00")
"""End of the tenth working day of the appeals told here."""
LATE = DUE + MINUTE
WITHDRAWN = Deed(WITHDRAW, Role.PETITIONER)
VERIFIED = Deed(VerifyWithdrawal(note="系自愿。"), Role.CALLBACK)
CONTESTED = Deed(ContestWithdrawal(note="受单位要求。"), Role.CALLBACK)
HANDED_IN = ("received", "accepted", "base")


def counted(story: Story, as_of: datetime | None = None) -> dict[str, dict[str, int]]:
    """Return what is not zero, by unit; now, unless said otherwise."""
    judged = judge(story.facts, as_of or story.at)
    return {
        unit: {name: count for name, count in zip(MEASURES, vector, strict=True) if count}
        for unit, vector in judged.items()
    }


def rate(story: Story, name: str, unit: str = "bureau", as_of: datetime | None = None) -> str:
    """Return numerator and denominator of a measure of one unit."""
    counts = counted(story, as_of).get(unit, {})
    return f"{counts.get(f'{name}_n', 0)}/{counts.get(f'{name}_d', 0)}"


def closure(story: Story, unit: str = "bureau", as_of: datetime | None = None) -> str:
    """Return closed over base of one unit."""
    counts = counted(story, as_of).get(unit, {})
    return f"{counts.get('closed', 0)}/{counts.get('base', 0)}"


def test_petition_counts_for_the_hub_until_it_is_dispatched() -> None:
    """Received at once, in the base from acceptance."""
    assert counted(given(*SUBMITTED)) == {"": {"received": 1}}
    assert counted(given(*ACCEPTED)) == {"": dict.fromkeys(HANDED_IN, 1)}
    assert counted(given(*SUBMITTED), given(*SUBMITTED).at - MINUTE) == {}


def test_petition_not_accepted_or_referred_out_is_outside_the_base() -> None:
    """They have their own counts."""
    declined = given(*REGISTERED, Deed(DECLINE, Role.INTAKE))
    assert counted(declined) == {"": {"received": 1, "not_accepted": 1}}
    referred = given(*REGISTERED, Deed(REFER, Role.INTAKE))
    assert counted(referred) == {"": {"received": 1, "referred_out": 1}}


def test_petition_ended_before_acceptance_is_received_alone() -> None:
    """Voided or withdrawn, it was never accepted."""
    for deed in (Deed(VOID, Role.INTAKE), WITHDRAWN):
        assert counted(given(*REGISTERED, deed)) == {"": {"received": 1, "ended_before": 1}}


def test_petition_withdrawn_before_the_reply_leaves_the_base_once_verified() -> None:
    """Unverified it stays, and is late when its due has passed."""
    unverified = given(*IN_PROGRESS, WITHDRAWN)
    assert closure(unverified) == "0/1"
    assert counted(unverified)["bureau"]["withdrawn"] == 1
    assert rate(unverified, "ontime_effective") == "0/0"
    assert rate(unverified, "ontime_effective", as_of=LATE) == "0/1"
    verified = unverified.and_then(VERIFIED)
    assert closure(verified, as_of=LATE) == "0/0"
    assert counted(verified)["bureau"]["accepted"] == 1
    assert rate(verified, "ontime_effective", as_of=LATE) == "0/0"
    assert closure(verified, as_of=unverified.at) == "0/1"


def test_petition_whose_withdrawal_is_contested_goes_on() -> None:
    """0/1, and late once the due has passed."""
    story = given(*IN_PROGRESS, WITHDRAWN, CONTESTED)
    assert closure(story) == "0/1"
    assert "withdrawn" not in counted(story)["bureau"]
    assert rate(story, "ontime_original", as_of=LATE) == "0/1"


def test_petition_withdrawn_after_the_reply_is_closed_once_verified() -> None:
    """1/1, on time by the instant of the reply (decision 10)."""
    story = given(*REPLIED, WITHDRAWN)
    assert closure(story) == "0/1"
    verified = story.and_then(VERIFIED)
    assert closure(verified) == "1/1"
    assert rate(verified, "ontime_effective") == "1/1"
    assert rate(verified, "ontime_closed", as_of=LATE) == "1/1"


def test_petition_withdrawn_when_reopened_keeps_its_first_reply() -> None:
    """It was answered once, so a verified withdrawal closes it and does not remove it."""
    story = given(*CLOSED, Deed(REOPEN, Role.PETITIONER), WITHDRAWN, VERIFIED)
    assert closure(story) == "1/1"
    assert counted(story)["bureau"]["reopened"] == 1


def test_reopened_petition_is_open_in_every_rate_until_it_is_closed_again() -> None:
    """Its first cycle's verdict on time stays."""
    story = given(*CLOSED, Deed(REOPEN, Role.PETITIONER))
    assert closure(story) == "0/1"
    assert rate(story, "ontime_effective", as_of=LATE) == "1/1"
    assert rate(story, "ontime_closed", as_of=LATE) == "0/0"
    assert closure(story, as_of=given(*CLOSED).at) == "1/1"
    again = story.and_then(
        Deed(REPLY, Role.HANDLER, after=30 * DAY),
        CALLBACK_PENDING[-1],
        Deed(SOLVED, Role.CALLBACK),
        Deed(CLOSE, Role.REVIEWER),
    )
    assert closure(again) == "1/1"
    assert rate(again, "ontime_effective") == "1/1"
    assert rate(again, "ontime_closed") == "1/1"


def test_petition_past_its_due_without_a_reply_is_late() -> None:
    """At the due itself it is not late yet, one microsecond later it is."""
    story = given(*IN_PROGRESS)
    assert rate(story, "ontime_effective", as_of=DUE) == "0/0"
    assert rate(story, "ontime_effective", as_of=DUE + timedelta(microseconds=1)) == "0/1"


def test_reply_is_on_time_up_to_the_due_itself() -> None:
    """24:00 of the last day is lawful; review and callback later change nothing."""
    story = given(*IN_PROGRESS)
    on_time = story.and_then(Deed(REPLY, Role.HANDLER, after=DUE - story.at))
    assert rate(on_time, "ontime_effective") == "1/1"
    late = story.and_then(Deed(REPLY, Role.HANDLER, after=LATE - story.at))
    assert rate(late, "ontime_effective") == "0/1"
    closed = on_time.and_then(*CLOSED[len(REPLIED) :])
    assert rate(closed, "ontime_effective") == "1/1"
    # Closed after the due: the variant of most public tables looks at the closing.
    assert rate(closed, "ontime_closed") == "0/1"


def test_reply_returned_by_review_or_rework_does_not_stop_the_clock() -> None:
    """H is the last reply that was not returned by T (decision 9)."""
    for back in (
        (*REPLIED, Deed(ReturnReply(reason="未逐项答复。"), Role.REVIEWER)),
        (
            *CALLBACK_PENDING,
            Deed(UNSOLVED, Role.CALLBACK),
            Deed(OrderRework(reason="未解决。"), Role.REVIEWER),
        ),
    ):
        story = given(*back)
        assert rate(story, "ontime_effective") == "0/0"
        assert rate(story, "ontime_effective", as_of=given(*REPLIED).at) == "1/1"
        assert counted(story)["bureau"]["replies_returned"] == 1
        late = story.and_then(Deed(REPLY, Role.HANDLER, after=LATE - story.at))
        assert rate(late, "ontime_effective") == "0/1"


def test_extension_counts_in_effective_alone() -> None:
    """By the original due the same reply is late."""
    story = given(*TOLD)
    late = story.and_then(Deed(REPLY, Role.HANDLER, after=LATE - story.at))
    assert rate(late, "ontime_effective") == "1/1"
    assert rate(late, "ontime_original") == "0/1"
    assert counted(late)["bureau"]["extended"] == 1


def test_extension_told_late_does_not_count() -> None:
    """Granted is not told."""
    story = given(*GRANTED, Deed(InformOfDelay(medium="phone"), Role.HANDLER, after=9 * DAY))
    late = story.and_then(Deed(REPLY, Role.HANDLER, after=LATE - story.at))
    assert rate(late, "ontime_effective") == "0/1"
    assert "extended" not in counted(late)["bureau"]


def test_petition_counts_for_the_unit_that_answered() -> None:
    """A returns, B answers: A 0/0, B 1/1 (decision 8)."""
    story = given(
        *IN_PROGRESS,
        Deed(RETURN, Role.DEPARTMENT_HEAD),
        Deed(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER),
        Deed(DispatchPetition(lead="roads"), Role.DISPATCHER),
        Deed(SIGN, Role.HANDLER, unit="roads"),
        Deed(REPLY, Role.HANDLER, unit="roads"),
        *CLOSED[len(REPLIED) :],
    )
    assert (closure(story, "bureau"), closure(story, "roads")) == ("0/0", "1/1")
    assert rate(story, "ontime_effective", "bureau", LATE) == "0/0"
    assert counted(story)["bureau"] == {
        "assigned": 1,
        "returned": 1,
        "signed_n": 1,
        "signed_d": 1,
    }
    between = given(*IN_PROGRESS, Deed(RETURN, Role.DEPARTMENT_HEAD)).and_then(
        Deed(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER)
    )
    assert closure(between, "") == "0/1"


def test_petition_counts_for_the_lead_and_co_handlers_nowhere() -> None:
    """A co-handler has its own signature and contact, no petition."""
    story = given(
        *ACCEPTED, Deed(DispatchPetition(lead="bureau", co_handlers=("water",)), Role.DISPATCHER)
    )
    assert counted(story)["water"] == {"assigned": 1}
    assert rate(story, "signed", "water", LATE) == "0/1"


def test_signature_and_contact_are_judged_by_their_own_due() -> None:
    """In time, late, and missed."""
    story = given(*DISPATCHED)
    due = story.facts.assignments[0].sign_due_at
    assert due is not None
    assert rate(story, "signed", as_of=due) == "0/0"
    assert rate(story, "signed", as_of=due + MINUTE) == "0/1"
    in_time = story.and_then(Deed(SIGN, Role.HANDLER, after=due - story.at))
    assert rate(in_time, "signed") == "1/1"
    late = story.and_then(Deed(SIGN, Role.HANDLER, after=due - story.at + MINUTE))
    assert rate(late, "signed") == "0/1"
    contacted = story.and_then(Deed(ContactPetitioner(medium="phone"), Role.HANDLER))
    assert rate(contacted, "response") == "1/1"


def test_reply_counts_as_the_first_contact() -> None:
    """First contact or reply, whichever comes first."""
    assert rate(given(*REPLIED), "response") == "1/1"


def test_duty_that_ends_with_its_assignment_is_not_missed() -> None:
    """A unit that gave the petition back in time owes neither signature nor contact."""
    returned = given(
        *DISPATCHED,
        Deed(RETURN, Role.DEPARTMENT_HEAD),
        Deed(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER),
    )
    transferred = given(
        *IN_PROGRESS,
        Deed(TransferAssignment(to_unit="roads", reason="职责调整。"), Role.DISPATCHER),
    )
    assert rate(returned, "signed", as_of=LATE) == "0/0"
    assert rate(transferred, "response", as_of=LATE) == "0/0"
    assert rate(transferred, "response", "roads", LATE) == "0/1"


def test_satisfaction_is_the_callbacks_answer_then_the_own_rating() -> None:
    """Decision 17: whatever the order in which they came, third parties apart."""
    rated = Deed(RatePetition(satisfaction=Satisfaction.DISSATISFIED), Role.PETITIONER)
    assert counted(given(*REPLIED, rated))["bureau"]["dissatisfied"] == 1
    both = counted(given(*CLOSED, rated))["bureau"]
    assert (both["satisfied"], both.get("dissatisfied")) == (1, None)
    third = counted(given(*CALLBACK_PENDING, Deed(UNSOLVED, Role.THIRD_PARTY)))["bureau"]
    assert "dissatisfied" not in third
    assert "resolution_answers" not in third
    silent = CompleteCallback(resolution=Resolution.NO_ANSWER, satisfaction=Satisfaction.NO_ANSWER)
    fallen_back = counted(given(*REPLIED, rated, CALLBACK_PENDING[-1], Deed(silent, Role.CALLBACK)))
    assert fallen_back["bureau"]["dissatisfied"] == 1


def test_satisfaction_of_a_reopened_petition_is_the_last_cycles() -> None:
    """A new rating outweighs the callback of the cycle before."""
    rated = Deed(RatePetition(satisfaction=Satisfaction.DISSATISFIED), Role.PETITIONER)
    story = given(*CLOSED, Deed(REOPEN, Role.PETITIONER), Deed(REPLY, Role.HANDLER), rated)
    counts = counted(story)["bureau"]
    assert (counts.get("satisfied"), counts["dissatisfied"]) == (None, 1)
    assert counted(story, given(*CLOSED).at)["bureau"]["satisfied"] == 1


def test_partly_resolved_is_not_resolved() -> None:
    """A part counts nothing in the numerator."""
    partly = CompleteCallback(
        resolution=Resolution.PARTLY, satisfaction=Satisfaction.BASICALLY_SATISFIED
    )
    counts = counted(given(*CALLBACK_PENDING, Deed(partly, Role.CALLBACK)))["bureau"]
    assert counts["resolution_answers"] == 1
    assert "resolved" not in counts
    assert counts["basically_satisfied"] == 1


def test_unreachable_petition_is_closed_without_an_answer() -> None:
    """1/1, on time by h, and in no satisfaction rate."""
    missed = RecordCallbackAttempt(result=CallbackResult.NO_REPLY)
    story = given(
        *CALLBACK_PENDING,
        Deed(missed, Role.CALLBACK),
        Deed(missed, Role.CALLBACK),
        Deed(missed, Role.CALLBACK, after=DAY),
        Deed(ClosePetition(basis=CallbackBasis.UNREACHABLE), Role.REVIEWER),
    )
    counts = counted(story)["bureau"]
    assert closure(story) == "1/1"
    assert rate(story, "ontime_effective") == "1/1"
    assert not {"satisfied", "basically_satisfied", "dissatisfied"} & counts.keys()


def test_petition_closed_with_an_open_promise_is_closed() -> None:
    """The promise has a clock of its own."""
    story = given(*IN_PROGRESS)
    planned = replace(
        REPLY, outcome=Outcome.PLANNED, promise="十月投运。", promise_due_at=story.at + 30 * DAY
    )
    closed = story.and_then(Deed(planned, Role.HANDLER), *CLOSED[len(REPLIED) :])
    assert closure(closed) == "1/1"


def test_first_pass_is_known_when_the_reopening_window_is_over() -> None:
    """Before that nobody can say so."""
    story = given(*CLOSED)
    until = story.facts.cycle.reopen_until
    assert until is not None
    assert rate(story, "first_pass", as_of=until) == "0/0"
    assert rate(story, "first_pass", as_of=until + MINUTE) == "1/1"
    reopened = story.and_then(Deed(REOPEN, Role.PETITIONER))
    assert rate(reopened, "first_pass", as_of=until + MINUTE) == "0/1"


def test_voided_petition_is_accepted_and_nothing_else() -> None:
    """It leaves every rate, also those of its assignments."""
    story = given(*IN_PROGRESS, Deed(VOID, Role.INTAKE))
    assert counted(story) == {"bureau": {"received": 1, "accepted": 1, "voided": 1}}
    assert closure(story, as_of=given(*IN_PROGRESS).at) == "0/1"


def test_commendation_enters_no_rate() -> None:
    """Praise is counted elsewhere."""
    praise = replace(ACCEPT, petition_type=PetitionType.COMMENDATION)
    assert counted(given(*REGISTERED, Deed(praise, Role.INTAKE))) == {}


def test_imported_case_counts_without_acts_nobody_recorded() -> None:
    """No signature, no contact, no assignment was stated."""
    story = given(imported())
    assert counted(story) == {"bureau": dict.fromkeys(HANDED_IN, 1)}
    assert rate(story, "ontime_effective", as_of=LATE) == "0/1"


def test_planted_second_call_changes_no_verdict_of_the_past() -> None:
    """As-of is what had happened by then, whatever came later."""
    assert counted(given(*CLOSED), given(*CALLED_BACK).at) == counted(given(*CALLED_BACK))
