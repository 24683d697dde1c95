"""Without this file a printed and a published report of one name could hold other figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from domain.counts import Counts
from domain.metric_catalogue import MetricCatalogue
from domain.rates import RateDefinition
from domain.score_rules import CURRENT_SCORE
from domain.text import Text
from domain.vocabulary import Labelled


class ReportKind(Labelled):
    """Reports over petitions that are made of integers alone, and so can be published."""

    CLOSURE = "closure", "办结情况", "Closure"
    ONTIME = "ontime", "按时办结情况", "On time"
    SATISFACTION = "satisfaction", "满意与解决情况", "Satisfaction and resolution"
    CALLBACK = "callback", "回访情况", "Callbacks"
    RATES = "rates", "指标情况", "Rates"
    RANKING = "ranking", "部门考评排名", "Unit ranking"

    def rates(
        self, catalogue: MetricCatalogue, on: date, metrics: Sequence[str] = ()
    ) -> tuple[RateDefinition, ...]:
        """Return the rates it prints, in their order; for a ranking the parts of its score. Pure.

        Args:
            catalogue: The definitions there are.
            on: Local day of the report's as-of.
            metrics: What is asked for, of a report on chosen rates.

        Raises:
            RetiredDefinitionError: one of them was retired.
            NoSuchMetricError: there is no such rate.
        """
        if self is ReportKind.RANKING:
            return tuple(map(catalogue.find, CURRENT_SCORE.weights))
        return tuple(catalogue.take(name, on) for name in RATES_OF.get(self, metrics))

    def definitions(
        self, catalogue: MetricCatalogue, on: date, metrics: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Return identifiers with versions of everything it computes; as ``rates``. Pure."""
        score = (CURRENT_SCORE.reference,) if self is ReportKind.RANKING else ()
        rates = self.rates(catalogue, on, metrics)
        return score + tuple(definition.reference for definition in rates)


RATES_OF: Final[Mapping[ReportKind, tuple[str, ...]]] = {
    ReportKind.CLOSURE: ("closure_rate",),
    # The three variants are always printed together (domain.md §5).
    ReportKind.ONTIME: (
        "ontime_rate.effective",
        "ontime_rate.original",
        "ontime_rate.explained",
        "ontime_rate.closed",
    ),
    ReportKind.SATISFACTION: (
        "satisfaction_rate.strict",
        "satisfaction_rate.lenient",
        "satisfaction_rate.all",
        "satisfaction_rate.all_strict",
        "resolution_rate.petitioner",
    ),
    ReportKind.CALLBACK: ("callback_rate", "callback_reach"),
}

COUNTS_BESIDE: Final[Mapping[str, Text]] = {
    "received": Text("收到", "received"),
    "pending": Text("待受理", "pending"),
    "not_accepted": Text("不予受理", "not accepted"),
    "referred_out": Text("已引导", "referred out"),
    "withdrawn": Text("撤回", "withdrawn"),
    "open": Text("未办结", "open"),
}
"""Counts that must stand beside a closure rate. Source: domain.md §5."""


def counts_beside(counts: Counts) -> dict[str, int]:
    """Return the counts that stand beside a closure rate, in their order; pure."""
    derived = {"pending": counts.pending, "open": counts.open}
    return {name: derived[name] if name in derived else counts[name] for name in COUNTS_BESIDE}
