"""Without this file a province could only add up its cities' figures by hand."""

from datetime import UTC, datetime
from typing import Any

import click

from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.report_options import question_options
from domain.report_kind import ReportKind
from domain.text import Text

_HELP = Text(
    "把多个台账的数字相加：逐个台账列出分子、分母与日志位置，最后为合计。\n\n"
    "--ledgers 台账名以逗号分隔；写作“台账:编号”则用该台账已发布的报表，"
    "数字与日志位置以发布时为准，各台账可用 taizhang report verify 复核。"
    "定义不同不相加；收件不全的台账列出原因，不计入合计。",
    "Add up the figures of several ledgers: numerator, denominator and log position of each, and "
    "their sum.\n\n--ledgers are names with commas between; LEDGER:NUMBER takes a report that the "
    "ledger published, with its figures and position as published, which 'taizhang report verify' "
    "checks there. Different definitions are not added; a ledger whose intake is incomplete is "
    "listed with the reason and not counted.",
)
_LEDGERS = Text("台账，如 jinan,qingdao 或 jinan:3,qingdao:1。", "Such as jinan,qingdao:3.")
_KINDS = (ReportKind.CLOSURE, ReportKind.ONTIME, ReportKind.SATISFACTION, ReportKind.CALLBACK)
_PROVINCE = Text("省级汇总", "province")


@click.command("province", help=say(_HELP))
@click.argument("kind", type=click.Choice([each.value for each in _KINDS]))
@click.option("--ledgers", required=True, metavar="LEDGER[:NUMBER],…", help=say(_LEDGERS))
@question_options(is_grouped=False)
@file_options()
@click.pass_obj
def province(
    invocation: Invocation,
    /,
    kind: str,
    ledgers: str,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print the sum of several ledgers, or write it into a file."""
    from commands.file_order import FileOrder
    from commands.report_province_parts import gather_parts
    from commands.report_province_text import print_province
    from replay.export_province import province_document

    as_json = options.pop("as_json")
    order = FileOrder.take(options)
    if options["unit"] is not None:
        raise click.UsageError(say(_NO_UNIT))
    report = gather_parts(invocation, ReportKind(kind), _asked(ledgers), options)
    if order.is_file:
        letterhead = order.read_letterhead()
        document = province_document(report, letterhead, say, total_first=order.total_first)
        order.write(document, _PROVINCE, datetime.now(UTC))
    else:
        print_province(report, as_json=as_json)


_NO_UNIT = Text(
    "单位代码只在一个台账内有效，不能用于汇总；请去掉 --unit。",
    "A unit's code belongs to one ledger; leave out --unit.",
)


def _asked(ledgers: str) -> dict[str, int | None]:
    """Return the numbers of reports by ledger, None for the present figures.

    Raises:
        click.BadParameter: a name or number cannot be one, or stands twice.
    """
    from ledger.settings import LEDGER_NAME

    asked: dict[str, int | None] = {}
    for part in ledgers.split(","):
        name, colon, number = part.strip().partition(":")
        is_number = not colon or (number.isascii() and number.isdigit() and int(number) > 0)
        if not LEDGER_NAME.fullmatch(name) or not is_number or name in asked:
            text = Text(
                f"“{part}”不是台账名或“台账:编号”，或重复；未生成报表。",
                f"'{part}' is no LEDGER or LEDGER:NUMBER, or stands twice; no report was made.",
            )
            raise click.BadParameter(say(text), param_hint="--ledgers")
        asked[name] = int(number) if colon else None
    return asked
