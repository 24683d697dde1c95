"""Without this file SPSS and Stata users would type labels and codes in again."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase
from typing import Any, Final, NamedTuple, Self

from domain.text import Text
from replay.export_document import Document, Origin, Row, Say, Table
from replay.export_field import Field, FieldKind, Value
from replay.extras import load_extra

_STATA_NAME_MAX: Final = 29
"""Of 32; the name of a set of value labels is the variable's with up to three digits."""
_MARK_LEN: Final = 4
_LABEL_MAX: Final = 80
_NOTES: Final = "taizhang"
_NUMERIC: Final = frozenset({FieldKind.COUNT, FieldKind.PERCENT, FieldKind.POINTS, FieldKind.FLAG})


def write_statistics(document: Document, file: Path, say: Say, *, is_stata: bool) -> None:
    """Write records for SPSS (.sav) or Stata (.dta), with labels from the codebook.

    Blocking; holds all records in memory. Codes become numbers with value labels; a value
    that is missing for a reason becomes a missing value of that name: -1, -2 … in SPSS,
    .a, .b … in Stata. Instants are written in UTC. Stata takes 29 characters of a name: the
    label says the whole.

    Raises:
        MissingExtraError: pyreadstat is not installed.
    """
    pyreadstat, pandas = load_extra("pyreadstat"), load_extra("pandas")
    table = document.table
    names = [_short(field.name) if is_stata else field.name for field in table.fields]
    coded = [_Coded.of(field, table, is_stata=is_stata) for field in table.fields]
    records = list(table.records)
    frame = pandas.DataFrame(
        {
            name: _column(pandas, field, codes, [row[place] for row in records], records)
            for place, (name, field, codes) in enumerate(
                zip(names, table.fields, coded, strict=True)
            )
        }
    )
    by_name = dict(zip(names, coded, strict=True))
    reasons = {name: list(codes.reasons.values()) for name, codes in by_name.items()}
    title = say(document.title)[:_LABEL_MAX]
    common = {
        "file_label": title,
        "column_labels": [say(field.full_label)[:_LABEL_MAX] for field in table.fields],
        "variable_value_labels": {
            name: labels for name, codes in by_name.items() if (labels := codes.labels(say))
        },
    }
    if is_stata:
        pyreadstat.write_dta(
            frame,
            str(file),
            missing_user_values={name: marks for name, marks in reasons.items() if marks},
            version=15,
            **common,
        )
    else:
        pyreadstat.write_sav(
            frame,
            str(file),
            missing_ranges={
                name: [{"lo": min(marks), "hi": max(marks)}]
                for name, marks in reasons.items()
                if marks
            },
            note=_note(document.origin),
            **common,
        )


def _note(origin: Origin) -> str:
    """Return the file's note, of at most 80 bytes; several positions are a column."""
    position = "" if origin.position is None else f" position={origin.position}"
    return f"{_NOTES}{position} as_of={origin.as_of.isoformat()}"


def count_statistics(file: Path, *, is_stata: bool) -> int:
    """Return the records of a file, read back from it. Blocking."""
    pyreadstat = load_extra("pyreadstat")
    read = pyreadstat.read_dta if is_stata else pyreadstat.read_sav
    frame, _ = read(str(file))
    return len(frame)


class _Coded(NamedTuple):
    """Numbers of a column's codes, and marks of the reasons why its values may be missing.

    Attributes:
        numbers: From 1 by code.
        reasons: Marks by code of the reason.
        reason_place: Column that gives the reason, or None.
        texts: What each number and mark stands for.
    """

    numbers: Mapping[str, float]
    reasons: Mapping[str, Any]
    reason_place: int | None
    texts: Mapping[Any, Text]

    @classmethod
    def of(cls, field: Field, table: Table, *, is_stata: bool) -> Self:
        """Return the codes of a column; pure."""
        numbers = {code: float(number) for number, code in enumerate(field.codes, start=1)}
        texts: dict[Any, Text] = {numbers[code]: text for code, text in field.codes.items()}
        if field.missing_in is None:
            return cls(numbers, {}, None, texts)
        place = table.place(field.missing_in)
        reasons = {
            code: ascii_lowercase[number] if is_stata else -1.0 - number
            for number, code in enumerate(table.fields[place].codes)
        }
        texts |= {reasons[code]: text for code, text in table.fields[place].codes.items()}
        return cls(numbers, reasons, place, texts)

    def labels(self, say: Say) -> dict[Any, str]:
        """Return the value labels in one language; pure."""
        return {value: say(text) for value, text in self.texts.items()}

    def number(self, value: Value) -> float | None:
        """Return what stands for a value; one that is not in the code list is an error. Pure."""
        return self.numbers[str(value)] if self.numbers else _number(value)

    def mark(self, record: Row) -> Any:  # noqa: ANN401 - a number, or a letter of Stata
        """Return what stands for a missing value of a record; pure."""
        if self.reason_place is None:
            return None
        return self.reasons.get(str(record[self.reason_place]))


def _column(
    pandas: Any,  # noqa: ANN401 - no types
    field: Field,
    codes: _Coded,
    values: Sequence[Value],
    records: Sequence[Row],
) -> Any:  # noqa: ANN401 - as above
    if not codes.numbers and field.kind not in _NUMERIC:
        if field.kind is FieldKind.INSTANT:
            return pandas.to_datetime(pandas.Series([_naive(value) for value in values]))
        return pandas.Series(["" if value is None else str(value) for value in values])
    found = [
        codes.mark(record) if value in {None, ""} else codes.number(value)
        for value, record in zip(values, records, strict=True)
    ]
    # Letters of Stata stand among the numbers.
    has_letters = any(isinstance(each, str) for each in found)
    return pandas.Series(found, dtype="object" if has_letters else "float64")


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
