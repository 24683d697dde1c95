"""Without this file a report could hold figures that nobody can compute again."""

import json
from dataclasses import replace as with_fields
from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.counts import CountsDisagreeError
from domain.dimension import Dimension
from domain.metric_catalogue import MetricCatalogue, MetricEntry
from domain.metric_definition import MetricState
from domain.published_report import PublishedReport, ReportState
from domain.rate import Rate, points_between
from domain.rates import RateDefinition, UnknownDefinitionError
from domain.report_cells import Cell, Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_publishing import RetractReport
from domain.rounding import Rounding
from domain.text import Text
from domain.vocabulary import Role
from ledger.codec import EventCodec
from tests.unit import resource_story
from tests.unit.counted_figures import COUNTED, CountedFigures, counts
from tests.unit.given_when_then import DAY, START
from tests.unit.resource_story import PUBLISH_REPORT, Deed, Life
from tests.unit.test_golden_events import GOLDEN

COMMAND = PUBLISH_REPORT.command
RETRACT = Deed(RetractReport(approver_id="st-2", reason="口径有误"), Role.STATISTICIAN)


def publishing(**fields: object) -> Deed:
    """Return the publication of a report that differs in some fields."""
    return with_fields(PUBLISH_REPORT, command=replace(COMMAND, **fields))


def published(life: Life) -> PublishedReport:
    """Return the report of a life."""
    assert isinstance(life.aggregate, PublishedReport)
    return life.aggregate


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> CountedFigures:
    """Return a made-up log of this test's own, in which one report was published before."""
    earlier = published(Life().do(PUBLISH_REPORT))
    source = CountedFigures(COUNTED.rows, reports={1: earlier})
    monkeypatch.setattr(resource_story, "COUNTED", source)
    return source


def cell(report: PublishedReport, figure: str, group: str | None) -> Cell:
    """Return one figure of a report."""
    (found,) = (each for each in report.cells if (each.figure, each.group) == (figure, group))
    return found


def test_report_holds_the_figures_of_the_log_and_their_digits() -> None:
    """Rows by group and the total; few cases have n and d and no digits."""
    report = published(Life().do(PUBLISH_REPORT))
    assert cell(report, "closure_rate@1", "bureau") == Cell(
        group="bureau", figure="closure_rate@1", n=128, d=130, printed="98.46"
    )
    assert cell(report, "closure_rate@1", "roads") == Cell(
        group="roads", figure="closure_rate@1", n=2, d=3, printed=None
    )
    assert cell(report, "closure_rate@1", None).printed == "97.74"
    assert cell(report, "received", None).n == 134
    assert report.position == COUNTED.position
    assert report.definitions == ("closure_rate@1",)


def test_report_of_a_month_counts_the_local_days_of_the_month(source: CountedFigures) -> None:
    """August begins at local midnight; a statistical month may begin on the 26th of July."""
    Life().do(publishing(number=2))
    Life().do(publishing(number=2, month_start_day=26))
    (civil, _), (shifted, _) = source.asked
    assert civil.accepted_from == datetime(2026, 7, 31, 16, tzinfo=UTC)
    assert civil.accepted_before == datetime(2026, 8, 31, 16, tzinfo=UTC)
    assert shifted.accepted_from == datetime(2026, 7, 25, 16, tzinfo=UTC)
    assert shifted.accepted_before == datetime(2026, 8, 25, 16, tzinfo=UTC)


def test_report_as_known_at_an_instant_is_of_that_position(source: CountedFigures) -> None:
    """What came in later does not count."""
    report = published(Life().do(publishing(number=2, known_at=START - DAY)))
    assert report.position == source.position // 2
    assert source.asked[-1][1] == source.position // 2


def test_ranking_holds_the_score_and_its_parts(source: CountedFigures) -> None:
    """Points are kept in hundredths; a unit with few cases has none."""
    report = published(Life().do(publishing(number=2, kind=ReportKind.RANKING, by=Dimension.UNIT)))
    assert cell(report, "unit_score@2", "roads").n is None
    rows = {"bureau": counts(received=30, accepted=30, base=30, closed=30, response_n=20,
                             response_d=30, assigned=30)}  # fmt: skip
    source.rows = rows
    report = published(Life().do(publishing(number=2, kind=ReportKind.RANKING, by=Dimension.UNIT)))
    score = cell(report, "unit_score@2", "bureau")
    assert score.printed is not None
    assert score.n == round(float(score.printed) * 100)
    assert cell(report, "response_rate@1", "bureau").n == 20


def test_report_over_an_incomplete_intake_has_counts_and_no_rate(source: CountedFigures) -> None:
    """The rate is withheld, in the group and in the total."""
    object.__setattr__(
        source, "withheld", {"bureau": Text("不全", "incomplete"), None: Text("", "")}
    )
    report = published(Life().do(publishing(number=2)))
    assert cell(report, "closure_rate@1", "bureau").n is None
    assert cell(report, "closure_rate@1", None).n is None
    assert cell(report, "closure_rate@1", "roads").n == 2
    assert cell(report, "received", "bureau").n == 131


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (publishing(number=2, approver_id="statistician-1"), "not-permitted"),
        (publishing(number=2, approver_id="Statistician-1"), "not-permitted"),
        (publishing(number=2, as_of=START + 30 * DAY), "future-figures"),
        (publishing(number=2, known_at=START + 30 * DAY), "future-figures"),
        (publishing(number=2, period="2026-13"), "no-period"),
        (publishing(number=2, period="Q3"), "no-period"),
        (publishing(number=2, unit="nowhere"), "unknown-unit"),
        (publishing(number=2, kind=ReportKind.RANKING, by=Dimension.TYPE), "ranking-of-units"),
        (publishing(number=2, supersedes=7, reason="更正"), "no-such-report"),
        (publishing(number=2, supersedes=1), "reason-missing"),
        (publishing(number=3), "report-number"),
    ],
)
def test_report_is_refused(deed: Deed, code: str) -> None:
    """Nothing is published that nobody could stand for."""
    Life().refuses(deed, code)


def test_report_is_refused_where_nothing_was_known_or_counts(source: CountedFigures) -> None:
    """An instant before the first event, and a period without petitions."""
    source.position = 1
    Life().refuses(publishing(number=2, known_at=START - DAY), "known-too-early")
    source.rows = {}
    Life().refuses(publishing(number=2), "nothing-to-publish")


def test_report_is_refused_when_the_counts_do_not_add_up(source: CountedFigures) -> None:
    """More closed than accepted: no rate may leave the house."""
    source.rows = {"bureau": counts(received=3, accepted=3, base=3, closed=4)}
    with pytest.raises(CountsDisagreeError):
        Life().do(publishing(number=2))


@pytest.mark.usefixtures("source")
def test_revised_report_names_the_old_one_and_why() -> None:
    """It is a report of its own."""
    report = published(Life().do(publishing(number=2, supersedes=1, reason="补录三件")))
    assert report.revision is not None
    assert (report.revision.supersedes, report.revision.reason) == (1, "补录三件")


def test_retraction_keeps_the_figures() -> None:
    """What was published stays readable, and is retracted once."""
    life = Life().do(PUBLISH_REPORT)
    cells = published(life).cells
    life.do(RETRACT)
    assert published(life).state is ReportState.RETRACTED
    assert published(life).cells == cells
    life.refuses(RETRACT, "impossible-transition")


def test_figures_of_a_definition_nobody_has_are_not_computed() -> None:
    """A report of a later program cannot be checked by an earlier one."""
    question = published(Life().do(PUBLISH_REPORT)).question
    figures = COUNTED.figures(question, 10)
    with pytest.raises(UnknownDefinitionError):
        report_cells(question, ("closure_rate@99",), figures)


def test_roundings_differ_on_ties_alone() -> None:
    """1/32 = 3.125 %: 3.13 half-up, 3.12 by GB/T 8170; 3/32 = 9.375 % is even either way."""
    tie = Rate(1, 32)
    assert (tie.percent(), tie.percent(rounding=Rounding.GBT_8170)) == ("3.13", "3.12")
    other = Rate(3, 32)
    assert (other.percent(), other.percent(rounding=Rounding.GBT_8170)) == ("9.38", "9.38")
    assert Rate(2, 3).percent(rounding=Rounding.GBT_8170) == "66.67"


@pytest.mark.parametrize(
    ("earlier", "later", "points"),
    [
        (Rate(128, 130), Rate(127, 130), "-0.77"),
        (Rate(2, 3), Rate(3, 4), "+8.33"),
        (Rate(1, 2), Rate(2, 4), "0.00"),
        # The printed figures, 33.33 and 66.67, differ by 33.34.
        (Rate(1, 3), Rate(2, 3), "+33.33"),
    ],
)
def test_points_between_rates_are_taken_before_rounding(
    earlier: Rate, later: Rate, points: str
) -> None:
    """Percentage points are the difference of the exact shares."""
    assert points_between(earlier, later) == points


def test_public_report_suppresses_small_cells_for_good(source: CountedFigures) -> None:
    """What is recorded is what the public may see; few cases have no rate, open is left out."""
    source.rows = {
        "bureau": counts(received=131, accepted=130, base=130, closed=128),
        "parks": counts(received=45, accepted=45, base=45, closed=40),
        "roads": counts(received=3, accepted=3, base=3, closed=2),
    }
    report = published(Life().do(publishing(number=2, is_public=True)))
    assert "open" not in {each.figure for each in report.cells}
    roads, parks = (cell(report, "closure_rate@1", group) for group in ("roads", "parks"))
    assert (roads.n, roads.d, roads.printed) == (None, None, "*")
    assert (parks.n, parks.d, parks.printed) == (None, None, "*")
    assert cell(report, "closure_rate@1", "bureau").printed == "98.46"
    assert cell(report, "closure_rate@1", None).n == 170
    assert (cell(report, "received", "roads").n, cell(report, "received", "roads").printed) == (
        None,
        "*",
    )


def test_public_ranking_prints_bands(source: CountedFigures) -> None:
    """Points could be worked back to a suppressed part."""
    source.rows = {"bureau": counts(received=130, accepted=130, base=130, satisfied=130)}
    deed = publishing(number=2, kind=ReportKind.RANKING, by=Dimension.UNIT, is_public=True)
    score = cell(published(Life().do(deed)), "unit_score@2", "bureau")
    assert (score.n, score.printed) == (None, "A")


def test_ranking_leaves_out_what_an_appeal_excluded(source: CountedFigures) -> None:
    """The parts of the score count what the score counts."""
    source.rows = {"bureau": counts(received=30, accepted=30, base=30, satisfied=20)}
    object.__setattr__(
        source, "excluded", {"bureau": counts(received=1, accepted=1, base=1, satisfied=1)}
    )
    ranking = publishing(number=2, kind=ReportKind.RANKING, by=Dimension.UNIT)
    report = published(Life().do(ranking))
    assert cell(report, "satisfaction_rate.strict@1", "bureau").n == 19


def test_report_on_chosen_rates_names_them(source: CountedFigures) -> None:
    """Every other report has rates of its own."""
    report = published(
        Life().do(publishing(number=2, kind=ReportKind.RATES, metrics=("callback_rate",)))
    )
    assert report.definitions == ("callback_rate@1",)
    assert source.asked
    Life().refuses(publishing(number=2, kind=ReportKind.RATES), "metrics-of-rates")
    Life().refuses(publishing(number=2, metrics=("callback_rate",)), "metrics-of-rates")


def test_report_of_the_first_shape_was_counted_as_dispatched() -> None:
    """Reports of before heirs had figures keep their units, so that they verify for ever."""
    stored = json.loads((GOLDEN / "report.published.v1.json").read_text(encoding="utf-8"))
    event = EventCodec().decode(
        stored["topic"],
        stored["schema_version"],
        UUID(stored["originator_id"]),
        stored["version"],
        datetime.fromisoformat(stored["occurred_at"]),
        stored["payload"].encode(),
    )
    assert isinstance(event, PublishedReport.Created)
    assert event.question.as_dispatched
    assert not published(Life().do(PUBLISH_REPORT)).question.as_dispatched


@pytest.mark.parametrize("is_public", [False, True])
def test_report_prints_no_rate_that_is_no_share(*, is_public: bool) -> None:
    """A definition of the ledger's own may count more above than below, or less than nothing."""
    label = Text("另计", "other")
    above = RateDefinition("above", label, ("closed", "received"), ("base",))
    below = RateDefinition("below", label, ("closed",), ("base",), less=("received",))
    entries = (MetricEntry(each, MetricState.DEFINED, None, "示例") for each in (above, below))
    rows = {"bureau": counts(received=131, accepted=130, base=130, closed=100)}
    figures = Figures(10, rows, {}, catalogue=MetricCatalogue(entries))
    question = published(Life().do(publishing(is_public=is_public))).question
    cells = report_cells(question, (above.reference, below.reference), figures)
    shown = [(each.n, each.printed) for each in cells if each.d is not None]
    assert shown == [(231, None), (-31, None)] * 2
