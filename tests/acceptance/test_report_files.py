"""Reports of a played city as files: published digits, and forms of a period."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from commands.failures import Exit
from commands.file_options import FORMATS
from commands.main import run
from domain.dimension import Dimension
from domain.period import read_period
from domain.rates import RATES
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from projections.rate_queries import read_counts
from projections.scope import Cohort
from scenarios.player import open_stage
from scenarios.scenario import read_scenario
from tests.integration.test_report_command import connect_by

AS_OF = "2019-12-01"


@pytest.fixture
def environ(shuangliu: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return a statistician's terminal in an empty folder."""
    monkeypatch.chdir(tmp_path)
    with open_stage(shuangliu) as (ledger, _):
        roster = ledger.reference.roster().state
    grant = KeyGrant(label="terminal", role=Role.STATISTICIAN, actor_id="st-1")
    key = issue_key(shuangliu, grant, roster, datetime.now(UTC))
    return connect_by(shuangliu) | {"TAIZHANG_KEY": key, "TAIZHANG_LANG": "zh"}


def taizhang(environ: dict[str, str], *arguments: str) -> int:
    """Run one report command in this process."""
    return run(["report", *arguments], environ, version="0")


def read_records(file: Path) -> list[dict[str, Any]]:
    """Return the records of a workbook by their heads."""
    with CalamineWorkbook.from_path(file) as book:
        head, *rows = book.get_sheet_by_name("数据").to_python()
    names = [str(cell) for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_published_report_is_written_as_it_was_published(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """128/130 → 98.46 % with its number, its position and the digits of every group."""
    publish = ("publish", "closure", "--as-of", AS_OF, "--approver", "st-2", "--by", "unit")
    assert taizhang(environ, *publish) == Exit.DONE
    assert taizhang(environ, "show", "1", "--format", "xlsx") == Exit.DONE
    (file,) = tmp_path.glob("*.xlsx")
    assert file.name.endswith("_办结情况_截至20191201_v1.xlsx")
    total = read_records(file)[-1]
    assert (total["办结率 分子"], total["办结率 分母"], total["办结率 %"]) == (128, 130, 98.46)
    manifest = json.loads(file.with_name(f"{file.name}.manifest.json").read_bytes())
    assert manifest["report_number"] == 1
    assert manifest["report_state"]["zh"] == "已发布"
    with CalamineWorkbook.from_path(file) as book:
        shown = {str(row[0]): row[1] for row in book.get_sheet_by_name("清单").to_python()}
        printed = [str(row[0]) for row in book.get_sheet_by_name("打印表").to_python()]
    assert shown["report_number"] == "1"
    assert shown["data_sha256"] == manifest["data_sha256"]
    assert any(text.startswith("报告编号：1（已发布）") for text in printed)


@pytest.mark.parametrize("command", ["closure", "ontime", "satisfaction"])
def test_report_is_written_with_the_figures_it_prints(
    environ: dict[str, str], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same n and d on the terminal and in the file."""
    asked = (command, "--by", "unit", "--as-of", AS_OF)
    assert taizhang(environ, *asked, "--json") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert taizhang(environ, *asked, "--format", "json", "--out", "a.json") == Exit.DONE
    written = {row["unit_code"]: row for row in json.loads(Path("a.json").read_bytes())["rows"]}
    groups = [(row["key"], row["rates"]) for row in document["rows"]]
    for key, rates in [*groups, ("total", document["total"]["rates"])]:
        for rate_id, rate in rates.items():
            start = rate_id.replace(".", "_")
            pair = (written[key][f"{start}_n"], written[key][f"{start}_d"])
            assert pair == (rate["n"], rate["d"])
            assert written[key][f"{start}_percent"] == rate["percent"]


def test_rankings_are_written_with_their_places(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """By score and by one rate: the places of the terminal, nobody else has one."""
    for options in ((), ("--by", "closure_rate")):
        asked = ("ranking", *options, "--as-of", AS_OF)
        assert taizhang(environ, *asked, "--json") == Exit.DONE
        ranked = json.loads(capsys.readouterr().out)["ranked"]
        out = ("--format", "json", "--out", "a.json", "--overwrite")
        assert taizhang(environ, *asked, *out) == Exit.DONE
        capsys.readouterr()
        rows = json.loads(Path("a.json").read_bytes())["rows"]
        places = {row["unit_code"]: row["rank"] for row in rows if row["rank"] is not None}
        assert places == {line["key"]: line["rank"] for line in ranked}
        assert places


def test_closure_form_counts_the_period_and_the_year(
    shuangliu: Database, environ: dict[str, str], tmp_path: Path
) -> None:
    """本期 and 本年累计 are cohorts of acceptance, judged at the period's end."""
    assert taizhang(environ, "template", "办结情况月报", "--period", "2019-09") == Exit.DONE
    (file,) = tmp_path.glob("*.xlsx")
    assert file.name.endswith("_办结情况月报_2019年9月_截至20190930.xlsx")
    total = read_records(file)[-1]
    zone = read_scenario("shuangliu").zone
    as_of = datetime.fromisoformat("2019-09-30T23:59:59.999999+08:00")
    for period, head in (("2019-09", "本期"), ("2019", "本年累计")):
        cohort = Cohort(*read_period(period).bounds(zone))
        with shuangliu.connect(DatabaseRole.APP) as connection:
            counts = read_counts(
                connection, Dimension.UNIT, as_of=as_of, zone=zone, cohort=cohort
            ).total
        rate = RATES["closure_rate"].of(counts)
        assert total[f"{head} 收到"] == counts["received"]
        assert [total[f"{head} 办结率{part}"] for part in ("分子", "分母")] == list(rate)
        assert counts["base"] > 0


@pytest.mark.parametrize("name", ["closure-monthly", "unit-ranking", "满意度回访报告"])
def test_forms_of_rates_come_in_every_format(
    environ: dict[str, str], tmp_path: Path, name: str
) -> None:
    """Each holds one record a unit and the total, and says by which definitions."""
    for form in FORMATS:
        options = ("--period", "2019", "--format", form, "--out", f"a.{form}")
        assert taizhang(environ, "template", name, *options) == Exit.DONE
        manifest = json.loads((tmp_path / f"a.{form}.manifest.json").read_bytes())
        assert manifest["rows_expected"] == manifest["rows_written"] == 16
        assert manifest["definitions"]


def test_file_that_exists_is_kept(environ: dict[str, str], tmp_path: Path) -> None:
    """It may be the one that was handed in."""
    asked = ("closure", "--as-of", AS_OF, "--format", "csv", "--out", "a.csv")
    assert taizhang(environ, *asked) == Exit.DONE
    before = (tmp_path / "a.csv").read_bytes()
    assert taizhang(environ, *asked) == Exit.REFUSED
    assert (tmp_path / "a.csv").read_bytes() == before
    assert taizhang(environ, *asked, "--overwrite") == Exit.DONE
