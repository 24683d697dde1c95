"""Without this file a plan could end after the due, or a contact be somebody else's."""

from msgspec.structs import replace

from domain.dispatching import DispatchPetition
from domain.errors import GuardError, NotPermittedError
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.handling_events import (
    CoHandlerReported,
    PetitionerContacted,
    PlanCommitted,
    ProgressRecorded,
)
from domain.vocabulary import Role
from tests.unit.given_when_then import DAY, MINUTE, START, Deed, given
from tests.unit.petition_stories import ACCEPTED, DISPATCHED, IN_PROGRESS, PAPER, SIGN

CONTACT = ContactPetitioner(medium="phone", note="已说明。")
PLAN = CommitToPlan(owner_id="handler-1", plan="先勘查后施划。", due_at=START + 3 * DAY)
REPORT = ReportAsCoHandler(text="管线无碍。")
WITH_WATER = (
    *ACCEPTED,
    Deed(DispatchPetition(lead="bureau", co_handlers=("water",)), Role.DISPATCHER),
    Deed(SIGN, Role.HANDLER),
)


def test_contact_counts_from_the_first() -> None:
    """A second call does not move the first contact."""
    story = given(*DISPATCHED).when(CONTACT, Role.HANDLER).then(PetitionerContacted)
    first = story.facts.assignments[0].contacted_at
    assert first == story.at
    assert story.when(CONTACT, Role.HANDLER).decide().facts.assignments[0].contacted_at == first


def test_acts_are_refused_when_the_unit_holds_no_assignment() -> None:
    """Strangers neither contact nor report nor record progress."""
    story = given(*IN_PROGRESS)
    for command in (CONTACT, RecordProgress(text="已勘查。"), REPORT):
        story.when(command, Role.HANDLER, unit="roads").refuses(GuardError, "not-assigned")


def test_plan_names_owner_and_due() -> None:
    """Who, how and by when."""
    story = given(*IN_PROGRESS).when(PLAN, Role.HANDLER).then(PlanCommitted)
    assert story.facts.cycle.plan_due_at == PLAN.due_at


def test_plan_is_refused_when_it_ends_after_the_due_or_in_the_past() -> None:
    """A plan fits between now and the due, both included."""
    story = given(*IN_PROGRESS)
    deadline = story.facts.cycle.deadline
    assert deadline is not None
    story.when(replace(PLAN, due_at=deadline.due_at), Role.HANDLER).then(PlanCommitted)
    late = replace(PLAN, due_at=deadline.due_at + MINUTE)
    story.when(late, Role.HANDLER).refuses(GuardError, "plan-after-due")
    past = replace(PLAN, due_at=START)
    story.when(past, Role.HANDLER).refuses(GuardError, "plan-in-the-past")
    naive = replace(PLAN, due_at=PLAN.due_at.replace(tzinfo=None))
    story.when(naive, Role.HANDLER).refuses(GuardError, "plan-in-the-past")


def test_plan_is_taken_when_the_due_is_past() -> None:
    """A unit that is late still says who does what and by when, and stays late."""
    story = given(*IN_PROGRESS)
    deadline = story.facts.cycle.deadline
    assert deadline is not None
    overdue = replace(PLAN, due_at=deadline.due_at + 2 * DAY)
    late = deadline.due_at - story.at + MINUTE
    after = story.when(overdue, Role.HANDLER, after=late).then(PlanCommitted)
    assert after.facts.cycle.deadline == deadline
    past = replace(overdue, due_at=deadline.due_at)
    story.when(past, Role.HANDLER, after=late).refuses(GuardError, "plan-in-the-past")


def test_plan_is_refused_when_the_unit_is_not_the_lead() -> None:
    """A co-handler does not commit the lead."""
    attempt = given(*WITH_WATER).when(PLAN, Role.HANDLER, unit="water")
    attempt.refuses(GuardError, "not-the-lead")


def test_progress_keeps_its_evidence() -> None:
    """Documents stand beside the text by digest."""
    progress = RecordProgress(text="已勘查。", evidence=(PAPER,))
    story = given(*IN_PROGRESS).when(progress, Role.HANDLER).then(ProgressRecorded)
    assert isinstance(story.last, ProgressRecorded)
    assert story.last.evidence[0].sha256.value == PAPER.sha256


def test_co_handler_reports_once() -> None:
    """The lead replies instead of reporting to itself."""
    story = given(*WITH_WATER)
    story.when(REPORT, Role.HANDLER).refuses(GuardError, "no-report-due")
    reported = story.when(REPORT, Role.HANDLER, unit="water").then(CoHandlerReported)
    again = reported.when(REPORT, Role.HANDLER, unit="water")
    again.refuses(GuardError, "no-report-due")


def test_command_is_refused_when_the_account_has_no_unit() -> None:
    """A handler acts for a unit."""
    attempt = given(*IN_PROGRESS).without_unit(CONTACT, Role.HANDLER)
    attempt.refuses(NotPermittedError, "not-permitted")
