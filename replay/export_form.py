"""Without this file the printed form would differ between a workbook and a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from domain.text import Text
from replay.export_document import Document, Row, Say
from replay.export_field import Field
from replay.export_notes import notes_of
from replay.export_values import printed_text
from replay.letterhead import Letterhead

_STUBS_ZH: Final = "甲乙丙丁戊己庚辛壬癸"
_STUBS_EN: Final = "ABCDEFGHIJ"
_INTERNAL: Final = Text("内部管理用表", "For internal use")
FORM_ROWS_MAX: Final = 10_000
"""Records that a form prints; of more it has the total alone, and says where they are."""
_PART: Final = Text("其中：", "of which: ")


@dataclass(frozen=True)
class FormRow:
    """One line of a form: its texts, and the record behind them."""

    cells: tuple[str, ...]
    record: Row
    is_part: bool


@dataclass(frozen=True)
class Form:
    """A printed form, laid out but for its format.

    Attributes:
        title: Over all columns.
        unit: Who reports, or empty.
        marks: Statutory marks, or that it is for internal use.
        counted_in: What the counts count.
        columns: The printed columns.
        groups: Upper level of the head: label and number of columns.
        labels: Lower level of the head.
        numbers: 甲 乙 丙 for the texts, 1 2 3 for the figures.
        rows: In their order, the total first or last.
        foot: Lines to sign: label and value.
        notes: Definitions, instants, position, number.
    """

    title: str
    unit: str
    marks: tuple[str, ...]
    counted_in: str
    columns: tuple[Field, ...]
    groups: tuple[tuple[str, int], ...]
    labels: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: tuple[FormRow, ...]
    foot: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def has_groups(self) -> bool:
        """Whether the head has two levels."""
        return any(label for label, _ in self.groups)


def lay_out(document: Document, say: Say) -> Form:
    """Return a document as a printed form; pure."""
    columns = tuple(field for field in document.table.fields if field.is_printed)
    runs = groupby(columns, key=lambda field: say(field.group))
    unit = document.letterhead.unit
    counted_in = Text(
        f"计量单位：{document.counted_in.zh}", f"counted in: {document.counted_in.en}"
    )
    return Form(
        title=_title(document, say),
        unit=say(Text(f"填报单位：{unit}", f"reporting unit: {unit}")) if unit else "",
        marks=_marks(document.letterhead, say),
        counted_in=say(counted_in),
        columns=columns,
        groups=tuple((label, len(list(run))) for label, run in runs),
        labels=tuple(say(field.label) for field in columns),
        numbers=tuple(_numbers(columns, say)),
        rows=tuple(_rows(document, columns, say)),
        foot=_foot(document.letterhead, say),
        notes=tuple(say(note) for note in (*_not_printed(document), *notes_of(document))),
    )


def _not_printed(document: Document) -> Iterator[Text]:
    rows = len(document.table.rows)
    if rows > FORM_ROWS_MAX:
        yield Text(
            f"共 {rows} 行，多于 {FORM_ROWS_MAX} 行的不印在表上；全部记录见数据工作表。",
            f"There are {rows} rows; more than {FORM_ROWS_MAX} are not printed. All of them stand "
            "in the sheets of data.",
        )


def _title(document: Document, say: Say) -> str:
    period = document.origin.period
    if period is None:
        return say(document.title)
    return say(Text(f"{period.zh}{document.title.zh}", f"{document.title.en}, {period.en}"))


def _marks(letterhead: Letterhead, say: Say) -> tuple[str, ...]:
    mark = letterhead.legal_mark
    if mark is None:
        return (say(_INTERNAL),)
    return tuple(
        say(text)
        for text in (
            Text(f"表　　号：{mark.form}", f"form: {mark.form}"),
            Text(f"制定机关：{mark.made_by}", f"made by: {mark.made_by}"),
            Text(f"批准文号：{mark.approval}", f"approval: {mark.approval}"),
            Text(f"有效期至：{mark.valid_until}", f"valid until: {mark.valid_until}"),
        )
    )


def _numbers(columns: Sequence[Field], say: Say) -> Iterator[str]:
    stubs, figures = iter(say(Text(_STUBS_ZH, _STUBS_EN))), 0
    for field in columns:
        if field.is_figure:
            figures += 1
            yield str(figures)
        else:
            yield next(stubs, "")


def _rows(document: Document, columns: Sequence[Field], say: Say) -> Iterator[FormRow]:
    table, zone = document.table, document.origin.zone

    def line(record: Row, part: str | None) -> FormRow:
        first, *others = (printed_text(table, field, record, zone, say) for field in columns)
        return FormRow((f"{part or ''}{first}", *others), record, part is not None)

    is_split = document.total_first and table.total is not None
    if document.total_first and table.total is not None:
        yield line(table.total, None)
    printed = table.rows if len(table.rows) <= FORM_ROWS_MAX else ()
    for number, record in enumerate(printed):
        part = (say(_PART) if number == 0 else "　　　") if is_split else None
        yield line(record, part)
    if not document.total_first and table.total is not None:
        yield line(table.total, None)


def _foot(letterhead: Letterhead, say: Say) -> tuple[tuple[str, str], ...]:
    reported = letterhead.reported_on
    lines = (
        (Text("单位负责人", "head of unit"), letterhead.head),
        (Text("审核人", "reviewed by"), letterhead.reviewer),
        (Text("填报人", "prepared by"), letterhead.preparer),
        (Text("联系电话", "phone"), letterhead.phone),
        (Text("报出日期", "date"), "" if reported is None else str(reported)),
    )
    return tuple((say(label), value) for label, value in lines)
