"""Without this file a rate would have other columns in each report."""

from collections.abc import Sequence
from decimal import Decimal

from domain.dimension import Dimension
from domain.measure_labels import MEASURE_LABELS, formula_text
from domain.rate import Rate
from domain.rates import RateDefinition
from domain.report_cells import Cell
from domain.suppression import SUPPRESSED
from domain.text import Text
from domain.wilson import printed as printed_limit
from domain.wilson import wilson
from replay.export_document import PETITIONS
from replay.export_field import NO_TEXT, Field, FieldKind, Share, ShareNote, Value, codes_of

_PLAIN = "0123456789."


def group_fields(by: Dimension) -> list[Field]:
    """Return the columns that say which group a record is of; pure."""
    return [
        Field(by.value, by.label, FieldKind.TEXT, Text("名称", "Its name"), width=20),
        Field(
            "counted_in",
            Text("计量单位", "unit"),
            FieldKind.TEXT,
            codes={"petition": PETITIONS},
            width=11,
        ),
        Field(
            f"{by.value}_code",
            Text("代码", "code"),
            FieldKind.CODE,
            Text("空白指枢纽或无此属性；total 指合计", "Empty: hub or no such attribute; total"),
            width=17,
        ),
    ]


def count_field(name: str, label: Text, group: Text = NO_TEXT) -> Field:
    """Return the column of a count; pure."""
    about = MEASURE_LABELS.get(name.rpartition(".")[2], label)
    return Field(name.replace(".", "_"), label, FieldKind.COUNT, about, group, PETITIONS)


def rate_fields(definition: RateDefinition, group: Text = NO_TEXT, prefix: str = "") -> list[Field]:
    """Return the columns of a rate: n, d, percentage, why there is none, and its interval; pure.

    Args:
        definition: The rate.
        group: Upper level of the head; the rate's own name where there is none.
        prefix: Put before the names where a table has the rate more than once.
    """
    start = f"{prefix}{definition.rate_id.replace('.', '_')}"
    names = {part: f"{start}_{part}" for part in ("n", "d", "percent", "note", "lower", "upper")}
    own = group == NO_TEXT
    above = definition.label if own else group

    def label(zh: str, en: str) -> Text:
        if own:
            return Text(zh, en)
        return Text(f"{definition.label.zh}{zh}", f"{definition.label.en} {en}")

    def part(name: str, text: Text, kind: FieldKind, about: Text) -> Field:
        return Field(
            names[name],
            text,
            kind,
            about,
            above,
            PETITIONS if kind is FieldKind.COUNT else Text("%", "%"),
            missing_in=names["note"] if kind is FieldKind.PERCENT else None,
            definition=definition.reference,
            share=Share(names["n"], names["d"], names["note"]) if name == "percent" else None,
            codes=codes_of(ShareNote) if name == "note" else {},
            is_printed=name in {"n", "d", "percent"},
        )

    return [
        part("n", label("分子", "n"), FieldKind.COUNT, _sum_of(definition.numerator)),
        part("d", label("分母", "d"), FieldKind.COUNT, _sum_of(definition.denominator)),
        part("percent", label("%", "%"), FieldKind.PERCENT, formula_text(definition)),
        part("note", label("说明", "note"), FieldKind.CODE, Text("无比率的原因", "Why no rate")),
        part("lower", label("下限", "lower"), FieldKind.PERCENT, _LOWER),
        part("upper", label("上限", "upper"), FieldKind.PERCENT, _UPPER),
    ]


def rate_values(cell: Cell | None) -> tuple[Value, ...]:
    """Return what stands in the columns of a rate; pure."""
    if cell is None:
        return None, None, None, ShareNote.WITHHELD.value, None, None
    n, d, printed = cell.n, cell.d, cell.printed
    if n is None or d is None or not d or printed is None or printed == SUPPRESSED:
        return n, d, None, _why_none(cell).value, None, None
    # A definition of the ledger's own may count more above than below: that is no share.
    interval = wilson(Rate(n, d)) if n <= d else (None, None)
    limits = tuple(None if end is None else Decimal(printed_limit(end)) for end in interval)
    if printed.strip(_PLAIN):
        nearly = ShareNote.NEARLY_ALL if printed.startswith(">") else ShareNote.NEARLY_NONE
        return (n, d, None, nearly.value, *limits)
    return (n, d, Decimal(printed), "", *limits)


def _why_none(cell: Cell) -> ShareNote:
    """Return why a rate has no digits."""
    if cell.printed == SUPPRESSED:
        return ShareNote.SUPPRESSED
    if cell.n is None or cell.d is None:
        return ShareNote.WITHHELD
    return ShareNote.FEW_CASES if cell.d else ShareNote.NO_CASES


def _sum_of(measures: Sequence[str]) -> Text:
    labels = [MEASURE_LABELS[name] for name in measures]
    return Text(" + ".join(each.zh for each in labels), " + ".join(each.en for each in labels))


_LOWER = Text("95% 威尔逊区间下限", "Lower 95 % Wilson limit")
_UPPER = Text("95% 威尔逊区间上限", "Upper 95 % Wilson limit")
