"""Reports to be exported, made without a ledger."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from domain.counts import Counts
from domain.dimension import Dimension
from domain.extent import Extent
from domain.measures import MEASURES
from domain.metric_catalogue import NO_DEFINITIONS
from domain.report_cells import Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from domain.score_rules import SCORE_VERSION
from domain.text import Text
from replay.export_document import Document
from replay.export_rates import rated_document
from replay.letterhead import NOBODY, Letterhead
from replay.rated_report import RatedReport

AS_OF = datetime(2019, 9, 30, 15, 59, 59, 999_999, UTC)
RARE = "㐂𠮷䶮€²"
"""Characters that GBK has not; the second one no built-in font draws."""
NAMES = {"transport": Text("区交通运输局", "Transport"), "rare": Text(f"{RARE}局", "Rare")}


def say_zh(text: Text) -> str:
    """Return the Chinese text."""
    return text.zh


def counts(**measures: int) -> Counts:
    """Return counts with these measures, all others 0."""
    return Counts(tuple(measures.get(name, 0) for name in MEASURES))


def closing(closed: int, base: int) -> Counts:
    """Return the counts of so many accepted petitions of which so many are closed."""
    return counts(received=base, accepted=base, base=base, closed=closed)


def report_document(
    rows: Mapping[str, Counts] | None = None,
    *,
    kind: ReportKind = ReportKind.CLOSURE,
    names: Mapping[str, Text] = NAMES,
    rounding: Rounding = Rounding.HALF_UP,
    letterhead: Letterhead = NOBODY,
    total_first: bool = False,
    is_public: bool = False,
    cases_min: int = 1,
) -> Document:
    """Return a report by unit of September 2019."""
    rows = rows or {"transport": closing(128, 130), "rare": closing(1, 3), "": counts(received=2)}
    question = ReportQuestion(
        kind=kind,
        by=Dimension.UNIT,
        extent=Extent(),
        period="2019-09",
        month_start_day=1,
        accepted_from=None,
        accepted_before=None,
        as_of=AS_OF,
        known_at=None,
        zone="Asia/Shanghai",
        cases_min=cases_min,
        rounding=rounding,
        metrics=("closure_rate",) if kind is ReportKind.RATES else (),
        is_public=is_public,
        as_dispatched=False,
    )
    definitions = kind.definitions(NO_DEFINITIONS, question.as_of_day, ("closure_rate",))
    cells = report_cells(question, definitions, Figures(300, rows, {}))
    report = RatedReport(kind.value, kind.label, question, definitions, 300, cells, NO_DEFINITIONS)
    if kind is ReportKind.RANKING:
        report = replace(report, rank_by=SCORE_VERSION)
    return rated_document(report, names, letterhead, say_zh, total_first=total_first)


def typed_document(*texts: str) -> Document:
    """Return a report whose units are called by these texts, as somebody may have typed them."""
    names = {f"unit-{number}": Text(text, text) for number, text in enumerate(texts)}
    return report_document({unit: closing(1, 2) for unit in names}, names=names)
