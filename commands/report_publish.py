"""Without this file no figure could be published from a terminal."""

from typing import Any

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from commands.option_list import with_options
from commands.report_options import PERIOD_OPTIONS, PUBLIC_OPTION, SCOPE_OPTIONS, UNITS_OPTION
from domain.dimension import Dimension
from domain.rate import PUBLIC_CASES_MIN
from domain.report_kind import ReportKind
from domain.rounding import Rounding
from domain.text import Text

_PUBLISH = Text(
    "发布一份报表：数字由日志重放得出，连同定义版本、范围、时点和日志位置一并入账。"
    "发布人由密钥 TAIZHANG_KEY 确定（统计员），并须另有一名批准人。",
    "Publish a report: its figures are replayed from the log and recorded with definitions, "
    "scope, instants and log position. The key TAIZHANG_KEY says who publishes (a statistician); "
    "somebody else approves.",
)
_RETRACT = Text(
    "撤回一份已发布的报表；原数字仍可查阅。",
    "Retract a published report; what was published stays readable.",
)
_APPROVER = Text("批准人的账号，不能是发布人。", "Account of the approver, not the publisher's.")
_AS_OF = Text(
    "截至时点（ISO 8601；只写日期指该日终了）。", "As of this instant; a bare day means its end."
)
_KNOWN_AT = Text("只用此时已入账的事件。", "Only what was on record at this instant.")
_BY = Text("按什么分组。", "What to group by.")
_MIN = Text("少于此数不印比率。", "Below this many cases no digits are printed.")
_ROUNDING = Text("修约规则。", "How quotients are rounded.")
_METRICS = Text("指标报表（rates）所列指标，可多次。", "A rate of a report on rates; repeatable.")
_SUPERSEDES = Text("所修订的报表编号。", "Number of the report this one revises.")
_REASON = Text("理由。", "Why.")
_DRY = Text("只计算并显示，不入账。", "Compute and show, record nothing.")
_JSON = Text("输出 JSON（taizhang.published_report/1）。", "Print JSON.")


@click.command("publish", help=say(_PUBLISH))
@click.argument("kind", type=click.Choice([each.value for each in ReportKind]))
@with_options(
    click.option("--as-of", "as_of", metavar="ISO", required=True, help=say(_AS_OF)),
    click.option("--approver", metavar="ACCOUNT", required=True, help=say(_APPROVER)),
    click.option("--known-at", metavar="ISO", help=say(_KNOWN_AT)),
    click.option("--by", type=click.Choice([each.value for each in Dimension]), help=say(_BY)),
    *PERIOD_OPTIONS,
    *SCOPE_OPTIONS,
    UNITS_OPTION,
    click.option(
        "--min-cases",
        "cases_min",
        type=click.IntRange(1),
        default=PUBLIC_CASES_MIN,
        show_default=True,
        help=say(_MIN),
    ),
    click.option(
        "--rounding",
        type=click.Choice([each.value for each in Rounding]),
        default=Rounding.HALF_UP.value,
        show_default=True,
        help=say(_ROUNDING),
    ),
    click.option("--metric", "metrics", multiple=True, metavar="METRIC", help=say(_METRICS)),
    PUBLIC_OPTION,
    click.option("--supersedes", type=click.IntRange(1), metavar="N", help=say(_SUPERSEDES)),
    click.option("--reason", help=say(_REASON)),
    click.option("--dry-run", is_flag=True, help=say(_DRY)),
    click.option("--json", "as_json", is_flag=True, help=say(_JSON)),
)
@click.pass_obj
def publish(
    invocation: Invocation,
    /,
    kind: str,
    *,
    dry_run: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> Exit:
    """Publish a report and print it with its number."""
    from commands.acting import open_acting
    from commands.report_order import publish_order
    from commands.report_published_text import print_published

    with open_acting(invocation) as acting:
        report = publish_order(acting, ReportKind(kind), options, is_rehearsal=dry_run)
        print_published(acting.database, report, as_json=as_json)
    return Exit.DONE


@click.command("retract", help=say(_RETRACT))
@click.argument("number", type=click.IntRange(1))
@click.option("--approver", metavar="ACCOUNT", required=True, help=say(_APPROVER))
@click.option("--reason", required=True, help=say(_REASON))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def retract(
    invocation: Invocation, *, number: int, approver: str, reason: str, as_json: bool
) -> Exit:
    """Retract a report and print it as it stands then."""
    from commands.acting import open_acting
    from commands.report_order import retract_order
    from commands.report_published_text import print_published

    with open_acting(invocation) as acting:
        report = retract_order(acting, number, approver, reason)
        print_published(acting.database, report, as_json=as_json)
    return Exit.DONE
