"""Without this file no handling time could be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.invocation import Invocation
from commands.language import say
from commands.report_options import print_asked, question_options
from domain.dimension import Dimension
from domain.handling_time import HandlingMeasure
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question

_STARTS = ("submission", "acceptance")
_HANDLING = Text(
    "办理时长分布（小时），中位数短者在前。",
    "How long closed petitions took, in hours; the quickest median first.",
)
_ANSWERED = Text("限期内答复的比率，由高到低。", "Shares answered within a limit, best first.")
_MEASURE = Text(
    "wall 自然小时；net 扣除中止；working 工作小时并扣除中止。",
    "wall hours; net of suspension; working hours net of suspension.",
)
_HOURS = Text("办公时间，用于 working。", "Office hours, for working.")
_START = Text("从提交还是受理起算。", "Count from submission or from acceptance.")
_LIMIT = Text(
    "LIMIT 为时限：15wd 工作日、5cd 自然日、24h 小时。",
    "LIMIT is 15wd (working days), 5cd (calendar days) or 24h (hours).",
)
_CALENDAR = Text("工作日历。", "Calendar of working days.")

_start_option = click.option(
    "--start",
    type=click.Choice(_STARTS),
    default=_STARTS[0],
    show_default=True,
    help=say(_START),
)


@click.command("handling-time", help=say(_HANDLING))
@question_options(is_replayable=False)
@_start_option
@click.option(
    "--measure",
    type=click.Choice([each.value for each in HandlingMeasure]),
    default=HandlingMeasure.WALL.value,
    show_default=True,
    help=say(_MEASURE),
)
@click.option("--calendar", default="cn@2026", show_default=True, help=say(_CALENDAR))
@click.option("--hours", default="09:00-12:00,13:00-17:00", show_default=True, help=say(_HOURS))
@click.pass_obj
def handling_time(
    invocation: Invocation,
    /,
    start: str,
    measure: str,
    calendar: str,
    hours: str,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print handling times."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_handling import make_handling_report, parse_hours
        from domain.calendar_cn import find_calendar
        from domain.office_hours import OfficeHours
        from projections.case_times import ClockStart

        office = OfficeHours(find_calendar(calendar), reading.zone, parse_hours(hours))
        chosen = HandlingMeasure(measure)
        return make_handling_report(ClockStart(start), chosen, office, reading, question)

    print_asked(invocation, Dimension.TOTAL, options, make)


@click.command("answered-within", help=f"{say(_ANSWERED)}\n\n{say(_LIMIT)}")
@click.argument("limit", metavar="LIMIT")
@click.option("--calendar", default="cn@2026", show_default=True, help=say(_CALENDAR))
@question_options(is_replayable=False)
@_start_option
@click.pass_obj
def answered_within(
    invocation: Invocation,
    /,
    limit: str,
    calendar: str,
    start: str,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print shares answered within a limit."""

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_times import make_answered_report, parse_limit
        from domain.calendar_cn import find_calendar
        from projections.case_times import ClockStart

        chosen = parse_limit(limit, find_calendar(calendar), reading.zone)
        return make_answered_report(chosen, ClockStart(start), reading, question)

    print_asked(invocation, Dimension.TOTAL, options, make)
