"""Without this file claim gap and flow could not be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.report_options import print_asked, question_options
from domain.dimension import Dimension
from domain.text import Text

if TYPE_CHECKING:
    from commands.file_order import FileOrder
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question

_GAP = Text(
    "口径差：同一批件上单位自报、诉求人认可与第三方认定的解决率两两之差。",
    "Claim gap: resolved as units claim, petitioners confirm and third parties find, two by two "
    "on the same items.",
)
_FLOW = Text(
    "当期口径：期内受理数、办结件次与办结受理比（可超过 100%，不是办结率）。",
    "Flow: acceptances and acts of closing in a period, and their ratio, which may exceed 100 % "
    "and is no closure rate.",
)


@click.command("claim-gap", help=say(_GAP))
@question_options()
@file_options()
@click.pass_obj
def claim_gap(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print claim gaps."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_gap import make_gap_report

        return make_gap_report(reading, question)

    def write(order: "FileOrder", reading: "Reading", question: "Question") -> None:
        from commands.written_gap import write_gap

        write_gap(order, reading, question)

    print_asked(invocation, Dimension.UNIT, options, make, write=write)


@click.command("flow", help=say(_FLOW))
@question_options()
@click.pass_obj
def flow(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print the flow of a period."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_flow import make_flow_report

        return make_flow_report(reading, question)

    print_asked(invocation, Dimension.TOTAL, options, make)
