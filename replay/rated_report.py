"""Without this file a report could be exported only after it was published."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from domain.metric_catalogue import MetricCatalogue
from domain.period import read_period
from domain.published_report import PublishedReport
from domain.report_cells import Cell
from domain.report_question import ReportQuestion
from domain.score_rules import SCORE_RULES
from domain.text import Text
from replay.export_definitions import define
from replay.export_document import Origin


@dataclass(frozen=True)
class RatedReport:
    """A report made of cells, published or not.

    Attributes:
        name: Identifier of the report.
        title: What people call it.
        question: What it answers.
        definitions: What was computed, each with its version.
        position: Last position of the log that counts.
        cells: Its figures.
        catalogue: Definitions of rates that there were by then.
        rank_by: Figure that gives the order and the places, or None.
        shows_ranks: Whether a printed form has the places.
        number: Number of a published report.
        state: Whether a published report stands.
        withheld: Why rates are missing.
    """

    name: str
    title: Text
    question: ReportQuestion
    definitions: tuple[str, ...]
    position: int
    cells: tuple[Cell, ...]
    catalogue: MetricCatalogue
    rank_by: str | None = None
    shows_ranks: bool = True
    number: int | None = None
    state: Text | None = None
    withheld: tuple[Text, ...] = ()

    @classmethod
    def published(cls, report: PublishedReport, catalogue: MetricCatalogue) -> "RatedReport":
        """Return a published report, to be exported as it was published.

        Args:
            report: As it stands.
            catalogue: The definitions at its position.
        """
        kind = report.question.kind
        return cls(
            kind.value,
            kind.label,
            report.question,
            report.definitions,
            report.position,
            report.cells,
            catalogue,
            next((each for each in report.definitions if each in SCORE_RULES), None),
            shows_ranks=False,
            number=report.number,
            state=report.state.label,
        )

    @property
    def origin(self) -> Origin:
        """What its figures were computed from."""
        question = self.question
        start_day = question.month_start_day
        extent = msgspec.structs.asdict(question.extent)
        return Origin(
            self.position,
            question.as_of,
            ZoneInfo(question.zone),
            question.known_at,
            define(self.definitions, self.catalogue),
            None if question.period is None else read_period(question.period, start_day).label,
            question.accepted_from,
            question.accepted_before,
            {name: value for name, value in extent.items() if value is not None},
            question.cases_min,
            question.rounding.value,
            self.number,
            self.state,
            self.withheld,
            question.as_dispatched,
        )
