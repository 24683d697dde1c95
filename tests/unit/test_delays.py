"""Without this file an explanation of delay could move a due, or count when it came too late."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.delay_events import (
    DelayExplained,
    DelayExplainedLate,
    PolicyLimitFiled,
    ReportedUpward,
    UpwardReportAcknowledged,
)
from domain.dispatching import DispatchPetition
from domain.errors import GuardError, NotPermittedError
from domain.extensions import InformOfDelay
from domain.handling_events import PetitionerInformedOfDelay
from domain.limit import Limit, TimeUnit
from domain.policy_limits import FilePolicyLimit
from domain.standing import effective_due
from domain.upward_reports import AcknowledgeUpwardReport, ReportUpward
from domain.vocabulary import Clock, Role
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import DAY, MINUTE, Deed, given
from tests.unit.petition_stories import (
    ACCEPT,
    EXPLAIN,
    IN_PROGRESS,
    PAPER,
    REGISTERED,
    SIGN,
    running,
)

STORY = given(*IN_PROGRESS)
DUE = effective_due(STORY.facts.cycle, STORY.at)
INFORM = InformOfDelay(medium="phone")
REPORT = ReportUpward(target="province", text="需跨部门协调。")
RECEIPT = AcknowledgeUpwardReport(receipt=PAPER)
TICK = timedelta(microseconds=1)


def test_explanation_before_the_due_moves_nothing() -> None:
    """In time up to the last instant before the due; the due stays."""
    assert DUE is not None
    story = STORY.when(EXPLAIN, Role.HANDLER, after=DUE - STORY.at - TICK).then(DelayExplained)
    assert effective_due(story.facts.cycle, story.at) == DUE
    assert not story.facts.cycle.explanations[0].late
    assert running(story, Clock.UPWARD_REPORT) == story.facts.cycle.explanations[0].report_by


def test_explanation_at_the_due_or_recorded_after_it_is_late() -> None:
    """What counts is when it was there, not when it is said to have been written."""
    assert DUE is not None
    STORY.when(EXPLAIN, Role.HANDLER, after=DUE - STORY.at).then(DelayExplainedLate)
    STORY.when(EXPLAIN, Role.HANDLER, after=DUE - STORY.at + MINUTE).then(DelayExplainedLate)
    STORY.when(EXPLAIN, Role.HANDLER, recorded_after=DUE - STORY.at).then(DelayExplainedLate)


def test_explanation_is_late_after_the_lead_time_of_the_pack() -> None:
    """Where the pack asks for a working day's notice, the day before is too late."""
    rule = read_pack("plain").delay
    assert rule is not None
    lead = replace(rule, lead=Limit(1, TimeUnit.WORKING_DAY))
    story = STORY.with_pack(delay=lead)
    # Due on Monday the 28th; the working day before it is Thursday the 24th.
    latest = datetime.fromisoformat("2026-09-25T00:00+08:00")
    story.when(EXPLAIN, Role.HANDLER, after=latest - STORY.at).then(DelayExplainedLate)
    story.when(EXPLAIN, Role.HANDLER, after=latest - STORY.at - TICK).then(DelayExplained)


def test_explanation_is_refused_when_the_head_is_the_writer() -> None:
    """The unit's head signs off, who is somebody else."""
    same = replace(EXPLAIN, head_id="handler-1")
    STORY.when(same, Role.HANDLER).refuses(NotPermittedError, "not-permitted")
    STORY.when(EXPLAIN, Role.HANDLER, unit="roads").refuses(GuardError, "not-the-lead")


def test_explanation_is_refused_when_the_pack_knows_none() -> None:
    """A rule that a city does not have is not invented for it."""
    STORY.with_pack(delay=None).when(EXPLAIN, Role.HANDLER).refuses(GuardError, "no-delay-rule")


def test_explanation_is_refused_when_no_due_runs() -> None:
    """Without a due there is no delay."""
    types = tuple(replace(each, clocks=()) for each in read_pack("plain").types)
    story = given(*REGISTERED).with_pack(types=types)
    story = story.and_then(
        Deed(ACCEPT, Role.INTAKE),
        Deed(DispatchPetition(lead="bureau"), Role.DISPATCHER),
        Deed(SIGN, Role.HANDLER),
    )
    story.when(EXPLAIN, Role.HANDLER).refuses(GuardError, "no-due")


def test_petitioner_is_told_of_the_explanation_once() -> None:
    """After it, and not twice."""
    STORY.when(INFORM, Role.HANDLER).refuses(GuardError, "nothing-to-tell")
    told = STORY.and_then(Deed(EXPLAIN, Role.HANDLER)).when(INFORM, Role.HANDLER)
    story = told.then(PetitionerInformedOfDelay)
    assert story.facts.cycle.explanations[0].told_at == story.at
    story.when(INFORM, Role.HANDLER).refuses(GuardError, "nothing-to-tell")


def test_delay_is_reported_upward_and_acknowledged() -> None:
    """A report to a higher tier, with a receipt and its own clock."""
    explained = STORY.and_then(Deed(EXPLAIN, Role.HANDLER))
    reported = explained.when(REPORT, Role.DISPATCHER).then(ReportedUpward)
    assert running(reported, Clock.UPWARD_REPORT) is None
    assert running(reported, Clock.ACKNOWLEDGEMENT) is not None
    got = reported.when(RECEIPT, Role.DISPATCHER).then(UpwardReportAcknowledged)
    assert running(got, Clock.ACKNOWLEDGEMENT) is None
    got.when(RECEIPT, Role.DISPATCHER).refuses(GuardError, "no-report-open")
    got.when(REPORT, Role.DISPATCHER).refuses(GuardError, "no-explanation")


def test_upward_report_is_refused_when_nothing_was_explained() -> None:
    """Row 23 needs row 21, and a receipt needs a report."""
    STORY.when(REPORT, Role.DISPATCHER).refuses(GuardError, "no-explanation")
    STORY.when(RECEIPT, Role.DISPATCHER).refuses(GuardError, "no-report-open")


def test_upward_report_needs_no_explanation_where_the_pack_knows_none() -> None:
    """The rules on late payment have reports and no explanations."""
    STORY.with_pack(delay=None).when(REPORT, Role.DISPATCHER).then(ReportedUpward)


def test_upward_report_is_refused_when_the_target_is_no_higher() -> None:
    """A neighbour is no superior."""
    explained = STORY.and_then(Deed(EXPLAIN, Role.HANDLER))
    beside = replace(REPORT, target="roads")
    explained.when(beside, Role.DISPATCHER).refuses(GuardError, "target-not-higher")


def test_upward_report_is_refused_when_the_pack_knows_none() -> None:
    """No report is owed that no rule asks for."""
    story = STORY.and_then(Deed(EXPLAIN, Role.HANDLER)).with_pack(upward_report=None)
    story.when(REPORT, Role.DISPATCHER).refuses(GuardError, "no-upward-rule")


def test_policy_limit_is_filed_after_the_reason_was_told() -> None:
    """The filing has its own clock, from the telling on, and closes nothing."""
    told_at = STORY.at
    file = FilePolicyLimit(policy="p-1", reason="规划限制。", medium="phone", told_at=told_at)
    story = STORY.when(file, Role.HANDLER).then(PolicyLimitFiled)
    assert story.facts.state is STORY.facts.state
    limit = story.facts.policy_limits[0]
    assert limit.due_at is not None
    assert limit.filed_at < limit.due_at
    untold = replace(file, told_at=STORY.at + DAY)
    STORY.when(untold, Role.HANDLER).refuses(GuardError, "reason-not-told")
    early = replace(file, told_at=STORY.facts.cycle.started_at - MINUTE)
    STORY.when(early, Role.HANDLER).refuses(GuardError, "reason-not-told")


def test_policy_limit_is_refused_when_the_pack_knows_none() -> None:
    """Where the rules have no filing, the petitioner gets a reply."""
    file = FilePolicyLimit(policy="p-1", reason="限制。", medium="phone", told_at=STORY.at)
    story = STORY.with_pack(policy_limit=None)
    story.when(file, Role.HANDLER).refuses(GuardError, "no-policy-limit-rule")


def test_receipt_is_recorded_by_the_superior_or_the_hub_alone() -> None:
    """A neighbour holds no receipt, and an account without a unit holds none either."""
    story = STORY.and_then(Deed(EXPLAIN, Role.HANDLER), Deed(REPORT, Role.DISPATCHER))
    story.when(RECEIPT, Role.DISPATCHER, unit="roads").refuses(GuardError, "not-the-recipient")
    story.without_unit(RECEIPT, Role.DISPATCHER).refuses(NotPermittedError, "not-permitted")
    for unit in ("province", "hub"):
        assert story.when(RECEIPT, Role.DISPATCHER, unit=unit).refusal() is None
