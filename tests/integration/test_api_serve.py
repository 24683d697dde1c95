"""The program ``taizhang serve`` and ``taizhang keys``, as an operator runs them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from httpx2 import Response

from commands.serving import url_of
from ledger.database import Database
from ledger.embedded import EmbeddedServer
from ledger.startup import bind_port
from tests.api_clients import SUBMISSION, open_example_ledger
from tests.programs import PATIENCE_S, ROOT, wait_until


class Program:
    """One ``taizhang serve`` on a data folder of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.banner: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "taizhang.py"), "serve", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environ,
            start_new_session=True,
        )

    @property
    def environ(self) -> dict[str, str]:
        """The environment of every command on this folder."""
        return {
            **os.environ,
            "LANG": "zh_CN.UTF-8",
            "TAIZHANG_LANG": "zh",
            "TAIZHANG_DATA_DIR": str(self.folder),
        }

    def wait_for_url(self) -> str:
        """Return the address that the program prints once it answers."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.banner.append(line)
            if line.startswith("停止"):
                break
        found = re.search(r"http://[0-9.:]+", "".join(self.banner))
        assert found is not None, self.process.communicate()
        return found[0]

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another command on the same folder."""
        return subprocess.run(
            [sys.executable, str(ROOT / "taizhang.py"), *arguments],
            capture_output=True,
            text=True,
            env=self.environ,
            check=False,
        )

    def end(self, number: int) -> tuple[int, str]:
        """Send a signal and return exit code and stderr."""
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, err


@pytest.fixture
def program(server_folder: Path) -> Iterator[Program]:
    """Yield a program that has begun to start."""
    program = Program(server_folder)
    yield program
    with suppress(ProcessLookupError):
        os.killpg(program.process.pid, signal.SIGKILL)
    program.process.communicate()


def children(pid: int, name: str) -> list[int]:
    """Return the running children of a process whose command line has a word in it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
            if int(parent) == pid and name in (entry / "cmdline").read_text():
                found.append(int(entry.name))
    return found


def test_serve_sets_a_new_ledger_up_and_stops_cleanly(program: Program) -> None:
    """One command from nothing to an API; Ctrl-C ends it with 0 and leaves no process."""
    url = program.wait_for_url()
    with httpx2.Client(base_url=url, timeout=PATIENCE_S) as client:
        wait_until(lambda: client.get("/health/ready").status_code == 200)
        assert client.get("/v1/units").status_code == 401
        assert client.get("/docs").status_code == 200
    pid = program.process.pid
    wait_until(lambda: bool(children(pid, "spawn_main")))
    helpers = children(pid, "")
    code, err = program.end(signal.SIGINT)
    assert code == 0, err
    assert len(program.banner) <= 25
    assert str(program.folder) in "".join(program.banner)
    assert "首次启动" in err
    assert "Traceback" not in err
    assert "Warning" not in err
    wait_until(lambda: not any(Path(f"/proc/{helper}").exists() for helper in helpers))


def test_serve_ends_on_a_termination_while_a_stream_is_open(program: Program) -> None:
    """Open streams and waits do not hold the end up."""
    url = program.wait_for_url()
    token = _open_and_add_key(program, "supervision")
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.stream(
        "GET", f"{url}/v1/events/stream", headers=headers, timeout=PATIENCE_S
    ) as response:
        assert response.status_code == 200
        code, err = program.end(signal.SIGTERM)
    assert code == 0, err
    assert "Traceback" not in err


def test_served_ledger_answers_its_own_writes(program: Program) -> None:
    """The projector beside the API brings the read models up while the caller waits."""
    url = program.wait_for_url()
    intake = {"Authorization": f"Bearer {_open_and_add_key(program, 'intake')}"}
    written = _file(url, intake)
    assert written.status_code == 201, written.text
    position = written.headers["Ledger-Position"]
    read = httpx2.get(f"{url}/v1/worklist?wait_for={position}", headers=intake, timeout=PATIENCE_S)
    assert [item["task"] for item in read.json()["items"]] == ["to_accept"]


def test_projector_ends_with_a_killed_parent_and_restarts_when_killed(program: Program) -> None:
    """Neither side leaves the other behind for long."""
    program.wait_for_url()
    pid = program.process.pid
    wait_until(lambda: bool(children(pid, "spawn_main")))
    (first,) = children(pid, "spawn_main")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: children(pid, "spawn_main") not in ([], [first]))
    (second,) = children(pid, "spawn_main")
    program.process.kill()
    wait_until(lambda: not Path(f"/proc/{second}").exists())


def test_taken_port_is_told_before_anything_starts(server_folder: Path) -> None:
    """Three lines say what is wrong and what to do; no database was made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        program = Program(server_folder, "--port", str(port))
        out, err = program.process.communicate(timeout=PATIENCE_S)
    assert program.process.returncode == 6
    assert (out, len(err.splitlines())) == ("", 3)
    assert str(port) in err
    assert list(server_folder.iterdir()) == []


def test_address_is_printed_as_it_is_opened() -> None:
    """IPv6 addresses stand in brackets."""
    with bind_port("127.0.0.1", 0) as bound:
        assert url_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_keys_are_added_listed_and_revoked(program: Program) -> None:
    """The key is data on stdout, once; what is said about it goes to stderr."""
    url = program.wait_for_url()
    token = _open_and_add_key(program, "intake")
    listed = program.command("keys", "list", "--json")
    (key,) = json.loads(listed.stdout)["keys"]
    assert (key["role"], key["state"], key["name"]) == ("intake", "valid", "窗口 1")
    assert token not in listed.stdout
    assert _file(url, {"Authorization": f"Bearer {token}"}).status_code == 201
    assert program.command("keys", "revoke", key["key_id"]).returncode == 0
    assert program.command("keys", "revoke", key["key_id"]).returncode == 3
    wait_until(lambda: _file(url, {"Authorization": f"Bearer {token}"}).status_code == 401)


def test_key_for_an_unknown_unit_is_not_made(program: Program) -> None:
    """A key speaks for a unit of the roster or for none."""
    program.wait_for_url()
    _open_ledger(program)
    added = ("keys", "add", "--role", "handler", "--name", "x")
    assert program.command(*added, "--unit", "nowhere").returncode == 3
    assert program.command(*added).returncode == 4
    assert program.command(*added, "--unit", "bureau").returncode == 0


def _open_ledger(program: Program) -> None:
    with EmbeddedServer(program.folder) as server:
        open_example_ledger(Database.on_server(server, "main"))


def _open_and_add_key(program: Program, role: str) -> str:
    _open_ledger(program)
    added = program.command("keys", "add", "--role", role, "--name", "窗口 1")
    assert added.returncode == 0, added.stderr
    assert added.stdout.count("\n") == 1
    assert "只显示这一次" in added.stderr
    return added.stdout.strip()


def _file(url: str, headers: dict[str, str]) -> Response:
    sent = {**headers, "Idempotency-Key": os.urandom(8).hex()}
    return httpx2.post(f"{url}/v1/petitions", json=SUBMISSION, headers=sent, timeout=PATIENCE_S)
