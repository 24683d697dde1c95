"""Without this file the clock could remind too late, supervise too soon, or end what still runs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.act import Act
from domain.calendar_stream import CalendarStream
from domain.callbacks import RecordCallbackAttempt
from domain.clock_recounts import EditionNews, edition_news
from domain.clock_step import ClockStep, StepKind, instant_of
from domain.clock_steps import due_steps
from domain.confidentiality import MarkConfidential
from domain.dispatching import DispatchPetition
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay
from domain.handling import ContactPetitioner
from domain.oversight import IssueReminder
from domain.replying import ReturnReply
from domain.reviews import RequestReview
from domain.situation import Situation
from domain.suspensions import ResumePetition
from domain.text import Text
from domain.transfers import AddCoHandler
from domain.vocabulary import CallbackResult, Clock, PetitionState, Role
from domain.year_notice import HolidayPeriod, YearNotice
from replay.clock_commands import CLOCK
from tests.unit.given_when_then import DAY, MINUTE, START, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPT,
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSED,
    DISPATCHED,
    EXTEND,
    IN_PROGRESS,
    NEEDS_SUPPLEMENT,
    REGISTERED,
    REOPEN,
    REPLY,
    SIGN,
    SUBMITTED,
    SUSPEND,
    UNSOLVED,
    WITHDRAW,
)
from tests.unit.test_promises import DUE as PROMISED
from tests.unit.test_promises import STORY as PLANNED

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTACTED = given(*IN_PROGRESS, Deed(ContactPetitioner(medium="phone"), Role.HANDLER))
"""Under the reply clock alone: ten working days from Monday 14 September to Monday the 28th."""
TICK = timedelta(microseconds=1)


def local(month: int, day: int, hour: int = 0) -> datetime:
    """Return a local instant of 2026."""
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def no_editions(calendar_id: str) -> Sequence[EditionNews]:
    """Return what a ledger without calendars of its own has."""
    del calendar_id
    return ()


def situation_at(story: Story, at: datetime) -> Situation:
    """Return the situation of the clock at an instant."""
    return Situation(
        act=Act(actor_id=CLOCK.actor_id, actor_role=Role.SYSTEM, occurred_at=at),
        now=at,
        roster=story.roster,
        packs=story.packs,
        pack_id=story.pack_id,
        fresh_number="",
    )


def steps(story: Story, at: datetime, *kinds: StepKind) -> list[ClockStep]:
    """Return what is due for a story's petition by an instant, of some kinds or of all."""
    found = due_steps(story.facts, situation_at(story, at), no_editions)
    return [step for step in found if not kinds or step.kind in kinds]


def reminders(story: Story, at: datetime) -> list[datetime]:
    """Return the instants of the reminders of the reply clock due by an instant."""
    return [step.at for step in steps(story, at, StepKind.REMINDER) if step.clock is Clock.REPLY]


def colours(story: Story, at: datetime) -> list[tuple[str, datetime]]:
    """Return the proposals due by an instant."""
    return [(f"{step.level}", step.at) for step in steps(story, at, StepKind.PROPOSAL)]


def test_reminders_fall_due_at_half_four_fifths_and_a_working_day_before() -> None:
    """The make-up Sunday of 20 September counts, the festival from the 25th on does not."""
    half, four_fifths, eve = local(9, 21), local(9, 24), local(9, 25)
    assert reminders(CONTACTED, half - TICK) == []
    assert reminders(CONTACTED, half) == [half]
    assert reminders(CONTACTED, local(9, 28)) == [half, four_fifths, eve]


def test_reminder_that_went_out_is_not_due_again() -> None:
    """Whoever issued it: what was reminded of since needs no reminder of before."""
    half = local(9, 21)
    remind = IssueReminder(clock=Clock.REPLY)
    sent = CONTACTED.and_then(Deed(remind, Role.SYSTEM, after=half - CONTACTED.at))
    assert reminders(sent, half + DAY) == []
    later = CONTACTED.and_then(Deed(remind, Role.SUPERVISION, after=half - CONTACTED.at + DAY))
    assert reminders(later, half + 2 * DAY) == []


def test_of_missed_reminders_only_the_last_is_sent_and_only_if_none_follows() -> None:
    """An act recorded since has made the earlier ones pointless."""
    contact = ContactPetitioner(medium="phone")
    acted = given(*IN_PROGRESS, Deed(contact, Role.HANDLER, after=local(9, 24, 12) - START))
    half, four_fifths, eve = local(9, 21), local(9, 24), local(9, 25)
    assert half < acted.at < eve
    assert reminders(acted, eve - TICK) == [four_fifths]
    assert reminders(acted, eve) == [eve]


def test_reminder_is_not_sent_once_its_clock_was_met() -> None:
    """A petition that was replied to is under no reply clock."""
    replied = CONTACTED.and_then(Deed(REPLY, Role.HANDLER))
    assert reminders(replied, local(9, 30)) == []


def test_reminders_of_a_moved_due_count_from_the_move_on() -> None:
    """What the new due makes of earlier instants is no reminder that was missed."""
    told = CONTACTED.and_then(
        Deed(EXTEND, Role.HANDLER, after=local(9, 22, 9) - CONTACTED.at),
        Deed(GrantExtension(), Role.DEPARTMENT_HEAD),
        Deed(InformOfDelay(medium="phone"), Role.HANDLER),
    )
    # Fifteen working days: half is the seventh, which ended on the 22nd, after the telling.
    assert reminders(told, local(10, 14)) == [local(9, 23), local(10, 1), local(10, 10)]


def test_paused_clock_is_neither_reminded_of_nor_breached() -> None:
    """While a petition stands still its due is not the one that counts."""
    suspended = CONTACTED.and_then(Deed(SUSPEND, Role.DISPATCHER))
    over = suspended.facts.cycle.pauses[-1].until
    found = steps(suspended, over)
    assert [(step.kind, step.at) for step in found] == [(StepKind.RESUMPTION, over)]
    assert steps(suspended, over - TICK) == []


def test_due_after_a_resumption_has_its_own_reminders() -> None:
    """Three working days of standing still move the last reminder by as many."""
    suspended = CONTACTED.and_then(Deed(SUSPEND, Role.DISPATCHER))
    resumed = suspended.and_then(Deed(ResumePetition(), Role.DISPATCHER, after=3 * DAY))
    assert reminders(resumed, local(10, 9))[-1] == local(10, 1)


def test_every_unit_is_reminded_of_its_own_clock() -> None:
    """Lead and co-handler alike, by name."""
    story = given(*DISPATCHED, Deed(AddCoHandler(unit="water"), Role.DISPATCHER))
    due = steps(story, local(9, 15), StepKind.REMINDER)
    assert {(step.clock, step.unit) for step in due} == {
        (Clock.SIGN, "bureau"),
        (Clock.SIGN, "water"),
        (Clock.CONTACT, "bureau"),
        (Clock.CONTACT, "water"),
    }
    assert len({step.key for step in due}) == len(due)


def test_ladder_is_blue_at_the_due_orange_and_red_working_days_later() -> None:
    """Due on Monday 28 September at 24:00; the holidays of October do not count."""
    assert colours(CONTACTED, local(9, 29)) == []
    blue, orange, red = ("blue", local(9, 29)), ("orange", local(10, 9)), ("red", local(10, 17))
    assert colours(CONTACTED, local(9, 29) + TICK) == [blue]
    assert colours(CONTACTED, local(10, 17) + TICK) == [blue, orange, red]


def test_breach_that_was_met_late_is_proposed_up_to_when_it_was_met() -> None:
    """An outage of the clock changes no verdict."""
    late = CONTACTED.and_then(Deed(REPLY, Role.HANDLER, after=local(10, 9, 12) - CONTACTED.at))
    blue, orange = ("blue", local(9, 29)), ("orange", local(10, 9))
    assert colours(late, local(11, 1)) == [blue, orange]
    closed = late.and_then(*CLOSED[len(IN_PROGRESS) + 1 :])
    assert closed.facts.state is PetitionState.CLOSED
    assert colours(closed, local(10, 20)) == [blue, orange]


def test_reply_in_time_is_no_breach() -> None:
    """At the due itself it is in time, and a returned one leaves the due to be met."""
    at_due = CONTACTED.and_then(Deed(REPLY, Role.HANDLER, after=local(9, 29) - CONTACTED.at))
    assert colours(at_due, local(11, 1)) == []
    returned = at_due.and_then(Deed(ReturnReply(reason="未逐项答复。"), Role.REVIEWER))
    assert colours(returned, local(10, 1)) == [("blue", local(9, 29))]


def test_second_breach_of_one_petition_is_red_at_once() -> None:
    """Signing and contact end at one instant, which is one breach; the reply is the next."""
    story = given(*DISPATCHED)
    found = colours(story, local(9, 30) + TICK)
    assert found == [
        ("blue", local(9, 16)),
        ("orange", local(9, 19)),
        ("red", local(9, 29)),
        ("red", local(9, 30)),
    ]
    first = steps(story, local(9, 29) + TICK, StepKind.PROPOSAL)[0]
    assert first.rule == "plain@1/supervision: contact+sign, blue"
    assert first.cited == (4,)
    assert first.unit == "bureau"


def test_hub_that_is_late_is_proposed_by_the_roster_s_hub() -> None:
    """So that a slow hub is visible."""
    story = given(*SUBMITTED)
    (blue,) = steps(story, local(9, 16) + TICK, StepKind.PROPOSAL)
    assert (blue.clock, blue.unit, blue.at) == (Clock.ACCEPT, "", local(9, 16))


def test_proposal_keeps_its_stream_whatever_becomes_of_the_petition() -> None:
    """Accepted late, closed and opened again: what was proposed once is not proposed anew."""
    late = given(
        *REGISTERED,
        Deed(ACCEPT, Role.INTAKE, after=4 * DAY),
        Deed(DispatchPetition(lead="bureau"), Role.DISPATCHER),
    )
    closed = late.and_then(Deed(SIGN, Role.HANDLER, after=9 * DAY), *CLOSED[len(IN_PROGRESS) :])
    reopened = closed.and_then(Deed(REOPEN, Role.PETITIONER))
    waiting = {step.order_id for step in steps(given(*REGISTERED), local(9, 17))}
    before = {step.order_id for step in steps(late, local(9, 26), StepKind.PROPOSAL)}
    assert len(waiting & before) == 1
    for story in (closed, reopened):
        after = {step.order_id for step in steps(story, local(9, 26), StepKind.PROPOSAL)}
        assert after
        assert after <= before


def test_accused_unit_is_neither_reminded_nor_supervised() -> None:
    """A confidential petition does not reach it by the clock either."""
    mark = MarkConfidential(accused_unit="hub", reason="举报。")
    story = given(*SUBMITTED, Deed(mark, Role.INTAKE, unit="watch"))
    assert steps(story, local(10, 20), StepKind.PROPOSAL) == []
    open_to_all = given(*SUBMITTED)
    assert steps(open_to_all, local(10, 20), StepKind.PROPOSAL) != []


def test_heir_of_the_accused_unit_is_neither_reminded_nor_supervised() -> None:
    """A petition of the bureau that accuses what went into the bureau since."""
    mark = MarkConfidential(accused_unit="roads", reason="举报路政。")
    story = given(*IN_PROGRESS, Deed(mark, Role.INTAKE))
    kinds = {StepKind.REMINDER, StepKind.PROPOSAL}
    assert {step.kind for step in steps(story, local(10, 20), *kinds)} == kinds
    assert steps(story.after_merger("roads", "bureau"), local(10, 20), *kinds) == []


def test_pack_without_a_ladder_reminds_nobody() -> None:
    """What no rule demands the clock leaves alone."""
    story = CONTACTED.with_pack(supervision=None)
    assert steps(story, local(12, 1)) == []


def test_silence_is_a_withdrawal_once_the_petitioner_s_period_is_over() -> None:
    """At the due the material may still come."""
    story = given(*NEEDS_SUPPLEMENT)
    due_at = story.facts.supplement_due_at
    assert due_at is not None
    assert steps(story, due_at) == []
    (lapse,) = steps(story, due_at + TICK)
    assert (lapse.kind, lapse.at) == (StepKind.LAPSE, due_at + TICK)


def test_promise_is_broken_once_its_day_is_over() -> None:
    """And archived only after that."""
    assert steps(PLANNED, PROMISED) == []
    (broken,) = steps(PLANNED, PROMISED + TICK)
    assert (broken.kind, broken.at) == (StepKind.BROKEN_PROMISE, PROMISED + TICK)


def test_petition_is_archived_once_nobody_can_reopen_it() -> None:
    """Not while a review is open, nor one whose window nobody stated."""
    story = given(*CLOSED)
    until = story.facts.cycle.reopen_until
    assert until is not None
    assert steps(story, until) == []
    (archiving,) = steps(story, until + TICK)
    assert (archiving.kind, archiving.at) == (StepKind.ARCHIVING, until + TICK)
    asked = story.and_then(Deed(RequestReview(reason="不服答复。"), Role.PETITIONER))
    assert steps(asked, until + TICK) == []
    endless = story.facts
    endless.cycle.reopen_until = None
    assert due_steps(endless, situation_at(story, until + DAY), no_editions) == []


def test_petition_is_closed_after_the_callback_s_due_if_everybody_is_content() -> None:
    """Until then the reviewer may order rework; who is not content is left to them for ever."""
    content = given(*CALLED_BACK)
    due_at = content.facts.cycle.callback_due_at
    assert due_at is not None
    assert steps(content, due_at, StepKind.CLOSURE) == []
    (closure,) = steps(content, due_at + TICK, StepKind.CLOSURE)
    assert closure.at == due_at + TICK
    waiting = given(*CALLBACK_PENDING)
    assert steps(waiting, due_at + DAY, StepKind.CLOSURE) == []
    unhappy = waiting.and_then(Deed(UNSOLVED, Role.CALLBACK))
    assert steps(unhappy, due_at + DAY, StepKind.CLOSURE) == []


def test_petitioner_who_cannot_be_reached_is_given_up_after_enough_tries() -> None:
    """On enough days, as the pack says."""
    attempt = RecordCallbackAttempt(result=CallbackResult.NO_REPLY)
    tries = [Deed(attempt, Role.CALLBACK, after=after) for after in (MINUTE, MINUTE, DAY)]
    story = given(*CALLBACK_PENDING, *tries)
    due_at = story.facts.cycle.callback_due_at
    assert due_at is not None
    assert len(steps(story, due_at + TICK, StepKind.CLOSURE)) == 1
    few = given(*CALLBACK_PENDING, *tries[:2])
    assert steps(few, due_at + TICK, StepKind.CLOSURE) == []


def test_withdrawn_petition_has_no_reminder() -> None:
    """Nobody is under a clock any more."""
    story = given(*IN_PROGRESS, Deed(WITHDRAW, Role.PETITIONER))
    assert steps(story, local(9, 30), StepKind.REMINDER) == []


def test_imported_case_is_not_reminded_of_what_was_before_the_import() -> None:
    """That is another system's history."""
    story = given(*IN_PROGRESS)
    facts = story.facts
    facts.imported = True
    situation = situation_at(story, local(10, 1))
    found = due_steps(facts, situation, no_editions, local(9, 24))
    assert found
    assert all(step.at >= local(9, 24) for step in found)


def test_steps_come_in_order_with_keys_that_sort_by_instant() -> None:
    """The same step has the same key, and the greatest key names the latest instant."""
    story = given(*DISPATCHED)
    found = steps(story, local(10, 20))
    assert [step.at for step in found] == sorted(step.at for step in found)
    assert [step.key for step in found] == [step.key for step in steps(story, local(10, 20))]
    assert len({step.key for step in found}) == len(found)
    assert instant_of(max(step.key for step in found)) == max(step.at for step in found)
    assert all(len(step.key) <= 255 for step in found)


def _day_off(story: Story, at: datetime) -> tuple[Situation, Sequence[EditionNews]]:
    """Return the situation after a day off on the 24th was announced, and its news."""
    admin = Act(actor_id="admin-1", actor_role=Role.ADMIN, occurred_at=local(9, 17, 9))
    day = HolidayPeriod(
        name=Text("临时放假", "day off"), first=date(2026, 9, 24), last=date(2026, 9, 24)
    )
    calendar = CalendarStream.begin(
        CalendarStream.Created,
        UUID(int=3),
        admin,
        calendar_id="cn",
        name=Text("全国", "China"),
        region=None,
        edition="2026.2",
        base="cn@2026",
        effective_on=date(2026, 9, 18),
        approver_id="admin-2",
        notices=(YearNotice(year=2026, document="示例〔2026〕9号", holidays=(day,)),),
    )
    news = edition_news(cast("list[CalendarStream.Event]", calendar.collect_events()), SHANGHAI)
    situation = situation_at(story, at)
    return replace_calendars(situation, {"cn": calendar}), news


def replace_calendars(situation: Situation, calendars: dict[str, CalendarStream]) -> Situation:
    """Return the situation of a ledger with calendars of its own."""
    return Situation(
        act=situation.act,
        now=situation.now,
        roster=situation.roster,
        packs=situation.packs,
        pack_id=situation.pack_id,
        fresh_number="",
        calendars=calendars,
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local(9, 18) - TICK, []),
        (local(9, 18), [local(9, 18)]),
        (local(9, 23), [local(9, 18)]),
    ],
)
def test_recount_falls_due_when_the_edition_takes_effect(
    at: datetime, expected: list[datetime]
) -> None:
    """On its first day, not when the clock came to it; before that there is nothing to do."""
    situation, news = _day_off(CONTACTED, at)
    found = due_steps(CONTACTED.facts, situation, lambda _: news)
    recounts = [step for step in found if step.kind is StepKind.RECOUNT]
    assert [step.at for step in recounts] == expected
    assert {step.rule for step in recounts} <= {"示例〔2026〕9号"}


def test_step_names_its_instant_in_utc() -> None:
    """Whatever offset it came with."""
    step = ClockStep(local(9, 19), StepKind.REMINDER, UUID(int=1), 1)
    assert step.key.startswith("20260918T160000.000000Z/reminder/")
    assert instant_of(step.key) == datetime(2026, 9, 18, 16, tzinfo=UTC)
