"""Without this file a printed figure would not say what it was computed from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from commands.report_question import Question
from commands.table_text import Column, print_head, print_table
from domain.dimension import Dimension
from domain.rate import WITHHELD, Rate
from domain.text import Text
from domain.wilson import printed, wilson
from projections.scope import Cohort

SCHEMA = "taizhang.report/1"
NO_FIGURE = "–"
AS_DISPATCHED = (Text("单位口径", "units"), Text("派单时的单位", "as dispatched"))


@dataclass(frozen=True)
class Report:
    """A report, ready to be printed as a table or as JSON.

    Attributes:
        name: The subcommand.
        title: What a clerk calls it.
        definitions: Identifiers with versions of what was computed.
        position: Log place of the read model.
        columns: Of the table.
        rows: Cells of the table.
        members: What the JSON holds beside the head.
        withheld: Why rates are missing; empty where none is.
        notes: Further lines of the head.
    """

    name: str
    title: Text
    definitions: Sequence[str]
    position: int
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    members: dict[str, object]
    withheld: Sequence[Text] = ()
    notes: Sequence[tuple[Text, str]] = ()


def print_report(report: Report, question: Question, zone: ZoneInfo, *, as_json: bool) -> None:
    """Write a report to stdout, its head first.

    Args:
        report: What to print.
        question: What was asked.
        zone: Zone the instants are shown in.
        as_json: JSON instead of a table.
    """
    if as_json:
        print_json(_json_head(report, question, zone) | report.members)
        return
    head = [
        (Text("报表", "report"), say(report.title)),
        (Text("截至", "as of"), f"{local_text(question.instant, zone)} [{zone.key}]"),
        (Text("日志位置", "log position"), str(report.position)),
        (Text("定义", "definitions"), ", ".join(report.definitions)),
        (Text("分组", "by"), say(question.grouping.label)),
    ]
    if question.cohort:
        head.append(
            (Text("批次（受理）", "cohort (accepted)"), _cohort_text(question.cohort, zone))
        )
    head.extend(
        (dimension.label, say(question.label(value, dimension)))
        for dimension, value in _scope_values(question).items()
    )
    if question.scope.as_dispatched:
        head.append((AS_DISPATCHED[0], say(AS_DISPATCHED[1])))
    head.extend(report.notes)
    head.extend((WITHHELD, say(reason)) for reason in report.withheld)
    print_head(head)
    print_table(report.columns, report.rows)


def rate_cells(rate: Rate, cases_min: int) -> list[str]:
    """Return n/d, percentage and interval of a rate as cells; none of few cases."""
    if rate.withheld is not None:
        return [NO_FIGURE, say(rate.shown()), NO_FIGURE]
    if rate.d == 0:
        return ["0/0", say(rate.shown()), NO_FIGURE]
    if rate.d < cases_min:
        return [f"{rate.n}/{rate.d}", NO_FIGURE, NO_FIGURE]
    lower, upper = wilson(rate)
    return [f"{rate.n}/{rate.d}", rate.percent(), f"{printed(lower)}–{printed(upper)}"]


def rate_member(rate: Rate, cases_min: int) -> dict[str, object]:
    """Return a rate for JSON; null is what few cases or an incomplete intake do not allow."""
    if rate.withheld is not None:
        withheld = rate.withheld._asdict()
        return {"n": None, "d": None, "percent": None, "interval_95": None, "withheld": withheld}
    is_shown = rate.is_printed(cases_min)
    interval = wilson(rate) if is_shown else None
    return {
        "n": rate.n,
        "d": rate.d,
        "percent": rate.percent() if is_shown else None,
        "interval_95": None if interval is None else [printed(limit) for limit in interval],
    }


def reasons(rates: Iterable[Rate]) -> tuple[Text, ...]:
    """Return why rates are withheld, each reason once."""
    return tuple(dict.fromkeys(rate.withheld for rate in rates if rate.withheld is not None))


def group_member(question: Question, key: str) -> dict[str, object]:
    """Return a group for JSON: its key and what people call it."""
    return {"key": key, "label": question.label(key)._asdict()}


def _json_head(report: Report, question: Question, zone: ZoneInfo) -> dict[str, object]:
    cohort = question.cohort
    return {
        "schema": SCHEMA,
        "report": report.name,
        "title": report.title._asdict(),
        "position": report.position,
        "as_of": question.instant.isoformat(),
        "zone": zone.key,
        "definitions": list(report.definitions),
        "by": question.grouping.value,
        "scope": {each.value: value for each, value in _scope_values(question).items()},
        "as_dispatched": question.scope.as_dispatched,
        "cohort": cohort
        and {
            "accepted_from": cohort.accepted_from.isoformat(),
            "accepted_before": cohort.accepted_before.isoformat(),
        },
        "min_cases": question.cases_min,
    }


def _scope_values(question: Question) -> dict[Dimension, str]:
    scope = question.scope
    values = {
        Dimension.UNIT: scope.unit,
        Dimension.TYPE: scope.petition_type,
        Dimension.CHANNEL: scope.channel,
        Dimension.REGION: scope.region,
    }
    return {each: value for each, value in values.items() if value is not None}


def _cohort_text(cohort: Cohort, zone: ZoneInfo) -> str:
    # The open ends lie at the edges of the calendar, where no zone can be applied.
    ends = [
        "…" if instant.year in (1, 9999) else local_text(instant, zone)
        for instant in (cohort.accepted_from, cohort.accepted_before)
    ]
    return f"[{ends[0]}, {ends[1]})"
