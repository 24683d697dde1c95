"""Without this file nobody could ask from a terminal how many cases came, and which wait."""

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

# Literal, so that a help page needs no read model; a test compares them with the reader's own.
CASE_KEYS = ("label", "category", "year")

_CASES = Text(
    "件数、提交与答复的起止、非工作日件数、未办结与逾期未答复，多者在前。",
    "How many cases, filed and answered from when to when, on how many rest days, open and overdue "
    "without an answer; most first.",
)
_BY = Text(
    "分组；label 为导入文件所述类型，category 为类别，year 为提交年份。",
    "Groups; label is the type as an imported file states it, year that of filing.",
)
_CALENDAR = Text("工作日历。", "Calendar of working days.")


@click.command("cases", help=say(_CASES))
@click.option(
    "--by",
    type=click.Choice([*(each.value for each in Dimension), *CASE_KEYS]),
    default=Dimension.TOTAL.value,
    show_default=True,
    help=say(_BY),
)
@click.option("--calendar", default="cn@2026", show_default=True, help=say(_CALENDAR))
@question_options(is_grouped=False, is_replayable=False)
@click.pass_obj
def cases(
    invocation: Invocation,
    /,
    by: str,
    calendar: str,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print how many cases there are."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_case_sums import make_cases_report
        from domain.calendar_cn import find_calendar

        return make_cases_report(find_calendar(calendar), reading, question)

    options["case_key"] = by if by in CASE_KEYS else None
    groups = Dimension.TOTAL if by in CASE_KEYS else Dimension(by)
    print_asked(invocation, groups, options, make)
