"""Without this file the list of delays could say another thing than the published rate."""

from datetime import timedelta
from random import Random

from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from domain.extensions import InformOfDelay
from domain.measures import PLACES
from domain.metrics import judge
from domain.standing import effective_due, ended_unanswered_at
from domain.upward_duties import upward_duties
from domain.upward_reports import AcknowledgeUpwardReport, ReportUpward
from domain.vocabulary import Role
from tests.unit.command_driver import drive
from tests.unit.given_when_then import DAY, Deed, given
from tests.unit.petition_stories import CLOSED, EXPLAIN, IN_PROGRESS, PAPER, REPLY

STORY = given(*IN_PROGRESS)
DUE = effective_due(STORY.facts.cycle, STORY.at)
TOLD = Deed(InformOfDelay(medium="phone"), Role.HANDLER)
REPORTED = Deed(ReportUpward(target="province", text="需跨部门协调。"), Role.DISPATCHER)
RECEIVED = Deed(AcknowledgeUpwardReport(receipt=PAPER), Role.DISPATCHER)


def test_explained_delay_carries_all_that_followed() -> None:
    """Explained, told, reported, received: four dates with their dues on one line."""
    told = STORY.and_then(Deed(EXPLAIN, Role.HANDLER), TOLD)
    reported = told.and_then(REPORTED)
    story = reported.and_then(RECEIVED)
    (duty,) = upward_duties(story.facts)
    assert (duty.unit, duty.target, duty.explained_late) == ("bureau", "province", False)
    assert (duty.told_at, duty.reported_at, duty.acknowledged_at) == (
        told.at,
        reported.at,
        story.at,
    )
    assert duty.inform_by is not None
    assert duty.report_by is not None


def test_due_that_goes_by_in_silence_is_a_duty_too() -> None:
    """Until the reply it lies ahead; a late reply leaves it, a timely one takes it away."""
    assert DUE is not None
    (duty,) = upward_duties(STORY.facts)
    assert (duty.owed_from, duty.explained_at, duty.unit) == (DUE, None, "bureau")
    late = STORY.and_then(Deed(REPLY, Role.HANDLER, after=DUE - STORY.at + DAY))
    assert [each.owed_from for each in upward_duties(late.facts)] == [DUE]
    assert upward_duties(given(*CLOSED).facts) == []


@settings(max_examples=200, deadline=None)
@hypothesis_given(seed=st.integers(0, 2**32), days=st.integers(0, 120))
def test_duties_are_those_that_the_rate_counts(seed: int, days: int) -> None:
    """A petition is in the rate's denominator just where a duty stands."""
    facts = drive(Random(seed)).facts  # noqa: S311 - repeatable, no secret
    as_of = facts.changed_at + timedelta(days=days)
    counted = judge(facts, as_of)
    withdrawn = ended_unanswered_at(facts) is not None
    base = not withdrawn and any(row[PLACES["base"]] for row in counted.values())
    standing = [
        each
        for each in upward_duties(facts)
        if each.owed_from < as_of or (each.explained_at is not None and each.explained_at <= as_of)
    ]
    owed = [each for each in standing if each.explained_at is not None or not each.reported_at]
    if base:
        assert any(row[PLACES["upward_d"]] for row in counted.values()) is bool(owed)
