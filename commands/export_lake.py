"""Without this file no offline copy could be asked for from a terminal."""

from pathlib import Path

import click

from commands.failures import CommandError, Exit
from commands.language import say
from commands.progress import show_progress
from commands.reading import Reading
from commands.report_question import past_instant
from domain.text import Text
from replay.figures import head_position, position_known_at
from replay.lake import export_lake
from replay.lake_order import LakeOrder, make_order


def write_lake(reading: Reading, folder: Path, order: LakeOrder) -> Exit:
    """Write an offline copy and say what it holds. Blocking; the reading's snapshot is ended."""
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


def make_lake_order(
    reading: Reading, as_of: str | None, known_at: str | None, *, with_confidential: bool
) -> LakeOrder:
    """Return what is to be exported. Blocking.

    Args:
        reading: The ledger.
        as_of: ISO instant or day to judge at; now by default.
        known_at: ISO instant or day by which things were on record, or None for all.
        with_confidential: Whether confidential petitions are in it.

    Raises:
        click.BadParameter: an instant cannot be read, or has not come.
        CommandError: nothing was on record by then.
    """
    known = past_instant(known_at, "--known-at", reading)
    return make_order(
        reading.connection,
        exported_position(reading, known_at),
        past_instant(as_of, "--as-of", reading) or reading.now,
        known_at=known,
        with_confidential=with_confidential,
    )


def exported_position(reading: Reading, known_at: str | None) -> int:
    """Return the last position to export.

    Blocking.

    Raises:
        click.BadParameter: the instant cannot be read, or has not come.
        CommandError: nothing was on record by then.
    """
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
