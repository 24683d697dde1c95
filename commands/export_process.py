"""Without this file no process log could be asked for from a terminal."""

from pathlib import Path
from typing import cast

import click

from commands.failures import Exit
from commands.language import say
from commands.reading import Reading
from domain.text import Text
from ledger.log_reader import QUERIES
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from projections.log_streams import LogStreams
from replay.process_export import PETITIONS_MIN, ProcessOrder, export_process
from replay.process_objects import Pseudonyms


def write_process(reading: Reading, folder: Path, position: int, *, with_small_units: bool) -> Exit:
    """Write a process log; exit 1 where acts break a rule of the life cycle. Blocking."""
    reference = ReferenceStreams(LogStreams(reading.connection))
    pack_id = reference.roster().pack_id
    pack = None if pack_id is None else reference.pack(pack_id)
    row = reading.connection.execute(QUERIES["read_secret"], {"name": "fingerprint"}).fetchone()
    key = bytes(cast("tuple[bytes]", row)[0])
    packs = [] if pack is None else list(pack.versions.values())
    order = ProcessOrder(
        reading.connection,
        position,
        Pseudonyms(key),
        None if pack is None else PinnedHours(reference, reading.now),
        0 if with_small_units else PETITIONS_MIN,
    )
    done = export_process(folder, order, packs)
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
