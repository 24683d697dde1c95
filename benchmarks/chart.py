"""Without this file nobody would see whether a cost grows with the log."""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from typing import Any, Final, cast

import typst
from pylopdf_fonts_zh_cn import sans_path

from benchmarks.rounds import OURS
from benchmarks.rows import Row

TEMPLATE: Final = "chart.typ"
_MICROSECONDS: Final = 1_000_000
_SIZES: Final = "events in the log, or petitions 日志事件数或诉求件数"


def draw_chart(rows: Iterable[Row]) -> str | None:
    """Return the cost of each line of the chart against size as SVG, or None without a point.

    Pure, about 0.3 s. Rates are drawn as microseconds each, times as they are.

    Args:
        rows: Those with a ``size`` are points, of the contenders that they chart.

    Raises:
        ValueError: a point got lost in the drawing.
    """
    drawn = [row for row in rows if row.size is not None and not row.failure]
    panels = [
        panel
        for less_is_better, title in (
            (False, "µs for each, by size 每项耗时（微秒）"),
            (True, "milliseconds, by size 耗时（毫秒）"),
        )
        if (panel := _panel(title, [row for row in drawn if row.less_is_better is less_is_better]))
    ]
    if not panels:
        return None
    with as_file(files("benchmarks").joinpath(TEMPLATE)) as template:
        compiler = typst.Compiler(
            str(template),
            root=str(template.parent),
            font_paths=[str(sans_path().parent)],
            ignore_system_fonts=True,
            sys_inputs={"chart": json.dumps({"panels": panels})},
        )
        (points_lens,) = json.loads(compiler.query("<points>", field="value"))
        if points_lens != [sum(len(line["points"]) for line in panel["lines"]) for panel in panels]:
            raise ValueError("a point is not in the chart; draw it again from the run's JSON")
        return cast("bytes", compiler.compile(format="svg")).decode()


def _panel(title: str, rows: list[Row]) -> dict[str, Any]:
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        for name, point in _points(row):
            lines.setdefault(name, []).append(point)
    if not lines:
        return {}
    drawn = [{"name": name, "points": sorted(points)} for name, points in lines.items()]
    return {"title": title, "sizes": _SIZES, "lines": drawn}


def _points(row: Row) -> Iterator[tuple[str, tuple[int, float]]]:
    for contender in row.charted:
        figure = row.median(contender)
        if figure and row.size is not None:
            cost = figure if row.less_is_better else _MICROSECONDS / figure
            of = "" if contender == OURS else f", {contender.removeprefix(OURS + ', ')}"
            yield f"{row.benchmark} {row.series}{of}", (row.size, cost)
