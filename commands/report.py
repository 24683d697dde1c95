"""Without this file no published figure could be asked for from a terminal."""

import click

from commands.language import say
from commands.report_beside import claim_gap, flow
from commands.report_cases import cases
from commands.report_durations import answered_within, handling_time
from commands.report_province import province
from commands.report_publish import publish, retract
from commands.report_ranked import ranking
from commands.report_rated import RATES_COMMANDS, rates
from commands.report_template import template
from commands.report_verify import list_reports, show, verify
from domain.text import Text

_ABOUT = Text(
    "办结率、按时率、满意率、排名与办理时长。\n\n"
    "每个比率都列出 n/d，表头注明截至时点、日志位置与定义版本。"
    "数据写到标准输出，提示写到标准错误。",
    "Rates, rankings and handling times.\n\n"
    "Every rate stands beside its n/d; the head names the instant, the log position and the "
    "versions of the definitions. Figures go to stdout, remarks to stderr.",
)


@click.group(help=say(_ABOUT))
def report() -> None:
    """Group the reports."""


for _command in (
    ranking,
    *RATES_COMMANDS,
    rates,
    province,
    template,
    publish,
    retract,
    verify,
    show,
    list_reports,
    cases,
    claim_gap,
    flow,
    handling_time,
    answered_within,
):
    report.add_command(_command)
