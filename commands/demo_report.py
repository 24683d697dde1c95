"""Without this file the demo would show events and no figure."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from commands.aligned import align
from commands.language import say
from domain.rate import Rate
from domain.rates import RATES
from domain.text import Text
from domain.wilson import printed, wilson
from projections.rate_queries import CountsAnswer
from projections.unit_score import ScoreLine, UnitScores

_SHOWN = (
    "closure_rate",
    "satisfaction_rate.all",
    "satisfaction_rate.strict",
    "ontime_rate.effective",
    "ontime_rate.original",
    "ontime_rate.explained",
    "ontime_rate.closed",
    "resolution_rate.petitioner",
)
_ONTIME_NOTE = Text(
    "按时：有效时限、原时限、含书面说明三种口径并列，均看答复；“已办结口径”看审核、回访之后的办结。",
    "On time has three variants, by the due in force, by the first due and with explained delays; "
    "they look at the reply. “Of the closed” looks at the closing after review and callback.",
)


def report_lines(title: Text, counts: CountsAnswer, zone: ZoneInfo) -> list[str]:
    """Return the report of a whole ledger: cases, and each rate with its integers. Pure.

    Args:
        title: Whose report it is.
        counts: The figures, with instant and log position.
        zone: Of the ledger's days.
    """
    total = counts.total
    last_day = (counts.as_of.astimezone(zone) - timedelta(microseconds=1)).date()
    place = Text(
        f"截至 {last_day}，依据日志位置 {counts.position}",
        f"as of {last_day}, from log position {counts.position}",
    )
    cases = Text(
        f"受理 {total['accepted']} 件，办结 {total['closed']} 件，在办 {total.open} 件",
        f"{total['accepted']} accepted, {total['closed']} closed, {total.open} open",
    )
    head = [
        say(Text("指标", "rate")),
        "n/d",
        say(Text("比率", "share")),
        say(Text("95% 区间", "95 % interval")),
        say(Text("口径", "definition")),
    ]
    rows = [head]
    for rate_id in _SHOWN:
        definition = RATES[rate_id]
        rate = counts.rate(definition)
        rows.append(
            [
                say(definition.label),
                "–" if rate.withheld else f"{rate.n}/{rate.d}",
                say(rate.shown()),
                _interval(rate),
                definition.reference,
            ]
        )
    return [
        f"{say(title)}  {say(place)}",
        say(cases),
        *([] if (reason := counts.withheld()) is None else [say(reason)]),
        "",
        *align(rows, right=frozenset({1, 2})),
        say(_ONTIME_NOTE),
    ]


def ranking_lines(scores: UnitScores, names: Mapping[str, Text]) -> list[str]:
    """Return the ranking of units; those with too few cases follow without a place. Pure.

    Args:
        scores: The ranking.
        names: Names of units by code.
    """
    head = [
        say(Text("名次", "rank")),
        say(Text("单位", "unit")),
        say(Text("办件", "cases")),
        say(RATES["closure_rate"].label),
        say(RATES["ontime_rate.effective"].label),
        say(RATES["satisfaction_rate.strict"].label),
        say(Text("综合得分", "score")),
    ]
    rows = [head, *(_row(line, scores, names) for line in (*scores.ranked, *scores.unranked))]
    note = Text(
        f"不足 {scores.cases_min} 件的单位列出但不排名，只列件数不列比率；"
        "得分按 95% 区间下限计，小样本不会领先。",
        f"Units with fewer than {scores.cases_min} cases are listed without rank or rate; scores "
        "rest on the lower 95 % limit, so few cases never lead.",
    )
    right = frozenset({0, 2, 3, 4, 5, 6})
    return [say(Text("单位排名", "Ranking of units")), *align(rows, right=right), say(note)]


def _row(line: ScoreLine, scores: UnitScores, names: Mapping[str, Text]) -> list[str]:
    shown = [
        scores.counts.rate(RATES[rate_id], line.unit).shown(cases_min=scores.cases_min)
        for rate_id in ("closure_rate", "ontime_rate.effective", "satisfaction_rate.strict")
    ]
    is_ranked = line.rank is not None and line.score.points is not None
    return [
        str(line.rank) if is_ranked else "–",
        unit_name(line.unit, names),
        str(line.score.cases),
        *(say(text) for text in shown),
        str(line.score.points) if is_ranked else "–",
    ]


def unit_name(unit: str, names: Mapping[str, Text]) -> str:
    """Return what a unit is called; the code where the roster does not have it. Pure."""
    if not unit:
        return say(Text("枢纽（未派单）", "hub (not dispatched)"))
    return say(names[unit]) if unit in names else unit


def _interval(rate: Rate) -> str:
    if rate.d == 0:
        return "–"
    limits = wilson(rate)
    return f"{printed(limits.lower)}–{printed(limits.upper)}"
