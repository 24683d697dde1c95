"""Without this module a PostgreSQL would outlive its program, or be killed by mistake."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ledger.server_account import ServerAccount
from ledger.server_tree import ServerTree

# Nothing of the caller's environment reaches the server: its language and PG* would change it.
SERVER_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
STOP_TIMEOUT_S: Final = 60.0
_POLL_S: Final = 0.02
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class LastingThread(threading.Thread):
    """A thread whose maker promises that it lives as long as the server it may start."""


def die_with_parent(signal_number: signal.Signals) -> None:
    """Ask Linux to signal this new child when the thread that started it ends.

    Runs between fork and exec, after the account was changed (a change of account
    would clear it). Elsewhere than Linux the take-over rule does the work.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)


def start_postmaster(
    tree: ServerTree, account: ServerAccount, data: Path, log: Path, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start ``postgres`` as a direct child and return it without waiting for it to be ready.

    Raises:
        RuntimeError: Called from a thread that may end sooner, which would stop the server.
        OSError: The program cannot be executed.
    """
    thread = threading.current_thread()
    if thread is not threading.main_thread() and not isinstance(thread, LastingThread):
        raise RuntimeError("PostgreSQL ends with the thread that starts it: start it from the main")
    arguments = [os.fspath(tree.program("postgres")), "-D", os.fspath(data)]
    for name, value in settings.items():
        arguments += ["-c", f"{name}={value}"]
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as output:
        return subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=SERVER_ENVIRONMENT,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGINT),  # noqa: PLW1509 - prctl only
            **account.as_process(),
        )


def stop_postmaster(child: "subprocess.Popen[bytes]") -> None:
    """Shut the child down: fast, then at once if that takes over a minute. Blocking."""
    for signal_number in (signal.SIGINT, signal.SIGQUIT):
        if child.poll() is None:
            child.send_signal(signal_number)
            try:
                child.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                continue


def stop_left_over(data: Path) -> None:
    """End every server process that still works in a data directory, politely. Blocking.

    Call it only while owning the directory's lock. A process counts only if its program
    is ``postgres`` and it works in exactly this folder; the number in postmaster.pid is
    no proof, since the system gives numbers out again.
    """
    for signal_number in (signal.SIGINT, signal.SIGQUIT):
        asked: set[int] = set()
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while (found := server_processes(data)) and time.monotonic() < deadline:
            for pid in set(_heads(found)) - asked:
                asked.add(pid)
                try:
                    os.kill(pid, signal_number)
                except ProcessLookupError:
                    continue
            time.sleep(_POLL_S)


def server_processes(data: Path) -> dict[int, int]:
    """Return the PostgreSQL processes that work in a data directory, as pid → parent's pid.

    Linux only; elsewhere, and for processes of others, the answer is empty, and
    PostgreSQL's own lock on its shared memory is what refuses a second server.
    """
    found: dict[int, int] = {}
    wanted = os.path.realpath(data)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == Path(wanted) and (entry / "exe").readlink().name.split(
                " "
            )[0] == "postgres":
                stat_line = (entry / "stat").read_text()
                found[int(entry.name)] = int(stat_line.rpartition(")")[2].split()[1])
        except OSError:
            continue
    return found


def _heads(found: Mapping[int, int]) -> list[int]:
    """Return the processes whose parent is not one of them: the postmaster, or orphans."""
    return [pid for pid, parent in found.items() if parent not in found]
