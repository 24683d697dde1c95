"""Without this file a table for the public would show the two people behind a cell."""

from collections.abc import Mapping

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member, reasons
from commands.report_question import Question
from commands.table_text import Column
from domain.counts import check_identities
from domain.dimension import Dimension
from domain.public_table import PublicShare, PublicTable, public_counts
from domain.rate import PUBLIC_CASES_MIN, Rate
from domain.report_kind import COUNTS_BESIDE, ReportKind
from domain.suppression import PUBLIC_CELL_MIN, SUPPRESSED, Group
from domain.text import Text
from domain.wilson import printed, wilson

_RULE = Text(
    f"1 至 {PUBLIC_CELL_MIN - 1} 的数字及可据以推算它们的数字以 {SUPPRESSED} 代替；"
    f"分母不足 {PUBLIC_CASES_MIN} 不列比率",
    f"{SUPPRESSED} stands for figures from 1 to {PUBLIC_CELL_MIN - 1} and for those that would "
    f"give them away; no rate of fewer than {PUBLIC_CASES_MIN}",
)


def make_public_report(
    kind: ReportKind, reading: Reading, question: Question, metrics: tuple[str, ...] = ()
) -> Report:
    """Return one of the reports on rates as the public may see it. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be printed.
        NoSuchMetricError: there is no such rate.
        RetiredDefinitionError: one of the rates was retired.
    """
    answer = question.counts(reading)
    definitions = question.rates(reading, answer, kind, metrics)
    for counts in answer.rows.values():
        check_identities(counts)
    has_groups = question.by is not Dimension.TOTAL
    beside = public_counts(answer.rows, has_groups=has_groups)
    if kind is not ReportKind.CLOSURE:
        beside = {}
    table = PublicTable(answer.rows, definitions, beside, has_groups=has_groups)
    cases_min = max(question.cases_min, PUBLIC_CASES_MIN)
    groups: list[Group] = [*(answer.rows if has_groups else ()), None]
    columns = [
        Column(question.by.label, is_number=False),
        *(Column(COUNTS_BESIDE[name]) for name in beside),
    ]
    for definition in definitions:
        columns.append(Column(Text("件数 n/d", "n/d")))
        columns.append(Column(Text(f"{definition.label.zh} %", f"{definition.label.en} %")))
        columns.append(Column(Text("95% 区间", "95 % interval")))
    rows, members = [], []
    for group in groups:
        label = Dimension.TOTAL.label if group is None else question.label(group)
        given = {name: table.count(name, group) for name in beside}
        shares = {
            each.rate_id: None if answer.withheld(group) else table.share(each, group)
            for each in definitions
        }
        cells = [_text(value) for value in given.values()]
        for share in shares.values():
            cells += _share_cells(share, cases_min)
        rows.append([say(label), *cells])
        place = {"key": None} if group is None else group_member(question, group)
        members.append(place | _member(given, shares, cases_min))
    return Report(
        f"{kind.value}-public",
        kind.label,
        [definition.reference for definition in definitions],
        answer.position,
        columns,
        rows,
        {"rows": members, "suppression": _RULE._asdict()},
        reasons(answer.rate(each, group) for each in definitions for group in groups),
        notes=((Text("公开表", "public table"), say(_RULE)),),
    )


def _text(value: int | None) -> str:
    return SUPPRESSED if value is None else str(value)


def _share_cells(share: PublicShare | None, cases_min: int) -> list[str]:
    if share is None:
        return [NO_FIGURE] * 3
    fraction = f"{_text(share.n)}/{_text(share.d)}"
    rate = _rate(share, cases_min)
    if rate is None:
        return [fraction, NO_FIGURE, NO_FIGURE]
    lower, upper = wilson(rate)
    return [fraction, rate.percent(), f"{printed(lower)}–{printed(upper)}"]


def _rate(share: PublicShare | None, cases_min: int) -> Rate | None:
    """Return what is printed of a share, None where the public may not have it or it is none."""
    if share is None or share.n is None or share.d is None:
        return None
    rate = Rate(share.n, share.d)
    return rate if rate.is_printed(cases_min) else None


def _member(
    given: Mapping[str, int | None], shares: Mapping[str, PublicShare | None], cases_min: int
) -> dict[str, object]:
    return {
        "counts": given,
        "rates": {
            rate_id: {
                "n": share and share.n,
                "d": share and share.d,
                "percent": None if (rate := _rate(share, cases_min)) is None else rate.percent(),
            }
            for rate_id, share in shares.items()
        },
    }
