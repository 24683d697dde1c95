"""Without this file petitions could not be handed to a statistics program one by one."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from commands.failures import Exit
from commands.language import say
from commands.progress import show_progress
from commands.reading import Reading
from domain.text import Text
from replay.export_csv import Encoding
from replay.export_file import Format, export_document
from replay.lake_order import LakeOrder
from replay.petition_records import petition_records
from replay.record_tables import RecordTable


def write_petitions(
    reading: Reading, file: Path, encoding: str, order: LakeOrder, table: RecordTable
) -> Exit:
    """Write a file of records of petitions, manifest and codebook beside it. Blocking.

    Args:
        reading: The ledger; its snapshot is ended.
        file: Its ending names the format.
        encoding: Of CSV.
        order: What it is to hold.
        table: What a record is.

    Raises:
        click.BadParameter: no format ends so.
        LedgerError: it could not be written whole; no file is left behind.
    """
    forms = {f".{form.value}": form for form in Format}
    form = forms.get(file.suffix.lower())
    if form is None:
        known = ", ".join(forms)
        text = Text(f"扩展名须为：{known}。", f"The file's ending is one of: {known}.")
        raise click.BadParameter(say(text), param_hint=f"--{table.value}")
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".export-") as folder:
        with show_progress(say(Text("读取诉求", "Reading petitions"))) as progress:
            spool = Path(folder) / "rows"
            document = petition_records(reading.connection, spool, order, progress, table=table)
        done = export_document(document, file, form, say, encoding=Encoding(encoding))
    click.echo(str(done.file))
    text = Text(
        f"共 {done.rows} 行，全部导出；日志位置 {order.position}。",
        f"{done.rows} rows, all exported; log position {order.position}.",
    )
    click.echo(say(text), err=True)
    for note in document.notes:
        click.echo(say(note), err=True)
    return Exit.DONE
