"""JSON, Parquet, SPSS and Stata files hold the records of a report with their types."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from domain.report_kind import ReportKind
from replay.export_file import Format, export_document
from replay.extras import MissingExtraError, load_extra
from tests.duckdb_answers import ask
from tests.unit.exported_reports import (
    RARE,
    closing,
    counts,
    report_document,
    say_zh,
    typed_document,
)


def write(folder: Path, form: Format, kind: ReportKind = ReportKind.CLOSURE) -> Path:
    """Export a report."""
    return export_document(report_document(kind=kind), folder / f"a.{form}", form, say_zh).file


def test_parquet_keeps_types_and_says_what_it_is_of(tmp_path: Path) -> None:
    """Integers, exact decimals, nulls; manifest and codebook in the file's metadata."""
    file = write(tmp_path, Format.PARQUET)
    query = "SELECT unit, closure_rate_n, closure_rate_d, closure_rate_percent, closure_rate_note"
    rows = ask(f"{query} FROM read_parquet('{file}') WHERE unit_code <> 'total'")
    assert rows == [
        ("区交通运输局", 128, 130, Decimal("98.46"), ""),
        (f"{RARE}局", 1, 3, Decimal("33.33"), ""),
        ("（未派单）", 0, 0, None, "no_cases"),
    ]
    pairs = ask(f"SELECT key, value FROM parquet_kv_metadata('{file}')")  # noqa: S608 - as above
    metadata = {key.decode(): json.loads(value) for key, value in pairs}
    assert metadata["taizhang"]["position"] == 300
    assert metadata["taizhang"]["definitions"][0]["definition"] == "closure_rate@1"
    fields = {field["name"]: field for field in metadata["taizhang.fields"]}
    assert fields["closure_rate_n"]["label"] == {"zh": "办结率 分子", "en": "closure rate, n"}
    assert fields["closure_rate_percent"]["missing_in"] == "closure_rate_note"


@pytest.mark.parametrize("form", [Format.PARQUET, Format.JSON])
def test_typed_text_comes_back_as_typed(tmp_path: Path, form: Format) -> None:
    """Nothing runs here, so nothing is changed: quotes, commas, line ends, an escape."""
    typed = ('=1+1, "a"', "two\nlines", "\\N", "it's")
    file = export_document(typed_document(*typed), tmp_path / f"a.{form}", form, say_zh).file
    if form is Format.JSON:
        units = [row["unit"] for row in json.loads(file.read_bytes())["rows"]]
    else:
        units = [row[0] for row in ask(f"SELECT unit FROM '{file}'")]  # noqa: S608 - as above
    assert tuple(units[:4]) == typed


def test_json_describes_its_fields(tmp_path: Path) -> None:
    """Manifest, codebook and records in one document; digits are text, counts are numbers."""
    document = json.loads(write(tmp_path, Format.JSON).read_bytes())
    assert document["schema"] == "taizhang.export/1"
    first = document["rows"][0]
    assert (first["closure_rate_n"], first["closure_rate_percent"]) == (128, "98.46")
    assert [field["name"] for field in document["fields"]] == list(first)
    assert document["manifest"]["rows"] == len(document["rows"]) == 4


@pytest.mark.parametrize("form", [Format.SAV, Format.DTA])
@pytest.mark.parametrize("kind", ReportKind)
def test_statistics_programs_get_labels_and_codes(
    tmp_path: Path, form: Format, kind: ReportKind
) -> None:
    """Variable labels, value labels and the figures of the codebook."""
    file = write(tmp_path, form, kind)
    read = pyreadstat.read_sav if form is Format.SAV else pyreadstat.read_dta
    frame, meta = read(str(file))
    assert len(frame) == 4
    assert meta.column_names_to_labels["unit"] == "单位"
    assert meta.variable_value_labels["counted_in"] == {1.0: "件"}
    if kind is ReportKind.CLOSURE:
        assert list(frame["closure_rate_n"])[:2] == [128.0, 1.0]
        assert meta.variable_value_labels["closure_rate_note"][1.0] == "无办件"


@pytest.mark.parametrize(("form", "marks"), [(Format.SAV, (-1.0, -2.0)), (Format.DTA, ("a", "b"))])
def test_statistics_programs_are_told_why_a_rate_is_missing(
    tmp_path: Path, form: Format, marks: tuple[Any, Any]
) -> None:
    """Each reason is a missing value of its own name, and no analysis takes it for a figure."""
    rows = {"transport": closing(128, 130), "none": counts(received=1), "few": closing(1, 3)}
    document = report_document(rows, cases_min=10)
    file = export_document(document, tmp_path / "a", form, say_zh).file
    read = pyreadstat.read_sav if form is Format.SAV else pyreadstat.read_dta
    shown, meta = read(str(file), user_missing=True)
    found = dict(zip(shown["unit_code"], shown["closure_rate_percent"], strict=True))
    assert (found["transport"], found["none"], found["few"]) == (98.46, *marks)
    labels = meta.variable_value_labels["closure_rate_percent"]
    assert (labels[marks[0]], labels[marks[1]]) == ("无办件", "件数过少")
    counted, _ = read(str(file))
    assert counted["closure_rate_percent"].notna().sum() == 2


def test_missing_extra_names_what_to_install() -> None:
    """No traceback: the text says which package, and how to install it."""
    with pytest.raises(MissingExtraError) as caught:
        load_extra("no_such_library")
    assert caught.value.code == "extra-missing"
    assert "taizhang[analytics]" in caught.value.text.zh
    assert "taizhang[analytics]" in caught.value.text.en
