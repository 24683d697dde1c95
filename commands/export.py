"""Without this file the ledger's records could not leave it for other tools."""

from pathlib import Path
from typing import TYPE_CHECKING

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
_AS_OF = Text("计数的截至时点；默认现在。", "Judge petitions at this instant; now by default.")
_KNOWN_AT = Text("只用此时已入账的事件。", "Only what was on record at this instant.")
_CONFIDENTIAL = Text("包括保密诉求。", "Confidential petitions too.")


@click.command("export", help=say(_ABOUT))
@click.option(
    "--parquet",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=say(_FOLDER),
)
@click.option("--as-of", "as_of", metavar="ISO", help=say(_AS_OF))
@click.option("--known-at", metavar="ISO", help=say(_KNOWN_AT))
@click.option("--with-confidential", is_flag=True, help=say(_CONFIDENTIAL))
@click.pass_obj
def export(
    invocation: Invocation,
    *,
    folder: Path,
    as_of: str | None,
    known_at: str | None,
    with_confidential: bool,
) -> Exit:
    """Write an offline copy."""
    from commands.progress import show_progress
    from commands.reading import open_reading
    from replay.lake import export_lake

    with open_reading(invocation) as reading:
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
    from replay.figures import head_position, position_known_at
    from replay.lake_order import LakeOrder
    from replay.succession import replay_succession

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
    instant = past_instant(as_of, "--as-of", reading) or reading.now
    catalogue = replay_catalogue(reading.connection, position)
    succession = replay_succession(
        reading.connection, Dimension.UNIT, EVERYTHING, as_of=instant, position=position
    )
    return LakeOrder(
        position, instant, known, reading.zone, catalogue, succession, with_confidential
    )
