"""Without this file an exported report could hold other figures than the published one."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from domain.band import Band, band_of
from domain.dimension import Dimension
from domain.ranking import Entry, rank
from domain.report_cells import Cell
from domain.report_kind import COUNTS_BESIDE
from domain.score_rules import SCORE_RULES
from domain.suppression import SUPPRESSED
from domain.text import Text
from replay.export_columns import count_field, group_fields, rate_fields, rate_values
from replay.export_document import NO_FIGURE, Document, Row, Say, Table
from replay.export_field import Field, FieldKind, Value, codes_of
from replay.group_labels import group_label
from replay.letterhead import Letterhead
from replay.rated_report import RatedReport

TOTAL_CODE = "total"
_COUNTS = Text("收件情况", "intake")


def rated_document(
    report: RatedReport,
    names: Mapping[str, Text],
    letterhead: Letterhead,
    say: Say,
    *,
    total_first: bool = False,
) -> Document:
    """Return a report of rates, ready for any format; pure.

    Args:
        report: Its figures.
        names: Names of the units by code.
        letterhead: Who hands it in.
        say: Language of the names.
        total_first: Whether a printed form has the total above its parts.
    """
    by = report.question.by
    cells = {(cell.group, cell.figure): cell for cell in report.cells}
    figures = list(dict.fromkeys(cell.figure for cell in report.cells))
    places = _places(report, cells)
    groups = sorted(_groups(report), key=lambda group: places.get(group) or len(cells) + 1)

    def record(group: str | None) -> Row:
        label = group_label(by, group, names)
        code = TOTAL_CODE if group is None else group
        head: list[Value] = [say(label), "petition", code]
        if report.rank_by is not None:
            head.append(places.get(group))
        return (*head, *_values(report, cells, group, figures))

    fields = [*group_fields(by), *_rank_fields(report), *_fields(report, figures)]
    total = record(None) if any(cell.group is None for cell in report.cells) else None
    rows = [record(group) for group in groups]
    if by is Dimension.TOTAL:
        rows, total = [record(None)], None
    return Document(
        report.name,
        report.title,
        Table(fields, rows, total, SUPPRESSED if report.question.is_public else NO_FIGURE),
        report.origin,
        letterhead,
        lead=tuple(_lead(report, cells)),
        total_first=total_first,
    )


def _lead(report: RatedReport, cells: Mapping[tuple[str | None, str], Cell]) -> Iterator[Text]:
    """Yield one sentence of what all groups together came to; pure."""
    until = report.origin.as_of_on
    parts = []
    for reference in report.definitions:
        cell = cells.get((None, reference))
        if cell is not None and cell.d is not None and cell.printed not in {None, SUPPRESSED}:
            label = report.catalogue.find(reference).label
            shown = f"{cell.printed}%"
            parts.append(
                Text(
                    f"{label.zh}{shown}（{cell.n}/{cell.d}）",
                    f"{label.en} {shown} ({cell.n}/{cell.d})",
                )
            )
    if parts:
        yield Text(
            f"截至{until.year}年{until.month}月{until.day}日，"
            f"{'，'.join(part.zh for part in parts)}。",
            f"As of {until}: {', '.join(part.en for part in parts)}.",
        )


def _groups(report: RatedReport) -> list[str]:
    return list(dict.fromkeys(cell.group for cell in report.cells if cell.group is not None))


def _places(
    report: RatedReport, cells: Mapping[tuple[str | None, str], Cell]
) -> dict[str | None, int | None]:
    """Return the place of each group by the figure that gives it; pure."""
    if report.rank_by is None:
        return {}
    entries = []
    for group in _groups(report):
        cell = cells.get((group, report.rank_by))
        value = None
        if cell is not None and cell.printed is not None and cell.n is not None:
            value = Fraction(cell.n, cell.d or 1)
        entries.append(Entry(group, value, 1 if cell is None or cell.d is None else cell.d))
    # Too few cases left no digits, and so no value.
    ranking = rank(entries, cases_min=1)
    return {line.key: line.rank for line in ranking.ranked}


def _rank_fields(report: RatedReport) -> Iterator[Field]:
    if report.rank_by is not None:
        place = Text("名次", "rank")
        yield Field("rank", place, FieldKind.COUNT, is_printed=report.shows_ranks)


def _fields(report: RatedReport, figures: Sequence[str]) -> Iterator[Field]:
    for figure in figures:
        if figure in COUNTS_BESIDE:
            yield count_field(figure, COUNTS_BESIDE[figure], _COUNTS)
        elif figure in SCORE_RULES:
            yield Field("band", Text("档次", "band"), FieldKind.CODE, codes=codes_of(Band), width=8)
            yield Field("score", Text("得分", "score"), FieldKind.POINTS, definition=figure)
        else:
            yield from rate_fields(report.catalogue.find(figure))


def _values(
    report: RatedReport,
    cells: Mapping[tuple[str | None, str], Cell],
    group: str | None,
    figures: Sequence[str],
) -> Iterator[Value]:
    for figure in figures:
        cell = cells.get((group, figure))
        if figure in COUNTS_BESIDE:
            yield None if cell is None else cell.n
        elif figure in SCORE_RULES:
            yield from _score_values(cell, is_public=report.question.is_public)
        else:
            yield from rate_values(cell)


def _score_values(cell: Cell | None, *, is_public: bool) -> tuple[Value, Value]:
    """Return band and points; the public is told the band alone."""
    if cell is None or cell.printed is None:
        return None, None
    if is_public:
        return cell.printed, None
    points = Decimal(cell.printed)
    return band_of(points).value, points
