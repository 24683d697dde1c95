"""Without this file no unit's claim could be read beside the answers to it."""

from collections.abc import Sequence

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member, reasons
from commands.report_question import Question
from commands.table_text import Column
from domain.claim_gap import PAIRINGS, UNWEIGHTED, Gap, Pairing, gap_of
from domain.counts import Counts, check_identities
from domain.difference import printed_points
from domain.dimension import Dimension
from domain.rate import Rate
from domain.text import Text
from replay.export_gap import TITLE

_NOTES = (
    (
        Text("区间", "interval"),
        Text("Newcombe 混合记分法，配对样本", "Newcombe's hybrid score, paired samples"),
    ),
    (Text("权重", "weights"), UNWEIGHTED),
)


def make_gap_report(reading: Reading, question: Question) -> Report:
    """Return the gaps between claims, petitioners and third parties by group. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be printed.
    """
    answer = question.counts(reading)
    keys = () if question.by is Dimension.TOTAL else tuple(answer.rows)
    groups: dict[str | None, Counts] = {key: answer.rows[key] for key in keys}
    groups[None] = answer.total
    columns = [
        Column(question.by.label, is_number=False),
        Column(Text("比较", "compared"), is_number=False),
        Column(Text("前者 n/d", "first n/d")),
        Column(Text("后者 n/d", "second n/d")),
        Column(Text("口径差（百分点）", "gap in points")),
        Column(Text("95% 区间", "95 % interval")),
    ]
    rows, members = [], []
    for key, counts in groups.items():
        check_identities(counts)
        gaps = {} if answer.withheld(key) else {each: gap_of(each, counts) for each in PAIRINGS}
        label = say(Dimension.TOTAL.label if key is None else question.label(key))
        for pairing in _compared(answer.total):
            cells = _cells(gaps.get(pairing), question.cases_min)
            rows.append([label, say(pairing.label), *cells])
        place = {"key": None} if key is None else group_member(question, key)
        members.append(
            place
            | {
                "gaps": {
                    each.gap_id: _member(gaps.get(each), question.cases_min) for each in PAIRINGS
                }
            }
        )
    definitions = [
        reference
        for pairing in PAIRINGS
        for reference in (pairing.reference, *(rate.reference for rate in pairing.rates))
    ]
    return Report(
        "claim-gap",
        TITLE,
        definitions,
        answer.position,
        columns,
        rows,
        {"weighting": UNWEIGHTED._asdict(), "rows": members},
        reasons(answer.rate(PAIRINGS[0].rates[0], key) for key in groups),
        notes=tuple((label, say(text)) for label, text in _NOTES),
    )


def _compared(total: Counts) -> Sequence[Pairing]:
    """Return the pairings that anybody spoke of, and that of claim and petitioner."""
    first, *others = PAIRINGS
    return [first, *(each for each in others if gap_of(each, total).items)]


def _cells(gap: Gap | None, cases_min: int) -> list[str]:
    if gap is None:
        return [NO_FIGURE] * 4
    shares = [_share(rate) for rate in (gap.first, gap.second)]
    found = gap.difference_of(cases_min)
    if found is None:
        return [*shares, NO_FIGURE, NO_FIGURE]
    limits = f"{printed_points(found.lower)} … {printed_points(found.upper)}"
    return [*shares, gap.points or NO_FIGURE, limits]


def _share(rate: Rate) -> str:
    return f"{rate.n}/{rate.d}"


def _member(gap: Gap | None, cases_min: int) -> dict[str, object]:
    if gap is None:
        return {"items": None, "points": None, "interval_95": None}
    found = gap.difference_of(cases_min)
    return {
        "items": gap.items,
        "first": gap.first.n,
        "second": gap.second.n,
        "both": gap.both,
        "points": gap.points if found else None,
        "interval_95": found and [printed_points(limit) for limit in found[1:]],
    }
