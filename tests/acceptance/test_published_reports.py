"""Published reports of a played city: later events change nothing that was published."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace

from commands.failures import Exit
from commands.main import run
from domain.dimension import Dimension
from domain.principal import Principal
from domain.report_kind import ReportKind
from domain.report_publishing import PUBLISHED_REPORTS, PublishReport
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from replay.published import LoggedFigures, verify_report
from scenarios.player import open_stage
from scenarios.scenario import read_scenario
from tests.acceptance.played_ledger import PlayedLedger, project
from tests.acceptance.test_worked_examples import OPEN, _close
from tests.integration.test_report_command import connect_by

STATISTICIAN = Principal(actor_id="st-1", role=Role.STATISTICIAN)
AS_OF = "2019-12-01"


@pytest.fixture
def environ(shuangliu: Database) -> dict[str, str]:
    """Return the environment of a statistician's terminal."""
    with open_stage(shuangliu) as (ledger, _):
        roster = ledger.reference.roster().state
    grant = KeyGrant(label="terminal", role=Role.STATISTICIAN, actor_id="st-1")
    key = issue_key(shuangliu, grant, roster, datetime.now(UTC))
    return connect_by(shuangliu) | {"TAIZHANG_KEY": key, "TAIZHANG_LANG": "en"}


def taizhang(environ: dict[str, str], *arguments: str) -> int:
    """Run one command in this process."""
    return run(["report", *arguments], environ, version="0")


def publish(environ: dict[str, str], kind: str = "closure", *options: str) -> int:
    """Publish a report as of the day the city printed its figures."""
    common = ("--as-of", AS_OF, "--approver", "st-2")
    return taizhang(environ, "publish", kind, *common, *options)


def test_published_report_gives_the_same_digits_after_later_events(
    shuangliu: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """128/130 → 98.46 stays what it was, although a 129th case is closed as of an earlier day."""
    assert publish(environ) == Exit.DONE
    table = capsys.readouterr().out.splitlines()
    assert table[-1].split("\t")[-2:] == ["128/130", "98.46"]
    with open_stage(shuangliu) as (ledger, clock):
        played = PlayedLedger(shuangliu, ledger, clock, read_scenario("shuangliu"))
        _close(played, OPEN[0], played.now - timedelta(days=3))
        assert played.rate("closure_rate", played.scenario.as_of).n == 129
    assert taizhang(environ, "verify", "1") == Exit.DONE
    assert "all 7 figures are the same" in capsys.readouterr().out
    assert publish(environ, "closure", "--supersedes", "1", "--reason", "late entry") == Exit.DONE
    shown = capsys.readouterr().out
    assert "129/130\t99.23" in shown
    assert "total\tclosure rate\t128/130 98.46\t129/130 99.23\t+0.77" in shown
    assert taizhang(environ, "verify", "2") == Exit.DONE


def test_late_entry_counts_today_and_not_as_known_before(
    shuangliu: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The as-of figure changes with late entries, the figure as known before them does not."""
    before = datetime.now(UTC).isoformat()
    with open_stage(shuangliu) as (ledger, clock):
        played = PlayedLedger(shuangliu, ledger, clock, read_scenario("shuangliu"))
        _close(played, OPEN[0], played.now - timedelta(days=3))
    project(shuangliu)
    figures = []
    for known in ((), ("--known-at", before)):
        assert taizhang(environ, "closure", "--as-of", AS_OF, "--json", *known) == Exit.DONE
        total = json.loads(capsys.readouterr().out)["total"]["rates"]["closure_rate"]
        figures.append((total["n"], total["d"]))
    assert figures == [(129, 130), (128, 130)]


def test_every_kind_of_report_is_published_and_verified(shuangliu: Database) -> None:
    """By unit, by type, by channel, for a year and in the other rounding: digits repeat."""
    zone = read_scenario("shuangliu").zone
    order = PublishReport(
        number=1,
        kind=ReportKind.CLOSURE,
        approver_id="st-2",
        as_of=datetime(2019, 12, 1, 23, 59, tzinfo=zone),
    )
    orders = [
        replace(order, kind=ReportKind.ONTIME, by=Dimension.UNIT),
        replace(order, kind=ReportKind.SATISFACTION, by=Dimension.TYPE, period="2019"),
        replace(order, kind=ReportKind.RANKING, by=Dimension.UNIT),
        replace(order, by=Dimension.CHANNEL, period="2019-Q1", month_start_day=26),
        replace(order, unit="housing", cases_min=1),
        replace(order, kind=ReportKind.RANKING, by=Dimension.UNIT, is_public=True),
        replace(order, by=Dimension.UNIT, is_public=True),
        replace(order, kind=ReportKind.RATES, metrics=("callback_rate", "claim_gap.claimed")),
    ]
    with open_stage(shuangliu) as (ledger, clock):
        clock.now = datetime.now(UTC)
        for number, each in enumerate(orders, start=1):
            command = replace(each, number=number)
            ledger.open(PUBLISHED_REPORTS, UUID(int=number), command, STATISTICIAN)
    figures = LoggedFigures(shuangliu)
    reports = list(figures.reports())
    assert [report.number for report in reports] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert figures.next_number() == 9
    with shuangliu.connect(DatabaseRole.APP) as connection:
        for report in reports:
            assert report.cells
            assert verify_report(connection, report) == ()


def test_verification_finds_a_published_figure_that_was_changed(
    shuangliu: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who edits the log behind the program's back is found out, with exit 1."""
    assert publish(environ) == Exit.DONE
    with psycopg.connect(shuangliu.admin_conninfo()) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        admin.execute(
            "UPDATE event SET payload = convert_to(replace(replace(convert_from(payload, 'UTF8'),"
            " '\"n\":128', '\"n\":129'), '98.46', '99.23'), 'UTF8')"
            " WHERE topic = 'report.published'"
        )
    capsys.readouterr()
    assert taizhang(environ, "verify", "1") == Exit.FINDING
    assert "closure rate\t129/130 99.23\t128/130 98.46" in capsys.readouterr().out
    assert taizhang(environ, "verify", "1", "--json") == Exit.FINDING
    (difference,) = json.loads(capsys.readouterr().out)["differences"]
    assert difference["published"]["n"] == 129
    assert difference["replayed"]["n"] == 128


def test_retracted_report_stays_readable(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that it is retracted, and its figures can still be verified."""
    assert publish(environ) == Exit.DONE
    retraction = ("retract", "1", "--approver", "st-2", "--reason", "wrong scope")
    assert taizhang(environ, *retraction) == Exit.DONE
    assert taizhang(environ, *retraction) == Exit.REFUSED
    capsys.readouterr()
    assert taizhang(environ, "list") == Exit.DONE
    assert "\tretracted\t" in capsys.readouterr().out
    assert taizhang(environ, "show", "1", "--json") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["state"] == "retracted"
    assert taizhang(environ, "verify", "1") == Exit.DONE


def test_rehearsed_report_is_shown_and_not_recorded(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run prints the figures; the ledger holds no report."""
    assert publish(environ, "ranking", "--dry-run") == Exit.DONE
    points = [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()[7:]]
    ranked = [float(each) for each in points if each not in {"score", "–"}]
    assert len(ranked) == 7
    assert ranked == sorted(ranked, reverse=True)
    assert taizhang(environ, "show", "1") == Exit.NOT_FOUND


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("verify", "1"), Exit.NOT_FOUND),
        (("retract", "1", "--approver", "st-2", "--reason", "x"), Exit.NOT_FOUND),
        (("publish", "closure", "--as-of", "2148-01-01", "--approver", "st-2"), Exit.REFUSED),
        (("publish", "closure", "--as-of", AS_OF, "--approver", "st-1"), Exit.NOT_ALLOWED),
        (("publish", "closure", "--as-of", "soon", "--approver", "st-2"), Exit.USAGE),
        (("publish", "gossip", "--as-of", AS_OF, "--approver", "st-2"), Exit.USAGE),
        (("closure", "--as-of", "2148-01-01"), Exit.USAGE),
        (("closure", "--known-at", "2148-01-01"), Exit.USAGE),
        (("closure", "--known-at", "2001-01-01"), Exit.REFUSED),
        (("closure", "--period", "2019-13"), Exit.REFUSED),
        (("closure", "--period", "2019", "--from", "2019-01-01"), Exit.USAGE),
        (("closure", "--from", "2019-10-02", "--to", "2019-10-01"), Exit.USAGE),
        (("cases", "--from", "2019-10-01T08:00", "--to", "2019-10-01T08:00"), Exit.USAGE),
        (("closure", "--unit", "nowhere"), Exit.NOT_FOUND),
        (("cases", "--unit", "nowhere"), Exit.NOT_FOUND),
        (("claim-gap", "--known-at", "2001-01-01"), Exit.REFUSED),
        (("cases", "--calendar", "moon@1"), Exit.NOT_FOUND),
    ],
)
def test_report_that_cannot_be_is_refused(
    environ: dict[str, str], arguments: tuple[str, ...], exit_code: Exit
) -> None:
    """Each mistake ends with the code of its kind."""
    assert taizhang(environ, *arguments) == exit_code


def test_period_without_petitions_has_no_rate(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of nothing is "no cases", never 0 % or 100 %; and nobody has a place in it."""
    assert taizhang(environ, "closure", "--period", "2001", "--as-of", AS_OF, "--json") == Exit.DONE
    rate = json.loads(capsys.readouterr().out)["total"]["rates"]["closure_rate"]
    assert (rate["n"], rate["d"], rate["percent"], rate["interval_95"]) == (0, 0, None, None)
    assert taizhang(environ, "closure", "--period", "2001", "--as-of", AS_OF) == Exit.DONE
    assert "no cases" in capsys.readouterr().out
    assert taizhang(environ, "ranking", "--period", "2001", "--as-of", AS_OF, "--json") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["ranked"] == []
    for name in ("claim-gap", "cases", "handling-time"):
        assert taizhang(environ, name, "--period", "2001", "--as-of", AS_OF) == Exit.DONE
        assert "%" not in capsys.readouterr().out.splitlines()[-1]
