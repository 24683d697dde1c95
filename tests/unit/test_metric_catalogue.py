"""Tests of what a rate counts from which day on, and of who may say so."""

from dataclasses import replace as with_fields
from datetime import date

import pytest
from msgspec.structs import replace

from domain.measures import MEASURES
from domain.metric_catalogue import (
    NO_DEFINITIONS,
    MetricCatalogue,
    MetricEntry,
    NoSuchMetricError,
    RetiredDefinitionError,
)
from domain.metric_definition import MetricDefinition, MetricState
from domain.metric_orders import RetireMetric
from domain.other_metrics import OTHER_METRICS
from domain.rates import RATES, RateDefinition, UnknownDefinitionError
from domain.text import Text
from domain.vocabulary import Role
from tests.unit.counted_figures import counts
from tests.unit.resource_story import DEFINE_METRIC, Deed, Life

DAY = date(2026, 9, 1)
RETIRE = Deed(RetireMetric(reason="停用", approver_id="ad-2"), Role.ADMIN)


def defining(**fields: object) -> Deed:
    """Return a definition that differs in some fields."""
    return with_fields(DEFINE_METRIC, command=replace(DEFINE_METRIC.command, **fields))


def entry(reference: str, state: MetricState = MetricState.DEFINED, on: date = DAY) -> MetricEntry:
    """Return a definition of the ledger's own."""
    rate_id, _, number = reference.partition("@")
    definition = RateDefinition(
        rate_id, Text("甲", "a"), ("closed",), ("accepted",), version=int(number)
    )
    return MetricEntry(definition, state, on, "示例")


def test_definition_records_measures_and_day() -> None:
    """The next version of a built-in rate, with the second person's name."""
    life = Life().do(DEFINE_METRIC)
    assert isinstance(life.aggregate, MetricDefinition)
    assert life.aggregate.formula.denominator == ("accepted",)
    assert life.aggregate.state is MetricState.DEFINED
    assert Life().do(defining(rate_id="swift_rate", number=1)).aggregate is not None


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (defining(numerator=("happy",)), "unknown-measure"),
        (defining(less=("happy",)), "unknown-measure"),
        (defining(denominator=()), "no-measure"),
        (defining(number=1), "metric-version"),
        (defining(number=3), "metric-version"),
        (defining(rate_id="swift_rate", number=2), "metric-version"),
        (defining(approver_id="admin-1"), "not-permitted"),
    ],
)
def test_definition_is_refused(deed: Deed, code: str) -> None:
    """Only measures that exist, only the next version, never alone."""
    Life().refuses(deed, code)


def test_definition_is_retired_once() -> None:
    """It stays as it is; nobody retires it a second time."""
    life = Life().do(DEFINE_METRIC, RETIRE)
    assert isinstance(life.aggregate, MetricDefinition)
    assert life.aggregate.state is MetricState.RETIRED
    life.refuses(RETIRE, "impossible-transition")


def test_newest_version_counts_from_its_day_on() -> None:
    """Reports of earlier days keep the definition of their day; each version can be named."""
    catalogue = MetricCatalogue([entry("closure_rate@2")])
    assert catalogue.take("closure_rate", date(2026, 8, 31)).version == 1
    assert catalogue.take("closure_rate", DAY).version == 2
    assert catalogue.take("closure_rate@1", DAY) == RATES["closure_rate"]
    with pytest.raises(NoSuchMetricError):
        catalogue.take("closure_rate@2", date(2026, 8, 31))


def test_retired_definition_is_refused_but_found() -> None:
    """An earlier version stands for it where there is one; what was published keeps it."""
    retired = MetricState.RETIRED
    catalogue = MetricCatalogue([entry("closure_rate@2", retired), entry("swift_rate@1", retired)])
    assert catalogue.take("closure_rate", DAY).version == 1
    for name in ("closure_rate@2", "swift_rate", "swift_rate@1"):
        with pytest.raises(RetiredDefinitionError):
            catalogue.take(name, DAY)
    assert catalogue.find("swift_rate@1").numerator == ("closed",)
    with pytest.raises(UnknownDefinitionError):
        catalogue.find("swift_rate@2")


def test_built_in_definition_cannot_be_replaced() -> None:
    """Whatever a log says of version 1, the program's own stands."""
    assert (
        MetricCatalogue([entry("closure_rate@1")]).find("closure_rate@1") == RATES["closure_rate"]
    )


def test_catalogue_lists_every_rate_and_every_other_figure_in_both_languages() -> None:
    """Built-in ones first, versions in order; formulas name measures that exist."""
    found = MetricCatalogue([entry("closure_rate@2"), entry("a_rate@1")])
    references = [each.definition.reference for each in found.entries]
    assert references[:2] == ["closure_rate@1", "closure_rate@2"]
    assert references[-1] == "a_rate@1"
    assert len(NO_DEFINITIONS.entries) == len(RATES)
    for each in NO_DEFINITIONS.entries:
        assert set(each.definition.denominator) <= set(MEASURES)
        assert each.definition.label.zh != each.definition.label.en
    names = [each.reference for each in OTHER_METRICS]
    assert len(names) == len(set(names))
    for wanted in ("claim_gap@1", "participation_coverage@1", "attendance_times@1"):
        assert wanted in names


def test_formula_reads_as_it_counts() -> None:
    """Added, taken off, divided."""
    assert RATES["reopen_rate"].formula == "(first_pass_d − first_pass_n) ÷ (first_pass_d)"


def test_rate_that_is_no_share_is_withheld() -> None:
    """A definition may add what it likes; more than all of all is printed nowhere."""
    odd = RateDefinition("odd", Text("奇", "odd"), ("received",), ("closed",))
    assert odd.of(counts(received=5, closed=3)).withheld is not None
    assert odd.of(counts(received=3, closed=5)) == (3, 5)
