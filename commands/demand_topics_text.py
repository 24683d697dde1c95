"""Without this file hot topics could be found and never printed."""

from typing import Any
from uuid import UUID

import click

from commands.demand_head import group_label, scope_lines, scope_member
from commands.json_text import print_json
from commands.language import say
from commands.reading import Reading
from commands.table_text import Column, print_head, print_table
from domain.demand_grouping import DemandGrouping
from domain.hot_terms import TOPICS_VERSION, HotTerm, TopicOrder
from domain.period import Period, read_period
from domain.rate import points_between
from domain.text import Text
from projections.positions import positions
from replay.demand_documents import WordsPlace
from replay.demand_scope import DemandScope
from replay.demand_topics import TextCounts, TopicGroup, Topics, read_topics

_NONE = "–"
_COLUMNS = (
    Column(Text("名次", "rank")),
    Column(Text("词", "word"), is_number=False),
    Column(Text("本期件数", "petitions now")),
    Column(Text("本期 %", "now %")),
    Column(Text("对比期件数", "petitions before")),
    Column(Text("对比期 %", "before %")),
    Column(Text("变化（百分点）", "change (points)")),
    Column(Text("z", "z")),
    Column(Text("TF-IDF", "TF-IDF")),
    Column(Text("示例", "examples"), is_number=False),
)


def print_topics(
    reading: Reading, place: WordsPlace, scope: DemandScope, options: dict[str, Any]
) -> None:
    """Write the hot topics that options ask for to stdout. Blocking.

    Raises:
        GuardError: ``no-period``.
        click.BadParameter: the period has not begun.
    """
    period = read_period(options["period"], options["month_start_day"])
    compared = _compared(period, options["compare"])
    if period.bounds(reading.zone)[0] > reading.now:
        text = Text(
            f"{period} 尚未开始；账上只有已发生的事，请用过去的统计期。",
            f"{period} has not begun; the ledger holds what happened, name a past period.",
        )
        raise click.BadParameter(say(text), param_hint="--period")
    by, order = DemandGrouping(options["by"]), TopicOrder(options["order"])
    topics = read_topics(
        reading.connection,
        period.bounds(reading.zone),
        None if compared is None else compared.bounds(reading.zone),
        by=by,
        scope=scope,
        order=order,
        petitions_min=options["petitions_min"],
        terms_max=options["terms_max"],
    )
    position = positions(reading.connection).get("petitions", 0)
    if options["as_json"]:
        print_json(
            {
                "schema": "taizhang.demand_topics/1",
                "method": f"hot_terms@{TOPICS_VERSION}",
                "words_method": place.method,
                "position": position,
                "words_position": place.position,
                "period": str(period),
                "compared_with": None if compared is None else str(compared),
                "month_start_day": period.start_day,
                "zone": reading.zone.key,
                "by": by.value,
                "order": order.value,
                "min_petitions": options["petitions_min"],
                "top": options["terms_max"],
                "scope": scope_member(scope),
                "petitions": _counts_member(topics.now),
                "petitions_before": None
                if topics.before is None
                else _counts_member(topics.before),
                "groups": [_group_member(group, by, topics) for group in topics.groups],
            }
        )
        return
    least, most = options["petitions_min"], options["terms_max"]
    parameters = Text(
        f"词至少见于 {least} 件，每组至多 {most} 词，按{order.label.zh}排序；"
        "|z| < 1.96 属偶然波动（未校正多重比较）",
        f"words of at least {least} petitions, at most {most} per group, by {order.label.en}; "
        "|z| < 1.96 is within chance (not corrected for many comparisons)",
    )
    print_head(
        [
            (Text("分析", "analysis"), say(Text("热点词", "hot topics"))),
            (Text("方法", "method"), f"hot_terms@{TOPICS_VERSION}; {place.method}"),
            (Text("参数", "parameters"), say(parameters)),
            (Text("统计期", "period"), f"{say(period.label)} [{reading.zone.key}]"),
            (Text("对比期", "compared with"), _NONE if compared is None else say(compared.label)),
            (Text("日志位置", "log position"), str(position)),
            (Text("用词位置", "words position"), str(place.position)),
            *scope_lines(scope),
            (Text("本期件数", "petitions now"), _counts_text(topics.now)),
            (
                Text("对比期件数", "petitions before"),
                _NONE if topics.before is None else _counts_text(topics.before),
            ),
        ]
    )
    columns, rows = list(_COLUMNS), []
    for group in topics.groups:
        head = [] if by is DemandGrouping.TOTAL else [say(group_label(by, group.key))]
        rows += [
            [*head, str(rank), *_cells(term, topics)] for rank, term in enumerate(group.terms, 1)
        ]
    if by is not DemandGrouping.TOTAL:
        columns.insert(0, Column(by.label, is_number=False))
    print_table(columns, rows)
    if not rows:
        text = Text(
            f"该期没有见于至少 {least} 件诉求的词；请放宽统计期或范围。",
            f"No word stands in at least {least} petitions of the period; widen period or scope.",
        )
        click.echo(say(text), err=True)


def _compared(period: Period, compare: str) -> Period | None:
    return {"previous": period.previous, "year-before": period.year_before}.get(compare)


def _cells(term: HotTerm, topics: Topics) -> list[str]:
    has_before = term.before.d > 0
    return [
        term.term,
        str(term.now.n),
        term.now.percent(),
        str(term.before.n) if topics.before is not None else _NONE,
        term.before.percent() if has_before else _NONE,
        points_between(term.before, term.now) if has_before else _NONE,
        _NONE if term.z is None else f"{term.z:+.2f}",
        _NONE if term.tf_idf is None else f"{term.tf_idf:.4f}",
        " ".join(topics.numbers.get(each, str(each)) for each in term.examples),
    ]


def _group_member(group: TopicGroup, by: DemandGrouping, topics: Topics) -> dict[str, object]:
    return {
        "key": group.key,
        "label": group_label(by, group.key)._asdict(),
        "petitions": group.now_len,
        "petitions_before": None if topics.before is None else group.before_len,
        "terms": [
            {
                "rank": rank,
                "term": term.term,
                "now": term.now._asdict(),
                "before": term.before._asdict() if topics.before is not None else None,
                "change_points": points_between(term.before, term.now) if term.before.d else None,
                "z": term.z,
                "tf_idf": term.tf_idf,
                "examples": [_example(each, topics) for each in term.examples],
            }
            for rank, term in enumerate(group.terms, 1)
        ],
    }


def _example(petition_id: UUID, topics: Topics) -> dict[str, str | None]:
    return {"petition_id": str(petition_id), "number": topics.numbers.get(petition_id)}


def _counts_member(counts: TextCounts) -> dict[str, int]:
    return counts._asdict()


def _counts_text(counts: TextCounts) -> str:
    return say(
        Text(
            f"有正文 {counts.with_text}，无正文或已删除 {counts.without_text}，"
            f"不参与（保密、作废、已分拆）{counts.left_out}",
            f"{counts.with_text} with text, {counts.without_text} without or erased, "
            f"{counts.left_out} left out (confidential, voided, split)",
        )
    )
