"""Without this file no published figure could be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.report_beside import claim_gap, flow
from commands.report_cases import cases
from commands.report_durations import answered_within, handling_time
from commands.report_options import PUBLIC_OPTION, print_asked, question_options
from commands.report_province import province
from commands.report_publish import publish, retract
from commands.report_template import template
from commands.report_verify import list_reports, show, verify
from domain.comparison import Against
from domain.dimension import Dimension
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
_CALLBACK = Text("回访率与回访有效率。", "Callback rate and reach.")
_RATES = Text(
    "任选指标（见 taizhang metrics），可写版本，如 closure_rate@1。",
    "Any rates of taizhang metrics, with a version where one is meant, such as closure_rate@1.",
)
_COMPARE = Text(
    "与上期（previous，环比）或上年同期（year，同比）比较；须加 --period。",
    "Compare with the period before, or the same one a year before; needs --period.",
)
_RANKING = Text("单位综合得分排名，或按任一比率排名。", "Rank by score, or by any one rate.")
_RANK_BY = Text("score（综合得分）或比率标识。", "score, or the identifier of a rate.")
_RANKS = Text("除档次外还列名次。", "Show places beside the bands.")
_OPEN = Text(
    "列出某单位得分各项背后的诉求及其事件位置。",
    "List the petitions behind each part of a unit's score, with the positions of their events.",
)
_GROUPS = Text("按比率排名时的分组。", "What to rank when ranking by a rate.")

_TABLE_ALONE = Text(
    "--compare 与 --open 只在终端显示；请去掉 --format。",
    "--compare and --open are shown on the terminal alone; leave out --format.",
)


@click.group(help=say(_ABOUT))
def report() -> None:
    """Group the reports."""


@report.command("ranking", help=say(_RANKING))
@click.option(
    "--by",
    "rank_by",
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
@click.option("--ranks", "shows_ranks", is_flag=True, help=say(_RANKS))
@click.option("--open", "opened", metavar="UNIT", help=say(_OPEN))
@question_options(is_grouped=False)
@file_options()
@click.pass_obj
def ranking(
    invocation: Invocation,
    /,
    rank_by: str,
    groups: str,
    *,
    shows_ranks: bool,
    opened: str | None,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print a ranking."""
    by = Dimension(groups)
    _refuse_score_of(by, rank_by, opened)

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_opened import make_opened_report
        from commands.report_ranking import make_rate_ranking, make_score_report

        if opened is not None:
            return make_opened_report(opened, reading, question)
        if rank_by == _SCORE:
            return make_score_report(reading, question, shows_ranks=shows_ranks)
        return make_rate_ranking(rank_by, reading, question)

    def rate(reading: "Reading", question: "Question") -> "RatedReport":
        from commands.rated_report import rated_kind, rated_ranking

        if opened is not None:
            raise click.UsageError(say(_TABLE_ALONE))
        if rank_by == _SCORE:
            return rated_kind(ReportKind.RANKING, reading, question, shows_ranks=shows_ranks)
        return rated_ranking(rank_by, reading, question)

    print_asked(invocation, by, options, make, rate)


def _refuse_score_of(by: Dimension, rank_by: str, opened: str | None) -> None:
    if by is not Dimension.UNIT and (rank_by == _SCORE or opened is not None):
        raise click.UsageError(
            say(
                Text(
                    "综合得分只对单位计算；请用 --by 指定比率。",
                    "Only units have a composite score; name a rate with --by.",
                )
            )
        )


def _add_rates(kind: ReportKind, about: Text) -> None:
    @report.command(kind.value, help=say(about))
    @click.option(
        "--compare", type=click.Choice([each.value for each in Against]), help=say(_COMPARE)
    )
    @PUBLIC_OPTION
    @question_options()
    @file_options()
    @click.pass_obj
    def print_rates(
        invocation: Invocation,
        /,
        compare: str | None,
        *,
        is_public: bool,
        **options: Any,  # noqa: ANN401 - click's own
    ) -> None:
        if is_public and compare is not None:
            raise click.UsageError(
                say(
                    Text(
                        "公开表不能与 --compare 并用；请分别生成。",
                        "A public table is not compared; leave out --compare or --public.",
                    )
                )
            )

        def make(reading: "Reading", question: "Question") -> "Report":
            from commands.report_comparison import make_compared_report
            from commands.report_public import make_public_report
            from commands.report_rates import make_rates_report

            if is_public:
                return make_public_report(kind, reading, question)
            if compare is not None:
                return make_compared_report(kind, Against(compare), reading, question)
            return make_rates_report(kind, reading, question)

        def rate(reading: "Reading", question: "Question") -> "RatedReport":
            from commands.rated_report import rated_kind

            if compare is not None:
                raise click.UsageError(say(_TABLE_ALONE))
            return rated_kind(kind, reading, question, is_public=is_public)

        print_asked(invocation, Dimension.TOTAL, options, make, rate)


_add_rates(ReportKind.CLOSURE, _CLOSURE)
_add_rates(ReportKind.ONTIME, _ONTIME)
_add_rates(ReportKind.SATISFACTION, _SATISFACTION)
_add_rates(ReportKind.CALLBACK, _CALLBACK)


@report.command("rates", help=say(_RATES))
@click.argument("metrics", metavar="METRIC", nargs=-1, required=True)
@PUBLIC_OPTION
@question_options()
@file_options()
@click.pass_obj
def rates(
    invocation: Invocation,
    /,
    metrics: tuple[str, ...],
    *,
    is_public: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print any rates of the catalogue."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_public import make_public_report
        from commands.report_rates import make_rates_report

        if is_public:
            return make_public_report(ReportKind.RATES, reading, question, metrics)
        return make_rates_report(ReportKind.RATES, reading, question, metrics)

    def rate(reading: "Reading", question: "Question") -> "RatedReport":
        from commands.rated_report import rated_kind

        return rated_kind(ReportKind.RATES, reading, question, metrics, is_public=is_public)

    print_asked(invocation, Dimension.TOTAL, options, make, rate)


for _command in (province, template, publish, retract, verify, show, list_reports):
    report.add_command(_command)
report.add_command(cases)
report.add_command(claim_gap)
report.add_command(flow)
report.add_command(handling_time)
report.add_command(answered_within)
