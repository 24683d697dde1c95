"""Without this file every month's forms would be put together from single reports."""

from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit
from commands.file_options import file_options
from commands.file_order import FileOrder
from commands.invocation import Invocation
from commands.language import say
from domain.period import MONTH_START_MAX
from domain.rate import PUBLIC_CASES_MIN
from domain.text import Text
from replay.template_kinds import Template, find_template

if TYPE_CHECKING:
    from commands.reading import Reading
    from replay.export_document import Document

_LISTED = ", ".join(f"{each.value} {each.label.zh}" for each in Template)
_ABOUT = Text(
    f"按固定格式生成一个统计期的报表文件。NAME 为：{_LISTED}（代码或中文名均可）。",
    f"Fill a form for a period. NAME is one of: {_LISTED} (code or Chinese name).",
)
_PERIOD = Text("统计期：2019、2019-Q4 或 2019-09。", "Period: 2019, 2019-Q4 or 2019-09.")
_MONTH_START = Text("统计月的起始日，如 26。", "Day a statistical month begins on, such as 26.")
_AS_OF = Text("截至时点；默认统计期终了。", "As of this instant; by default the period's end.")
_KNOWN_AT = Text("只用此时已入账的事件。", "Only what was on record at this instant.")
_MIN = Text("少于此数不印比率。", "Below this many cases no digits are printed.")


class _TemplateName(click.ParamType[Template]):
    """A template by its code or its name in either language."""

    name = "template"

    def convert(self, value: Any, param: Any, ctx: Any) -> Template:  # noqa: ANN401 - click's own
        found = value if isinstance(value, Template) else find_template(str(value))
        if found is None:
            zh, en = f"没有模板“{value}”；可选：{_LISTED}", f"no '{value}'; there are: {_LISTED}"
            self.fail(say(Text(zh, en)), param, ctx)
        return found


@click.command("template", help=say(_ABOUT))
@click.argument("template", type=_TemplateName(), metavar="NAME")
@click.option("--period", required=True, metavar="PERIOD", help=say(_PERIOD))
@click.option(
    "--month-start",
    "month_start_day",
    type=click.IntRange(1, MONTH_START_MAX),
    default=1,
    show_default=True,
    help=say(_MONTH_START),
)
@click.option("--as-of", "as_of", metavar="ISO", help=say(_AS_OF))
@click.option("--known-at", metavar="ISO", help=say(_KNOWN_AT))
@click.option(
    "--min-cases",
    "cases_min",
    type=click.IntRange(1),
    default=PUBLIC_CASES_MIN,
    show_default=True,
    help=say(_MIN),
)
@file_options(default="xlsx")
@click.pass_obj
def template(invocation: Invocation, /, template: Template, **options: Any) -> Exit:  # noqa: ANN401 - click's own
    """Fill a form and write it."""
    from commands.reading import open_reading
    from replay.jurisdiction import jurisdiction

    order = FileOrder.take(options)
    with open_reading(invocation) as reading:
        document = _fill(template, reading, order, options)
        order.write(document, jurisdiction(reading.connection), reading.now)
    return Exit.DONE


def _fill(
    template: Template, reading: "Reading", order: FileOrder, options: dict[str, Any]
) -> "Document":
    from commands.report_question import past_instant
    from domain.period import read_period
    from replay.template_filling import FormOrder, fill_form

    as_of, known_at = (
        past_instant(options[name], option, reading)
        for name, option in (("as_of", "--as-of"), ("known_at", "--known-at"))
    )
    if not template.is_of_rates and (as_of or known_at):
        raise click.UsageError(say(_NOW_ALONE))
    period = read_period(options["period"], options["month_start_day"])
    if period.bounds(reading.zone)[0] > reading.now:
        raise click.BadParameter(say(_NOT_COME), param_hint="--period")
    asked = FormOrder(
        template,
        period,
        reading.now,
        options["cases_min"],
        say,
        as_of,
        known_at,
        order.read_letterhead(),
        order.total_first,
    )
    return fill_form(reading.connection, asked)


_NOW_ALONE = Text(
    "督办台账和活动成效只按现状生成，不能指定 --as-of 或 --known-at。",
    "This form shows what stands now; leave out --as-of and --known-at.",
)
_NOT_COME = Text("该统计期尚未开始。", "That period has not begun.")
