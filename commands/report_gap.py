"""Without this file no unit's claim could be read beside its petitioners' answers."""

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member, reasons
from commands.report_question import Question
from commands.table_text import Column
from domain.claim_gap import CLAIM_GAP, ClaimGap, claim_gap
from domain.counts import Counts, check_identities
from domain.difference import printed_points
from domain.dimension import Dimension
from domain.rate import Rate
from domain.rates import RATES
from domain.text import Text

_TITLE = Text("口径差", "Claim gap")
_PARTS = ("claim_gap.claimed", "claim_gap.petitioner")


def make_gap_report(reading: Reading, question: Question) -> Report:
    """Return the claim gap by group. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be printed.
    """
    answer = question.counts(reading)
    keys = () if question.by is Dimension.TOTAL else tuple(answer.rows)
    groups: dict[str | None, Counts] = {key: answer.rows[key] for key in keys}
    groups[None] = answer.total
    columns = [
        Column(question.by.label, is_number=False),
        *(Column(RATES[each].label) for each in _PARTS),
        Column(Text("口径差（百分点）", "gap in points")),
        Column(Text("95% 区间", "95 % interval")),
    ]
    rows, members = [], []
    for key, counts in groups.items():
        check_identities(counts)
        gap = None if answer.withheld(key) else claim_gap(counts)
        label = Dimension.TOTAL.label if key is None else question.label(key)
        rows.append([say(label), *_cells(gap, question.cases_min)])
        place = {"key": None} if key is None else group_member(question, key)
        members.append(place | _member(gap, question.cases_min))
    return Report(
        "claim-gap",
        _TITLE,
        [CLAIM_GAP, *(RATES[each].reference for each in _PARTS)],
        answer.position,
        columns,
        rows,
        {"rows": members},
        reasons(answer.rate(RATES[_PARTS[0]], key) for key in groups),
        notes=(
            (
                Text("区间", "interval"),
                say(
                    Text(
                        "Newcombe 混合记分法，配对样本",
                        "Newcombe's hybrid score, paired samples",
                    )
                ),
            ),
        ),
    )


def _cells(gap: ClaimGap | None, cases_min: int) -> list[str]:
    if gap is None:
        return [NO_FIGURE] * 4
    shares = [_share(rate) for rate in (gap.claimed, gap.petitioner)]
    found = gap.difference
    if found is None or gap.claimed.d < cases_min:
        return [*shares, NO_FIGURE, NO_FIGURE]
    limits = f"{printed_points(found.lower)} … {printed_points(found.upper)}"
    return [*shares, gap.points or NO_FIGURE, limits]


def _share(rate: Rate) -> str:
    return f"{rate.n}/{rate.d}"


def _member(gap: ClaimGap | None, cases_min: int) -> dict[str, object]:
    if gap is None:
        return {"items": None, "points": None, "interval_95": None}
    found = gap.difference if gap.claimed.d >= cases_min else None
    return {
        "items": gap.claimed.d,
        "claimed": gap.claimed.n,
        "resolved": gap.petitioner.n,
        "both": gap.both,
        "points": gap.points if found else None,
        "interval_95": found and [printed_points(limit) for limit in found[1:]],
    }
