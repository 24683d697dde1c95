"""Without this file no rate could be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.report_options import PUBLIC_OPTION, TABLE_ALONE, print_asked, question_options
from domain.comparison import Against
from domain.dimension import Dimension
from domain.report_kind import ReportKind
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question
    from replay.rated_report import RatedReport

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


def _rates_command(kind: ReportKind, about: Text) -> click.Command:
    @click.command(kind.value, help=say(about))
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
                raise click.UsageError(say(TABLE_ALONE))
            return rated_kind(kind, reading, question, is_public=is_public)

        print_asked(invocation, Dimension.TOTAL, options, make, rate)

    return print_rates


RATES_COMMANDS = (
    _rates_command(ReportKind.CLOSURE, _CLOSURE),
    _rates_command(ReportKind.ONTIME, _ONTIME),
    _rates_command(ReportKind.SATISFACTION, _SATISFACTION),
    _rates_command(ReportKind.CALLBACK, _CALLBACK),
)
"""Reports on rates that belong together, one command each."""


@click.command("rates", help=say(_RATES))
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
