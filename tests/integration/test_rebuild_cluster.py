"""Tests of rebuilds that the workers of a Dask cluster share."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database, Role
from replay import cluster, extras, shadow, streams
from replay.cluster import ClusterWork, WorkerRefusedError
from replay.program import program_digest
from replay.shadow import Plan, Purpose
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows
from tests.programs import PATIENCE_S

EVENTS = draw_log(19, 30)
PASSWORD = "never-to-be-seen"
_WORKERS_LEN = 2


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a program on a ledger with some events and no read models."""
    recorder = open_recorder(database)
    append_events(recorder, EVENTS)
    recorder.close()
    return {
        "TAIZHANG_DSN": f"{database.dsns[Role.APP]} password={PASSWORD}",
        "TAIZHANG_OWNER_DSN": database.dsns[Role.OWNER],
        "TAIZHANG_PROJECTOR_DSN": f"{database.dsns[Role.PROJECTOR]} password={PASSWORD}",
        "TAIZHANG_LANG": "en",
    }


class Cluster:
    """A scheduler and its workers on this machine, each a process of its own.

    Args:
        folder: For their files.
        environ: What the workers know.
    """

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.log = folder / "log"
        self._folder = folder
        self._environ = {**os.environ, "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "debug", **environ}
        self._stack = ExitStack()

    def __enter__(self) -> str:
        """Return the scheduler's address once all workers are there."""
        place = self._folder / "scheduler.json"
        self._start("scheduler", "--scheduler-file", str(place), "--port", "0")
        for _ in range(_WORKERS_LEN):
            self._start("worker", "--scheduler-file", str(place), "--no-nanny", "--nthreads", "1")
        until_s = monotonic() + PATIENCE_S
        while self.log.read_text("utf-8").count("Registered to:") < _WORKERS_LEN:
            assert monotonic() < until_s, self.log.read_text("utf-8")
            sleep(0.1)
        return str(json.loads(place.read_text("utf-8"))["address"])

    def __exit__(self, *_: object) -> None:
        """End them, workers first."""
        self._stack.close()

    def _start(self, part: str, *arguments: str) -> None:
        log = self._stack.enter_context(self.log.open("ab"))
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                f"distributed.cli.dask_{part}",
                "--host",
                "127.0.0.1",
                "--no-dashboard",
                *arguments,
            ],
            cwd=self._folder,
            env=self._environ,
            stdout=log,
            stderr=log,
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)


@pytest.fixture
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the work into many slices."""
    monkeypatch.setattr(shadow, "SLICE_EVENTS_LEN", 40)
    monkeypatch.setattr(streams, "PAGE_LEN", 17)


@pytest.fixture
def started(tmp_path: Path, environ: dict[str, str]) -> Iterator[tuple[Cluster, str]]:
    """Yield a cluster that can reach the ledger's database, and its scheduler's address."""
    whole = Cluster(tmp_path, environ)
    with whole as address:
        yield whole, address


def _rebuild(environ: dict[str, str], scheduler: str) -> int:
    return run(["replay", "rebuild", "--scheduler", scheduler], environ, version="0")


@pytest.mark.usefixtures("_small_parts")
def test_workers_make_the_same_rows_and_a_worker_of_another_program_refuses(
    database: Database,
    environ: dict[str, str],
    started: tuple[Cluster, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two workers make the rows of one process, tell no log how they log in, or do nothing."""
    whole, address = started
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        with monkeypatch.context() as patch:
            patch.setattr(shadow, "program_digest", lambda: "another")
            assert _rebuild(environ, address) == Exit.REFUSED
        assert "differs from the caller's" in capsys.readouterr().err
        assert not any(stored_rows(connection).values())
        assert _rebuild(environ, address) == Exit.DONE
        assert stored_rows(connection) == expected_rows(EVENTS)
    log = whole.log.read_text("utf-8") + capsys.readouterr().err
    assert "Registered to:" in log
    assert PASSWORD not in log


def test_rebuild_without_a_scheduler_there_says_so(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody at the address is exit 6, and says how to go on."""
    monkeypatch.setattr(cluster, "_CONNECT_TIMEOUT_S", 1)
    assert _rebuild(environ, "tcp://127.0.0.1:9") == Exit.UNAVAILABLE
    assert "without --scheduler" in capsys.readouterr().err


def test_rebuild_on_a_cluster_says_what_to_install(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the optional group the command ends with 6 before it touches anything."""
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert _rebuild(environ, "tcp://127.0.0.1:9") == Exit.UNAVAILABLE
    assert "pip install 'taizhang[distributed]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("dsn", "why"),
    [
        (None, "TAIZHANG_DSN is not set"),
        (f"host=127.0.0.1 port=9 user=x password={PASSWORD}", "127.0.0.1:9"),
    ],
)
def test_worker_refuses_without_a_database(
    monkeypatch: pytest.MonkeyPatch, dsn: str | None, why: str
) -> None:
    """A worker that cannot log in by itself says what it lacks, and no secret."""
    monkeypatch.delenv("TAIZHANG_DSN", raising=False)
    if dsn is not None:
        monkeypatch.setenv("TAIZHANG_DSN", dsn)
    work = ClusterWork("main", Purpose.REBUILD, Plan(1, 1, program_digest()))
    with pytest.raises(WorkerRefusedError) as refusal:
        work.fill([0])
    assert why in refusal.value.text.en
    assert PASSWORD not in refusal.value.text.en
