"""Forms of orders and sessions hold every line of their boards, with the words of the codebook."""

import csv
import json
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from commands.failures import Exit
from commands.file_options import FORMATS
from commands.main import run
from domain.period import read_period
from domain.principal import Principal
from domain.supervision_terms import SupervisionState
from domain.vocabulary import Role as ActorRole
from ledger.database import Database, Role
from projections.participation import read_participation
from projections.session_board import read_sessions
from projections.supervision_ledger import read_supervision
from replay.template_filling import FormOrder, fill_form
from replay.template_kinds import Template
from tests.integration.government_log import every_life, project
from tests.integration.test_report_command import connect_by
from tests.unit.exported_reports import say_zh
from tests.unit.given_when_then import START

YEAR = str(START.year)
FIRST, LAST = START.date().replace(month=1, day=1), START.date().replace(month=12, day=31)


@pytest.fixture
def environ(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return a terminal in front of a ledger with sessions and orders, in an empty folder."""
    project(database, every_life())
    monkeypatch.chdir(tmp_path)
    return connect_by(database) | {"TAIZHANG_LANG": "zh"}


def fill(environ: dict[str, str], name: str, *options: str) -> int:
    """Fill a template in this process."""
    return run(["report", "template", name, *options], environ, version="0")


def records(folder: Path) -> list[dict[str, str]]:
    """Return the records of the only CSV file there."""
    (file,) = folder.glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_supervision_ledger_lists_every_order_of_the_period(
    database: Database, environ: dict[str, str], tmp_path: Path
) -> None:
    """Orders and proposals, adopted or dismissed; none in a year without any."""
    options = ("--format", "csv", "--encoding", "utf-8-sig")
    assert fill(environ, "督办台账", "--period", YEAR, *options) == Exit.DONE
    with database.connect(Role.APP) as connection:
        lines = read_supervision(connection, START, limit=500)
    rows = records(tmp_path)
    assert [row["编号"] for row in rows] == [str(line.order_id) for line in lines]
    assert {row["状态"] for row in rows} <= {state.value for state in SupervisionState}
    assert [row["涉及诉求"] for row in rows] == [str(len(line.petitions)) for line in lines]
    (file,) = tmp_path.glob("*.csv")
    assert file.name.startswith(f"示例市_督办台账_{YEAR}年_截至")
    assert fill(environ, "督办台账", "--period", "2001", *options, "--out", "none.csv") == Exit.DONE
    manifest = json.loads((tmp_path / "none.csv.manifest.json").read_bytes())
    assert manifest["rows_expected"] == manifest["rows_written"] == 0


def test_session_results_hold_sessions_and_what_they_brought(
    database: Database, environ: dict[str, str], tmp_path: Path
) -> None:
    """One record a session; who came is counted once in the notes."""
    options = ("--period", YEAR, "--format", "csv", "--encoding", "utf-8-sig")
    assert fill(environ, "session-results", *options) == Exit.DONE
    with database.connect(Role.APP) as connection:
        lines = read_sessions(connection, FIRST, LAST, limit=500)
        took_part = read_participation(connection, FIRST, LAST)
    rows = records(tmp_path)
    assert [row["编号"] for row in rows] == [str(line.session_id) for line in lines]
    assert [int(row["参加情况 人次"]) for row in rows] == [line.persons for line in lines]
    (file,) = tmp_path.glob("*.manifest.json")
    (note,) = json.loads(file.read_bytes())["notes"]
    assert f"已举行 {took_part.sessions} 场" in note["zh"]
    assert f"{took_part.coverage.n} of {took_part.coverage.d} departments" in note["en"]


@pytest.mark.parametrize("name", ["supervision-ledger", "session-results"])
def test_boards_come_in_every_format(environ: dict[str, str], tmp_path: Path, name: str) -> None:
    """Dates, instants and codes fit all of them, also where there is nothing to list."""
    for form, period in product(FORMATS, (YEAR, "2001")):
        out = f"{period}.{form}"
        assert fill(environ, name, "--period", period, "--format", form, "--out", out) == Exit.DONE
        manifest = json.loads((tmp_path / f"{out}.manifest.json").read_bytes())
        assert manifest["rows_expected"] == manifest["rows_written"]
        assert (manifest["rows_written"] > 0) == (period == YEAR)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("年鉴", ("--period", YEAR)),
        ("督办台账", ("--period", YEAR, "--as-of", f"{YEAR}-06-30")),
        ("session-results", ("--period", YEAR, "--known-at", f"{YEAR}-06-30")),
        ("closure-monthly", ("--period", "2998")),
        ("closure-monthly", ()),
    ],
)
def test_form_that_cannot_be_filled_is_refused(
    environ: dict[str, str], tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    """An unknown name, an instant a board cannot show, a period to come or none."""
    assert fill(environ, name, *options) == Exit.USAGE
    assert list(tmp_path.iterdir()) == []


def test_period_of_another_form_is_refused_by_the_rule(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """2019年9月 is no period, and the text says which forms are."""
    assert fill(environ, "closure-monthly", "--period", "2019年9月") == Exit.REFUSED
    assert list(tmp_path.iterdir()) == []


def test_supervision_ledger_for_a_handler_has_the_orders_of_the_own_unit(
    database: Database, environ: dict[str, str]
) -> None:
    """What the board keeps from a reader is not in the form that they download."""
    del environ
    now = datetime.now(UTC)
    with database.connect(Role.APP) as connection:
        lines = read_supervision(connection, START, limit=500)
        units = {line.unit for line in lines}
        for unit in (*sorted(units), "elsewhere"):
            reader = Principal(actor_id="h-1", role=ActorRole.HANDLER, unit=unit)
            order = FormOrder(
                Template.SUPERVISION, read_period(YEAR), now, 10, say_zh, reader=reader
            )
            rows = fill_form(connection, order).table.rows
            own = [str(line.order_id) for line in lines if line.unit == unit]
            assert [row[-1] for row in rows] == own
    assert lines
