"""Without this file nobody could bring their own cases into a ledger from a terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.import_options import import_options, read_mapping, rejects_file
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database
    from replay.import_summary import ImportSummary
    from replay.mapping import Encoding, FileMapping

_ABOUT = Text(
    "导入 CSV、TSV 或 XLSX 文件中的历史诉求。\n\n"
    "列的含义、时间格式、时区与编码都写在映射文件中，程序从不猜测。重复导入不会增加任何内容；"
    "无法导入的行写入拒绝清单，其余照常导入。",
    "Import the petitions of a CSV, TSV or XLSX file.\n\n"
    "What the columns mean, time formats, zone and encoding stand in the mapping file; nothing is "
    "guessed. Repeating an import adds nothing. Rows that cannot be imported go to a rejects "
    "file, the others go on.",
)
_MAPPING = Text(
    "映射文件（TOML），或随附的 nyc311、tipdm2020c。",
    "The mapping file (TOML), or the shipped nyc311 or tipdm2020c.",
)
_DRY_RUN = Text("只统计，不写入任何事件。", "Count only; record nothing.")
_ENCODING = Text("文件编码，优先于映射文件。", "Encoding of the file; overrides the mapping.")


@click.command("import", help=say(_ABOUT))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--mapping", "mapping_name", required=True, metavar="M.toml", help=say(_MAPPING))
@import_options(_DRY_RUN)
@click.option(
    "--encoding", type=click.Choice(["utf-8", "utf-8-sig", "gb18030"]), help=say(_ENCODING)
)
@click.pass_obj
def import_file(
    invocation: Invocation,
    *,
    file: Path,
    mapping_name: str,
    is_dry: bool,
    rejects_path: Path | None,
    encoding: "Encoding | None",
    is_strict: bool,
    as_json: bool,
) -> Exit:
    """Import one file, bring the read models up to date, and print what became of its rows."""
    from commands.import_text import print_cases
    from replay.mapping_reader import load_mapping

    mapping = read_mapping(lambda: load_mapping(mapping_name)).with_encoding(encoding)
    rejects = rejects_file(file, rejects_path)
    summary = _import(invocation, file, mapping, rejects, is_dry=is_dry)
    print_cases(summary, is_dry=is_dry, rejects=rejects, as_json=as_json)
    return Exit.FINDING if is_strict and summary.rejected else Exit.DONE


def _import(
    invocation: Invocation, file: Path, mapping: "FileMapping", rejects: Path, *, is_dry: bool
) -> "ImportSummary":
    from datetime import UTC, datetime

    from commands.import_text import ImportProgress, RejectsOnDemand
    from ledger.application import PetitionLedger
    from replay.import_file import import_file as import_into

    with open_ledger(invocation, sets_up=True) as database:
        now = datetime.now(UTC)
        progress = ImportProgress(is_terminal=sys.stderr.isatty())
        with (
            PetitionLedger(database, lambda: datetime.now(UTC)) as ledger,
            RejectsOnDemand(rejects) as on_demand,
        ):
            summary = import_into(
                ledger,
                database,
                file,
                mapping,
                now=now,
                is_dry=is_dry,
                on_reject=on_demand.write,
                on_progress=progress.tell,
            )
        progress.end()
        if not is_dry:
            _project(database)
    return summary


def _project(database: "Database") -> None:
    """Bring the read models up to date; a projector that runs beside is no obstacle."""
    from ledger.database import Role
    from projections.engine import Engine
    from projections.models import MODELS

    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
