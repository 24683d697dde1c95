"""Without this file an estimate could be printed without its error, or without the silent."""

from collections.abc import Mapping, Sequence

from commands.json_text import print_json
from commands.language import say
from commands.report_document import NO_FIGURE
from commands.sample_text import read_names, sample_head, stratum_label
from commands.table_text import Column, print_head, print_table
from domain.rate import Rate
from domain.rates import RATES
from domain.sample import Sample
from domain.sample_report import QuestionResult, SampleReport
from domain.survey_estimate import Estimate
from domain.text import Text
from domain.wilson import printed
from ledger.database import Database

SCHEMA = "taizhang.sample_estimate/1"


def print_estimate(
    database: Database, sample: Sample, report: SampleReport, cases_min: int, *, as_json: bool
) -> None:
    """Write what a sample says of its frame to stdout. Blocking.

    Args:
        database: For the names of units.
        sample: The sample.
        report: What it came to.
        cases_min: Below this many valid answers counts stand alone.
        as_json: Whether as JSON.
    """
    if as_json:
        print_json(_member(sample, report, cases_min))
        return
    size = sum(map(len, sample.drawn.values()))
    print_head(
        [
            *sample_head(sample),
            (Text("计入回答至日志位置", "answers up to position"), str(report.position)),
            (Text("抽取 n/N", "drawn n/N"), _share_text(Rate(size, sample.population))),
            (Text("回答率", "response rate"), _share_text(Rate(report.answered, size))),
        ]
    )
    print_table(
        [
            Column(Text("指标", "figure"), is_number=False),
            Column(Text("推算 %", "estimate %")),
            Column(Text("95 % 区间", "95 % interval")),
            Column(Text("标准误（百分点）", "standard error, points")),
            Column(Text("有效回答/抽取", "valid answers/drawn")),
            Column(Text("覆盖/总体", "covered/frame")),
        ],
        [
            [
                f"{say(RATES[result.rate_id].label)} {result.rate_id}",
                *_cells(result.estimate, cases_min),
            ]
            for result in report.questions
        ],
    )
    _print_strata(sample, report.questions, read_names(database))
    print_table(
        [
            Column(Text("未回答原因", "why there is no answer"), is_number=False),
            Column(Text("件", "petitions")),
        ],
        [[say(silence.label), str(count)] for silence, count in report.silences.items()],
    )


def _print_strata(
    sample: Sample, questions: Sequence[QuestionResult], names: Mapping[str, Text]
) -> None:
    columns = [
        Column(Text("层", "stratum"), is_number=False),
        Column(Text("总体 N", "N")),
        Column(Text("样本 n", "n")),
    ]
    columns += [Column(Text(f"{label.zh} n/r", f"{label.en} n/r")) for label in _labels(questions)]
    rows = [
        [
            say(stratum_label(sample, tallies[0].name, names)),
            str(tallies[0].population),
            str(tallies[0].drawn),
            *(f"{tally.hits}/{tally.answers}" for tally in tallies),
        ]
        for tallies in zip(*(result.strata for result in questions), strict=True)
    ]
    print_table(columns, rows)


def _labels(questions: Sequence[QuestionResult]) -> list[Text]:
    return [RATES[result.rate_id].label for result in questions]


def _cells(estimate: Estimate, cases_min: int) -> list[str]:
    share, interval, error = _shown(estimate, cases_min)
    return [
        share or f"{estimate.hits}/{estimate.answers}",
        "–".join(interval) if interval else NO_FIGURE,
        error or NO_FIGURE,
        _share_text(estimate.response_rate),
        _share_text(estimate.coverage),
    ]


def _shown(
    estimate: Estimate, cases_min: int
) -> tuple[str | None, tuple[str, str] | None, str | None]:
    """Return share, interval and error as printed; none where too few answered."""
    if estimate.answers < cases_min:
        return None, None, None
    limits = estimate.interval
    interval = None if limits is None else (printed(limits.lower), printed(limits.upper))
    return estimate.printed, interval, estimate.error_points


def _share_text(rate: Rate) -> str:
    return f"{rate.n}/{rate.d} = {rate.percent()} %" if rate.d else NO_FIGURE


def _member(sample: Sample, report: SampleReport, cases_min: int) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "number": sample.number,
        "purpose": sample.question.purpose.value,
        "frame_position": sample.position,
        "position": report.position,
        "population": sample.population,
        "drawn": sum(map(len, sample.drawn.values())),
        "answered": report.answered,
        "silences": {silence.value: count for silence, count in report.silences.items()},
        "questions": [_question(result, cases_min) for result in report.questions],
    }


def _question(result: QuestionResult, cases_min: int) -> dict[str, object]:
    estimate = result.estimate
    share, interval, error = _shown(estimate, cases_min)
    return {
        "rate_id": result.rate_id,
        "estimate_percent": share,
        "interval_percent": interval,
        "standard_error_points": error,
        "answers": estimate.answers,
        "hits": estimate.hits,
        "covered": estimate.covered,
        "strata": [tally._asdict() for tally in result.strata],
    }
