"""Without this file nobody could take a published figure apart from a terminal."""

from typing import Any

import click

from commands.failures import Exit
from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

_VERIFY = Text(
    "按日志重算一份已发布的报表，并要求数字完全相同；不同即列出，退出码 1。",
    "Compute a published report again from the log and demand the same digits; differences are "
    "listed and end with 1.",
)
_SHOW = Text("显示一份已发布的报表。", "Show a published report.")
_LIST = Text("列出已发布的报表。", "List the published reports.")
_JSON = Text("输出 JSON。", "Print JSON.")
_PUBLISHED, _REPLAYED = Text("已发布", "published"), Text("重算", "computed again")


@click.command("verify", help=say(_VERIFY))
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def verify(invocation: Invocation, *, number: int, as_json: bool) -> Exit:
    """Compute a report again and compare every figure."""
    import msgspec

    from commands.json_text import print_json
    from commands.report_order import take_report
    from commands.report_published_text import print_differences
    from ledger.database import Role
    from projections.unit_score import read_unit_names
    from replay.catalogue import replay_catalogue
    from replay.published import LoggedFigures, verify_report

    with open_ledger(invocation) as database:
        report = take_report(LoggedFigures(database), number)
        with database.connect(Role.APP) as connection:
            names = read_unit_names(connection)
            catalogue = replay_catalogue(connection, report.position)
            differences = verify_report(connection, report)
    if as_json:
        print_json(
            {
                "schema": "taizhang.report_verification/1",
                "number": number,
                "position": report.position,
                "figures": len(report.cells),
                "differences": [msgspec.to_builtins(each._asdict()) for each in differences],
            }
        )
    elif differences:
        print_differences(differences, report, names, catalogue, (_PUBLISHED, _REPLAYED))
    if differences:
        return Exit.FINDING
    same = Text(
        f"第 {number} 号报表按日志位置 {report.position} 重算："
        f"{len(report.cells)} 个数字全部相同。",
        f"Report {number}, computed again at log position {report.position}: "
        f"all {len(report.cells)} figures are the same.",
    )
    click.echo(say(same), err=as_json)
    return Exit.DONE


@click.command("show", help=say(_SHOW))
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@file_options()
@click.pass_obj
def show(
    invocation: Invocation,
    /,
    number: int,
    *,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> Exit:
    """Print a report as it was published, or write it into a file."""
    from commands.file_order import FileOrder
    from commands.report_order import take_report
    from commands.report_published_text import print_published
    from commands.written_report import write_published
    from replay.published import LoggedFigures

    with open_ledger(invocation) as database:
        report = take_report(LoggedFigures(database), number)
        order = FileOrder.take(options)
        if order.is_file:
            write_published(order, database, report)
        else:
            print_published(database, report, as_json=as_json)
    return Exit.DONE


@click.command("list", help=say(_LIST))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def list_reports(invocation: Invocation, *, as_json: bool) -> Exit:
    """Print one line per report, oldest first."""
    from zoneinfo import ZoneInfo

    from commands.instants import local_text
    from commands.json_text import print_json
    from commands.report_document import NO_FIGURE
    from commands.report_published_text import report_member
    from commands.table_text import Column, print_table
    from replay.published import LoggedFigures

    with open_ledger(invocation) as database:
        reports = list(LoggedFigures(database).reports())
    if as_json:
        members = [report_member(report) for report in reports]
        print_json({"schema": "taizhang.published_reports/1", "reports": members})
        return Exit.DONE
    columns = [
        Column(Text("编号", "number")),
        Column(Text("报表", "report"), is_number=False),
        Column(Text("统计期", "period"), is_number=False),
        Column(Text("截至", "as of"), is_number=False),
        Column(Text("日志位置", "position")),
        Column(Text("状态", "state"), is_number=False),
        Column(Text("修订", "revises")),
    ]
    print_table(
        columns,
        [
            [
                str(report.number),
                say(report.question.kind.label),
                report.question.period or NO_FIGURE,
                local_text(report.question.as_of, ZoneInfo(report.question.zone)),
                str(report.position),
                say(report.state.label),
                NO_FIGURE if report.revision is None else str(report.revision.supersedes),
            ]
            for report in reports
        ],
    )
    return Exit.DONE
