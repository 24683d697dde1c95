"""Reports of a ledger in which units merged, at a terminal and published."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from commands.failures import Exit
from commands.main import run
from domain.dimension import Dimension
from domain.extent import Extent
from domain.report_cells import Figures
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.roster_commands import ROSTERS, MergeUnits
from domain.rounding import Rounding
from domain.vocabulary import Role
from ledger.database import Database
from ledger.reference import ROSTER_ID
from replay.published import LoggedFigures
from tests.api_clients import ADMIN, NOW, running_api
from tests.integration.merged_log import END, MERGED_AT, append_merged
from tests.integration.test_api_reads import dispatched
from tests.integration.test_report_command import connect_by

OLD, HEIR = {"water", "power"}, "bureau"
QUESTION = ReportQuestion(
    kind=ReportKind.CLOSURE,
    by=Dimension.UNIT,
    extent=Extent(),
    period=None,
    month_start_day=1,
    accepted_from=None,
    accepted_before=None,
    as_of=END,
    known_at=None,
    zone="Asia/Shanghai",
    cases_min=1,
    rounding=Rounding.HALF_UP,
    as_dispatched=False,
)


@pytest.fixture
def known_before(database: Database) -> int:
    """Return the last position before anybody knew of a merger, in a projected ledger."""
    return append_merged(database)


@pytest.mark.usefixtures("known_before")
def test_reports_list_the_heir_unless_asked_as_dispatched(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Closures, flows and handling times by unit add up to the same total either way."""
    environ = connect_by(database)

    def asked(*arguments: str) -> dict[str, Any]:
        line = ["report", *arguments, "--as-of", END.isoformat(), "--json"]
        assert run(line, environ, version="0") == Exit.DONE
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    by_unit = ("--by", "unit")
    for name, *more in (("closure",), ("flow", "--period", "2025-03"), ("handling-time",)):
        merged = asked(name, *by_unit, *more)
        apart = asked(name, *by_unit, "--as-dispatched", *more)
        assert (merged["as_dispatched"], apart["as_dispatched"]) == (False, True)
        assert merged["total"] == apart["total"]
        keys, old = ({row["key"] for row in each["rows"]} for each in (merged, apart))
        assert HEIR in keys - old
        assert old >= OLD
        assert not keys & OLD
    alone = asked("closure", "--unit", HEIR)
    (row,) = (row for row in asked("closure", *by_unit)["rows"] if row["key"] == HEIR)
    assert alone["total"]["counts"] == row["counts"]
    april = asked("closure", *by_unit, "--period", "2025-04", "--compare", "previous")
    assert not {row["key"] for row in april["rows"]} & OLD


@pytest.mark.usefixtures("known_before")
def test_report_on_a_merged_unit_says_whom_to_ask_for(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """The merged unit has no figures from the day on; as dispatched, and before, it has."""
    environ = connect_by(database)
    arguments = ["report", "closure", "--unit", "water"]
    assert run(arguments, environ, version="0") == Exit.REFUSED
    assert "ask for 'bureau'" in capsys.readouterr().err
    assert run([*arguments, "--as-dispatched"], environ, version="0") == Exit.DONE
    assert "as dispatched" in capsys.readouterr().out
    before = ["--as-of", (MERGED_AT.date()).isoformat()]
    assert run([*arguments, *before], environ, version="0") == Exit.DONE


def test_published_figures_follow_the_heirs_known_at_their_position(
    database: Database, known_before: int
) -> None:
    """A report of before the merger was known verifies with the old units for ever."""
    log = LoggedFigures(database)
    head = log.position_known_at(None)

    def figures(position: int, *, as_dispatched: bool = False) -> Figures:
        return log.figures(replace(QUESTION, as_dispatched=as_dispatched), position)

    merged, apart = figures(head), figures(head, as_dispatched=True)
    assert HEIR in merged.rows
    assert apart.rows.keys() >= OLD
    assert merged.total == apart.total
    assert figures(known_before).rows == apart.rows


def test_api_lists_the_heir_unless_asked_as_dispatched(database: Database) -> None:
    """Rates, ranking and compliance name today's units; an old code is refused with the heir."""
    with running_api(database) as api:
        dispatched(api, "station")
        merger = MergeUnits(
            units=("station",),
            successor="bureau",
            effective_on=NOW.date(),
            document="编〔2026〕2号",
            occurred_at=NOW,
        )
        api.services.ledger.give(ROSTERS, ROSTER_ID, merger, ADMIN)
        api.project()

        def keys(question: str, listed: str = "rows") -> list[str]:
            response = api.read(f"/v1/{question}", Role.STATISTICIAN)
            assert response.status_code == 200, response.text
            return [line["key"] for line in response.json()[listed]]

        assert keys("rates") == ["bureau"]
        assert keys("rates?unit=bureau") == ["bureau"]
        assert keys("rates?as_dispatched=true&unit=station") == ["station"]
        ranking = "ranking?metric=closure_rate&cases_min=1"
        assert keys(ranking, "ranked") == ["bureau"]
        assert keys(f"{ranking}&as_dispatched=true", "ranked") == ["station"]
        refused = api.read("/v1/rates?unit=station", Role.STATISTICIAN)
        assert (refused.status_code, refused.json()["code"]) == (422, "unit-succeeded")
        assert "bureau" in refused.json()["detail"]
        lines = api.read("/v1/deadline-board?unit=bureau", Role.DISPATCHER).json()["items"]
        assert "station" in {line["unit"] for line in lines}
        assert api.failures == []
