"""Without this file no CSV or TSV could be imported."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TextIO

from replay.import_errors import TableError
from replay.reject_reasons import Reason
from replay.table import Table, TableForm, TableRow, fitted
from replay.text_encoding import choose_encoding


@contextmanager
def open_text_table(path: Path, form: TableForm, delimiter: str) -> Iterator[Table]:
    """Open a CSV or TSV file; blocking.

    A row with unbalanced quotes costs only itself: reading goes on with the line
    after the one on which it began.

    Args:
        path: The file.
        form: How it is written.
        delimiter: Separator where the form states none.

    Raises:
        TableError: the file is empty or does not decode.
    """
    encoding = choose_encoding(path, form.encoding)
    size_bytes = path.stat().st_size
    with path.open("rb") as binary, TextIOWrapper(binary, encoding, newline="") as file:
        rows = _Records(file, form.delimiter or delimiter)
        header: tuple[str, ...] = ()
        for _ in range(form.header_row):
            record = next(rows, None)
            if record is None:
                raise TableError(
                    "table-empty",
                    f"{path.name} 没有表头（第 {form.header_row} 行）。",
                    f"{path.name} has no header (record {form.header_row}).",
                )
            header = tuple(cell.strip() for cell in record[1])
        while header and not header[-1]:
            header = header[:-1]
        yield Table(header, _number_rows(rows, len(header)), lambda: binary.tell() / size_bytes)


def _number_rows(records: Iterator["_Record"], width: int) -> Iterator[TableRow]:
    for number, (line, texts, broken) in enumerate(records, 1):
        if broken is None and not any(text.strip() for text in texts):
            continue
        cells, misfit = fitted(tuple(texts), width)
        yield TableRow(number, line, cells, broken or misfit)


_Record = tuple[int, list[str], Reason | None]


class _Records(Iterator[_Record]):
    """Splits lines into records and survives a record that is none."""

    def __init__(self, file: TextIO, delimiter: str) -> None:
        self._lines: Iterator[str] = iter(file)
        self._delimiter = delimiter
        self._line = 0
        self._taken: list[str] = []
        self._reader = self._new_reader()

    def __next__(self) -> _Record:
        self._taken.clear()
        begin = self._line + 1
        try:
            return begin, next(self._reader), None
        except csv.Error:
            first, *rest = self._taken
            # The quote that was never closed swallowed these lines; give them back.
            self._lines = chain(rest, self._lines)
            self._line = begin
            self._reader = self._new_reader()
            return begin, [first.rstrip("\r\n")], Reason.UNREADABLE

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._take_lines(), delimiter=self._delimiter, strict=True)

    def _take_lines(self) -> Iterator[str]:
        for line in self._lines:
            self._line += 1
            self._taken.append(line)
            yield line
