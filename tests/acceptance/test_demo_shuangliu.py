"""The demo as people run it: a process of its own, in a data directory of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from domain.callbacks import RatePetition
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.principal import Principal
from domain.rate import Rate
from domain.replying import ApproveReply, SubmitReply
from domain.session_commands import SESSIONS
from domain.session_commitments import FollowUpCommitment, MakeCommitment
from domain.session_records import RecordAttendance
from domain.session_terms import AttendeeRole, SessionKind
from domain.tracked_promises import PromiseKind, PromiseState
from domain.vocabulary import CallbackBasis, Outcome, PetitionState, Role, Satisfaction
from ledger.database import Database, open_database
from ledger.database import Role as DatabaseRole
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from ledger.removal import remove_demo
from ledger.settings import DatabaseSettings
from projections.participation import read_participation
from projections.petition_facts import read_facts
from projections.promise_ledger import PromiseLine, read_promises
from projections.session_board import read_sessions
from projections.unit_score import read_unit_scores
from scenarios.cast import INTAKE, REVIEWER, petitioner, staff
from scenarios.player import open_stage
from scenarios.scenario import Scenario, read_scenario
from tests.acceptance.played_ledger import PlayedLedger, project
from tests.conftest import make_server_folder

ROOT = Path(__file__).parents[2]
READY_TIMEOUT_S = 240


def _environ(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"TAIZHANG_DATA_DIR": str(folder), "LANG": "C.UTF-8"} | more


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "taizhang.py"), *arguments]


def _run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(*arguments),
        env=_environ(folder, **more),
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        timeout=240,
    )


def _get(port: int, path: str, key: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


class Demo:
    """A demo that has run once, and what it printed."""

    def __init__(self, folder: Path, first: subprocess.CompletedProcess[str]) -> None:
        self.folder = folder
        self.first = first

    def open(self) -> Database:
        """Open its ledger in this process."""
        return open_database(DatabaseSettings(ledger="demo_shuangliu", data_dir=self.folder))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the play of Shuangliu."""
    return read_scenario("shuangliu")


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """Yield a demo that was run to its end."""
    folder = make_server_folder()
    try:
        yield Demo(folder, _run(folder, "demo", "shuangliu", "--no-serve"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_demo_prints_the_published_figures(demo: Demo) -> None:
    """A fresh data directory gives 128/130 and 98.46, and stderr holds no warning."""
    assert demo.first.returncode == 0, demo.first.stderr
    assert "Warning" not in demo.first.stderr
    closure, satisfaction = (line for line in demo.first.stdout.splitlines() if "128/130" in line)
    assert re.search(r"^办结率 +128/130 +98\.46 % +94\.56–99\.58 +closure_rate@1$", closure)
    assert "98.46 %" in satisfaction


def test_demo_prints_ranking_and_timeline(demo: Demo) -> None:
    """Units with ten cases have a rank, others none; the left-turn lane is told to its end."""
    lines = demo.first.stdout.splitlines()
    assert [line.split()[0] for line in lines if re.match(r" +\d+  区", line)][:2] == ["1", "2"]
    assert any(re.match(r" +–  区税务局 +6 +6/6", line) for line in lines)
    assert any("左转" in line for line in lines)
    assert any(re.match(r"\d+  2019-01-25 \d\d:\d\d  答复", line) for line in lines)


def test_demo_ends_with_a_banner_of_at_most_25_lines(demo: Demo) -> None:
    """The last lines say that it is a demo, where data lie, how to delete them and what next."""
    lines = demo.first.stdout.splitlines()
    banner = lines[next(n for n, line in enumerate(lines) if line.startswith("┌")) :]
    assert len(banner) <= 25
    assert "demo, not for production" in banner[1]
    assert any(str(demo.folder) in line for line in banner)
    assert any("demo shuangliu --delete" in line for line in banner)
    assert len([line for line in banner if line.startswith("  ")]) >= 3


def test_demo_plays_nothing_when_it_was_played(demo: Demo) -> None:
    """Further runs append no event: figures and log position stay the same."""
    second, third = (_run(demo.folder, "demo", "shuangliu", "--no-serve") for _ in range(2))
    assert third.returncode == 0, third.stderr
    assert "146 项已在台账中" in third.stderr
    assert third.stdout == second.stdout


def test_demo_speaks_english_when_asked(demo: Demo) -> None:
    """TAIZHANG_LANG=en and --lang en give the same report in English."""
    by_environ = _run(demo.folder, "demo", "shuangliu", "--no-serve", TAIZHANG_LANG="en")
    by_option = _run(demo.folder, "demo", "shuangliu", "--no-serve", "--lang", "en")
    assert by_environ.stdout == by_option.stdout
    assert re.search(r"^closure rate +128/130 +98\.46 %", by_option.stdout, re.MULTILINE)


def test_demo_figures_agree_with_the_report_command(demo: Demo) -> None:
    """What the demo prints is what ``taizhang report`` reads from the same ledger."""
    report = _run(
        demo.folder,
        "report",
        "closure",
        "--as-of",
        "2019-12-01",
        TAIZHANG_LEDGER="demo_shuangliu",
    )
    assert report.returncode == 0, report.stderr
    assert "128/130\t98.46\t94.56–99.58" in report.stdout


def test_demo_counts_a_129th_closing(demo: Demo, scenario: Scenario) -> None:
    """No figure is a constant: closing one more petition gives 129/130, and removal ends it."""
    with demo.open() as database, open_stage(database) as (ledger, clock):
        played = PlayedLedger(database, ledger, clock, scenario)
        petition_id = played.petition("bus-stop")
        owner = played.facts(petition_id).owner_id
        assert owner is not None
        reply = SubmitReply(head_id="head", text="站点已增设。", outcome=Outcome.RESOLVED)
        acts: tuple[tuple[Principal, PetitionCommand], ...] = (
            (staff(Role.HANDLER, "transport"), reply),
            (REVIEWER, ApproveReply(sampled_for_callback=False)),
            (petitioner(owner), RatePetition(satisfaction=Satisfaction.SATISFIED)),
            (REVIEWER, ClosePetition(basis=CallbackBasis.SAMPLED_OUT)),
        )
        for principal, command in acts:
            played.act(petition_id, principal, command)
        assert played.rate("closure_rate") == Rate(129, 130)
        assert played.rate("satisfaction_rate.all") == Rate(129, 130)
        assert played.rate("closure_rate", scenario.as_of) == Rate(128, 130)
        with database.connect(DatabaseRole.APP) as connection:
            scores = read_unit_scores(connection, as_of=played.now, zone=scenario.zone)
    assert all(line.score.cases >= 10 for line in scores.ranked)
    assert len(scores.ranked) + len(scores.unranked) >= 12


def test_demo_prints_who_came_to_the_sessions(demo: Demo) -> None:
    """Enterprises, person-times and distinct coverage come from the same attendances."""
    assert "主活动 15 场，参与企业 123 家，区领导 36 人次，部门负责人 73 人次" in demo.first.stdout
    assert "部门覆盖面 14/22 = 63.64 %" in demo.first.stdout
    assert "不是覆盖面" in demo.first.stdout
    assert "现场承诺 1 项，尚未兑现 1 项" in demo.first.stdout


def test_promise_of_the_substation_is_tracked_after_the_closing(
    demo: Demo, scenario: Scenario
) -> None:
    """Case D: closed, planned for October 2019, open until then and overdue in December."""
    with demo.open() as database, database.connect(DatabaseRole.APP) as connection:
        then = datetime(2019, 10, 30, tzinfo=UTC)
        (before,) = _replies(read_promises(connection, then, limit=500))
        (after,) = _replies(read_promises(connection, scenario.as_of, limit=500))
        facts = read_facts(connection, [after.source_id])[after.source_id]
    assert facts.state in {PetitionState.CLOSED, PetitionState.ARCHIVED}
    assert (before.state, after.state) == (PromiseState.OPEN, PromiseState.OVERDUE)
    assert before.source_id == after.source_id
    assert after.due_at < scenario.as_of


def _replies(lines: Sequence[PromiseLine]) -> list[PromiseLine]:
    return [line for line in lines if line.kind is PromiseKind.REPLY]


def test_sessions_count_one_more_head_and_a_kept_promise(demo: Demo, scenario: Scenario) -> None:
    """A late attendance moves person-times and coverage; keeping the promise ends its waiting."""
    period = (scenario.opened_at.date(), scenario.as_of.date())
    (session,) = (each for each in scenario.activities if each.key == "main-2019-04-26")
    target, now = session.steps[0].target, scenario.as_of + timedelta(days=1)
    attendance = RecordAttendance(
        person_id="donghe-head",
        name="东禾街道负责人",
        role=AttendeeRole.DEPARTMENT_HEAD,
        unit="donghe",
        occurred_at=now,
    )
    kept = FollowUpCommitment(number=1, done=True, note="已投运", occurred_at=now)
    with demo.open() as database, open_stage(database) as (ledger, clock):
        clock.now = now
        ledger.give(SESSIONS, target, attendance, INTAKE, key="late-head")
        owner = next(
            step.command.owner_unit
            for step in session.steps
            if isinstance(step.command, MakeCommitment)
        )
        ledger.give(SESSIONS, target, kept, staff(Role.HANDLER, owner), key="kept")
        project(database)
        with database.connect(DatabaseRole.APP) as connection:
            found = read_participation(connection, *period, kinds=(SessionKind.MAIN,))
            lines = read_sessions(connection, *period, limit=100)
    assert found.person_times[AttendeeRole.DEPARTMENT_HEAD] == 74
    assert found.person_times[AttendeeRole.LEADER_AS_SERVER] == 36
    assert (found.coverage.n, found.coverage.d) == (15, 22)
    assert sum(line.commitments_open for line in lines) == 0


def test_demo_serves_until_it_is_interrupted(demo: Demo) -> None:
    """The API answers with the printed key, and Ctrl-C ends it cleanly."""
    process = subprocess.Popen(
        _command("demo", "shuangliu", "--port", "0"),
        env=_environ(demo.folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    killer = threading.Timer(READY_TIMEOUT_S, process.kill)
    killer.start()
    try:
        assert process.stdout is not None
        banner = []
        for line in process.stdout:
            banner.append(line)
            if line.startswith("停止"):
                break
        printed = "".join(banner)
        (port,) = re.findall(r"http://127\.0\.0\.1:(\d+)/docs", printed)
        (key, _) = re.findall(r"有效）: (tz_\w+)", printed)
        status, body = _get(int(port), "/v1/rates?as_of=2019-12-01T15:59:59Z", key)
        assert status == 200, body
        assert '"n":128' in body
        assert '"d":130' in body
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    finally:
        killer.cancel()
        process.kill()
        process.wait()
    assert process.returncode in {0, 130}
    assert "Warning" not in stderr
    assert "Traceback" not in stderr


def test_demo_keeps_nothing_when_ephemeral(tmp_path: Path) -> None:
    """``--ephemeral`` leaves no data directory behind."""
    ended = _run(tmp_path, "demo", "shuangliu", "--no-serve", "--ephemeral")
    assert ended.returncode == 0, ended.stderr
    (folder,) = re.findall(r"数据：(\S+?)（", ended.stdout)
    assert not Path(folder).exists()
    assert list(tmp_path.iterdir()) == []


def test_demo_lists_the_cities_when_the_city_is_unknown(tmp_path: Path) -> None:
    """An unknown city ends with 2 and the names that may be given; nothing is started."""
    ended = _run(tmp_path, "demo", "atlantis")
    assert ended.returncode == 2
    assert "shuangliu" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_removing_a_demo_leaves_other_ledgers(server_folder: Path) -> None:
    """Only ledgers named as demos can be removed, and others in the same database stay."""
    with EmbeddedServer(server_folder, is_durable=False) as server:
        real = Database.on_server(server, "main")
        demo = Database.on_server(server, "demo_somewhere")
        assert not remove_demo(demo)
        migrate(real)
        migrate(demo)
        assert remove_demo(demo)
        assert not remove_demo(demo)
        with pytest.raises(ValueError, match="no demo"):
            remove_demo(real)
        project(real)
