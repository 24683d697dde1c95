"""A PDF looks the same everywhere, holds its manifest, and runs nothing that people typed."""

import json
import re
import zlib
from importlib.resources import files
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from domain.report_kind import ReportKind
from replay import export_pdf
from replay.export_file import Exported, Format, export_document
from replay.export_form import lay_out
from replay.export_manifest import make_manifest
from replay.glyphs import find_missing, read_characters
from tests.unit.exported_reports import report_document, say_zh, typed_document


def write(
    folder: Path, name: str = "report.pdf", kind: ReportKind = ReportKind.CLOSURE
) -> Exported:
    """Export a report as PDF."""
    return export_document(report_document(kind=kind), folder / name, Format.PDF, say_zh)


def test_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock, no system font."""
    first, second = write(tmp_path, "a.pdf"), write(tmp_path, "b.pdf")
    assert first.file.read_bytes() == second.file.read_bytes()


def test_characters_without_a_glyph_are_reported(tmp_path: Path) -> None:
    """A box on paper is no surprise: the manifest lists what the fonts lack."""
    done = write(tmp_path)
    assert done.missing == "𠮷"
    assert json.loads(done.manifest.read_bytes())["missing_glyphs"] == "𠮷"


def test_fonts_draw_what_their_tables_say() -> None:
    """Common and rare characters are found in the character maps of both fonts."""
    for font in (sans_path(), serif_path()):
        assert len(read_characters(font)) > 30_000
    assert find_missing(["双流区政企直通 closure 98.46 %"], [serif_path()]) == ""
    assert find_missing(["\U00020bb7a\n"], [serif_path(), sans_path()]) == "\U00020bb7"


def test_fonts_and_metadata_are_in_the_file(tmp_path: Path) -> None:
    """Both faces are embedded; position, definitions and hash are keywords; pages A4."""
    content = write(tmp_path).file.read_bytes()
    assert len(set(re.findall(rb"/FontName ?/(\w+\+NotoS\w+)", _unpacked(content)))) == 2
    manifest = json.loads((tmp_path / "report.pdf.manifest.json").read_bytes())
    metadata = _unpacked(content)
    for wanted in ("position=300", "closure_rate@1", manifest["data_sha256"]):
        assert wanted.encode() in metadata or wanted.encode("utf-16-be") in metadata


def test_layout_has_22_lines_of_28_characters() -> None:
    """GB/T 9704: 156 by 225 mm hold 22 lines of 28 characters of 16 pt."""
    document = report_document()
    form, manifest = lay_out(document, say_zh), make_manifest(document)
    given = export_pdf.given_of(document, form, manifest, say_zh)
    compiler = typst.Compiler(
        str(files("replay").joinpath(export_pdf.TEMPLATE)),
        font_paths=[str(serif_path().parent)],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(given)},
    )
    (grid,) = json.loads(compiler.query("<grid>", field="value"))
    assert 156 - 16 * 25.4 / 72 < grid["width"] <= 156
    assert 225 - 29 * 25.4 / 72 < grid["height"] <= 225


def test_typed_text_is_printed_not_run(tmp_path: Path) -> None:
    """Markup and code of the layout language are characters like any other."""
    document = typed_document('#panic("run")', "*bold* $x^2$ @ref <label>", "\\u{1F600} // comment")
    done = export_document(document, tmp_path / "typed.pdf", Format.PDF, say_zh)
    assert done.rows == 4


def test_wide_report_is_set_across(tmp_path: Path) -> None:
    """Many columns turn the page; few stand upright."""
    upright = write(tmp_path, "a.pdf").file.read_bytes()
    across = write(tmp_path, "b.pdf", ReportKind.ONTIME).file.read_bytes()
    assert _page_width(upright) < 600 < _page_width(across)


def _unpacked(content: bytes) -> bytes:
    """Return a file with its compressed streams opened."""
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def _page_width(content: bytes) -> float:
    found = re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ", _unpacked(content))
    assert found is not None
    return float(found[1])
