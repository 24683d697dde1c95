"""Without this file a published report would have no shape that a client could rely on."""

from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from api.examples import EXAMPLE_ID, example_instant
from api.schemas import Count, Label, Name, Position
from domain.published_report import PublishedReport
from domain.report_cells import Cell
from replay.published import Difference


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One published report; its figures stand in its `report.published` event.

    Attributes:
        report_id: Where it is read, verified and retracted.
        number: Its number.
        kind: Which report.
        label: What people call it.
        state: Whether it stands.
        period: Statistical period, or null for all petitions.
        as_of: Instant its petitions were judged at.
        known_at: Instant up to which the ledger's knowledge counted, or null for all.
        position: Last position of the log that counted.
        definitions: What was computed, each with its version.
        supersedes: Number of the report it revises, or null.
        as_dispatched: Whether merged units kept what they were dispatched.
    """

    report_id: Name
    number: Count
    kind: Name
    label: Label
    state: Name
    period: Name | None
    as_of: datetime
    known_at: datetime | None
    position: Position
    definitions: Annotated[tuple[Name, ...], Meta(max_length=100)]
    supersedes: Count | None
    as_dispatched: bool


class ReportList(msgspec.Struct, frozen=True):
    """A page of reports, oldest first."""

    items: Annotated[tuple[ReportLine, ...], Meta(max_length=500)]


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """One figure; ``d`` is null for a count, all are null where it was withheld."""

    n: Count | None
    d: Count | None
    printed: Name | None

    @classmethod
    def of(cls, cell: Cell | None) -> "FigureView | None":
        """Return the figure of a cell."""
        return None if cell is None else cls(n=cell.n, d=cell.d, printed=cell.printed)


class DifferenceView(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that was published otherwise than the log gives it; null where one is missing."""

    group: Name | None
    figure: Name
    published: FigureView | None
    replayed: FigureView | None


class VerificationView(msgspec.Struct, frozen=True, kw_only=True):
    """What came of computing a report again."""

    number: Count
    position: Position
    figures: Count
    differences: Annotated[tuple[DifferenceView, ...], Meta(max_length=10_000)]


def show_report(report: PublishedReport) -> ReportLine:
    """Return a report as a line of the list; pure."""
    question = report.question
    return ReportLine(
        report_id=str(report.id),
        number=report.number,
        kind=question.kind.value,
        label=Label.of(question.kind.label),
        state=report.state.value,
        period=question.period,
        as_of=question.as_of,
        known_at=question.known_at,
        position=report.position,
        definitions=report.definitions,
        supersedes=None if report.revision is None else report.revision.supersedes,
        as_dispatched=question.as_dispatched,
    )


def show_verification(
    report: PublishedReport, differences: tuple[Difference, ...]
) -> VerificationView:
    """Return what came of computing a report again; pure."""
    return VerificationView(
        number=report.number,
        position=report.position,
        figures=len(report.cells),
        differences=tuple(
            DifferenceView(
                group=cell.group,
                figure=cell.figure,
                published=FigureView.of(published),
                replayed=FigureView.of(replayed),
            )
            for published, replayed in differences
            if (cell := published or replayed) is not None
        ),
    )


REPORT_LIST: Final = ReportList(
    (
        ReportLine(
            report_id=str(EXAMPLE_ID),
            number=1,
            kind="closure",
            label=Label("办结情况", "Closure"),
            state="published",
            period="2019",
            as_of=example_instant().astimezone(UTC),
            known_at=None,
            position=2096,
            definitions=("closure_rate@1",),
            supersedes=None,
            as_dispatched=False,
        ),
    )
)
VERIFICATION: Final = VerificationView(number=1, position=2096, figures=112, differences=())
