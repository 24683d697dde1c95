"""Without this file forecasts could be made and never printed."""

from itertools import islice
from typing import Any

import click

from commands.demand_head import group_label, scope_lines, scope_member
from commands.json_text import print_json
from commands.language import say
from commands.reading import Reading
from commands.table_text import Column, print_head, print_table
from domain.demand_grouping import DemandGrouping
from domain.monthly_series import (
    FORECAST_VERSION,
    MODEL_MEAN_MIN,
    MODEL_MONTHS_MIN,
    SEASON_LEN,
    last_whole_month,
)
from domain.period import Period, read_period
from domain.text import Text
from projections.positions import positions
from replay.demand_forecast import GroupForecast, make_forecasts
from replay.demand_model import COVERAGE, HISTORY_MAX, library_version
from replay.demand_scope import DemandScope
from replay.demand_volume import read_volume

_NONE = "–"
_COLUMNS = (
    Column(Text("月份", "month"), is_number=False, is_whole=True),
    Column(Text("预测件数", "expected")),
    Column(Text("95% 下限", "95 % lower")),
    Column(Text("95% 上限", "95 % upper")),
    Column(Text("方法", "method"), is_number=False),
    Column(Text("历史月数", "months of history")),
    Column(Text("依据的月值范围", "range of the months it rests on"), is_number=False),
    Column(Text("未用模型的原因", "why no model"), is_number=False),
)


def print_forecast(reading: Reading, scope: DemandScope, options: dict[str, Any]) -> None:
    """Write the forecasts that options ask for to stdout. Blocking, some seconds per group.

    Raises:
        click.BadParameter: the last month of the history is no month, or not over yet.
        MissingExtraError: the statistics library is not installed.
    """
    by, months = DemandGrouping(options["by"]), int(options["months"])
    last = _last_month(reading, options["until"], options["month_start_day"])
    volume = read_volume(reading.connection, by, last, reading.zone, scope=scope)
    largest = dict(islice(volume.items(), options["groups_max"]))
    _warn_of_silence([each.counts for each in largest.values()], last)
    forecasts = make_forecasts(largest, months, jobs=options["jobs"])
    position = positions(reading.connection).get("petitions", 0)
    method = f"forecast@{FORECAST_VERSION} statsmodels@{library_version()}"
    received = sum(sum(each.counts) for each in volume.values())
    if options["as_json"]:
        print_json(
            {
                "schema": "taizhang.demand_forecast/1",
                "method": method,
                "measure": "received@1",
                "position": position,
                "until": str(last),
                "month_start_day": last.start_day,
                "zone": reading.zone.key,
                "months": months,
                "coverage": f"{COVERAGE:.0%}",
                "history_max": HISTORY_MAX,
                "model_months_min": MODEL_MONTHS_MIN,
                "model_mean_min": MODEL_MEAN_MIN,
                "by": by.value,
                "scope": scope_member(scope),
                "petitions": received,
                "groups_in_all": len(volume),
                "groups": [_member(by, each) for each in forecasts],
            }
        )
        return
    parameters = Text(
        f"对最近至多 {HISTORY_MAX} 个月件数的平方根按 AICc 从 4 种 ETS 中选取；至少 "
        f"{MODEL_MONTHS_MIN} 个月且月均 {MODEL_MEAN_MIN} 件才用模型；名义预测区间 {COVERAGE:.0%}",
        f"the best of 4 ETS forms by AICc, on square roots of the last {HISTORY_MAX} months at "
        f"most; a model needs {MODEL_MONTHS_MIN} months and {MODEL_MEAN_MIN} petitions a month; "
        f"nominal prediction intervals {COVERAGE:.0%}",
    )
    based_on = Text(
        f"{received} 件收件（不读正文），{len(volume)} 组中列 {len(forecasts)} 组",
        f"{received} petitions received (no text is read), {len(forecasts)} of {len(volume)} "
        "groups listed",
    )
    print_head(
        [
            (Text("分析", "analysis"), say(Text("件数预测", "forecast of volume"))),
            (Text("方法", "method"), method),
            (Text("参数", "parameters"), say(parameters)),
            (Text("历史截至", "history until"), f"{say(last.label)} [{reading.zone.key}]"),
            (Text("日志位置", "log position"), str(position)),
            *scope_lines(scope),
            (Text("依据", "based on"), say(based_on)),
        ]
    )
    rows = [row for each in forecasts for row in _rows(by, each)]
    print_table((Column(by.label, is_number=False), *_COLUMNS), rows)


def _last_month(reading: Reading, until: str | None, start_day: int) -> Period:
    last = last_whole_month(reading.now.astimezone(reading.zone), start_day)
    if until is None:
        return last
    asked = read_period(until, start_day)
    if asked.months > 1 or asked > last:
        text = Text(
            f"{until} 不是已结束的月份；请写成 2019-12，最晚 {last}。",
            f"{until} is no month that is over; write it as 2019-12, the latest is {last}.",
        )
        raise click.BadParameter(say(text), param_hint="--until")
    return asked


def _warn_of_silence(series: list[tuple[int, ...]], last: Period) -> None:
    if not series or any(any(counts[-SEASON_LEN:]) for counts in series):
        return
    text = Text(
        f"至 {last} 的最近一年没有收件；若台账当时已停用，请用 --until 指定最后一个月。",
        f"No petition came in during the year up to {last}; if the ledger was out of use, name "
        "its last month with --until.",
    )
    click.echo(say(text), err=True)


def _rows(by: DemandGrouping, group: GroupForecast) -> list[list[str]]:
    label = say(group_label(by, group.key))
    about = [
        group.form or say(group.method.label),
        str(len(group.series.counts)),
        _NONE if group.spread is None else f"{group.spread[0]}–{group.spread[1]}",
        _NONE if group.reason is None else say(group.reason.label),
    ]
    return [
        [label, str(each.month), f"{each.value:.1f}", _cell(each.lower), _cell(each.upper), *about]
        for each in group.months
    ]


def _cell(end: float | None) -> str:
    return _NONE if end is None else f"{end:.1f}"


def _member(by: DemandGrouping, group: GroupForecast) -> dict[str, object]:
    first = group.series.first
    return {
        "key": group.key,
        "label": group_label(by, group.key)._asdict(),
        "method": group.method.value,
        "form": group.form,
        "why_no_model": None if group.reason is None else group.reason.value,
        "history": {"first": str(first), "counts": list(group.series.counts)},
        "spread": None if group.spread is None else list(group.spread),
        "months": [
            {
                "month": str(each.month),
                "expected": each.value,
                "lower": each.lower,
                "upper": each.upper,
            }
            for each in group.months
        ],
    }
