"""Without this file a published report would hold digits that nobody could take apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from domain.band import band_of
from domain.counts import Counts, check_identities
from domain.dimension import Dimension
from domain.metric_catalogue import NO_DEFINITIONS, MetricCatalogue
from domain.public_table import PublicShare, PublicTable, public_counts
from domain.rate import PUBLIC_CASES_MIN, Rate
from domain.rates import RateDefinition
from domain.report_kind import ReportKind, counts_beside
from domain.report_question import ReportQuestion
from domain.score_rules import SCORE_RULES, ScoreRules
from domain.scoring import scored, unit_score
from domain.suppression import SUPPRESSED
from domain.text import Text


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a published report.

    Attributes:
        group: Key of its row, None for the total, ``""`` for the hub or for petitions
            without the attribute.
        figure: Definition with version, such as ``closure_rate@1``, or a plain count.
        n: Numerator, a count, or a score in hundredths of a point; None where withheld,
            or suppressed in a public report.
        d: Denominator, None for a count or a score.
        printed: The digits that were published, None where no figure may be given; a public
            report prints a band for a score, and ``*`` for what is suppressed.
    """

    group: str | None
    figure: str
    n: int | None
    d: int | None = None
    printed: str | None = None


@dataclass(frozen=True)
class Figures:
    """Counts of the log at one position, from which the cells of a report are made.

    Attributes:
        position: Last position that counts.
        rows: Counts by group.
        withheld: Why a group, or None for the total, has no rate.
        catalogue: Definitions of rates that the log had by then.
        excluded: Counts of petitions that appeals took out of a unit's score, by unit.
    """

    position: int
    rows: Mapping[str, Counts]
    withheld: Mapping[str | None, Text]
    excluded: Mapping[str, Counts] = field(default_factory=dict)
    catalogue: MetricCatalogue = NO_DEFINITIONS

    @property
    def total(self) -> Counts:
        """The sum over all groups."""
        return sum(self.rows.values(), Counts())


def report_cells(
    question: ReportQuestion, definitions: Sequence[str], figures: Figures
) -> tuple[Cell, ...]:
    """Return every figure of a report, group by group and the total last; pure.

    Args:
        question: What the report answers.
        definitions: What is computed, each with its version.
        figures: What the log says.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be published.
        UnknownDefinitionError: this program lacks one of the definitions.
    """
    rules = next((SCORE_RULES[each] for each in definitions if each in SCORE_RULES), None)
    rates = [figures.catalogue.find(each) for each in definitions if each not in SCORE_RULES]
    if rules is not None and rules.honours_appeals:
        figures = replace(figures, rows=scored(figures.rows, figures.excluded))
    public: PublicTable | None = None
    has_groups = question.by is not Dimension.TOTAL
    if question.is_public:
        beside = public_counts(figures.rows, has_groups=has_groups)
        public = PublicTable(figures.rows, rates, beside, has_groups=has_groups)
    groups: tuple[str | None, ...] = ()
    if has_groups:
        groups = tuple(figures.rows)
    return tuple(
        cell
        for group in (*groups, None)
        for cell in _Row(question, rates, figures, group, public).cells(rules)
    )


class _Row:
    """The figures of one group, or of the total."""

    def __init__(
        self,
        question: ReportQuestion,
        rates: Sequence[RateDefinition],
        figures: Figures,
        group: str | None,
        public: PublicTable | None,
    ) -> None:
        self._public = public
        self._question = question
        self._rates = rates
        self._group = group
        self._counts = figures.total if group is None else figures.rows[group]
        self._withheld = figures.withheld.get(group)

    def cells(self, rules: ScoreRules | None) -> Iterator[Cell]:
        check_identities(self._counts)
        kind = self._question.kind
        if kind is ReportKind.CLOSURE:
            for name, count in counts_beside(self._counts).items():
                if self._public is None:
                    yield self._cell(name, count, None, str(count))
                elif name in self._public.names:
                    given = self._public.count(name, self._group)
                    printed = SUPPRESSED if given is None else str(given)
                    yield self._cell(name, given, None, printed)
        if rules is not None and self._group is not None:
            yield self._score(rules)
        for definition in self._rates:
            yield self._rate(definition)

    def _rate(self, definition: RateDefinition) -> Cell:
        if self._withheld is not None:
            return self._cell(definition.reference, None, None, None)
        if self._public is not None:
            return self._public_rate(definition, self._public.share(definition, self._group))
        rate = definition.sums(self._counts)
        return self._printed(definition, rate, self._question.cases_min)

    def _public_rate(self, definition: RateDefinition, share: PublicShare) -> Cell:
        if share.n is None or share.d is None:
            return self._cell(definition.reference, share.n, share.d, SUPPRESSED)
        fewest = max(self._question.cases_min, PUBLIC_CASES_MIN)
        return self._printed(definition, Rate(share.n, share.d), fewest)

    def _printed(self, definition: RateDefinition, rate: Rate, cases_min: int) -> Cell:
        is_printed = rate.is_printed(cases_min)
        printed = rate.percent(rounding=self._question.rounding) if is_printed else None
        return self._cell(definition.reference, rate.n, rate.d, printed)

    def _score(self, rules: ScoreRules) -> Cell:
        points = unit_score(self._counts, rules).points
        too_few = self._counts["base"] < self._question.cases_min
        if points is None or too_few or self._withheld is not None:
            return self._cell(rules.reference, None, None, None)
        if self._public is not None:
            # Points could be worked back to a suppressed part; a band cannot.
            return self._cell(rules.reference, None, None, band_of(points).value)
        return self._cell(rules.reference, int(points * 100), None, str(points))

    def _cell(self, figure: str, n: int | None, d: int | None, printed: str | None) -> Cell:
        return Cell(group=self._group, figure=figure, n=n, d=d, printed=printed)
