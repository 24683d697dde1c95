"""Without this file an operator could not read what the clock did."""

from zoneinfo import ZoneInfo

import click

from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from domain.clock_step import StepKind
from domain.text import Text
from replay.clock_report import ClockFailure, ClockReport

FAILURES_SHOWN_MAX = 20

_DONE = Text("截至 {at} 已补齐", "raised by {at}")
_DUE = Text("截至 {at} 应发生（未作记录）", "due by {at} (nothing was recorded)")
_NOTHING = Text("没有应发生的事项", "nothing")
_MORE = Text("尚有未处理的，下次运行继续。", "More is left for the next run.")
_STALE = Text(
    "读模型落后 {lag} 个事件，其中的诉求待读模型更新后再处理；请确认 taizhang projector 在运行。",
    "The read models are {lag} events behind; petitions in them wait until they are current. See "
    "that taizhang projector runs.",
)
_OTHERS = Text("另有 {count} 件未列出。", "{count} more are not listed.")


def print_report(report: ClockReport, zone: ZoneInfo, *, is_dry: bool, as_json: bool) -> None:
    """Print what a run did on stdout, and on stderr what it had to leave out.

    Args:
        report: Of the run.
        zone: Of the ledger's days.
        is_dry: Whether it only counted.
        as_json: Whether for a program.
    """
    if as_json:
        print_json(_document(report, is_dry=is_dry))
    else:
        click.echo(_line(report, zone, is_dry=is_dry))
    for failure in report.failures[:FAILURES_SHOWN_MAX]:
        click.echo(_failure(failure), err=True)
    hidden = len(report.failures) - FAILURES_SHOWN_MAX
    if hidden > 0:
        click.echo(say(_OTHERS).format(count=hidden), err=True)
    if report.lag:
        click.echo(say(_STALE).format(lag=report.lag), err=True)
    if not report.is_complete:
        click.echo(say(_MORE), err=True)


def _line(report: ClockReport, zone: ZoneInfo, *, is_dry: bool) -> str:
    head = say(_DUE if is_dry else _DONE).format(at=local_text(report.at, zone))
    counts = [
        f"{say(kind.label)} {report.counts[kind]}" for kind in StepKind if report.counts.get(kind)
    ]
    joined = say(Text("，", ", ")).join(counts) or say(_NOTHING)
    return f"{head}{say(Text('：', ': '))}{joined}"


def _document(report: ClockReport, *, is_dry: bool) -> dict[str, object]:
    return {
        "schema": "taizhang.clock/1",
        "at": report.at.isoformat(),
        "dry_run": is_dry,
        "petitions": report.petitions_len,
        "counts": {kind.value: report.counts.get(kind, 0) for kind in StepKind},
        "failures": [
            {"petition_id": str(failure.petition_id), "code": failure.code}
            for failure in report.failures
        ],
        "lag": report.lag,
        "complete": report.is_complete,
    }


def _failure(failure: ClockFailure) -> str:
    text = getattr(failure.error, "text", None)
    said = say(text) if isinstance(text, Text) else str(failure.error)
    return f"{failure.petition_id}: {said} [{failure.code}]"
