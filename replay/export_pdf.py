"""Without this file no report could be handed in on paper as offices write to each other."""

from datetime import UTC
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, cast

import orjson

from replay.export_document import Document, Say
from replay.export_errors import RowsLostError, TooManyRowsError
from replay.export_field import FieldKind
from replay.export_form import FORM_ROWS_MAX, Form, lay_out
from replay.export_manifest import Manifest
from replay.glyphs import find_missing

TEMPLATE: Final = "export_report.typ"
_UPRIGHT_MAX: Final = 12
_SIZES: Final = ((9, 10.5), (14, 9.0), (18, 8.0))
"""Up to how many columns a table is set in which size, points."""
_SMALLEST: Final = 7.0
_FONTS: Final = (
    "fonts: Noto Serif SC, Noto Sans SC (OFL-1.1), in place of FZXiaoBiaoSong and FangSong_GB2312"
)
_WIDTHS: Final = {
    FieldKind.TEXT: 22,
    FieldKind.CODE: 20,
    FieldKind.INSTANT: 17,
    FieldKind.DAY: 12,
    FieldKind.PERCENT: 10,
    FieldKind.POINTS: 11,
    FieldKind.COUNT: 8,
    FieldKind.FLAG: 6,
}


def write_pdf(document: Document, file: Path, manifest: Manifest, say: Say) -> str:
    """Write a report as PDF and return the characters that no font here can draw.

    Blocking, about 0.3 s. The same document gives the same bytes. System fonts are left
    alone, so that it looks the same everywhere.

    Args:
        document: What to write.
        file: Where.
        manifest: What the file says of itself; attached to it, and in its keywords.
        say: Language of its texts.

    Raises:
        RowsLostError: the layout lost records.
        TooManyRowsError: there are more than a form prints.
    """
    if len(document.table.rows) > FORM_ROWS_MAX:
        raise TooManyRowsError(len(document.table.rows), FORM_ROWS_MAX)
    import typst  # noqa: PLC0415 - 0.14 s that only who prints pays for
    from pylopdf_fonts_zh_cn import sans_path, serif_path  # noqa: PLC0415 - as above

    form = lay_out(document, say)
    given = given_of(document, form, manifest, say)
    fonts = (serif_path(), sans_path())
    with as_file(files("replay").joinpath(TEMPLATE)) as template:
        compiler = typst.Compiler(
            str(template),
            root=str(template.parent),
            font_paths=[str(fonts[0].parent)],
            ignore_system_fonts=True,
            sys_inputs={"document": orjson.dumps(given).decode()},
        )
        (rows,) = orjson.loads(compiler.query("<rows>", field="value"))
        if rows != len(form.rows):
            raise RowsLostError(len(form.rows), rows)
        made = compiler.compile(format="pdf", timestamp=int(document.origin.as_of.timestamp()))
    file.write_bytes(cast("bytes", made))
    return find_missing(_texts(given), fonts)


def given_of(document: Document, form: Form, manifest: Manifest, say: Say) -> dict[str, Any]:
    """Return what the layout is given, as JSON can hold it; pure."""
    origin = document.origin
    is_chinese = say(document.title) == document.title.zh
    made = origin.as_of.astimezone(UTC)
    number = "" if origin.number is None else f"№ {origin.number} · "
    columns = len(form.columns)
    return {
        "lang": "zh" if is_chinese else "en",
        "title": form.title,
        "author": document.letterhead.unit,
        "date": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "keywords": [
            f"position={origin.log}",
            f"as_of={origin.as_of.isoformat()}",
            f"definitions={' '.join(each.reference for each in origin.definitions)}",
            f"data_sha256={manifest['data_sha256']}",
            f"rows={manifest['rows']}",
            _FONTS,
        ],
        "manifest": orjson.dumps(manifest, option=orjson.OPT_INDENT_2).decode(),
        "footer": f"{number}{origin.as_of.astimezone(origin.zone):%Y-%m-%d %H:%M:%S} · "
        f"position {origin.log} · {manifest['data_sha256'][:12]}",
        "landscape": columns > _UPRIGHT_MAX,
        "size": _size(columns),
        "marks": list(form.marks),
        "lead": [say(paragraph) for paragraph in document.lead],
        "unit": form.unit,
        "counted-in": form.counted_in,
        "groups": [{"label": label, "width": width} for label, width in form.groups],
        "labels": list(form.labels),
        "numbers": list(form.numbers),
        "figures": [field.is_figure for field in form.columns],
        "widths": [field.width or _WIDTHS[field.kind] for field in form.columns],
        "rows": [list(row.cells) for row in form.rows],
        "foot": [list(line) for line in form.foot],
        "colon": "：" if is_chinese else ": ",
        "notes": list(form.notes),
    }


def _size(columns: int) -> float:
    return next((size for most, size in _SIZES if columns <= most), _SMALLEST)


def _texts(given: dict[str, Any]) -> list[str]:
    printed = [given[name] for name in ("title", "unit", "counted-in", "footer")]
    for name in ("marks", "lead", "labels", "numbers", "notes"):
        printed += given[name]
    printed += [cell for row in given["rows"] for cell in row]
    printed += [text for line in given["foot"] for text in line]
    return printed + [group["label"] for group in given["groups"]]
