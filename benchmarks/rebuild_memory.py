"""Without this file a rebuild that holds the whole log in memory would look fast."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from ledger.database import Database
from replay.rebuild import rebuild

_STATUS: Final = Path("/proc/self/status")
_MIB_KB: Final = 1024


def measure_rebuild_memory(database: Database) -> float:
    """Return the most memory in MiB that one process held to rebuild all models. Blocking.

    The process is a new one: what this one holds for its measuring does not count.

    Raises:
        OSError: this system does not tell what a process held.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        # The server is this process's own, and no other could be sent it.
        return pool.submit(_rebuild, replace(database, server=None)).result()


def _rebuild(database: Database) -> float:
    rebuild(database, jobs=1)
    # `getrusage` would count what the parent held when it started this process.
    lines = _STATUS.read_text("utf-8").splitlines()
    (peak,) = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(peak) / _MIB_KB
