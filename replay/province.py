"""Without this file tiers above a city would add up figures that do not mean the same.

Each ledger is read by itself, in a snapshot of its own: there is no transaction over several
ledgers, and the position of each says what its part was computed from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.cell_sums import CellsByFigure, sum_cells
from domain.published_report import PublishedReport, ReportState
from domain.report_cells import Cell
from domain.report_question import ReportQuestion
from domain.text import Text
from replay.export_definitions import Definition, define
from replay.province_errors import (
    NotSummableError,
    PublicCellsError,
    ReportNotStandingError,
)
from replay.published import find_report
from replay.rated_report import RatedReport

_COMPARED: Final = (
    "kind",
    "extent",
    "period",
    "month_start_day",
    "accepted_from",
    "accepted_before",
    "as_of",
    "known_at",
    "zone",
    "cases_min",
    "rounding",
    "metrics",
)
"""What has to be the same of all questions; how they group is not, since totals are added."""

_INCOMPLETE: Final = Text("收件不全，不予计算", "its intake is incomplete")


class Contribution(NamedTuple):
    """The part of one ledger.

    Attributes:
        ledger: Its name.
        place: Whose it is.
        report: Its figures, published or not, with the position they were computed at.
    """

    ledger: str
    place: Text
    report: RatedReport

    @property
    def cells(self) -> CellsByFigure:
        """Its totals by figure; pure."""
        return {cell.figure: cell for cell in self.report.cells if cell.group is None}

    @property
    def left_out(self) -> Text | None:
        """Why it is not part of the sum, or None; pure."""
        if all(cell.n is not None for cell in self.cells.values()):
            return None
        return next(iter(self.report.withheld), _INCOMPLETE)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """What it computed, in words; pure."""
        return define(self.report.definitions, self.report.catalogue)


@dataclass(frozen=True)
class ProvinceReport:
    """The figures of several ledgers and their sum.

    Attributes:
        parts: What each ledger contributes, in the order asked for; at least one.
    """

    parts: tuple[Contribution, ...]

    @classmethod
    def of(cls, parts: Sequence[Contribution]) -> "ProvinceReport":
        """Return the report of parts that may be added; pure.

        Raises:
            NotSummableError: their definitions or questions differ.
            PublicCellsError: one of them is a table for the public.
        """
        first = parts[0]
        for part in parts:
            if part.report.question.is_public:
                raise PublicCellsError(part.ledger)
            _compare(first, part)
        return cls(tuple(parts))

    @property
    def question(self) -> ReportQuestion:
        """What all of them answer."""
        return self.parts[0].report.question

    @cached_property
    def total(self) -> tuple[Cell, ...]:
        """The sum of the parts that may be added; empty where there is none."""
        counted = [part.cells for part in self.parts if part.left_out is None]
        if not counted:
            return ()
        question = self.question
        return sum_cells(counted, cases_min=question.cases_min, rounding=question.rounding)

    @property
    def notes(self) -> tuple[Text, ...]:
        """Which ledgers were counted out, and why."""
        return tuple(
            Text(
                f"未计入 {part.ledger}（{part.place.zh}）：{part.left_out.zh}",
                f"{part.ledger} ({part.place.en}) is not counted: {part.left_out.en}",
            )
            for part in self.parts
            if part.left_out is not None
        )


def standing_report(connection: Connection[Any], ledger: str, number: int) -> PublishedReport:
    """Return a published report that was not retracted. Blocking, one query.

    Raises:
        ReportNotStandingError: there is none.
    """
    report = find_report(connection, number)
    if report is None or report.state is not ReportState.PUBLISHED:
        raise ReportNotStandingError(ledger, number)
    return report


def _compare(first: Contribution, part: Contribution) -> None:
    if part.definitions != first.definitions:
        names = ", ".join(
            each.reference
            for each in dict.fromkeys((*first.definitions, *part.definitions))
            if each not in first.definitions or each not in part.definitions
        )
        what = Text(f"定义（{names}）", f"definitions ({names})")
        raise NotSummableError(first.ledger, part.ledger, what)
    for name in _COMPARED:
        if getattr(part.report.question, name) != getattr(first.report.question, name):
            raise NotSummableError(first.ledger, part.ledger, Text(f"问题（{name}）", f"'{name}'"))
