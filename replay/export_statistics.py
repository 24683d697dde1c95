"""Without this file SPSS and Stata users would type labels and codes in again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from replay.analytics import load_extra
from replay.export_document import Document, Say
from replay.export_field import Field, FieldKind, Value

_STATA_NAME_MAX: Final = 31
_MARK_LEN: Final = 4
_LABEL_MAX: Final = 80
_NOTES: Final = "taizhang"


def write_statistics(document: Document, file: Path, say: Say, *, is_stata: bool) -> None:
    """Write records for SPSS (.sav) or Stata (.dta), with labels from the codebook.

    Blocking; holds all records in memory. Codes become numbers with value labels; instants
    are written in UTC. Stata takes 31 characters of a name: the label says the whole.

    Raises:
        ExtraMissingError: pyreadstat is not installed.
    """
    pyreadstat, pandas = load_extra("pyreadstat"), load_extra("pandas")
    table = document.table
    names = [_short(field.name) if is_stata else field.name for field in table.fields]
    columns = {
        name: _column(pandas, field, [row[place] for row in table.records])
        for place, (name, field) in enumerate(zip(names, table.fields, strict=True))
    }
    frame = pandas.DataFrame(columns)
    labels = [say(field.full_label)[:_LABEL_MAX] for field in table.fields]
    values = {
        name: {number: say(text) for number, text in enumerate(field.codes.values(), start=1)}
        for name, field in zip(names, table.fields, strict=True)
        if field.codes
    }
    title = say(document.title)[:_LABEL_MAX]
    if is_stata:
        pyreadstat.write_dta(
            frame,
            str(file),
            file_label=title,
            column_labels=labels,
            variable_value_labels=values,
            version=15,
        )
    else:
        pyreadstat.write_sav(
            frame,
            str(file),
            file_label=title,
            column_labels=labels,
            variable_value_labels=values,
            note=f"{_NOTES} position={document.origin.position} "
            f"as_of={document.origin.as_of.isoformat()}",
        )


def count_statistics(file: Path, *, is_stata: bool) -> int:
    """Return the records of a file, read back from it. Blocking."""
    pyreadstat = load_extra("pyreadstat")
    read = pyreadstat.read_dta if is_stata else pyreadstat.read_sav
    frame, _ = read(str(file))
    return len(frame)


def _column(pandas: Any, field: Field, values: Sequence[Value]) -> Any:  # noqa: ANN401 - no types
    if field.codes:
        numbers = {code: number for number, code in enumerate(field.codes, start=1)}
        found = [None if value in {None, ""} else float(numbers[str(value)]) for value in values]
        return pandas.Series(found, dtype="float64")
    match field.kind:
        case FieldKind.COUNT | FieldKind.PERCENT | FieldKind.POINTS | FieldKind.FLAG:
            return pandas.Series([_number(value) for value in values], dtype="float64")
        case FieldKind.INSTANT:
            return pandas.to_datetime(pandas.Series([_naive(value) for value in values]))
        case FieldKind.DAY | FieldKind.TEXT | FieldKind.CODE:
            return pandas.Series(["" if value is None else str(value) for value in values])


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | Decimal) else None


def _naive(value: Value) -> datetime | None:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else None


def _short(name: str) -> str:
    """Return a name as Stata takes it: a long one is cut and told apart by its hash."""
    if len(name) <= _STATA_NAME_MAX:
        return name
    mark = sha256(name.encode()).hexdigest()[:_MARK_LEN]
    return f"{name[: _STATA_NAME_MAX - _MARK_LEN - 1]}_{mark}"
