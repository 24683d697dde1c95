"""Without this file an export that failed would leave people guessing what is left of it."""

from pathlib import Path
from typing import Final

from domain.text import Text
from ledger.errors import LedgerError

SHEET_ROWS_MAX: Final = 1_048_575
"""Records that a sheet holds under its head."""


class RowsLostError(LedgerError):
    """A file holds another number of rows than the question has."""

    code = "rows-lost"

    def __init__(self, expected: int, written: int) -> None:
        super().__init__(
            Text(
                f"应有 {expected} 行，写出 {written} 行；文件已删除，台账未改动。"
                "请重试；再次出现请报告。",
                f"{expected} rows were expected, {written} were written; the file was removed, the "
                "ledger is unchanged. Try again, and report it if it happens again.",
            )
        )


class TooManyRowsError(LedgerError):
    """A printed form cannot hold as many records; a cut one would look whole."""

    code = "too-many-rows"

    def __init__(self, rows: int, rows_max: int) -> None:
        super().__init__(
            Text(
                f"共 {rows} 行，PDF 最多印 {rows_max} 行；未生成文件。"
                "请改用 xlsx、csv 或 parquet。",
                f"There are {rows} rows and a PDF prints {rows_max}; no file was made. "
                "Use xlsx, csv or parquet.",
            )
        )


class FileExistsAlreadyError(LedgerError):
    """A file of that name is there; it may be one that was handed in."""

    code = "file-exists"

    def __init__(self, file: Path) -> None:
        super().__init__(
            Text(
                f"文件 {file} 已存在，未作改动。请换一个文件名（--out），或用 --overwrite 覆盖。",
                f"File {file} exists and was not touched. Name another one with --out, or replace "
                "it with --overwrite.",
            )
        )


class FolderNotEmptyError(LedgerError):
    """An export may not be mixed with what a folder holds already."""

    code = "folder-not-empty"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(
                f"文件夹 {folder} 不是空的，未作改动。请给一个新的或空的文件夹。",
                f"Folder {folder} is not empty and was not touched. Name a new or an empty one.",
            )
        )
