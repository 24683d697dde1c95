"""Without this file nobody could say by which definition a figure of a day is to be computed."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.errors import DomainError
from domain.metric_definition import MetricState
from domain.rates import BUILT_IN_RATES, RateDefinition, UnknownDefinitionError
from domain.text import Text

BUILT_IN_SOURCE = "taizhang"


class MetricEntry(NamedTuple):
    """One version of one rate in the catalogue.

    Attributes:
        definition: What it counts.
        state: Whether new reports may use it.
        effective_on: First civil day of reports that count by it; None for ever.
        source: Rule or document it follows, or the program itself.
    """

    definition: RateDefinition
    state: MetricState
    effective_on: date | None
    source: str


class RetiredDefinitionError(DomainError):
    """A new report asks for a definition that was retired."""

    code = "retired-definition"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"指标 {name} 已停用；未返回任何结果，已发布的报表仍可核验，"
                "请从 taizhang metrics 中选用在用的指标。",
                f"the metric {name} was retired; nothing was returned and published reports can "
                "still be verified, choose one in use from taizhang metrics.",
            )
        )


class NoSuchMetricError(DomainError):
    """A new report asks for a metric that there is not, or not yet."""

    code = "no-such-metric"

    def __init__(self, name: str, on: date) -> None:
        super().__init__(
            Text(
                f"截至 {on} 没有指标“{name}”；未返回任何结果，全部指标见 taizhang metrics。",
                f"on {on} there is no metric '{name}'; nothing was returned, see them all with "
                "taizhang metrics.",
            )
        )


class MetricCatalogue:
    """Every definition of every rate: those built in, and those the ledger added.

    Args:
        defined: Entries of the ledger.
    """

    def __init__(self, defined: Iterable[MetricEntry] = ()) -> None:
        built_in = (
            MetricEntry(each, MetricState.BUILT_IN, None, BUILT_IN_SOURCE)
            for each in BUILT_IN_RATES
        )
        # The ledger's own come last: what the program has built in cannot be redefined.
        entries = {each.definition.reference: each for each in (*defined, *built_in)}
        self._entries = dict(sorted(entries.items(), key=lambda item: _place(item[1].definition)))

    @property
    def entries(self) -> tuple[MetricEntry, ...]:
        """Every version of every rate: those built in first, each rate's versions in order."""
        return tuple(self._entries.values())

    @property
    def rate_ids(self) -> tuple[str, ...]:
        """Identifier of every rate that there ever was, in the same order."""
        return tuple(dict.fromkeys(each.definition.rate_id for each in self.entries))

    def find(self, reference: str) -> RateDefinition:
        """Return a definition by its version, retired or not, for what was published by it.

        Raises:
            UnknownDefinitionError: neither the program nor the ledger has it.
        """
        entry = self._entries.get(reference)
        if entry is None:
            raise UnknownDefinitionError(reference)
        return entry.definition

    def take(self, name: str, on: date) -> RateDefinition:
        """Return the definition that a new report of a day uses.

        Args:
            name: ``closure_rate``, which means its newest version then, or ``closure_rate@2``.
            on: Local day of the report's as-of.

        Raises:
            RetiredDefinitionError: it was retired, and no earlier version may stand for it.
            NoSuchMetricError: there is none, or none effective yet.
        """
        named = [
            each
            for each in self.entries
            if name in (each.definition.rate_id, each.definition.reference)
            and (each.effective_on is None or each.effective_on <= on)
        ]
        if not named:
            raise NoSuchMetricError(name, on)
        usable = [each for each in named if each.state is not MetricState.RETIRED]
        if not usable:
            raise RetiredDefinitionError(name)
        return usable[-1].definition


def _place(definition: RateDefinition) -> tuple[int, str, int]:
    known = [each.rate_id for each in BUILT_IN_RATES]
    rate_id = definition.rate_id
    place = known.index(rate_id) if rate_id in known else len(known)
    return place, rate_id, definition.version


NO_DEFINITIONS = MetricCatalogue()
"""A ledger that has defined no metric of its own."""
