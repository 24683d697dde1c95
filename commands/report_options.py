"""Without this file the reports would not all understand the same options."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from commands.invocation import Invocation
from commands.language import say
from commands.option_list import F, with_options
from domain.dimension import Dimension
from domain.period import MONTH_START_MAX
from domain.text import Text
from domain.vocabulary import Channel, PetitionType

if TYPE_CHECKING:
    from commands.file_order import FileOrder
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question
    from replay.rated_report import RatedReport

_BY = Text("按什么分组。", "What to group by.")
_AS_OF = Text(
    "截至时点（ISO 8601，默认现在；只写日期指该日终了）。",
    "As of this instant (ISO 8601; now by default; a bare day means its end).",
)
_FROM = Text("批次口径：自此时起受理的诉求。", "Cohort: petitions accepted from this instant on.")
_TO = Text(
    "批次口径：此时之前受理的诉求；只写日期则含当日。",
    "Cohort: petitions accepted before this instant; a bare day is included.",
)
_PERIOD = Text(
    "统计期：2019、2019-Q4 或 2019-09；即该期内受理的批次。",
    "Period: 2019, 2019-Q4 or 2019-09; the cohort accepted in it.",
)
_MONTH_START = Text("统计月的起始日，如 26。", "Day a statistical month begins on, such as 26.")
_KNOWN_AT = Text(
    "只用此时已记入台账的事件（重放日志）。",
    "Only what was on record at this instant (replays the log).",
)
_MIN = Text(
    "少于此数只列 n/d，不列比率和名次。", "Below this many cases n/d stands without rate or rank."
)
_UNIT = Text("只看此单位。", "Only this unit.")
_TYPE = Text("只看此类型。", "Only this type.")
_CHANNEL = Text("只看此渠道。", "Only this channel.")
_REGION = Text("只看此区域。", "Only this region.")
_PUBLIC = Text(
    "公开表：小数字及可推算它们的数字不列，少于 10 件不列比率。",
    "For the public: small cells and what gives them away are suppressed, no rate below 10 cases.",
)
_AS_DISPATCHED = Text(
    "按派单时的单位统计；缺省时被合并单位的诉求自合并之日起计入承继单位。",
    "Count for the units as dispatched; otherwise a merged unit's heir has its petitions from the "
    "day of the merger.",
)
_JSON = Text("输出 JSON（taizhang.report/1）。", "Print JSON (taizhang.report/1).")
TABLE_ALONE = Text(
    "--compare 与 --open 只在终端显示；请去掉 --format。",
    "--compare and --open are shown on the terminal alone; leave out --format.",
)


def question_options(*, is_grouped: bool = True, is_replayable: bool = True) -> Callable[[F], F]:
    """Return a decorator that gives a report its options.

    Args:
        is_grouped: Whether the reader may choose what to group by.
        is_replayable: Whether it can be told as it was known at an earlier instant.
    """
    options = [
        click.option("--as-of", "as_of", metavar="ISO", help=say(_AS_OF)),
        click.option("--from", "accepted_from", metavar="ISO", help=say(_FROM)),
        click.option("--to", "accepted_before", metavar="ISO", help=say(_TO)),
        *PERIOD_OPTIONS,
        click.option(
            "--min-cases",
            "cases_min",
            type=click.IntRange(min=1),
            default=10,
            show_default=True,
            help=say(_MIN),
        ),
        *SCOPE_OPTIONS,
        UNITS_OPTION,
        click.option("--json", "as_json", is_flag=True, help=say(_JSON)),
    ]
    if is_replayable:
        options.insert(1, click.option("--known-at", metavar="ISO", help=say(_KNOWN_AT)))
    if is_grouped:
        options.insert(0, click.option("--by", type=_choice(Dimension), help=say(_BY)))
    return with_options(*options)


def _choice(values: type[Dimension | PetitionType | Channel]) -> click.Choice[str]:
    return click.Choice([each.value for each in values])


PERIOD_OPTIONS = (
    click.option("--period", metavar="PERIOD", help=say(_PERIOD)),
    click.option(
        "--month-start",
        "month_start_day",
        type=click.IntRange(1, MONTH_START_MAX),
        default=1,
        show_default=True,
        help=say(_MONTH_START),
    ),
)
UNITS_OPTION = click.option("--as-dispatched", is_flag=True, help=say(_AS_DISPATCHED))
SCOPE_OPTIONS = (
    click.option("--unit", metavar="CODE", help=say(_UNIT)),
    click.option("--type", "petition_type", type=_choice(PetitionType), help=say(_TYPE)),
    click.option("--channel", type=_choice(Channel), help=say(_CHANNEL)),
    click.option("--region", metavar="NAME", help=say(_REGION)),
)


PUBLIC_OPTION = click.option("--public", "is_public", is_flag=True, help=say(_PUBLIC))


def print_asked(
    invocation: Invocation,
    by: Dimension,
    options: dict[str, Any],
    make: "Callable[[Reading, Question], Report]",
    rated: "Callable[[Reading, Question], RatedReport] | None" = None,
    write: "Callable[[FileOrder, Reading, Question], None] | None" = None,
) -> None:
    """Open the ledger, make a report and write it to stdout, or into a file.

    Args:
        invocation: The process that asks.
        by: Groups where the reader names none.
        options: What ``question_options`` read, and ``file_options`` where it may be a file.
        make: Makes the report.
        rated: Makes its figures for a file, where they are cells.
        write: Writes it into a file, where they are not.
    """
    from commands.file_order import FileOrder
    from commands.reading import open_reading
    from commands.report_document import print_report
    from commands.report_question import make_question
    from commands.written_report import write_rated

    as_json = options.pop("as_json")
    order = None if rated is None and write is None else FileOrder.take(options)
    with open_reading(invocation) as reading:
        question = make_question(reading, by, options)
        if order is not None and order.is_file:
            if rated is not None:
                write_rated(order, reading, rated(reading, question), question.unit_names)
            elif write is not None:
                write(order, reading, question)
            return
        print_report(make(reading, question), question, reading.zone, as_json=as_json)
