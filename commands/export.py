"""Without this file the ledger's records could not leave it for other tools."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from replay.lake_order import LakeOrder

_ABOUT = Text(
    "导出逐件数据供离线统计：诉求、计数、口径、事件（Parquet，按月分区）。"
    "以督查室的可见范围导出，不含任何个人信息；保密诉求默认不导出。",
    "Export records for offline statistics: petitions, measures, definitions and events, as "
    "Parquet by month. It sees what the supervision office sees and holds no personal value; "
    "confidential petitions stay out unless asked for.",
)
_FOLDER = Text("写入此文件夹（须为新的或空的）。", "Into this folder, a new or an empty one.")
_PROCESS = Text(
    "过程挖掘日志写入此文件夹（OCEL 2.0、XES、流程模型、规则与时限）。",
    "A process log into this folder (OCEL 2.0, XES, models, rules and limits).",
)
_WHICH = Text(
    "请用 --parquet 或 --process 之一说明导出什么。", "Say what to export: --parquet or --process."
)
_NOT_OF_PROCESS = Text(
    "--process 不接受 --as-of 与 --with-confidential：过程日志含全部环节，从不含保密诉求。",
    "--process takes neither --as-of nor --with-confidential: a process log holds every act, and "
    "no confidential petition.",
)
_AS_OF = Text("计数的截至时点；默认现在。", "Judge petitions at this instant; now by default.")
_KNOWN_AT = Text("只用此时已入账的事件。", "Only what was on record at this instant.")
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
    "--process",
    "process_folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=say(_PROCESS),
)
@click.option("--as-of", "as_of", metavar="ISO", help=say(_AS_OF))
@click.option("--known-at", metavar="ISO", help=say(_KNOWN_AT))
@click.option("--with-confidential", is_flag=True, help=say(_CONFIDENTIAL))
@click.pass_obj
def export(
    invocation: Invocation,
    *,
    folder: Path | None,
    process_folder: Path | None,
    as_of: str | None,
    known_at: str | None,
    with_confidential: bool,
) -> Exit:
    """Write an offline copy, or a process log."""
    from commands.reading import open_reading

    if (folder is None) == (process_folder is None):
        raise click.UsageError(say(_WHICH))
    if process_folder is not None and (as_of is not None or with_confidential):
        raise click.UsageError(say(_NOT_OF_PROCESS))
    with open_reading(invocation) as reading:
        if folder is None:
            return _write_process(reading, cast("Path", process_folder), known_at)
        return _write_lake(reading, folder, as_of, known_at, with_confidential=with_confidential)


def _write_process(reading: "Reading", folder: Path, known_at: str | None) -> Exit:
    """Write a process log; exit 1 where acts break a rule of the life cycle."""
    from ledger.log_reader import QUERIES
    from ledger.reference import ReferenceStreams
    from projections.log_streams import LogStreams
    from replay.process_export import export_process

    position = _position(reading, known_at)
    reference = ReferenceStreams(LogStreams(reading.connection))
    pack_id = reference.roster().pack_id
    pack = None if pack_id is None else reference.pack(pack_id)
    row = reading.connection.execute(QUERIES["read_secret"], {"name": "fingerprint"}).fetchone()
    key = bytes(cast("tuple[bytes]", row)[0])
    packs = [] if pack is None else list(pack.versions.values())
    done = export_process(reading.connection, folder, position, key, packs)
    click.echo(str(done.folder))
    text = Text(
        f"事件 {done.events} 条、对象 {done.objects} 个、诉求 {done.traces} 件，"
        f"日志位置 {position}；"
        f"未导出保密诉求 {done.withheld} 件；违反规则的环节 {sum(done.broken.values())} 个。",
        f"{done.events} events, {done.objects} objects, {done.traces} petitions, log position "
        f"{position}; {done.withheld} confidential petitions left out; acts that break a rule: "
        f"{sum(done.broken.values())}.",
    )
    click.echo(say(text), err=True)
    for rule, found in done.broken.items():
        click.echo(f"{rule}\t{found}", err=True)
    return Exit.FINDING if done.broken else Exit.DONE


def _write_lake(
    reading: "Reading",
    folder: Path,
    as_of: str | None,
    known_at: str | None,
    *,
    with_confidential: bool,
) -> Exit:
    from commands.progress import show_progress
    from replay.lake import export_lake

    order = _order(reading, as_of, known_at, with_confidential=with_confidential)
    with show_progress(say(Text("导出", "Exporting"))) as progress:
        lake = export_lake(reading.connection, folder, order, progress)
    click.echo(str(lake.folder))
    rows = {name.replace("-", "_"): count for name, count in lake.rows.items()}
    text = Text(
        f"诉求 {rows['petitions']} 行、计数 {rows['measures']} 行、事件 {rows['events']} 行，"
        f"全部导出；日志位置 {order.position}。未导出保密诉求 {lake.withheld} 件。",
        f"{rows['petitions']} petitions, {rows['measures']} measures, {rows['events']} events, all "
        f"exported; log position {order.position}. {lake.withheld} confidential petitions left "
        "out.",
    )
    click.echo(say(text), err=True)
    return Exit.DONE


def _order(
    reading: "Reading", as_of: str | None, known_at: str | None, *, with_confidential: bool
) -> "LakeOrder":
    from commands.report_question import past_instant
    from domain.dimension import Dimension
    from projections.scope import EVERYTHING
    from replay.catalogue import replay_catalogue
    from replay.lake_order import LakeOrder
    from replay.succession import replay_succession

    known = past_instant(known_at, "--known-at", reading)
    position = _position(reading, known_at)
    instant = past_instant(as_of, "--as-of", reading) or reading.now
    catalogue = replay_catalogue(reading.connection, position)
    succession = replay_succession(
        reading.connection, Dimension.UNIT, EVERYTHING, as_of=instant, position=position
    )
    return LakeOrder(
        position, instant, known, reading.zone, catalogue, succession, with_confidential
    )


def _position(reading: "Reading", known_at: str | None) -> int:
    """Return the last position to export.

    Raises:
        CommandError: nothing was on record by then.
    """
    from commands.report_question import past_instant
    from replay.figures import head_position, position_known_at

    known = past_instant(known_at, "--known-at", reading)
    if known is None:
        position = head_position(reading.connection)
    else:
        position = position_known_at(reading.connection, known)
    if position == 0:
        raise CommandError(
            Exit.NOT_FOUND,
            Text(
                "此时账上没有任何事件；未生成文件。请改用较晚的 --known-at，或先登记诉求。",
                "Nothing is on record by then; no file was made. Move --known-at on, or record "
                "something first.",
            ),
        )
    return position
