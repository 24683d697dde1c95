"""Without this file the reports would not all offer the same files."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from commands.language import say
from commands.option_list import F, with_options
from domain.text import Text

TABLE: Final = "table"
# Literal, so that a help page needs no writer; a test compares them with the writers' own.
FORMATS: Final = ("csv", "xlsx", "pdf", "json", "parquet", "sav", "dta")
ENCODINGS: Final = ("utf-8", "utf-8-sig", "gb18030")

_FORMAT = Text(
    "输出形式：table 显示在终端，其余写入文件（旁附清单与码表）。",
    "table on the terminal, or a file with manifest and codebook beside it.",
)
_OUT = Text(
    "文件名；默认按 地区_报表_统计期_截至日 命名，写入当前目录。",
    "File; by default named after place, report, period and day, in this folder.",
)
_ENCODING = Text(
    "CSV 的编码；utf-8-sig 供 Excel 直接打开。", "Encoding of CSV; utf-8-sig opens in Excel."
)
_OVERWRITE = Text("允许覆盖同名文件。", "Replace a file of that name.")
_LETTERHEAD = Text(
    "表头表尾（TOML）：填报单位、负责人、审核人、填报人、电话、报出日期、法定标识。",
    "TOML with reporting unit, head, reviewer, preparer, phone, date and legal mark.",
)
_TOTAL = Text("打印表的合计列在最前还是最后。", "Total before or after its parts on the form.")


def file_options(*, default: str = TABLE) -> Callable[[F], F]:
    """Return a decorator that lets a report be written into a file.

    Args:
        default: Form of the output where none is asked for.
    """
    shown = (TABLE, *FORMATS) if default == TABLE else FORMATS
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(shown),
            default=default,
            show_default=True,
            help=say(_FORMAT),
        ),
        click.option(
            "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=say(_OUT)
        ),
        click.option(
            "--encoding",
            type=click.Choice(ENCODINGS),
            default=ENCODINGS[0],
            show_default=True,
            help=say(_ENCODING),
        ),
        click.option("--overwrite", is_flag=True, help=say(_OVERWRITE)),
        click.option(
            "--letterhead",
            type=click.Path(dir_okay=False, exists=True, path_type=Path),
            metavar="TOML",
            help=say(_LETTERHEAD),
        ),
        click.option(
            "--total",
            type=click.Choice(("first", "last")),
            default="last",
            show_default=True,
            help=say(_TOTAL),
        ),
    )
    return with_options(*options)
