"""Without this file a policy could be pushed to the wrong people, or published by one person."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.policy import Policy
from domain.policy_publishing import DraftPolicy, PublishPolicy, WithdrawPolicy
from domain.policy_terms import Interest, PolicyTerms, interests, matches
from domain.vocabulary import PetitionType, Role
from tests.unit.resource_story import DRAFT, EXPLAIN, HEAD, PUBLISH, Deed, Life

ASK, APPEAL = PetitionType.CONSULTATION, PetitionType.APPEAL
TERMS = PolicyTerms(
    industries=("C39", "C40"),
    petition_types=(ASK,),
    valid_from=date(2026, 9, 1),
    valid_until=date(2026, 9, 30),
)
OPEN_ENDED = replace(TERMS, industries=(), petition_types=(), valid_until=None)


@pytest.mark.parametrize(
    ("terms", "on", "industry", "petition_type", "expected"),
    [
        (TERMS, date(2026, 8, 31), "C39", ASK, False),
        (TERMS, date(2026, 9, 1), "C39", ASK, True),
        (TERMS, date(2026, 9, 30), "C40", None, True),
        (TERMS, date(2026, 10, 1), "C39", ASK, False),
        (TERMS, date(2026, 9, 1), "A01", ASK, False),
        (TERMS, date(2026, 9, 1), None, ASK, False),
        (TERMS, date(2026, 9, 1), "C39", APPEAL, False),
        (OPEN_ENDED, date(2099, 1, 1), None, APPEAL, True),
        (OPEN_ENDED, date(2026, 8, 31), "C39", None, False),
    ],
)
def test_policy_matches_by_day_industry_and_type(
    terms: PolicyTerms,
    on: date,
    industry: str | None,
    petition_type: PetitionType | None,
    *,
    expected: bool,
) -> None:
    """Both ends of the validity belong to it; no industry and no type means all."""
    assert matches(terms, on, industry, petition_type) is expected


@pytest.mark.parametrize(
    ("industries", "petition_types", "expected"),
    [
        ((), (), True),
        (("C40",), (), True),
        (("A01",), (), False),
        (("A01", "C39"), (APPEAL,), False),
        ((), (APPEAL, ASK), True),
    ],
)
def test_policy_interests_whoever_asked_for_one_of_its_industries_and_types(
    industries: tuple[str, ...], petition_types: tuple[PetitionType, ...], *, expected: bool
) -> None:
    """Who asked for everything hears of all, and a policy for everybody reaches all."""
    interest = Interest(industries=industries, petition_types=petition_types)
    assert interests(TERMS, interest) is expected
    assert interests(OPEN_ENDED, interest)


def test_policy_is_published_as_it_was_drafted_and_then_explained() -> None:
    """The publication says all that a push needs."""
    _, published, explained = Life().do(DRAFT, PUBLISH, EXPLAIN).events
    assert isinstance(published, Policy.Published)
    assert published.number == "示例〔2026〕1号"
    assert published.document.unit == "bureau"
    assert published.document.terms.industries == ("C39",)
    assert isinstance(explained, Policy.Explained)
    assert explained.text.value == "逐条解读"


def test_policy_number_is_claimed() -> None:
    """No two policies of a ledger share a document number."""
    assert PublishPolicy(number="示例〔2026〕1号").claims == ("policy:示例〔2026〕1号",)
    assert WithdrawPolicy(reason="x").claims == ()


def test_draft_is_refused_when_it_ends_before_it_begins() -> None:
    """A policy holds for at least a day."""
    assert isinstance(DRAFT.command, DraftPolicy)
    wrong = replace(DRAFT.command, valid_until=date(2026, 8, 31))
    Life().refuses(Deed(wrong, Role.HANDLER), "ends-before-it-begins")
    Life().do(Deed(replace(DRAFT.command, valid_until=date(2026, 9, 1)), Role.HANDLER))


def test_publication_is_refused_when_the_drafter_gives_it() -> None:
    """A policy needs two persons."""
    draft = Deed(DRAFT.command, HEAD)
    Life().do(draft).refuses(PUBLISH, "not-permitted")
    Life().do(draft, Deed(PUBLISH.command, HEAD, actor="department_head-2"))


def test_publication_and_withdrawal_are_refused_when_another_unit_gives_them() -> None:
    """A policy is its unit's."""
    Life().do(DRAFT).refuses(Deed(PUBLISH.command, HEAD, "roads"), "not-permitted")
    withdrawal = Deed(WithdrawPolicy(reason="x"), HEAD, "roads")
    Life().do(DRAFT, PUBLISH).refuses(withdrawal, "not-permitted")


def test_policy_commands_are_refused_out_of_turn() -> None:
    """Only a draft is published, only what is published is explained, and an end is final."""
    withdrawal = Deed(WithdrawPolicy(reason="x"), HEAD)
    Life().do(DRAFT, PUBLISH).refuses(PUBLISH, "impossible-transition")
    Life().do(DRAFT).refuses(EXPLAIN, "impossible-transition")
    ended = Life().do(DRAFT, withdrawal)
    for deed in (PUBLISH, EXPLAIN, withdrawal):
        ended.refuses(deed, "impossible-transition")
