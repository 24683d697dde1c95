"""Without this file a unit could judge its own score, or be excused by one person."""

import pytest

from domain.assessment import AppealState, AssessmentAppeal
from domain.assessment_commands import AdjudicateAppeal
from domain.vocabulary import Role
from tests.unit.government_lives import APPEAL, EXCLUDE, HEAD, MEMBERS
from tests.unit.resource_story import Deed, Life


def decide(panel: tuple[str, ...] = MEMBERS, unit: str | None = None) -> Deed:
    """Return a rejection by a panel."""
    return Deed(AdjudicateAppeal(panel=panel, note="不成立"), Role.REVIEWER, unit)


def test_appeal_is_decided_once_and_excludes_for_a_published_reason_alone() -> None:
    """Without a reason from the list the petition stays in the score."""
    life = Life().do(APPEAL, decide())
    assert isinstance(life.aggregate, AssessmentAppeal)
    assert life.aggregate.state is AppealState.REJECTED
    life.refuses(EXCLUDE, "impossible-transition")
    excluded = Life().do(APPEAL, EXCLUDE).aggregate
    assert isinstance(excluded, AssessmentAppeal)
    assert excluded.state is AppealState.EXCLUDED


def test_appeal_is_refused_when_the_account_has_no_unit() -> None:
    """A unit objects, not a person."""
    Life().refuses(Deed(APPEAL.command, HEAD, ""), "not-permitted")
    Life().refuses(Deed(APPEAL.command, HEAD, "closed"), "unit-closed")


@pytest.mark.parametrize("panel", [(), MEMBERS[:2], (*MEMBERS[:2], MEMBERS[0])])
def test_decision_is_refused_when_the_panel_is_too_small(panel: tuple[str, ...]) -> None:
    """Three people decide, and one person named twice is one."""
    Life().do(APPEAL).refuses(decide(panel), "panel-too-small")


def test_decision_is_refused_when_the_unit_judges_itself() -> None:
    """Neither the actor's unit nor a member of the panel is the appellant's."""
    life = Life().do(APPEAL)
    life.refuses(decide(unit="bureau"), "not-permitted")
    life.refuses(decide((*MEMBERS, "department_head-1")), "not-permitted")
