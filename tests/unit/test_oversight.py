"""Without this file reminders, supervision and recounted dues could repeat, or count at will."""

from datetime import date, datetime
from uuid import UUID

from msgspec.structs import replace

from domain.act import Act
from domain.calendar_stream import CalendarStream
from domain.closing_events import Escalated
from domain.deadlines import Deadline
from domain.errors import GuardError, LateEntryOrderError
from domain.escalation import EscalatePetition
from domain.handling import RecordProgress
from domain.handling_events import ProgressRecorded
from domain.leadership_events import ReminderIssued, Supervised
from domain.oversight import IssueReminder, NoteSupervision
from domain.petition import Petition
from domain.petition_fold import fold_all
from domain.recounts import RecomputeDeadline, deadline_to_recount, recounted
from domain.situation import Situation
from domain.standing import deadlines_at, effective_due
from domain.standstill_events import DeadlineRecomputed
from domain.text import Text
from domain.transfers import AddCoHandler
from domain.vocabulary import Clock, Role, SupervisionLevel
from domain.year_notice import HolidayPeriod, YearNotice
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given, roster
from tests.unit.petition_stories import ACCEPTED, DISPATCHED, IN_PROGRESS, PAPER, REGISTERED

STORY = given(*IN_PROGRESS)
REMIND = IssueReminder(clock=Clock.REPLY)
BLUE = NoteSupervision(order_id=UUID(int=9), level=SupervisionLevel.BLUE)
ESCALATE = EscalatePetition(reason="部门无法解决。")
PROGRESS = RecordProgress(text="已勘查。", evidence=(PAPER,))
RECOUNT = RecomputeDeadline(clock="reply", why="国办发明电〔2026〕9号")


def test_reminder_names_the_due_and_the_unit_once_an_instant() -> None:
    """A scheduler that runs twice adds nothing."""
    story = STORY.when(REMIND, Role.SYSTEM).then(ReminderIssued)
    assert isinstance(story.last, ReminderIssued)
    assert story.last.unit == "bureau"
    assert story.last.due_at == effective_due(story.facts.cycle, story.at)
    again = story.when(REMIND, Role.SYSTEM, after=0 * MINUTE)
    again.refuses(GuardError, "reminder-repeated")
    story.when(REMIND, Role.SUPERVISION).then(ReminderIssued)


def test_reminder_is_refused_when_the_clock_does_not_run() -> None:
    """There is no callback to be late with yet."""
    late = IssueReminder(clock=Clock.CALLBACK)
    STORY.when(late, Role.SYSTEM).refuses(GuardError, "clock-not-running")


def test_supervision_is_noted_once_for_each_colour() -> None:
    """An order that is raised is noted again."""
    story = STORY.when(BLUE, Role.SUPERVISION).then(Supervised)
    story.when(BLUE, Role.SYSTEM).refuses(GuardError, "supervision-noted")
    raised = replace(BLUE, level=SupervisionLevel.RED)
    both = story.when(raised, Role.SUPERVISION).then(Supervised)
    assert [each.level for each in both.facts.supervisions] == ["blue", "red"]


def test_petition_is_escalated_level_by_level_up_to_the_third() -> None:
    """By the lead unit or by the clock, and nobody else's unit."""
    story = STORY
    for level in (1, 2, 3):
        story = story.when(ESCALATE, Role.HANDLER).then(Escalated)
        assert story.facts.escalation_level == level
    story.when(ESCALATE, Role.SYSTEM).refuses(GuardError, "escalated-to-the-top")
    STORY.when(ESCALATE, Role.HANDLER, unit="roads").refuses(GuardError, "not-the-lead")
    given(*ACCEPTED).when(ESCALATE, Role.SYSTEM).then(Escalated)


def test_recount_is_refused_when_no_notice_changes_the_due() -> None:
    """Nor is a clock recounted that does not run."""
    STORY.when(RECOUNT, Role.SYSTEM).refuses(GuardError, "nothing-to-recompute")
    accept = RecomputeDeadline(clock="accept", why="无")
    STORY.when(accept, Role.SYSTEM).refuses(GuardError, "nothing-to-recompute")
    asked = given(*REGISTERED).facts
    assert deadline_to_recount(asked, Clock.ACCEPT).effective == asked.accept_deadline
    assert deadline_to_recount(asked, Clock.SIGN) == (None, None)


def test_recount_moves_both_dues_from_the_instant_of_the_notice_on() -> None:
    """A day off that is announced later lengthens what runs, and no verdict of before."""
    situation = _situation(STORY, STORY.at + DAY)
    new = recounted(STORY.facts, Clock.REPLY, situation.pack, situation.timing)
    old = deadline_to_recount(STORY.facts, Clock.REPLY)
    assert isinstance(old.effective, Deadline)
    assert new is not None
    assert isinstance(new.effective, Deadline)
    assert new.effective.due_at == old.effective.due_at + DAY
    petition: Petition | None = None
    for event in STORY.history:
        petition = event.mutate(petition)
    assert petition is not None
    RECOUNT.apply(petition, situation)
    facts = fold_all(petition.history)
    assert isinstance(petition.history[-1], DeadlineRecomputed)
    assert deadlines_at(facts.cycle, STORY.at) == old
    assert deadlines_at(facts.cycle, situation.act.occurred_at) == new


def _situation(story: Story, at: datetime) -> Situation:
    """Return the situation of the clock after a day off was announced for the 24th."""
    act = Act(actor_id="clock", actor_role=Role.SYSTEM, occurred_at=at)
    admin = Act(actor_id="admin-1", actor_role=Role.ADMIN, occurred_at=story.at)
    day = date(2026, 9, 24)
    name = Text("临时放假", "day off")
    notice = YearNotice(
        year=2026,
        document="示例〔2026〕9号",
        holidays=(HolidayPeriod(name=name, first=day, last=day),),
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
        effective_on=date(2026, 9, 14),
        approver_id="admin-2",
        notices=(notice,),
    )
    return Situation(
        act=act,
        now=at,
        roster=roster(),
        packs=story.packs,
        pack_id=story.pack_id,
        fresh_number="",
        calendars={"cn": calendar},
    )


def test_reminder_may_name_one_of_several_units() -> None:
    """Lead and co-handler are under clocks of their own, and each is reminded once an instant."""
    story = given(*DISPATCHED).and_then(Deed(AddCoHandler(unit="water"), Role.DISPATCHER))
    for unit in ("bureau", "water"):
        remind = IssueReminder(clock=Clock.SIGN, unit=unit)
        reminded = story.when(remind, Role.SYSTEM, after=0 * MINUTE).then(ReminderIssued)
        assert isinstance(reminded.last, ReminderIssued)
        assert reminded.last.unit == unit
        other = IssueReminder(clock=Clock.SIGN, unit="water" if unit == "bureau" else "bureau")
        both = reminded.when(other, Role.SYSTEM, after=0 * MINUTE).then(ReminderIssued)
        both.when(remind, Role.SYSTEM, after=0 * MINUTE).refuses(GuardError, "reminder-repeated")
    stranger = IssueReminder(clock=Clock.SIGN, unit="roads")
    story.when(stranger, Role.SYSTEM).refuses(GuardError, "clock-not-running")


def test_paper_of_the_evening_before_is_recorded_after_a_reminder() -> None:
    """Notes beside a petition do not close its history; acts of people still do."""
    noted = STORY.and_then(Deed(REMIND, Role.SYSTEM, after=DAY), Deed(BLUE, Role.SUPERVISION))
    story = noted.when(PROGRESS, Role.HANDLER, after=-DAY / 2, recorded_after=DAY).then(
        ProgressRecorded
    )
    assert story.facts.changed_at == noted.at - DAY / 2
    earlier = story.when(PROGRESS, Role.HANDLER, after=-DAY, recorded_after=DAY)
    earlier.refuses(LateEntryOrderError, "late-entry-order")
