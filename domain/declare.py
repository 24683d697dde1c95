"""Without this file nobody could say in the language of process mining what the guards demand."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from domain.vocabulary import Labelled


class Template(Labelled):
    """Declare templates, over the acts of one petition in the order of its stream."""

    INIT = "init", "起始", "every petition begins with one of the first"
    PRECEDENCE = "precedence", "在先", "the second never before the first"
    ALTERNATE_PRECEDENCE = (
        "alternate_precedence",
        "逐次在先",
        "each of the second after a first of its own",
    )
    ABSENCE_AFTER = "absence_after", "其后不再", "the second never after the first"


class Rule(NamedTuple):
    """One rule of the life cycle; ``first`` and ``second`` are any of their topics.

    Attributes:
        rule_id: Stable name.
        template: What it demands.
        first: Topics without ``petition.``.
        second: Topics without ``petition.``; empty for ``INIT``.
    """

    rule_id: str
    template: Template
    first: tuple[str, ...]
    second: tuple[str, ...] = ()


_BIRTH = ("submitted", "case_imported")
_ORDER = ("dispatched", "lead_unit_designated", "assignment_transferred", "case_imported")
_ANSWER = ("reply_submitted", "answered_on_spot", "imported_outcome")
_DELAY = ("delay_explained", "delay_explained_late")
_CLOSING = ("closed", "closed_with_parent", "imported_outcome")

RULES: Final[tuple[Rule, ...]] = (
    Rule("begins-with-filing", Template.INIT, _BIRTH),
    Rule("accepted-after-registration", Template.PRECEDENCE, ("registered",), ("accepted",)),
    Rule(
        "dispatched-after-acceptance",
        Template.PRECEDENCE,
        ("accepted", "case_imported"),
        ("dispatched", "lead_unit_designated"),
    ),
    Rule("signed-after-dispatch", Template.PRECEDENCE, _ORDER, ("assignment_signed",)),
    Rule("plan-after-signing", Template.PRECEDENCE, ("assignment_signed",), ("plan_committed",)),
    Rule(
        "supplement-after-request",
        Template.ALTERNATE_PRECEDENCE,
        ("supplement_requested",),
        ("supplement_received",),
    ),
    Rule(
        "return-decided-after-request",
        Template.ALTERNATE_PRECEDENCE,
        ("return_requested",),
        ("return_approved", "return_rejected"),
    ),
    Rule(
        "extension-decided-after-request",
        Template.ALTERNATE_PRECEDENCE,
        ("extension_requested",),
        ("extension_granted", "extension_refused"),
    ),
    Rule(
        "informed-after-delay",
        Template.PRECEDENCE,
        (*_DELAY, "extension_granted"),
        ("petitioner_informed_of_delay",),
    ),
    Rule("reported-after-explanation", Template.PRECEDENCE, _DELAY, ("reported_upward",)),
    Rule(
        "receipt-after-report",
        Template.PRECEDENCE,
        ("reported_upward",),
        ("upward_report_acknowledged",),
    ),
    Rule(
        "instruction-after-question",
        Template.ALTERNATE_PRECEDENCE,
        ("instruction_sought",),
        ("instruction_given",),
    ),
    Rule("resumed-after-suspension", Template.ALTERNATE_PRECEDENCE, ("suspended",), ("resumed",)),
    Rule(
        "cleared-after-backlog",
        Template.ALTERNATE_PRECEDENCE,
        ("backlog_listed",),
        ("backlog_cleared",),
    ),
    Rule(
        "reviewed-after-reply",
        Template.ALTERNATE_PRECEDENCE,
        _ANSWER,
        ("reply_approved", "reply_returned"),
    ),
    Rule(
        "callback-after-approval",
        Template.PRECEDENCE,
        ("reply_approved", "reply_shared", "imported_outcome"),
        ("callback_attempted", "callback_completed"),
    ),
    Rule(
        "closed-after-approval",
        Template.ALTERNATE_PRECEDENCE,
        ("reply_approved", "reply_shared"),
        ("closed", "closed_with_parent"),
    ),
    Rule(
        "reopened-after-closing",
        Template.ALTERNATE_PRECEDENCE,
        _CLOSING,
        ("reopened", "reopened_with_parent"),
    ),
    Rule("archived-after-closing", Template.PRECEDENCE, _CLOSING, ("archived",)),
    Rule(
        "withdrawal-checked-after-withdrawal",
        Template.ALTERNATE_PRECEDENCE,
        ("withdrawn",),
        ("withdrawal_verified", "withdrawal_contested"),
    ),
    Rule("parted-after-merger", Template.ALTERNATE_PRECEDENCE, ("merged",), ("unmerged",)),
    Rule("disposed-after-archiving", Template.PRECEDENCE, ("archived",), ("disposed",)),
    Rule(
        "nothing-handled-after-void",
        Template.ABSENCE_AFTER,
        ("voided",),
        ("dispatched", "assignment_signed", "reply_submitted", "reply_approved", "closed"),
    ),
)
"""Rules that follow from the guards; an import or a forged log may break them."""


def breaks(rule: Rule, topics: Sequence[str]) -> int:
    """Return how many acts of one petition break a rule; pure.

    Args:
        rule: The rule.
        topics: Its acts in the order of its stream, each without ``petition.``.
    """
    match rule.template:
        case Template.INIT:
            return int(topics[0] not in rule.first)
        case Template.PRECEDENCE:
            return _unpreceded(rule, topics, is_used_up=False)
        case Template.ALTERNATE_PRECEDENCE:
            return _unpreceded(rule, topics, is_used_up=True)
        case Template.ABSENCE_AFTER:
            places = [place for place, topic in enumerate(topics) if topic in rule.first]
            after = topics[places[0] + 1 :] if places else ()
            return sum(topic in rule.second for topic in after)


def check(cases: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return how many acts break each rule, over petitions given by their acts; pure."""
    found = {rule.rule_id: 0 for rule in RULES}
    for topics in cases:
        for rule in RULES:
            found[rule.rule_id] += breaks(rule, topics)
    return found


def _unpreceded(rule: Rule, topics: Sequence[str], *, is_used_up: bool) -> int:
    broken, open_firsts = 0, 0
    for topic in topics:
        if topic in rule.second:
            if open_firsts == 0:
                broken += 1
            elif is_used_up:
                open_firsts -= 1
        if topic in rule.first:
            open_firsts += 1
    return broken
