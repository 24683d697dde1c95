"""Without this file the importer would have to know one file format from another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replay.import_errors import TableError
from replay.table import Table, TableForm
from replay.text_table import open_text_table

_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@contextmanager
def open_table(path: Path, form: TableForm) -> Iterator[Table]:
    """Open a file of cases: ``.csv``, ``.tsv`` or ``.xlsx`` by its suffix. Blocking.

    Args:
        path: The file.
        form: How it is written.

    Raises:
        TableError: it is no table that can be read; the text says why and what to do.
        OSError: it cannot be opened.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise TableError("table-empty", f"{path.name} 是空文件。", f"{path.name} is empty.")
    if start == _OLE:
        raise TableError(
            "table-unsupported",
            f"{path.name} 是旧版 .xls 或加密的工作簿；请去掉密码并另存为 .xlsx。",
            f"{path.name} is an old .xls or an encrypted workbook; save it as .xlsx without "
            "a password.",
        )
    if suffix == ".xlsx":
        from replay.workbook_table import open_workbook_table  # noqa: PLC0415 - a native library

        with open_workbook_table(path, form) as table:
            yield table
        return
    if suffix not in _DELIMITERS:
        raise TableError(
            "table-unsupported",
            f"{path.name} 不是 .csv、.tsv 或 .xlsx 文件；请另存为其中一种。",
            f"{path.name} is no .csv, .tsv or .xlsx file; save it as one of them.",
        )
    if start == _ZIP:
        raise TableError(
            "table-unsupported",
            f"{path.name} 的内容是工作簿；请把后缀改为 .xlsx。",
            f"{path.name} holds a workbook; change its suffix to .xlsx.",
        )
    with open_text_table(path, form, _DELIMITERS[suffix]) as table:
        yield table
