"""Without this file a rule of the life cycle could be broken and never counted."""

import pytest

from domain.catalogue import PETITION_COMMANDS
from domain.declare import RULES, Rule, Template, breaks, check
from domain.event_labels import EVENT_LABELS
from domain.vocabulary import PetitionState
from tests.unit.given_when_then import given
from tests.unit.petition_stories import STORIES

LIFE = [
    "submitted",
    "registered",
    "accepted",
    "dispatched",
    "assignment_signed",
    "reply_submitted",
    "reply_approved",
    "callback_completed",
    "closed",
]


def without(*gone: str) -> list[str]:
    """Return the usual life without some acts."""
    return [topic for topic in LIFE if topic not in gone]


def test_rules_name_topics_that_exist_and_no_rule_twice() -> None:
    """At least fifteen rules; a renamed topic would make one of them empty."""
    named = {topic for rule in RULES for topic in (*rule.first, *rule.second)}
    assert {f"petition.{topic}" for topic in named} <= set(EVENT_LABELS)
    assert len({rule.rule_id for rule in RULES}) == len(RULES) >= 15
    assert PETITION_COMMANDS


@pytest.mark.parametrize("state", list(PetitionState))
def test_lives_that_the_guards_allow_break_no_rule(state: PetitionState) -> None:
    """Every told petition, up to each of its states."""
    topics = [event.TOPIC.removeprefix("petition.") for event in given(*STORIES[state]).history]
    assert {rule: found for rule, found in check([topics]).items() if found} == {}


@pytest.mark.parametrize(
    ("topics", "broken"),
    [
        (without("submitted"), {"begins-with-filing": 1}),
        (without("registered"), {"accepted-after-registration": 1}),
        (
            without("reply_approved"),
            {"callback-after-approval": 1, "closed-after-approval": 1},
        ),
        ([*LIFE, "closed"], {"closed-after-approval": 1}),
        ([*LIFE, "reopened", "reopened"], {"reopened-after-closing": 1}),
        (
            [*LIFE[:5], "extension_granted", "extension_granted"],
            {"extension-decided-after-request": 2},
        ),
        ([*LIFE[:5], "voided", *LIFE[5:7]], {"nothing-handled-after-void": 2}),
    ],
)
def test_broken_rules_are_counted(topics: list[str], broken: dict[str, int]) -> None:
    """Each act that breaks a rule counts once, and no other rule complains."""
    assert {rule: found for rule, found in check([topics]).items() if found} == broken


def test_planted_defects_are_found_in_their_exact_number() -> None:
    """Of a thousand petitions 61 lack the callback's approval, 7 a filing, 3 were closed twice."""
    lives = [LIFE] * 929 + [without("reply_approved")] * 61 + [without("submitted")] * 7
    found = check([*lives, *[[*LIFE, "closed"]] * 3])
    assert found["closed-after-approval"] == 61 + 3
    assert found["callback-after-approval"] == 61
    assert found["begins-with-filing"] == 7
    assert sum(found.values()) == 61 * 2 + 7 + 3


def test_precedence_is_met_by_one_act_and_alternate_precedence_by_one_each() -> None:
    """Two approvals after one request break the second kind alone."""
    topics = ["a", "b", "b"]
    assert breaks(Rule("r", Template.PRECEDENCE, ("a",), ("b",)), topics) == 0
    assert breaks(Rule("r", Template.ALTERNATE_PRECEDENCE, ("a",), ("b",)), topics) == 1
