"""One row a petition, for programs of statistics: the figures of the ledger, value by value."""

import json
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from frictionless import Package
from python_calamine import CalamineWorkbook

from commands.failures import Exit
from commands.main import run
from domain.dimension import Dimension
from domain.rates import RATES
from ledger.database import Database, Role
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from projections.log_streams import LogStreams
from projections.rate_queries import read_counts
from replay.export_parquet import count_parquet
from replay.figures import head_position
from replay.streams import read_petitions
from scenarios.scenario import read_scenario
from tests.acceptance.test_offline_statistics import CANARY, city
from tests.duckdb_answers import ask
from tests.integration.test_report_command import connect_by

__all__ = ["city"]
AS_OF = "2019-12-01"
FORMS = ("csv", "xlsx", "sav", "dta", "parquet", "json")
SCENARIO = read_scenario("shuangliu")


def export(database: Database, file: Path, *options: str) -> int:
    """Export petitions in this process, in Chinese."""
    environ = connect_by(database) | {"TAIZHANG_LANG": "zh"}
    arguments = ["export", "--petitions", str(file), "--as-of", AS_OF, *options]
    return run(arguments, environ, version="0")


@pytest.fixture(scope="module")
def files(city: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the city's petitions, confidential ones too, in every format."""
    folder = tmp_path_factory.mktemp("petitions")
    for form in FORMS:
        assert export(city, folder / f"a.{form}", "--with-confidential") == Exit.DONE
    return folder


def test_satisfaction_rate_is_counted_from_the_file(city: Database, files: Path) -> None:
    """SPSS and Stata give n and d of the ledger's rate, and say why the others gave no answer."""
    with city.connect(Role.APP) as connection:
        total = read_counts(
            connection, Dimension.TOTAL, as_of=SCENARIO.as_of, zone=SCENARIO.zone
        ).total
    n, d = RATES["satisfaction_rate.lenient"].of(total)
    sources: tuple[tuple[Any, str, Any], ...] = (
        (pyreadstat.read_sav, "a.sav", -1.0),
        (pyreadstat.read_dta, "a.dta", "a"),
    )
    for read, name, not_due in sources:
        frame, meta = read(str(files / name), user_missing=True)
        labels = meta.variable_value_labels["satisfaction"]
        shown = frame["satisfaction"].map(labels)
        assert (
            shown.isin({"满意", "基本满意"}).sum(),
            shown.isin({"满意", "基本满意", "不满意"}).sum(),
        ) == (n, d)
        assert labels[not_due] == "未到期"
        assert shown.notna().all()
        plain, _ = read(str(files / name))
        assert plain["satisfaction"].notna().sum() == d
    assert d > 0


def test_every_format_has_the_same_petitions(city: Database, files: Path) -> None:
    """As many rows as the log has petitions; the codebook names the columns of each."""
    with city.connect(Role.APP) as connection:
        (petitions,) = connection.execute(
            "SELECT count(*) FROM event WHERE topic = 'petition.submitted'"
        ).fetchone() or (0,)
    digests = set()
    for form in FORMS:
        manifest = json.loads((files / f"a.{form}.manifest.json").read_bytes())
        assert manifest["rows_expected"] == manifest["rows_written"] == petitions
        digests.add(manifest["data_sha256"])
    assert len(digests) == 1
    with CalamineWorkbook.from_path(files / "a.xlsx") as book:
        assert len(book.get_sheet_by_name("数据").to_python()) == petitions + 1
    assert count_parquet(files / "a.parquet") == petitions
    assert Package(str(files / "a.csv.datapackage.json")).validate().valid


def test_records_hold_no_personal_value(city: Database, files: Path, tmp_path: Path) -> None:
    """No canary is in any file, and a confidential petition only where it was asked for."""
    for file in files.iterdir():
        assert CANARY.encode() not in file.read_bytes()
        assert b"13800138000" not in file.read_bytes()
    assert export(city, tmp_path / "b.csv") == Exit.DONE
    shown, whole = (
        (place / name).read_bytes().splitlines()
        for place, name in ((tmp_path, "b.csv"), (files, "a.csv"))
    )
    assert len(whole) - len(shown) == 1
    manifest = json.loads((tmp_path / "b.csv.manifest.json").read_bytes())
    assert manifest["notes"][0]["zh"] == "未导出保密诉求 1 件。"


def test_timeline_sums_to_the_whole_of_every_petition(city: Database, tmp_path: Path) -> None:
    """Each stretch follows the one before, and their minutes are those of the custody of time."""
    environ = connect_by(city) | {"TAIZHANG_LANG": "en"}
    file = tmp_path / "t.parquet"
    options = ("--as-of", AS_OF, "--with-confidential")
    assert run(["export", "--timeline", str(file), *options], environ, version="0") == Exit.DONE
    query = f"""
        SELECT petition_id, sum(working_minutes)::BIGINT, count(*) FILTER (until IS NULL),
            bool_and(step = 1 OR since >= before)
        FROM (
            SELECT *, lag(until) OVER (PARTITION BY petition_id ORDER BY step) AS before
            FROM read_parquet('{file}')
        )
        GROUP BY petition_id
    """  # noqa: S608 - a file of the test's own
    found = {each: (minutes, held, follows) for each, minutes, held, follows in ask(query)}
    with city.connect(Role.APP) as connection:
        office = PinnedHours(ReferenceStreams(LogStreams(connection)), SCENARIO.as_of)
        petitions = list(read_petitions(connection, head_position(connection)))
        wholes = {str(each.petition_id): office.charge(each).whole for each in petitions}
    assert {each: minutes for each, (minutes, _, _) in found.items()} == {
        each: whole for each, whole in wholes.items() if each in found
    }
    assert len(found) > 100
    assert all(follows for _, _, follows in found.values())
    assert {held for _, held, _ in found.values()} == {0, 1}


def test_other_endings_are_refused(city: Database, tmp_path: Path) -> None:
    """Nothing is written; the ending says what was meant."""
    assert export(city, tmp_path / "a.ods") == Exit.USAGE
    assert run(["export", "--petitions", "a.csv", "--parquet", "b"], {}, version="0") == Exit.USAGE
    assert list(tmp_path.iterdir()) == []
