"""Without this file a workbook could claim to be small and unpack to anything."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the module names it so

from replay.import_errors import TableError

PARTS_MAX = 5_000
UNPACKED_BYTES_MAX = 1 << 30

_CHUNK_LEN = 1 << 20
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)/?>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def measure_workbook(path: Path) -> None:
    """Unpack every part once, in bounded memory, so that no size is merely claimed; blocking.

    Raises:
        TableError: the file is no workbook, is damaged, or unpacks to more than
            ``UNPACKED_BYTES_MAX``.
    """
    with opened_workbook(path) as archive:
        parts = archive.infolist()
        if len({part.filename for part in parts}) < len(parts):
            raise BadZipFile("two parts of one name")
        claimed = sum(part.file_size for part in parts)
        if len(parts) > PARTS_MAX or claimed > UNPACKED_BYTES_MAX:
            raise too_large(path, f"{len(parts)} parts, {claimed} bytes")
        for part in parts:
            # Reading stops at the claimed size and checks the sum: after this, claims are facts.
            with archive.open(part) as stream:
                while stream.read(_CHUNK_LEN):
                    pass


@contextmanager
def opened_workbook(path: Path) -> Iterator[ZipFile]:
    """Open a workbook's parts; whatever is wrong with them is a ``TableError``."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, KeyError, IndexError) as error:
        raise TableError(
            "workbook-damaged",
            f"{path.name} 不是完好的 XLSX 工作簿（{error}）；请用表格软件打开并另存为 .xlsx。",
            f"{path.name} is no sound XLSX workbook ({error}); open it in a spreadsheet program "
            "and save it as .xlsx.",
        ) from error


def sheet_part(archive: ZipFile, sheet_index: int) -> str:
    """Return the name of the part that holds a sheet, by its place in the workbook from 0."""
    sheets = [_attributes(tag) for tag in _SHEET.findall(archive.read("xl/workbook.xml"))]
    relation_id = next(
        value for name, value in sheets[sheet_index].items() if name.endswith(b":id")
    )
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        relation = _attributes(tag)
        if relation[b"Id"] == relation_id:
            target = relation[b"Target"].decode()
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    raise KeyError(relation_id.decode())


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def too_large(path: Path, measured: str) -> TableError:
    """Return the refusal of a workbook beyond the limits."""
    return TableError(
        "workbook-too-large",
        f"{path.name} 超出可读范围（{measured}）；请删去多余的空白区域，或另存为 CSV。",
        f"{path.name} is beyond what is read ({measured}); delete the empty area around the "
        "table, or save it as CSV.",
    )
