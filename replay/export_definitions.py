"""Without this file an exported figure would name its definition but not say what it counts."""

from collections.abc import Iterable
from typing import NamedTuple

from domain.measure_labels import formula_text
from domain.metric_catalogue import MetricCatalogue
from domain.other_metrics import OTHER_METRICS
from domain.score_rules import SCORE_RULES, ScoreRules
from domain.text import Text


class Definition(NamedTuple):
    """What a figure counts, in words of both languages.

    Attributes:
        reference: Identifier and version.
        label: What people call it.
        formula: How it is computed.
    """

    reference: str
    label: Text
    formula: Text


def define(references: Iterable[str], catalogue: MetricCatalogue) -> tuple[Definition, ...]:
    """Return definitions in words; pure.

    Args:
        references: Identifiers with versions.
        catalogue: The definitions there are.

    Raises:
        UnknownDefinitionError: neither the program nor the ledger has one of them.
    """
    return tuple(_define(each, catalogue) for each in references)


def _define(reference: str, catalogue: MetricCatalogue) -> Definition:
    rules = SCORE_RULES.get(reference)
    if rules is not None:
        return Definition(reference, Text("得分", "score"), _score_formula(rules))
    for other in OTHER_METRICS:
        if other.reference == reference:
            return Definition(*other)
    rate = catalogue.find(reference)
    return Definition(reference, rate.label, formula_text(rate))


def _score_formula(rules: ScoreRules) -> Text:
    weights = ", ".join(f"{weight} {rate}" for rate, weight in rules.weights.items())
    zh = "、".join(f"{each.label.zh} {each.points}" for each in rules.penalties)
    en = ", ".join(f"{each.label.en} {each.points}" for each in rules.penalties)
    return Text(
        f"各率 95% 威尔逊下限的加权和 − 扣分；权重 {weights}；扣分 {zh}",
        f"weighted sum of lower 95 % Wilson limits − penalties; weights {weights}; penalties {en}",
    )
