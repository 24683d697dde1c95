"""CSV files hold every record and every character, and nothing in them runs."""

import csv
import json
from pathlib import Path

import pytest

from replay import export_file
from replay.export_csv import Encoding
from replay.export_errors import FileExistsAlreadyError, RowsLostError
from replay.export_file import Exported, Format, export_document
from tests.unit.exported_reports import RARE, report_document, say_zh, typed_document

TYPED = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "plain, with a comma", 'a "quote"')


def write(file: Path, encoding: Encoding = Encoding.UTF_8) -> Exported:
    """Export the closure report as CSV."""
    return export_document(report_document(), file, Format.CSV, say_zh, encoding=encoding)


@pytest.mark.parametrize("encoding", Encoding)
def test_csv_holds_rare_names_in_every_encoding(tmp_path: Path, encoding: Encoding) -> None:
    """Three encodings, the same characters; lines end with CR LF."""
    done = write(tmp_path / "closure.csv", encoding)
    content = done.file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") == (encoding is Encoding.UTF_8_SIG)
    text = content.decode(encoding)
    assert text.count("\r\n") == text.count("\n") == 5
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["单位"] for row in rows} == {"区交通运输局", f"{RARE}局", "（未派单）", "合计"}
    assert (rows[0]["办结率 分子"], rows[0]["办结率 分母"]) == ("128", "130")
    assert rows[0]["办结率 %"] == "98.46"


def test_csv_never_comes_as_gbk() -> None:
    """GBK loses 㐂, 𠮷, 䶮, € and ²."""
    assert {encoding.value for encoding in Encoding} == {"utf-8", "utf-8-sig", "gb18030"}


def test_text_that_a_spreadsheet_might_run_is_made_inert(tmp_path: Path) -> None:
    """An apostrophe goes in front, and the manifest lists where."""
    document = typed_document(*TYPED)
    done = export_document(document, tmp_path / "typed.csv", Format.CSV, say_zh)
    with done.file.open(encoding="utf-8", newline="") as stream:
        shown = [row[0] for row in csv.reader(stream)][1 : 1 + len(TYPED)]
    assert shown == [f"'{text}" for text in TYPED[:7]] + list(TYPED[7:])
    manifest = json.loads(done.manifest.read_bytes())
    assert [each["row"] for each in manifest["inert_texts"]] == list(range(1, 8))
    assert {each["column"] for each in manifest["inert_texts"]} == {"unit"}


def test_manifest_says_what_the_file_holds(tmp_path: Path) -> None:
    """Rows, hash, definitions, position, instant, scope; codebook beside it."""
    done = write(tmp_path / "closure.csv", Encoding.UTF_8_SIG)
    manifest = json.loads(done.manifest.read_bytes())
    assert manifest["rows_expected"] == manifest["rows_written"] == done.rows == 4
    assert manifest["position"] == 300
    assert manifest["as_of"] == "2019-09-30T15:59:59.999999+00:00"
    assert manifest["encoding"] == "utf-8-sig"
    assert manifest["definitions"][0]["definition"] == "closure_rate@1"
    assert manifest["definitions"][0]["formula"]["zh"] == "办结率 = 已办结 ÷ 应办结 × 100"
    package = json.loads((tmp_path / "closure.csv.datapackage.json").read_bytes())
    (resource,) = package["resources"]
    header = done.file.read_text("utf-8-sig").splitlines()[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert resource["path"] == "closure.csv"
    assert resource["rows"] == 4


def test_file_with_a_record_too_few_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows expected are rows written, or there is no file."""
    monkeypatch.setattr(export_file, "count_csv", lambda *_: 3)
    with pytest.raises(RowsLostError):
        write(tmp_path / "closure.csv")
    assert list(tmp_path.iterdir()) == []


def test_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    """A file that was handed in stays as it is."""
    file = tmp_path / "closure.csv"
    file.write_text("handed in")
    with pytest.raises(FileExistsAlreadyError):
        write(file)
    assert file.read_text() == "handed in"
    export_document(report_document(), file, Format.CSV, say_zh, overwrite=True)
    assert file.read_text("utf-8").startswith("单位,")
