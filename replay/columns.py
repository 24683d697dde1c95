"""Without this file a mapping could silently read the wrong column."""

import difflib
from collections.abc import Mapping, Sequence

from replay.import_errors import TableError
from replay.mapping_fields import FieldMapping

_LIKENESS_MIN = 0.5
"""Chinese column names are short: half of four characters is already near."""


def place_columns(fields: Mapping[str, FieldMapping], header: Sequence[str]) -> dict[str, int]:
    """Return the place of every column that the mapping names; pure.

    Args:
        fields: The mapped fields.
        header: Column names of the file.

    Raises:
        TableError: a column is missing, or two have its name; the text shows the
            nearest name, or all of them.
    """
    wanted = dict.fromkeys(field.column for field in fields.values() if field.column is not None)
    missing = [column for column in wanted if column not in header]
    if missing:
        zh, en = zip(*(_explained(column, header) for column in missing), strict=True)
        raise TableError(
            "column-missing",
            f"文件没有映射中的列：{'；'.join(zh)}。文件的列为：{'、'.join(header)}。"
            "请修改映射文件，或用 table.header_row 写明表头所在行。",
            f"The file lacks columns of the mapping: {'; '.join(en)}. Its columns are: "
            f"{', '.join(header)}. Correct the mapping, or state table.header_row.",
        )
    doubled = [column for column in wanted if header.count(column) > 1]
    if doubled:
        raise TableError(
            "column-doubled",
            f"列名重复：{'、'.join(doubled)}；请在文件中改名后重试。",
            f"Two columns are called {', '.join(doubled)}; rename one in the file and repeat.",
        )
    return {column: header.index(column) for column in wanted}


def _explained(column: str, header: Sequence[str]) -> tuple[str, str]:
    near = difflib.get_close_matches(column, header, n=1, cutoff=_LIKENESS_MIN)
    if not near:
        return column, column
    return f"{column}（是否应为 {near[0]}）", f"{column} (did you mean {near[0]}?)"
