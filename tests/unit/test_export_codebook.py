"""A codebook is one that programs of others accept, with the file it describes."""

from pathlib import Path

import pytest
from frictionless import Package

from domain.report_kind import ReportKind
from replay.export_csv import Encoding
from replay.export_file import Exported, Format, export_document
from tests.unit.exported_reports import RARE, closing, report_document, say_zh

ROWS = {"transport": closing(128, 130), "rare": closing(1, 3), "none": closing(0, 0)}


def export(folder: Path, encoding: Encoding, kind: ReportKind = ReportKind.CLOSURE) -> Exported:
    """Export a report as CSV with its codebook."""
    document = report_document(ROWS, kind=kind)
    return export_document(document, folder / "a.csv", Format.CSV, say_zh, encoding=encoding)


def faults(folder: Path) -> list[str]:
    """Return what Frictionless finds wrong with a file and its codebook."""
    report = Package(str(folder / "a.csv.datapackage.json")).validate()
    found = report.flatten(["type", "fieldName"])
    return [f"{kind}: {field}" for kind, field in found]


@pytest.mark.parametrize("kind", [ReportKind.CLOSURE, ReportKind.RANKING])
@pytest.mark.parametrize("encoding", Encoding)
def test_codebook_and_file_are_valid(tmp_path: Path, encoding: Encoding, kind: ReportKind) -> None:
    """Names, types and code lists hold for every record, in every encoding."""
    export(tmp_path, encoding, kind)
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (",128,130,", ",many,130,", "type-error: 办结率 分子"),
        (",no_cases,", ",perhaps,", "constraint-error: 办结率 说明"),
        ("单位,", "局,", "incorrect-label: 单位"),
        (RARE, f"{RARE},", "extra-cell: "),
    ],
)
def test_file_that_differs_from_its_codebook_is_found(
    tmp_path: Path, before: str, after: str, found: str
) -> None:
    """The check above looks at something: a planted fault is reported."""
    file = export(tmp_path, Encoding.UTF_8).file
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    assert found in faults(tmp_path)
