"""Without this file a definition would have no shape that a client could rely on."""

from datetime import date
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from api.schemas import Label, Name
from domain.metric_catalogue import BUILT_IN_SOURCE, NO_DEFINITIONS, MetricCatalogue
from domain.metric_definition import MetricState
from domain.other_metrics import OTHER_METRICS
from domain.text import Text

_Names = Annotated[tuple[Name, ...], Meta(max_length=100)]


class MetricView(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one metric.

    Attributes:
        reference: Identifier and version, as published figures name it.
        label: What people call it.
        formula: How it is computed.
        numerator: Measures that are added; empty for a metric told in words.
        less: Measures taken off them.
        denominator: Measures that are added.
        state: `built_in`, `defined` or `retired`.
        effective_on: First civil day of reports that count by it, or null for ever.
        source: Rule or document it follows, or the program itself.
    """

    reference: Name
    label: Label
    formula: Label
    numerator: _Names = ()
    less: _Names = ()
    denominator: _Names = ()
    state: Name
    effective_on: date | None = None
    source: Name


class MetricList(msgspec.Struct, frozen=True):
    """Every definition there is."""

    metrics: Annotated[tuple[MetricView, ...], Meta(max_length=100_000)]


def show_metrics(catalogue: MetricCatalogue) -> MetricList:
    """Return the catalogue as the API shows it. Pure."""
    rates = (
        MetricView(
            reference=each.definition.reference,
            label=Label.of(each.definition.label),
            formula=Label.of(Text(each.definition.formula, each.definition.formula)),
            numerator=each.definition.numerator,
            less=each.definition.less,
            denominator=each.definition.denominator,
            state=each.state.value,
            effective_on=each.effective_on,
            source=each.source,
        )
        for each in catalogue.entries
    )
    others = (
        MetricView(
            reference=each.reference,
            label=Label.of(each.label),
            formula=Label.of(each.formula),
            state=MetricState.BUILT_IN.value,
            source=BUILT_IN_SOURCE,
        )
        for each in OTHER_METRICS
    )
    return MetricList((*rates, *others))


METRIC_LIST: Final = MetricList(show_metrics(NO_DEFINITIONS).metrics[:1])
