"""Without this file an office could supervise itself, or a circular stand without a hearing."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from domain.supervision import SupervisionOrder
from domain.supervision_circulars import DecideCircularReview, IssueCircular, UseReviewRight
from domain.supervision_course import CloseSupervision, HoldInterview, RespondToSupervision
from domain.supervision_orders import OpenSupervision, UpgradeSupervision
from domain.supervision_proposals import AdoptProposal
from domain.supervision_terms import CircularState, SupervisionFinding, SupervisionState
from domain.vocabulary import Role, SupervisionLevel
from tests.unit.given_when_then import DAY, START
from tests.unit.government_lives import (
    CHALLENGE,
    CIRCULAR,
    CITED,
    CLOSE,
    HEAD,
    LIVES,
    MERGE,
    OPEN_ORDER,
    PROPOSE,
    RESPOND,
    REVOKE,
    SO,
    TODAY,
    UPGRADE,
    roster_life,
)
from tests.unit.resource_story import Deed, Life

UPHOLD = Deed(DecideCircularReview(upheld=True, reason="属实"), SO, actor="supervision-2")


def order_of(life: Life) -> SupervisionOrder:
    """Return the order of a life."""
    assert isinstance(life.aggregate, SupervisionOrder)
    return life.aggregate


def changed(deed: Deed, **fields: object) -> Deed:
    """Return a deed whose command has other fields."""
    return Deed(replace(deed.command, **fields), deed.role, deed.unit, deed.actor)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": "nowhere"}, "unknown-unit"),
        ({"unit": "closed"}, "unit-closed"),
        ({"unit": "watch"}, "not-permitted"),
        ({"due_at": START}, "order-in-the-past"),
    ],
)
def test_order_is_refused_when_unit_or_date_is_not_to_be_had(
    fields: dict[str, object], code: str
) -> None:
    """An order is for an open unit of somebody else, and for a time to come."""
    Life().refuses(changed(OPEN_ORDER, **fields), code)


@pytest.mark.parametrize("field", ["cited", "petitions"])
def test_order_is_refused_when_it_rests_on_nothing(field: str) -> None:
    """An order cites events and names petitions; the boundary refuses an empty list."""
    body = msgspec.to_builtins(OPEN_ORDER.command)
    assert msgspec.convert(body, OpenSupervision) == OPEN_ORDER.command
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**body, field: []}, OpenSupervision)


@pytest.mark.parametrize("citation", ["3", f"{CITED[0][:-2]}", f"{CITED[0]}x", "not-a-uuid:3"])
def test_order_is_refused_when_a_citation_names_no_event(citation: str) -> None:
    """A citation is an originator and a version."""
    body = msgspec.to_builtins(OPEN_ORDER.command)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**body, "cited": [citation]}, OpenSupervision)


def test_proposal_of_the_clock_is_decided_by_the_office() -> None:
    """A proposal is no order: nothing but adoption and dismissal leads on from it."""
    life = Life().do(PROPOSE)
    for deed in (UPGRADE, RESPOND, CIRCULAR, CLOSE):
        life.refuses(deed, "impossible-transition")
    life.do(*LIVES["proposal"][1:])
    assert order_of(life).state is SupervisionState.OPEN
    assert order_of(life).level is SupervisionLevel.ORANGE
    life.refuses(LIVES["proposal"][1], "impossible-transition")
    life.do(RESPOND).refuses(Deed(CLOSE.command, SO), "not-permitted")
    dismissed = Life().do(*LIVES["proposal dismissed"])
    dismissed.refuses(LIVES["proposal"][1], "impossible-transition")


def test_proposal_and_adoption_are_refused_when_the_unit_no_longer_exists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A unit that was merged in between is ordered nothing any more."""
    Life().refuses(changed(PROPOSE, unit="closed"), "unit-closed")
    roster = roster_life()
    monkeypatch.setattr("tests.unit.resource_story.roster", lambda: roster.aggregate)
    life = Life().do(changed(PROPOSE, unit="roads"))
    roster.do(MERGE)
    life.refuses(LIVES["proposal"][1], "unit-closed")


def test_adoption_is_refused_when_the_date_is_past() -> None:
    """An adopted proposal is an order like any other."""
    command = AdoptProposal(level=SupervisionLevel.BLUE, due_at=START, requirement="限期")
    Life().do(PROPOSE).refuses(Deed(command, SO), "order-in-the-past")


@pytest.mark.parametrize("role", [Role.SUPERVISION])
def test_proposal_is_refused_when_the_unit_is_the_officers_own(role: Role) -> None:
    """Nobody decides on supervising the own unit."""
    life = Life().do(changed(PROPOSE, unit="watch"))
    life.refuses(Deed(LIVES["proposal"][1].command, role), "not-permitted")


def test_upgrade_is_refused_when_the_colour_is_not_graver() -> None:
    """Blue, orange, red: never the same and never back."""
    life = Life().do(OPEN_ORDER)
    command = UPGRADE.command
    assert isinstance(command, UpgradeSupervision)
    life.refuses(changed(UPGRADE, level=SupervisionLevel.BLUE), "level-not-graver")
    life.refuses(changed(UPGRADE, due_at=START), "order-in-the-past")
    life.do(UPGRADE).refuses(changed(UPGRADE, level=SupervisionLevel.ORANGE), "level-not-graver")


def test_response_is_refused_when_another_unit_gives_it() -> None:
    """The supervised unit answers for itself."""
    command = RespondToSupervision(text="已办")
    Life().do(OPEN_ORDER).refuses(Deed(command, HEAD, "roads"), "not-permitted")


def test_interview_is_refused_when_it_lies_ahead() -> None:
    """An interview is recorded when it was held."""
    command = HoldInterview(held_on=TODAY + timedelta(days=1), persons=("head-1",), note="约谈")
    Life().do(OPEN_ORDER).refuses(Deed(command, SO), "day-not-come")


def test_circular_claims_its_number() -> None:
    """Two circulars of one ledger never share a number."""
    assert IssueCircular(number="督通〔2026〕1号", text="通报").claims == (
        "circular:督通〔2026〕1号",
    )


def test_circular_is_refused_when_another_one_stands() -> None:
    """A second one follows a revoked one alone."""
    life = Life().do(OPEN_ORDER, CIRCULAR)
    life.refuses(CIRCULAR, "circular-stands")
    life.do(CHALLENGE, UPHOLD).refuses(CIRCULAR, "circular-stands")
    Life().do(OPEN_ORDER, CIRCULAR, CHALLENGE, REVOKE, CIRCULAR)


def test_review_is_refused_when_nothing_is_to_be_reviewed() -> None:
    """There is a circular first, it is challenged once, and only then decided."""
    life = Life().do(OPEN_ORDER)
    life.refuses(CHALLENGE, "no-circular")
    life.do(CIRCULAR).refuses(UPHOLD, "no-circular")
    life.do(CHALLENGE).refuses(CHALLENGE, "no-circular")


def test_review_is_refused_when_thirty_days_are_over_or_the_unit_is_another() -> None:
    """The right is the unit's, and ends with the thirtieth calendar day."""
    life = Life().do(OPEN_ORDER, CIRCULAR)
    life.refuses(Deed(CHALLENGE.command, HEAD, "roads"), "not-permitted")
    circular = order_of(life).circular
    assert circular is not None
    assert circular.review.due_at - START > 29 * DAY
    over = circular.review.due_at + timedelta(microseconds=1)
    life.refuses(Deed(UseReviewRight(reason="有异议", occurred_at=over), HEAD), "review-right-over")
    life.do(Deed(UseReviewRight(reason="有异议", occurred_at=circular.review.due_at), HEAD))
    assert circular.state is CircularState.CHALLENGED


def test_review_is_refused_when_the_issuer_decides_it() -> None:
    """Who issued a circular does not judge it."""
    life = Life().do(OPEN_ORDER, CIRCULAR, CHALLENGE)
    life.refuses(Deed(UPHOLD.command, SO), "not-permitted")


def test_closing_is_refused_when_the_unit_was_not_heard_or_one_person_does_both() -> None:
    """An order ends with a finding of a second officer, after the response."""
    life = Life().do(OPEN_ORDER)
    life.refuses(CLOSE, "no-response")
    life.do(RESPOND).refuses(Deed(CLOSE.command, SO), "not-permitted")
    life.do(CLOSE).refuses(CLOSE, "impossible-transition")
    assert order_of(life).state is SupervisionState.CLOSED


@pytest.mark.parametrize("before", [(CIRCULAR,), (CIRCULAR, CHALLENGE)])
def test_closing_is_refused_when_the_circular_is_not_final(before: tuple[Deed, ...]) -> None:
    """The unit's right to a review does not end with the order."""
    Life().do(OPEN_ORDER, RESPOND, *before).refuses(CLOSE, "circular-not-final")


def test_closing_is_possible_once_the_right_to_a_review_is_over() -> None:
    """An unchallenged circular is final by itself."""
    late = CloseSupervision(
        finding=SupervisionFinding.RECTIFIED, text="已办结", occurred_at=START + 60 * DAY
    )
    Life().do(OPEN_ORDER, RESPOND, CIRCULAR, Deed(late, SO, actor="supervision-2"))
    Life().do(OPEN_ORDER, RESPOND, CIRCULAR, CHALLENGE, UPHOLD, CLOSE)
