"""Without this file each report would be written into files in its own way."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from replay.export_document import Document
    from replay.letterhead import Letterhead


@dataclass(frozen=True)
class FileOrder:
    """How a report is to be written.

    Attributes:
        form: Format of the file, or ``table`` for the terminal.
        out: The file, or None for the name made from the report.
        encoding: Of CSV.
        overwrite: Whether a file of that name may be replaced.
        letterhead: TOML file of who hands it in, or None.
        total_first: Whether the form has the total above its parts.
    """

    form: str
    out: Path | None
    encoding: str
    overwrite: bool
    letterhead: Path | None
    total_first: bool

    @classmethod
    def take(cls, options: dict[str, Any]) -> "FileOrder":
        """Take the options of ``file_options`` out of those that were read."""
        names = ("form", "out", "encoding", "overwrite", "letterhead", "total")
        form, out, encoding, overwrite, letterhead, total = (options.pop(name) for name in names)
        return cls(form, out, encoding, overwrite, letterhead, total == "first")

    @property
    def is_file(self) -> bool:
        """Whether a file is asked for."""
        return self.form != "table"

    def read_letterhead(self) -> "Letterhead":
        """Return who hands the report in; nobody where no file says so. Blocking.

        Raises:
            CommandError: the file is no letterhead.
        """
        from commands.letterhead import read_letterhead

        return read_letterhead(self.letterhead)

    def write(self, document: "Document", place: Text, now: "datetime") -> None:
        """Write a report and say where it is, whole. Blocking.

        Args:
            document: The report.
            place: Whose it is, for the file's name.
            now: Aware instant of the command.

        Raises:
            LedgerError: it could not be written whole; no file is left behind.
        """
        from replay.export_csv import Encoding
        from replay.export_file import Format, export_document
        from replay.file_name import file_stem
        from replay.letterhead import check_mark

        check_mark(document.letterhead, now.astimezone(document.origin.zone).date())
        file = self.out or Path(f"{file_stem(document, place, say)}.{self.form}")
        done = export_document(
            document,
            file,
            Format(self.form),
            say,
            encoding=Encoding(self.encoding),
            overwrite=self.overwrite,
        )
        click.echo(str(done.file))
        remarks = [Text(f"共 {done.rows} 行，全部导出。", f"{done.rows} rows, all exported.")]
        if done.inert and self.form == "csv":
            remarks.append(
                Text(
                    f"{len(done.inert)} 处文本可能被电子表格当作公式，已加前导撇号，见清单。",
                    f"{len(done.inert)} texts that a spreadsheet might run got an apostrophe; the "
                    "manifest lists them.",
                )
            )
        if done.missing:
            remarks.append(
                Text(
                    f"内置字体缺少这些字，PDF 中显示为方框：{done.missing}",
                    f"The built-in fonts lack these characters, boxes stand for them: "
                    f"{done.missing}",
                )
            )
        for remark in remarks:
            click.echo(say(remark), err=True)
