"""Without this file a new definition would need a new release of the program."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.command import Code, Line
from domain.course import refuse_state
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.measures import MEASURES
from domain.metric_definition import (
    Formula,
    MetricDefinition,
    MetricState,
    metric_stream_name,
)
from domain.rates import find_built_in
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text

RateId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$(?!\n)")]
"""Identifier of a rate, ``closure_rate`` or ``ontime_rate.effective``."""
Measures = Annotated[tuple[Code, ...], Meta(max_length=len(MEASURES))]


class DefineMetric(OpeningCommand[MetricDefinition], frozen=True, kw_only=True):
    """Define a rate over the measures there are, or the next version of one, from a day on.

    What was published by an earlier version keeps it; reports of earlier days do too.
    """

    label: ClassVar = Text("定义指标", "define a metric")
    roles: ClassVar = who_may("DefineMetric")
    is_delegable: ClassVar = False

    rate_id: RateId
    number: Annotated[int, Meta(ge=1, le=10_000)]
    name: Text
    numerator: Measures
    denominator: Measures
    less: Measures = ()
    effective_on: date
    source: Line
    approver_id: Code

    @property
    def stream_name(self) -> str:
        """The version's own: a version is defined once."""
        return metric_stream_name(f"{self.rate_id}@{self.number}")

    def create(self, aggregate_id: UUID, situation: Situation) -> MetricDefinition:
        """Return the definition if all its measures exist and it is the rate's next version.

        Raises:
            NotPermittedError: the approver is the actor.
            GuardError: ``unknown-measure``, ``no-measure``, ``metric-version``,
                ``before-earlier-version``.
        """
        refuse_second_self(self.approver_id, situation)
        self._refuse_measures()
        self._refuse_gap(situation)
        return MetricDefinition.begin(
            MetricDefinition.Created,
            aggregate_id,
            situation.act,
            rate_id=self.rate_id,
            number=self.number,
            label=self.name,
            formula=Formula(numerator=self.numerator, denominator=self.denominator, less=self.less),
            effective_on=self.effective_on,
            source=self.source,
            approver_id=self.approver_id,
        )

    def _refuse_measures(self) -> None:
        for measure in (*self.numerator, *self.denominator, *self.less):
            if measure not in MEASURES:
                raise GuardError(
                    "unknown-measure",
                    f"没有计数项“{measure}”（可选：{', '.join(MEASURES)}）；未作任何更改，"
                    "请改用其中之一。",
                    f"there is no measure '{measure}' (there are {', '.join(MEASURES)}); nothing "
                    "was changed, name one of those.",
                )
        if not self.numerator or not self.denominator:
            raise GuardError(
                "no-measure",
                "分子与分母各须至少一个计数项；未作任何更改，请补充。",
                "numerator and denominator each take at least one measure; nothing was changed, "
                "name them.",
            )

    def _refuse_gap(self, situation: Situation) -> None:
        earlier = f"{self.rate_id}@{self.number - 1}"
        before = situation.metrics.get(earlier)
        is_next = self.number == 1 or before is not None or find_built_in(earlier) is not None
        if find_built_in(f"{self.rate_id}@{self.number}") is not None or not is_next:
            raise GuardError(
                "metric-version",
                f"{self.rate_id} 的下一版本不是 {self.number}；未作任何更改，"
                "请查看 taizhang metrics，版本须连续且不得重定义内置版本。",
                f"{self.number} is not the next version of {self.rate_id}; nothing was changed, "
                "see taizhang metrics: versions have no gaps and built-in ones stay.",
            )
        if before is not None and self.effective_on < before.effective_on:
            raise GuardError(
                "before-earlier-version",
                f"生效日早于上一版本的 {before.effective_on}；未作任何更改，请改用更晚的日期。",
                f"it would be effective before the version before it, {before.effective_on}; "
                "nothing was changed, choose a later day.",
            )


class RetireMetric(AggregateCommand[MetricDefinition], frozen=True, kw_only=True):
    """Retire a definition: new reports refuse it, published ones stay verifiable."""

    label: ClassVar = Text("停用指标", "retire the metric")
    path: ClassVar = "retirement"
    roles: ClassVar = who_may("RetireMetric")
    is_delegable: ClassVar = False

    reason: Line
    approver_id: Code

    def decide(self, aggregate: MetricDefinition, situation: Situation) -> None:
        """Record that it is retired.

        Raises:
            NotPermittedError: the approver is the actor.
            ImpossibleTransitionError: it is retired already.
        """
        refuse_second_self(self.approver_id, situation)
        refuse_state(self.label, aggregate.state, MetricState.DEFINED)
        aggregate.record(
            MetricDefinition.Retired,
            situation.act,
            reason=self.reason,
            approver_id=self.approver_id,
        )


METRIC_DEFINITIONS = Resource(
    path="metric-definitions",
    label=Text("指标定义", "metric definition"),
    aggregate=MetricDefinition,
    opening=(DefineMetric,),
    commands=(RetireMetric,),
)
"""Definitions as API, scenarios and documentation see them (domain.md §4 row 43)."""
