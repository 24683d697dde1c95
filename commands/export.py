"""Without this file the ledger's records could not leave it for other tools."""

from pathlib import Path
from typing import Any

import click

from commands.failures import Exit
from commands.file_options import ENCODINGS
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_ABOUT = Text(
    "导出逐件数据供离线统计：诉求、计数、口径、事件（Parquet，按月分区），"
    "或一件诉求一行的单个文件。以督查室的可见范围导出，不含任何个人信息；保密诉求默认不导出。",
    "Export records for offline statistics: petitions, measures, definitions and events, as "
    "Parquet by month; or one file with a row a petition. It sees what the supervision office "
    "sees and holds no personal value; confidential petitions stay out unless asked for.",
)
_FOLDER = Text("写入此文件夹（须为新的或空的）。", "Into this folder, a new or an empty one.")
_PROCESS = Text(
    "过程挖掘日志写入此文件夹（OCEL 2.0、XES、流程模型、规则与时限）。",
    "A process log into this folder (OCEL 2.0, XES, models, rules and limits).",
)
_RECORDS = Text(
    "一件诉求一行写入此文件；格式按扩展名：csv、xlsx、sav（SPSS）、dta（Stata）、parquet、json。",
    "A row a petition into this file, in the format of its ending: csv, xlsx, sav (SPSS), dta "
    "(Stata), parquet or json.",
)
_TIMELINE = Text(
    "时间轴：每次经手一行（持有人、转入、转出、工作分钟），写入此文件；格式同上。",
    "Timeline: a row each time a petition changes hands (holder, in, out, working minutes), into "
    "this file; formats as above.",
)
_ENCODING = Text("CSV 的字符编码。", "Encoding of CSV.")
_WHICH = Text(
    "请用 --parquet、--petitions、--timeline 或 --process 之一说明导出什么。",
    "Say what to export: one of --parquet, --petitions, --timeline and --process.",
)
_NOT_OF_PROCESS = Text(
    "--process 不接受 --as-of 与 --with-confidential：过程日志含全部环节，从不含保密诉求。",
    "--process takes neither --as-of nor --with-confidential: a process log holds every act, and "
    "no confidential petition.",
)
_AS_OF = Text("计数的截至时点；默认现在。", "Judge petitions at this instant; now by default.")
_KNOWN_AT = Text("只用此时已入账的事件。", "Only what was on record at this instant.")
_SMALL_UNITS = Text(
    "--process 中也列出不足 10 件的单位。",
    "In --process, name units with fewer than 10 petitions too.",
)
_CONFIDENTIAL = Text("包括保密诉求。", "Confidential petitions too.")


@click.command("export", help=say(_ABOUT))
@click.option(
    "--parquet",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=say(_FOLDER),
)
@click.option(
    "--petitions",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say(_RECORDS),
)
@click.option(
    "--timeline",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say(_TIMELINE),
)
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default=ENCODINGS[0],
    show_default=True,
    help=say(_ENCODING),
)
@click.option(
    "--process",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=say(_PROCESS),
)
@click.option("--as-of", "as_of", metavar="ISO", help=say(_AS_OF))
@click.option("--known-at", metavar="ISO", help=say(_KNOWN_AT))
@click.option("--with-confidential", is_flag=True, help=say(_CONFIDENTIAL))
@click.option("--with-small-units", is_flag=True, help=say(_SMALL_UNITS))
@click.pass_obj
def export(invocation: Invocation, /, **options: Any) -> Exit:  # noqa: ANN401 - click's own
    """Write an offline copy, a file of records, or a process log."""
    from commands.export_lake import exported_position, make_lake_order, write_lake
    from commands.reading import open_reading

    places = {name: options.pop(name) for name in ("folder", "petitions", "timeline", "process")}
    ((kind, place),) = _the_one(places)
    with_small_units = options.pop("with_small_units")
    if kind == "process" and (options["as_of"] is not None or options["with_confidential"]):
        raise click.UsageError(say(_NOT_OF_PROCESS))
    with open_reading(invocation) as reading:
        if kind == "process":
            from commands.export_process import write_process

            position = exported_position(reading, options["known_at"])
            return write_process(reading, place, position, with_small_units=with_small_units)
        encoding = options.pop("encoding")
        order = make_lake_order(reading, **options)
        if kind == "folder":
            return write_lake(reading, place, order)
        from commands.export_petitions import write_petitions
        from replay.record_tables import RecordTable

        return write_petitions(reading, place, encoding, order, RecordTable(kind))


def _the_one(places: dict[str, Path | None]) -> list[tuple[str, Path]]:
    named = [(kind, place) for kind, place in places.items() if place is not None]
    if len(named) != 1:
        raise click.UsageError(say(_WHICH))
    return named
