"""Without this file no claim gap could be handed in as a file."""

from collections.abc import Mapping
from decimal import Decimal

from domain.claim_gap import PAIRINGS, UNWEIGHTED, Gap, Pairing, gap_of
from domain.counts import Counts, check_identities
from domain.difference import printed_points
from domain.dimension import Dimension
from domain.text import Text
from projections.rate_queries import CountsAnswer
from replay.export_columns import group_fields
from replay.export_document import PETITIONS, Document, Origin, Row, Say, Table
from replay.export_field import Field, FieldKind, ShareNote, Value, codes_of
from replay.export_rates import TOTAL_CODE
from replay.group_labels import group_label
from replay.letterhead import Letterhead

TITLE = Text("口径差", "Claim gap")
_POINTS = Text("百分点", "percentage points")


def gap_document(
    answer: CountsAnswer,
    origin: Origin,
    names: Mapping[str, Text],
    letterhead: Letterhead,
    say: Say,
    *,
    total_first: bool = False,
) -> Document:
    """Return the claim gaps of every group, ready for any format; pure.

    Args:
        answer: Its counts.
        origin: What they were computed from; fewer items than its ``cases_min`` have no gap.
        names: Names of the units by code.
        letterhead: Who hands it in.
        say: Language of the names.
        total_first: Whether a printed form has the total above its parts.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
    """

    def record(key: str | None, counts: Counts) -> Row:
        check_identities(counts)
        label = say(group_label(answer.by, key, names))
        is_given = answer.withheld(key) is None
        values = (
            value
            for pairing in PAIRINGS
            for value in _values(gap_of(pairing, counts) if is_given else None, origin.cases_min)
        )
        return (label, "petition", TOTAL_CODE if key is None else key, *values)

    fields = group_fields(answer.by)
    for pairing in PAIRINGS:
        fields.extend(_fields(pairing))
    total = record(None, answer.total)
    is_whole = answer.by is Dimension.TOTAL
    rows = [total] if is_whole else [record(key, row) for key, row in answer.rows.items()]
    return Document(
        "claim-gap",
        TITLE,
        Table(fields, rows, None if is_whole else total),
        origin,
        letterhead,
        notes=(Text(f"{UNWEIGHTED.zh}。", f"{UNWEIGHTED.en}."),),
        total_first=total_first,
    )


def _fields(pairing: Pairing) -> list[Field]:
    start = pairing.gap_id.replace(".", "_")
    first, second = (rate.label for rate in pairing.rates)

    def part(name: str, zh: str, en: str, kind: FieldKind, about: Text) -> Field:
        is_share = kind is FieldKind.POINTS
        return Field(
            f"{start}_{name}",
            Text(zh, en),
            kind,
            about,
            pairing.label,
            _POINTS if is_share else PETITIONS,
            codes_of(ShareNote) if kind is FieldKind.CODE else {},
            f"{start}_note" if is_share else None,
            pairing.reference,
            is_printed=name in {"items", "first", "second", "points"},
        )

    both = Text("双方均认为已解决", "Both call it resolved")
    items = Text("双方均有结论的件数", "Items on which both have spoken")
    gap = Text("前者减后者", "The first less the second")
    lower = Text("95% 区间下限（Newcombe，配对）", "Lower 95 % limit (Newcombe, paired)")
    upper = Text("95% 区间上限（Newcombe，配对）", "Upper 95 % limit (Newcombe, paired)")
    why = Text("无口径差的原因", "Why no gap")
    return [
        part("items", "件数", "items", FieldKind.COUNT, items),
        part("first", "前者", "first", FieldKind.COUNT, first),
        part("second", "后者", "second", FieldKind.COUNT, second),
        part("both", "一致", "both", FieldKind.COUNT, both),
        part("points", "差", "gap", FieldKind.POINTS, gap),
        part("lower", "下限", "lower", FieldKind.POINTS, lower),
        part("upper", "上限", "upper", FieldKind.POINTS, upper),
        part("note", "说明", "note", FieldKind.CODE, why),
    ]


def _values(gap: Gap | None, cases_min: int | None) -> tuple[Value, ...]:
    if gap is None:
        return (*(None,) * 7, ShareNote.WITHHELD.value)
    counts = (gap.items, gap.first.n, gap.second.n, gap.both)
    found = gap.difference_of(cases_min or 1)
    if found is None:
        note = ShareNote.FEW_CASES if gap.items else ShareNote.NO_CASES
        return (*counts, None, None, None, note.value)
    # As printed, so that no format rounds a second time.
    points = (gap.points or "0", *(printed_points(limit) for limit in found[1:]))
    return (*counts, *(Decimal(each) for each in points), "")
