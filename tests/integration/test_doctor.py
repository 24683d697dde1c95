"""The checks of ``taizhang doctor``, each seen to pass and to fail."""

import json
import shutil
import socket
import threading
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from commands import diagnosis as diagnosis_module
from commands.diagnosis import Diagnosis, Finding, Status
from commands.diagnosis_texts import CHECKS, Check, check_of
from commands.main import run
from ledger.database import Database, Role
from ledger.startup import StartupCode, StartupError

SECRET = "S3cret-planted"
_Usage = namedtuple("_Usage", "total used free")  # noqa: PYI024 - stands for shutil's own


class Scene(NamedTuple):
    """What a failure can be provoked with; the environment may be changed."""

    environ: dict[str, str]
    database: Database
    empty_database: Database
    folder: Path
    patch: pytest.MonkeyPatch


def _environ_of(database: Database) -> dict[str, str]:
    return {
        "TAIZHANG_LANG": "en",
        "TAIZHANG_DSN": database.dsns[Role.APP],
        "TAIZHANG_OWNER_DSN": database.dsns[Role.OWNER],
        "TAIZHANG_PROJECTOR_DSN": database.dsns[Role.PROJECTOR],
        "TAIZHANG_ADMIN_DSN": database.admin_dsn,
    }


@pytest.fixture
def scene(
    database: Database,
    empty_database: Database,
    server_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    """Return a sound ledger on a server, and all that is needed to spoil it."""
    environ = _environ_of(database) | {"TAIZHANG_DATA_DIR": str(server_folder / "data")}
    return Scene(environ, database, empty_database, server_folder, monkeypatch)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _diagnose(scene: Scene, port: int | None = None) -> dict[Check, Finding]:
    diagnosis = Diagnosis(
        scene.environ,
        "127.0.0.1",
        port or _free_port(),
        get_now=lambda: datetime.now(UTC),
        is_own_port=lambda _host, _port: False,
    )
    return {finding.check: finding for finding in diagnosis.run()}


def _forget_dsn(scene: Scene) -> None:
    for name in [name for name in scene.environ if name.endswith("_DSN")]:
        del scene.environ[name]


def lose_postgresql(scene: Scene) -> None:
    """Run where the embedded server's programs are not installed."""
    _forget_dsn(scene)

    def refuse() -> None:
        raise StartupError(StartupCode.NO_POSTGRESQL, reason="no wheel")

    scene.patch.setattr(diagnosis_module, "embedded_tree", refuse)


def misname_ledger(scene: Scene) -> None:
    """Give the ledger a name that no schema can have."""
    scene.environ["TAIZHANG_LEDGER"] = "Main"


def point_nowhere(scene: Scene) -> None:
    """Name a server that is not there."""
    scene.environ["TAIZHANG_DSN"] = f"host=127.0.0.1 port=1 user=u password={SECRET} dbname=d"


def lose_schema(scene: Scene) -> None:
    """Name a database in which nothing was set up."""
    scene.environ.update(_environ_of(scene.empty_database))


def meet_newer_schema(scene: Scene) -> None:
    """Let a later program have migrated the ledger."""
    with scene.database.connect(Role.OWNER) as connection:
        connection.execute(
            "INSERT INTO migration (number, name, sha256) VALUES (9000, 'later', repeat('0', 64))"
        )


def lose_trigger(scene: Scene) -> None:
    """Let somebody with the server's keys disable what guards the log."""
    with psycopg.connect(scene.database.admin_conninfo()) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")


def fill_disk(scene: Scene) -> None:
    """Leave one byte free."""
    scene.patch.setattr(shutil, "disk_usage", lambda _path: _Usage(10**9, 10**9 - 1, 1))


def spoil_data_dir(scene: Scene) -> None:
    """Put a file where the data directory should be."""
    _forget_dsn(scene)
    (scene.folder / "data").write_text("")


def _raising(code: StartupCode, **places: object) -> Callable[[Scene], None]:
    """Return what makes a start fail so; that a server makes it so is tested with the server."""

    def provoke(scene: Scene) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise StartupError(code, **places)

        scene.patch.setattr(diagnosis_module, "open_database", refuse)

    return provoke


FAILURES: tuple[tuple[Check, Callable[[Scene], None]], ...] = (
    (Check.SETTINGS, misname_ledger),
    (Check.POSTGRESQL, lose_postgresql),
    (Check.POSTGRESQL, point_nowhere),
    (Check.LOGIN, _raising(StartupCode.WRONG_PASSWORD, server="db:5432/d", user="u")),
    (Check.VERSION, _raising(StartupCode.OLD_SERVER, found=14, least=15)),
    (Check.SCHEMA_MISSING, lose_schema),
    (Check.SCHEMA_NEWER, meet_newer_schema),
    (Check.DISK, fill_disk),
    (Check.DATA_DIR, spoil_data_dir),
    (Check.APPEND_ONLY, lose_trigger),
    (Check.UTF8, _raising(StartupCode.DATABASE_NOT_UTF8, encoding="SQL_ASCII")),
    (Check.CLOCK, _raising(StartupCode.CLOCK_OFF, hours=25, host_at="a", server_at="b")),
)


def test_doctor_passes_a_sound_ledger(scene: Scene) -> None:
    """Every check passes where a start would."""
    findings = _diagnose(scene)
    assert list(findings) == list(CHECKS)
    assert {finding.status for finding in findings.values()} == {Status.PASS}


@pytest.mark.parametrize(
    ("check", "provoke"), FAILURES, ids=[f"{n}-{case[0]}" for n, case in enumerate(FAILURES)]
)
def test_doctor_finds_the_failure(
    scene: Scene, check: Check, provoke: Callable[[Scene], None]
) -> None:
    """Exactly the spoilt thing fails, and says why and what to do in both languages."""
    provoke(scene)
    findings = _diagnose(scene)
    failed = [finding for finding in findings.values() if finding.status is Status.FAIL]
    assert [finding.check for finding in failed] == [check]
    (finding,) = failed
    assert finding.why is not None
    assert finding.do is not None
    assert all((*finding.found, *finding.why, *finding.do))


def test_doctor_finds_a_port_that_is_taken(scene: Scene) -> None:
    """A port held by a stranger fails."""
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        findings = _diagnose(scene, stranger.getsockname()[1])
    assert findings[Check.PORT].status is Status.FAIL


def test_doctor_passes_a_port_that_our_own_api_holds(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a taizhang answers, nothing is wrong with the port."""

    class Alive(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"status":"alive"}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Alive) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            port = str(server.server_address[1])
            assert run(["doctor", "--port", port, "--json"], scene.environ, version="0") == 0
        finally:
            server.shutdown()
            thread.join()
    assert _statuses(capsys)["port"] == "pass"


def _statuses(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.doctor/1"
    return {check["check"]: check["status"] for check in document["checks"]}


def test_doctor_exits_1_when_a_check_fails(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts see the failure by the exit code and by a stable name."""
    lose_schema(scene)
    arguments = ["doctor", "--json", "--port", str(_free_port())]
    assert run(arguments, scene.environ, version="0") == 1
    assert _statuses(capsys)["schema"] == "fail"


def test_doctor_prints_each_check_in_chinese(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each check has its line with 通过, 警告 or 失败."""
    environ = scene.environ | {"TAIZHANG_LANG": "zh"}
    assert run(["doctor", "--port", str(_free_port())], environ, version="0") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(CHECKS)
    assert all(line.startswith("[通过]") for line in lines)


def test_doctor_changes_nothing_on_a_fresh_machine(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing was ever started it warns, makes no file, and ends with 0."""
    _forget_dsn(scene)
    arguments = ["doctor", "--json", "--port", str(_free_port())]
    assert run(arguments, scene.environ, version="0") == 0
    statuses = _statuses(capsys)
    assert statuses["schema"] == "warn"
    assert statuses["postgresql"] == "pass"
    assert list(scene.folder.iterdir()) == []


def test_doctor_warns_of_a_disk_that_is_nearly_full(scene: Scene) -> None:
    """Below 2 GiB it warns before anything fails."""
    scene.patch.setattr(shutil, "disk_usage", lambda _path: _Usage(0, 0, 2**30))
    finding = _diagnose(scene)[Check.DISK]
    assert finding.status is Status.WARN
    assert finding.do is not None


def test_doctor_warns_of_a_setting_that_nobody_reads(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, and with the name that was likely meant."""
    scene.environ["TAIZHANG_LEGDER"] = "main"
    assert run(["doctor", "--port", str(_free_port())], scene.environ, version="0") == 0
    printed = "".join(capsys.readouterr())
    assert printed.count("TAIZHANG_LEGDER") == 1
    assert "did you mean TAIZHANG_LEDGER?" in printed


def test_doctor_tells_no_password_and_no_home(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """The output can be sent to somebody: no secret, no name of a home directory."""
    point_nowhere(scene)
    scene.environ["HOME"] = str(scene.folder)
    arguments = ["doctor", "--port", str(_free_port())]
    assert run(arguments, scene.environ, version="0") == 1
    _forget_dsn(scene)
    (scene.folder / "data").write_text("")
    assert run(arguments, scene.environ, version="0") == 1
    printed = "".join(capsys.readouterr())
    assert SECRET not in printed
    assert str(scene.folder) not in printed
    assert "~/data" in printed


def test_doctor_reads_the_connection_string_from_a_file(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--dsn-file`` wins over the environment, so no secret stands in a command line."""
    dsn_file = scene.folder / "dsn"
    dsn_file.write_text(scene.environ["TAIZHANG_DSN"])
    point_nowhere(scene)
    arguments = ["doctor", "--json", "--port", str(_free_port()), "--dsn-file", str(dsn_file)]
    assert run(arguments, scene.environ, version="0") == 0
    assert set(_statuses(capsys).values()) == {"pass"}


def test_every_start_up_failure_belongs_to_a_check() -> None:
    """No reason not to start is left without a check that finds it."""
    assert {check_of(code) for code in StartupCode} == set(CHECKS) - {Check.SIZES}


def test_doctor_says_how_much_room_log_and_indexes_take(scene: Scene) -> None:
    """Each table and index of the log is named with its size; sizes let no check fail."""
    found = _diagnose(scene)[Check.SIZES]
    assert found.status is Status.PASS
    for name in ("event ", "personal ", "event_pkey ", "event_originator_id_version_key "):
        assert name in found.found.zh
        assert name in found.found.en
