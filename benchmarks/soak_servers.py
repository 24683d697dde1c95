"""Without this file a soak would measure classes in one process, and not what people start."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from ledger.database import Database, Role
from projections.positions import statuses

ROOT: Final = Path(__file__).resolve().parents[1]
_MIB: Final = 2**20
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_END_S: Final = 30


class Servers(NamedTuple):
    """The two processes of a ledger in service.

    Attributes:
        port: Of the API on the loopback address.
        api: Its process.
        projector: The process that keeps the read models current.
    """

    port: int
    api: "subprocess.Popen[str]"
    projector: "subprocess.Popen[str]"

    def memory_mib(self) -> tuple[float, float]:
        """Return the resident memory of API and projector."""
        return _memory_mib(self.api.pid), _memory_mib(self.projector.pid)


@contextmanager
def run_servers(folder: Path) -> Iterator[Servers]:
    """Yield API and projector on a data folder, started as an operator starts them. Blocking.

    Args:
        folder: Whose embedded server is up.

    Raises:
        RuntimeError: the API did not say where it listens.
    """
    environ = {**os.environ, "TAIZHANG_DATA_DIR": str(folder), "TAIZHANG_LANG": "en"}
    environ.pop("TAIZHANG_DSN", None)
    api = _start(environ, "serve", "--port", "0", "--no-projector")
    projector = _start(environ, "projector")
    try:
        yield Servers(_port_of(api), api, projector)
    finally:
        for process in (api, projector):
            process.terminate()
        for process in (api, projector):
            process.communicate(timeout=_END_S)


def read_lag(database: Database) -> int:
    """Return how many events the read model that is furthest behind does not contain yet."""
    with database.connect(Role.APP, autocommit=True) as connection:
        return max((status.lag for status in statuses(connection)), default=0)


def _start(environ: Mapping[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(ROOT / "taizhang.py"), *arguments],
        stdout=subprocess.PIPE,
        env=environ,
        text=True,
    )


def _port_of(api: "subprocess.Popen[str]") -> int:
    if api.stdout is not None:
        for line in api.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                return int(found[1])
    raise RuntimeError("the API ended before it said where it listens")


def _memory_mib(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * _PAGE / _MIB
