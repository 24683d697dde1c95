"""Figures of several ledgers are added up, each with the position it was computed at."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import pytest

from commands.failures import Exit
from commands.main import run
from domain.metric_orders import METRIC_DEFINITIONS, DefineMetric
from domain.principal import Principal
from domain.report_kind import ReportKind
from domain.report_publishing import (
    PUBLISHED_REPORTS,
    PublishReport,
    RetractReport,
    report_stream_name,
)
from domain.scope import SCOPES, DeclareScope
from domain.text import Text
from domain.vocabulary import Role as Actor
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.head_state import HeadState, set_state
from ledger.migrate import migrate
from ledger.reference import named_stream
from projections.engine import Engine
from projections.models import MODELS
from replay.published import LoggedFigures
from tests.api_clients import open_example_ledger
from tests.conftest import ServerUnderTest, _new_database, _prepared
from tests.histories import START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.integration.test_report_command import connect_by

ADMIN = Principal(actor_id="ad-1", role=Actor.ADMIN)
STATISTICIAN = Principal(actor_id="st-1", role=Actor.STATISTICIAN)
CITIES = ("jinan", "qingdao", "weifang")
AS_OF = START + timedelta(days=40)
PUBLISH = PublishReport(
    number=1, kind=ReportKind.CLOSURE, approver_id="st-2", as_of=AS_OF, cases_min=1
)


class Province(NamedTuple):
    """Three cities in one database, and a terminal in front of them."""

    cities: dict[str, Database]
    environ: dict[str, str]
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str, city: str | None = None) -> int:
        """Run one report command."""
        environ = self.environ if city is None else {**self.environ, "TAIZHANG_LEDGER": city}
        self.capsys.readouterr()
        return run(["report", *arguments], environ, version="0")

    def read(self, *arguments: str, city: str | None = None) -> dict[str, Any]:
        """Return what one report command prints as JSON."""
        assert self.run(*arguments, "--json", city=city) == Exit.DONE
        document: dict[str, Any] = json.loads(self.capsys.readouterr().out)
        return document

    def ask(self, ledgers: str, kind: str = "closure") -> dict[str, Any]:
        """Return the sum of ledgers as of the day of the tests."""
        asked = ("--ledgers", ledgers, "--as-of", AS_OF.isoformat(), "--min-cases", "1")
        return self.read("province", kind, *asked)


@pytest.fixture(scope="module")
def province_name(server_under_test: ServerUnderTest, template_name: str) -> Iterator[str]:
    """Yield a database of three cities with petitions and current read models, for copying."""
    with _new_database(server_under_test, template_name) as name:
        for seed, city in enumerate(_cities(_prepared(server_under_test, name)).values(), 41):
            migrate(city)
            open_example_ledger(city)
            recorder = open_recorder(city)
            append_events(recorder, draw_log(seed, 20 + seed))
            recorder.close()
            _project(city)
        yield name


@pytest.fixture
def province(
    server_under_test: ServerUnderTest, province_name: str, capsys: pytest.CaptureFixture[str]
) -> Iterator[Province]:
    """Yield three cities of the test's own."""
    with _new_database(server_under_test, province_name) as name:
        database = _prepared(server_under_test, name)
        environ = connect_by(database) | {"TAIZHANG_LANG": "en"}
        yield Province(_cities(database), environ, capsys)


def _cities(database: Database) -> dict[str, Database]:
    return {name: replace(database, ledger=name) for name in CITIES}


def _project(database: Database) -> None:
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()


@contextmanager
def _opened(city: Database) -> Iterator[PetitionLedger]:
    figures = LoggedFigures(city)
    with PetitionLedger(city, lambda: datetime.now(UTC), figures=figures) as ledger:
        yield ledger
    _project(city)


def _publish(city: Database, order: PublishReport = PUBLISH) -> None:
    with _opened(city) as ledger:
        ledger.open(PUBLISHED_REPORTS, UUID(int=order.number), order, STATISTICIAN)


def test_sum_of_ledgers_is_the_sum_of_their_own_reports(province: Province) -> None:
    """Numerators and denominators add up, and each part names its ledger and position."""
    own = {
        city: province.read("closure", "--as-of", AS_OF.isoformat(), "--min-cases", "1", city=city)
        for city in CITIES
    }
    found = province.ask(",".join(CITIES))
    assert found["schema"] == "taizhang.province_report/1"
    assert found["positions"] == {city: own[city]["position"] for city in CITIES}
    assert [part["ledger"] for part in found["ledgers"]] == list(CITIES)
    assert all(part["is_counted"] for part in found["ledgers"])
    rates = [own[city]["total"]["rates"]["closure_rate"] for city in CITIES]
    total = {each["figure"]: each for each in found["total"]}["closure_rate@1"]
    assert total["n"] == sum(rate["n"] for rate in rates) > 0
    assert total["d"] == sum(rate["d"] for rate in rates) > total["n"]
    assert len({rate["percent"] for rate in rates}) > 1
    counts = {each["figure"]: each["n"] for each in found["total"]}
    assert counts["received"] == sum(own[city]["total"]["counts"]["received"] for city in CITIES)


@pytest.mark.parametrize("kind", ["ontime", "satisfaction", "callback"])
def test_every_kind_of_rate_adds_up(province: Province, kind: str) -> None:
    """Each figure of the sum is that of the parts."""
    found = province.ask("jinan,qingdao", kind)
    for place, cell in enumerate(found["total"]):
        parts = [part["figures"][place] for part in found["ledgers"]]
        assert cell["n"] == sum(part["n"] for part in parts)
        assert cell["d"] == sum(part["d"] for part in parts)


def test_published_reports_pin_positions_and_figures(province: Province) -> None:
    """Later events change the live sum and not the published one; each part verifies."""
    for database in province.cities.values():
        _publish(database)
    asked = ",".join(f"{city}:1" for city in CITIES)
    before = province.ask(asked)
    assert [part["report_number"] for part in before["ledgers"]] == [1, 1, 1]
    recorder = open_recorder(province.cities["jinan"])
    append_events(recorder, draw_log(77, 30))
    recorder.close()
    _project(province.cities["jinan"])
    assert province.ask(asked) == before
    assert province.ask(",".join(CITIES))["total"] != before["total"]
    for city in CITIES:
        assert province.run("verify", "1", city=city) == Exit.DONE
    mixed = province.ask("jinan:1,qingdao:1")
    assert mixed["positions"] == {city: before["positions"][city] for city in CITIES[:2]}


def test_incomplete_intake_is_named_and_counted_out(province: Province) -> None:
    """The ledger's line stands with its reason and no figure; the sum is that of the others."""
    others = province.ask("jinan,weifang")
    with _opened(province.cities["qingdao"]) as ledger:
        declare = DeclareScope(intake_complete=False, reason="只录入已解决的")
        ledger.open(SCOPES, UUID(int=9), declare, ADMIN)
    found = province.ask(",".join(CITIES))
    assert found["total"] == others["total"]
    by_city = {part["ledger"]: part for part in found["ledgers"]}
    assert not by_city["qingdao"]["is_counted"]
    assert "只录入已解决的" in by_city["qingdao"]["left_out"]["zh"]
    assert by_city["qingdao"]["figures"][-1]["n"] is None
    assert "qingdao" in found["withheld"][0]["zh"]
    alone = province.ask("qingdao")
    assert alone["total"] is None
    assert province.run("province", "closure", "--ledgers", "qingdao") == Exit.DONE
    assert "只录入已解决的" in province.capsys.readouterr().out


def test_different_definitions_are_not_added(province: Province) -> None:
    """One ledger's newer closure_rate is another figure, also of a published report."""
    _publish(province.cities["jinan"])
    second = DefineMetric(
        rate_id="closure_rate",
        number=2,
        name=Text("办结率", "closure rate"),
        numerator=("closed",),
        denominator=("accepted",),
        effective_on=date(2020, 1, 1),
        source="示例〔2026〕1号",
        approver_id="ad-2",
    )
    with _opened(province.cities["qingdao"]) as ledger:
        ledger.open(METRIC_DEFINITIONS, UUID(int=2), second, ADMIN)
    for ledgers in ("jinan,qingdao", "jinan:1,qingdao"):
        assert province.run("province", "closure", "--ledgers", ledgers) == Exit.REFUSED
        err = province.capsys.readouterr().err
        assert "closure_rate@2" in err
        assert "not-summable" in err


def test_different_questions_are_not_added(province: Province) -> None:
    """Reports of different days, and one whose cells are suppressed, have no sum."""
    _publish(province.cities["jinan"])
    earlier = msgspec.structs.replace(PUBLISH, as_of=AS_OF - timedelta(days=1))
    _publish(province.cities["qingdao"], earlier)
    _publish(province.cities["weifang"], msgspec.structs.replace(PUBLISH, is_public=True))
    assert province.run("province", "closure", "--ledgers", "jinan:1,qingdao:1") == Exit.REFUSED
    assert "'as_of'" in province.capsys.readouterr().err
    assert province.run("province", "closure", "--ledgers", "jinan:1,weifang:1") == Exit.REFUSED
    assert "public-cells" in province.capsys.readouterr().err
    assert province.run("province", "ontime", "--ledgers", "jinan:1") == Exit.REFUSED


def test_report_that_does_not_stand_is_not_added(province: Province) -> None:
    """Neither one that never was nor one that was retracted."""
    assert province.run("province", "closure", "--ledgers", "jinan:1") == Exit.NOT_FOUND
    city = province.cities["jinan"]
    _publish(city)
    with _opened(city) as ledger:
        retract = RetractReport(approver_id="st-2", reason="示例")
        stream = named_stream(report_stream_name(1))
        ledger.give(PUBLISHED_REPORTS, stream, retract, STATISTICIAN)
    assert province.run("province", "closure", "--ledgers", "jinan:1") == Exit.NOT_FOUND


@pytest.mark.parametrize(
    "ledgers", ["", "jinan,", "jinan,jinan", "jinan:0", "jinan:x", "Jinan", "jinan:1:2", "a b"]
)
def test_bad_list_of_ledgers_is_refused(province: Province, ledgers: str) -> None:
    """A name that cannot be one, or stands twice, is a usage error."""
    assert province.run("province", "closure", "--ledgers", ledgers) == Exit.USAGE


def test_ledger_that_is_elsewhere_or_nowhere_is_refused(province: Province) -> None:
    """A moved ledger's figures stand still here, so they are not added."""
    assert province.run("province", "closure", "--ledgers", "jinan,nowhere") == Exit.UNAVAILABLE
    with province.cities["jinan"].connect(Role.OWNER, autocommit=True) as owner:
        set_state(owner, HeadState.MOVED, "db:5432/other")
    assert province.run("province", "closure", "--ledgers", "jinan,qingdao") == Exit.REFUSED
    assert "ledger-moved" in province.capsys.readouterr().err
    unit = ("--unit", "bureau")
    assert province.run("province", "closure", "--ledgers", "qingdao", *unit) == Exit.USAGE


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "pdf", "parquet", "sav", "dta"])
def test_sum_is_written_into_every_format(province: Province, form: str, tmp_path: Path) -> None:
    """Each file holds a record per ledger and the sum, and its manifest every position."""
    file = tmp_path / f"sum.{form}"
    asked = ("--ledgers", ",".join(CITIES), "--as-of", AS_OF.isoformat())
    assert province.run("province", "closure", *asked, "--format", form, "--out", str(file)) == 0
    manifest = json.loads((tmp_path / f"sum.{form}.manifest.json").read_bytes())
    found = province.ask(",".join(CITIES))
    assert manifest["rows_expected"] == manifest["rows_written"] == len(CITIES) + 1
    assert (manifest["position"], manifest["positions"]) == (None, found["positions"])
    if form == "csv":
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert [row["ledger"] for row in rows] == [*CITIES, "total"]
        assert [row["log position"] for row in rows[:-1]] == [
            str(position) for position in found["positions"].values()
        ]


def test_table_names_positions_and_ends_with_the_sum(province: Province) -> None:
    """People read which ledger contributed at which position, in both languages."""
    found = province.ask("jinan,qingdao")
    asked = ("--ledgers", "jinan,qingdao", "--as-of", AS_OF.isoformat(), "--min-cases", "1")
    assert province.run("province", "closure", *asked) == Exit.DONE
    lines = province.capsys.readouterr().out.splitlines()
    total = {each["figure"]: each for each in found["total"]}["closure_rate@1"]
    assert lines[-1].split("\t")[-2:] == [f"{total['n']}/{total['d']}", total["printed"]]
    positions = ", ".join(f"{city} {place}" for city, place in found["positions"].items())
    assert f"# log positions: {positions}" in lines
