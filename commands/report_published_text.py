"""Without this file a published report could be verified but not read."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from commands.report_document import AS_DISPATCHED, NO_FIGURE
from commands.table_text import Column, print_head, print_table
from domain.metric_catalogue import MetricCatalogue
from domain.published_report import PublishedReport
from domain.rate import Rate, points_between
from domain.report_cells import Cell
from domain.report_kind import COUNTS_BESIDE
from domain.score_rules import SCORE_RULES
from domain.suppression import SUPPRESSED
from domain.text import Text
from ledger.database import Database, Role
from projections.unit_score import read_unit_names
from replay.catalogue import replay_catalogue
from replay.group_labels import group_label
from replay.published import Difference, LoggedFigures, compare

SCHEMA = "taizhang.published_report/1"

_OLD, _NEW = Text("原发布", "published before"), Text("本次", "now")


def print_published(database: Database, report: PublishedReport, *, as_json: bool) -> None:
    """Write a published report to stdout, and beside it what it changed in the one it revises.

    Blocking.
    """
    if as_json:
        print_json(report_member(report))
        return
    with database.connect(Role.APP) as connection:
        names = read_unit_names(connection)
        catalogue = replay_catalogue(connection, report.position)
    print_head(_head(report))
    figures = tuple(dict.fromkeys(cell.figure for cell in report.cells))
    print_table(_columns(report, figures, catalogue), _rows(report, figures, names))
    if report.revision is not None:
        old = LoggedFigures(database).find_report(report.revision.supersedes)
        if old is not None:
            print_head([(Text("与原报表之差", "changes against report"), str(old.number))])
            print_differences(_comparable(old, report), report, names, catalogue, (_OLD, _NEW))


def print_differences(
    differences: Sequence[Difference],
    report: PublishedReport,
    names: Mapping[str, Text],
    catalogue: MetricCatalogue,
    titles: tuple[Text, Text],
) -> None:
    """Write the figures in which two reports differ to stdout."""
    columns = [
        Column(report.question.by.label, is_number=False),
        Column(Text("指标", "figure"), is_number=False),
        *map(Column, titles),
        Column(Text("百分点", "points")),
    ]
    print_table(
        columns,
        [
            [
                say(group_label(report.question.by, cell.group, names)),
                say(figure_label(cell.figure, catalogue)),
                _cell_text(difference.published),
                _cell_text(difference.replayed),
                _points(difference),
            ]
            for difference in differences
            if (cell := difference.published or difference.replayed) is not None
        ],
    )


def report_member(report: PublishedReport) -> dict[str, object]:
    """Return a published report for JSON."""
    return {
        "schema": SCHEMA,
        "number": report.number,
        "state": report.state.value,
        "question": msgspec.to_builtins(report.question),
        "definitions": list(report.definitions),
        "position": report.position,
        "cells": msgspec.to_builtins(report.cells),
        "revision": msgspec.to_builtins(report.revision),
    }


def figure_label(figure: str, catalogue: MetricCatalogue) -> Text:
    """Return what people call a figure, by its definition or the name of a count."""
    if figure in SCORE_RULES:
        return Text("得分", "score")
    return COUNTS_BESIDE[figure] if figure in COUNTS_BESIDE else catalogue.find(figure).label


def _comparable(old: PublishedReport, new: PublishedReport) -> tuple[Difference, ...]:
    """Return what changed; only totals where the two are grouped otherwise."""
    before, after = old.cells, new.cells
    if old.question.by is not new.question.by:
        before, after = (
            tuple(cell for cell in cells if cell.group is None) for cells in (before, after)
        )
    return compare(before, after)


def _head(report: PublishedReport) -> list[tuple[Text, str]]:
    question, zone = report.question, ZoneInfo(report.question.zone)
    head = [
        (Text("报表", "report"), say(question.kind.label)),
        (Text("编号", "number"), str(report.number)),
        (Text("状态", "state"), say(report.state.label)),
        (Text("截至", "as of"), f"{local_text(question.as_of, zone)} [{zone.key}]"),
        (Text("日志位置", "log position"), str(report.position)),
        (Text("定义", "definitions"), ", ".join(report.definitions)),
        (Text("修约", "rounding"), say(question.rounding.label)),
    ]
    if question.known_at is not None:
        head.append((Text("按此时已知", "as known at"), local_text(question.known_at, zone)))
    if question.is_public:
        head.append((Text("公开表", "public table"), SUPPRESSED))
    if question.period is not None:
        head.append((Text("统计期", "period"), question.period))
    head.extend(
        (Text("范围", "scope"), f"{name}={value}")
        for name, value in msgspec.structs.asdict(question.extent).items()
        if value is not None
    )
    if question.as_dispatched:
        head.append((AS_DISPATCHED[0], say(AS_DISPATCHED[1])))
    if report.revision is not None:
        revision = report.revision
        head.append((Text("修订", "revises"), f"{revision.supersedes}: {revision.reason}"))
    return head


def _columns(
    report: PublishedReport, figures: Sequence[str], catalogue: MetricCatalogue
) -> list[Column]:
    columns = [Column(report.question.by.label, is_number=False)]
    for figure in figures:
        label = figure_label(figure, catalogue)
        if figure not in COUNTS_BESIDE and figure not in SCORE_RULES:
            columns.append(Column(Text("件数 n/d", "n/d")))
            label = Text(f"{label.zh} %", f"{label.en} %")
        columns.append(Column(label))
    return columns


def _rows(
    report: PublishedReport, figures: Sequence[str], names: Mapping[str, Text]
) -> list[list[str]]:
    cells = {(cell.group, cell.figure): cell for cell in report.cells}
    rows = []
    for group in _groups(report):
        row = [say(group_label(report.question.by, group, names))]
        for figure in figures:
            cell = cells.get((group, figure))
            if figure not in COUNTS_BESIDE and figure not in SCORE_RULES:
                row.append(_fraction(cell))
            row.append(NO_FIGURE if cell is None or cell.printed is None else cell.printed)
        rows.append(row)
    return rows


def _fraction(cell: Cell | None) -> str:
    if cell is None or (cell.n is None and cell.d is None and cell.printed is None):
        return NO_FIGURE
    return "/".join(SUPPRESSED if each is None else str(each) for each in (cell.n, cell.d))


def _groups(report: PublishedReport) -> list[str | None]:
    """Return the groups in their order: those with a score by it, the others as published."""
    points = {cell.group: cell.n for cell in report.cells if cell.figure in SCORE_RULES}
    groups = dict.fromkeys(cell.group for cell in report.cells)
    return sorted(groups, key=lambda group: -(points.get(group) or 0))


def _cell_text(cell: Cell | None) -> str:
    if cell is None or cell.n is None:
        return NO_FIGURE
    if cell.d is None:
        return cell.printed or str(cell.n)
    return f"{cell.n}/{cell.d} {cell.printed or NO_FIGURE}"


def _points(difference: Difference) -> str:
    before, after = difference
    shares = [
        Rate(cell.n, cell.d)
        for cell in (before, after)
        if cell is not None and cell.n is not None and cell.d
    ]
    if len(shares) < len(difference):
        return NO_FIGURE
    return points_between(shares[0], shares[1])
