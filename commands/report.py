"""Without this file no published figure could be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.report_durations import answered_within, handling_time
from commands.report_options import print_asked, question_options
from commands.report_publish import publish, retract
from commands.report_template import template
from commands.report_verify import list_reports, show, verify
from domain.dimension import Dimension
from domain.rates import RATES
from domain.report_kind import ReportKind
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question
    from replay.rated_report import RatedReport

_SCORE = "score"

_ABOUT = Text(
    "办结率、按时率、满意率、排名与办理时长。\n\n"
    "每个比率都列出 n/d，表头注明截至时点、日志位置与定义版本。"
    "数据写到标准输出，提示写到标准错误。",
    "Rates, rankings and handling times.\n\n"
    "Every rate stands beside its n/d; the head names the instant, the log position and the "
    "versions of the definitions. Figures go to stdout, remarks to stderr.",
)
_CLOSURE = Text("办结率。", "Closure rate.")
_ONTIME = Text("按时办结率各口径。", "On-time rates, all variants.")
_SATISFACTION = Text("满意率各口径与解决率。", "Satisfaction rates and resolution rate.")
_RANKING = Text("单位综合得分排名，或按任一比率排名。", "Rank by score, or by any one rate.")
_RANK_BY = Text("score（综合得分）或比率标识。", "score, or the identifier of a rate.")
_GROUPS = Text("按比率排名时的分组。", "What to rank when ranking by a rate.")


@click.group(help=say(_ABOUT))
def report() -> None:
    """Group the reports."""


@report.command("ranking", help=say(_RANKING))
@click.option(
    "--by",
    "rank_by",
    type=click.Choice([_SCORE, *RATES]),
    default=_SCORE,
    show_default=True,
    metavar="RATE",
    help=say(_RANK_BY),
)
@click.option(
    "--of",
    "groups",
    type=click.Choice([each.value for each in Dimension if each is not Dimension.TOTAL]),
    default=Dimension.UNIT.value,
    show_default=True,
    help=say(_GROUPS),
)
@question_options(is_grouped=False)
@file_options()
@click.pass_obj
def ranking(invocation: Invocation, /, rank_by: str, groups: str, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print a ranking."""
    by = Dimension(groups)
    if rank_by == _SCORE and by is not Dimension.UNIT:
        raise click.UsageError(
            say(
                Text(
                    "综合得分只对单位计算；请用 --by 指定比率。",
                    "Only units have a composite score; name a rate with --by.",
                )
            )
        )

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_ranking import make_rate_ranking, make_score_report

        if rank_by == _SCORE:
            return make_score_report(reading, question)
        return make_rate_ranking(rank_by, reading, question)

    def rate(reading: "Reading", question: "Question") -> "RatedReport":
        from commands.rated_report import rated_kind, rated_ranking

        if rank_by == _SCORE:
            return rated_kind(ReportKind.RANKING, reading, question, options)
        return rated_ranking(rank_by, reading, question, options)

    print_asked(invocation, by, options, make, rate)


def _add_rates(kind: ReportKind, about: Text) -> None:
    @report.command(kind.value, help=say(about))
    @question_options()
    @file_options()
    @click.pass_obj
    def print_rates(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
        def make(reading: "Reading", question: "Question") -> "Report":
            from commands.report_rates import make_rates_report

            return make_rates_report(kind, reading, question)

        def rate(reading: "Reading", question: "Question") -> "RatedReport":
            from commands.rated_report import rated_kind

            return rated_kind(kind, reading, question, options)

        print_asked(invocation, Dimension.TOTAL, options, make, rate)


_add_rates(ReportKind.CLOSURE, _CLOSURE)
_add_rates(ReportKind.ONTIME, _ONTIME)
_add_rates(ReportKind.SATISFACTION, _SATISFACTION)
for _command in (template, publish, retract, verify, show, list_reports):
    report.add_command(_command)
report.add_command(handling_time)
report.add_command(answered_within)
