"""Without this file a rate could count differently from one day to the next, unseen."""

from datetime import date
from typing import ClassVar

import msgspec

from domain.aggregate import LedgerAggregate
from domain.text import Text
from domain.vocabulary import Labelled


class MetricState(Labelled):
    """Whether a definition may be used in new reports."""

    BUILT_IN = "built_in", "内置", "built in"
    DEFINED = "defined", "已定义", "defined"
    RETIRED = "retired", "已停用", "retired"


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """Sums of measures over sums of measures.

    Attributes:
        numerator: Measures that are added.
        denominator: Measures that are added.
        less: Measures taken off the numerator.
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    less: tuple[str, ...] = ()


class MetricDefinition(LedgerAggregate):
    """One version of one rate, as its administrators defined it; it never changes."""

    TOPIC = "metric"

    def __init__(
        self,
        rate_id: str,
        number: int,
        label: Text,
        formula: Formula,
        effective_on: date,
        source: str,
    ) -> None:
        """Stand as defined; see ``Created``."""
        self.rate_id = rate_id
        self.number = number
        self.label = label
        self.formula = formula
        self.effective_on = effective_on
        self.source = source
        self.state = MetricState.DEFINED

    class Event(LedgerAggregate.Event):
        """Base of the definition's events."""

    class Created(Event, LedgerAggregate.Created):
        """定义指标: what a rate counts, from a day on.

        Attributes:
            rate_id: Identifier of the rate.
            number: Version of the definition, from 1; those built in count too.
            label: What people call it.
            formula: Names of measures.
            effective_on: First civil day of a report that counts by it.
            source: Rule or document it follows.
            approver_id: Account of the second person.
        """

        TOPIC: ClassVar[str] = "metric.defined"
        rate_id: str
        number: int
        label: Text
        formula: Formula
        effective_on: date
        source: str
        approver_id: str

    class Retired(Event):
        """停用指标: no new report may use it; what was published by it can still be computed."""

        TOPIC: ClassVar[str] = "metric.retired"
        reason: str
        approver_id: str

        def apply(self, aggregate: "MetricDefinition") -> None:
            """Note that it is retired."""
            aggregate.state = MetricState.RETIRED


MetricEvent = MetricDefinition.Created | MetricDefinition.Retired
"""Every event of a definition, for dispatch that type checking can close."""


def metric_stream_name(reference: str) -> str:
    """Return the name that the id of a definition such as ``closure_rate@2`` follows from; pure."""
    return f"metric_definition/{reference}"
