"""Without this file a process log would not say which of its acts break a rule."""

from collections.abc import Iterator, Mapping

from domain.declare import RULES, breaks
from replay.process_case import ProcessCase
from replay.process_objects import ObjectType


def counting(cases: Iterator[ProcessCase], broken: dict[str, int]) -> Iterator[ProcessCase]:
    """Yield cases, and count what breaks a rule in every petition, confidential ones included."""
    for case in cases:
        if case.own.type is ObjectType.PETITION:
            topics = [act.topic.removeprefix("petition.") for act in case.acts]
            for rule in RULES:
                broken[rule.rule_id] += breaks(rule, topics)
        yield case


def rules_with(broken: Mapping[str, int]) -> list[dict[str, object]]:
    """Return the rules of the life cycle, each with how often it is broken; pure."""
    return [
        {
            "id": rule.rule_id,
            "template": rule.template.value,
            "meaning": rule.template.label._asdict(),
            "first": [f"petition.{topic}" for topic in rule.first],
            "second": [f"petition.{topic}" for topic in rule.second],
            "broken": broken[rule.rule_id],
        }
        for rule in RULES
    ]
