"""Programs for tests: a process that owns a server, and a fork that becomes another account."""

import json
import os
import pwd
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, cast

from ledger.server_tree import ServerTree

ROOT = Path(__file__).resolve().parents[1]

PATIENCE_S = 60.0
"""How long a test waits for what should happen soon: too short only where something is stuck.

A build server may be many times slower than its usual self, so no test takes time itself for
a failure.
"""

_OWNER = """
import sys
from pathlib import Path
import psycopg
from ledger.embedded import EmbeddedServer
from ledger.server_tree import ServerTree
server = EmbeddedServer(Path(sys.argv[1]), tree=ServerTree(Path(sys.argv[2])))
server.start()
print("owner" if server.is_owner else "guest", server.postmaster_pid or 0, flush=True)
if sys.stdin.readline() == "write\\n":
    with psycopg.connect(server.conninfo("ledger"), autocommit=True) as connection:
        connection.execute("CREATE TABLE written (n bigint PRIMARY KEY)")
        for n in range(1, 1_000_000):
            connection.execute("INSERT INTO written VALUES (%s)", [n])
            print(n, flush=True)
server.stop()
"""


def start_program(
    data_dir: Path, tree: ServerTree, environ: Mapping[str, str] | None = None, before: str = ""
) -> "subprocess.Popen[str]":
    """Start a process that starts or joins the server of a data directory.

    It prints ``owner PID`` or ``guest 0`` once the server answers. Send it ``write`` and it
    prints each number it has committed, for ever; anything else, or nothing, stops it.

    Args:
        data_dir: Whose server.
        tree: PostgreSQL's programs.
        environ: Its environment, else ours.
        before: Python text to run first.
    """
    return subprocess.Popen(
        [sys.executable, "-c", before + _OWNER, os.fspath(data_dir), os.fspath(tree.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**(os.environ if environ is None else environ), "PYTHONPATH": os.fspath(ROOT)},
    )


def read_words(program: "subprocess.Popen[str]") -> list[str]:
    """Return the next line a program prints, as words. Blocking."""
    return cast("IO[str]", program.stdout).readline().split()


def tell(program: "subprocess.Popen[str]", word: str) -> None:
    """Send a program one line."""
    pipe = cast("IO[str]", program.stdin)
    pipe.write(f"{word}\n")
    pipe.flush()


def end(program: "subprocess.Popen[str]") -> None:
    """Wait for a program's end and close its pipes."""
    cast("IO[str]", program.stdin).close()
    program.wait(PATIENCE_S)
    cast("IO[str]", program.stdout).close()


def run_as(account: str | int, act: Callable[[], object]) -> object:
    """Return what a fork of this process finds as another account; root only.

    A number need not belong to any account. Forking keeps the modules that are loaded,
    since the account may not be able to read the Python they come from.

    Raises:
        AssertionError: ``act`` raised; with its traceback.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            uid = account if isinstance(account, int) else pwd.getpwnam(account).pw_uid
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            answer = {"value": act()}
            code = 0
        except BaseException:  # noqa: BLE001 - the fork must never return into pytest
            answer = {"value": traceback.format_exc()}
        os.write(writing, json.dumps(answer).encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        value = json.loads(pipe.read())["value"]
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, value
    return cast("object", value)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return as soon as something is so; fail after ``PATIENCE_S``."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "what the test waits for did not happen"
        time.sleep(0.005)
