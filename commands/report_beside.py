"""Without this file claim gap and flow could not be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.invocation import Invocation
from commands.language import say
from commands.report_options import print_asked, question_options
from domain.dimension import Dimension
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question

_GAP = Text(
    "口径差：同一批件上单位自报解决率与诉求人认可解决率之差。",
    "Claim gap: what units claim as resolved less what petitioners confirm, on the same items.",
)
_FLOW = Text(
    "当期口径：期内受理数、办结件次与办结受理比（可超过 100%，不是办结率）。",
    "Flow: acceptances and acts of closing in a period, and their ratio, which may exceed 100 % "
    "and is no closure rate.",
)


@click.command("claim-gap", help=say(_GAP))
@question_options()
@click.pass_obj
def claim_gap(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print claim gaps."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_gap import make_gap_report

        return make_gap_report(reading, question)

    print_asked(invocation, Dimension.UNIT, options, make)


@click.command("flow", help=say(_FLOW))
@question_options()
@click.pass_obj
def flow(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print the flow of a period."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_flow import make_flow_report

        return make_flow_report(reading, question)

    print_asked(invocation, Dimension.TOTAL, options, make)
