"""Without this file memory would be counted with what measures it, and nothing could be killed."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from time import perf_counter
from typing import Final, Generic, TypeVar

from benchmarks.eta import Eta
from benchmarks.rows import NotRunError, reason_of
from ledger.database import Database
from replay.filling import Progress

Result = TypeVar("Result")

Work = Callable[[Database, Progress], Result]
"""Does the work once and tells how far it is; a function of a module, so that it can be sent."""

_LOOK_EVERY_S: Final = 0.1
_MIB: Final = 2**20
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_SESSION: Final = 3
_RESIDENT: Final = 21
"""Places in /proc/PID/stat behind the name: the session, and the pages in memory."""


class OverBudgetError(NotRunError):
    """The work was ended, since it took longer than it may."""

    def __init__(self, budget_s: float, done: int, total: int) -> None:
        super().__init__(f"it was ended after {budget_s:,.0f} s with {done:,} of {total:,} done")


class ApartError(Exception):
    """The work failed in its own process; the text says why."""


@dataclass(frozen=True)
class Apart(Generic[Result]):
    """What was seen of some work.

    Attributes:
        result: What it returned, None where it was killed.
        took_s: From its beginning, without the start of its process.
        peak_mib: Most resident memory of its processes together, sampled ten times a second;
            pages that they share count once for each.
    """

    result: Result | None
    took_s: float
    peak_mib: float


def run_apart(
    title: str,
    work: Work[Result],
    database: Database,
    *,
    budget_s: float = inf,
    kill_at: float | None = None,
) -> Apart[Result]:
    """Run work in a process of its own, with its children in one session. Blocking.

    Args:
        title: For the progress on standard error.
        work: What to do.
        database: Where; its server stays this process's.
        budget_s: Seconds after which all of it is killed.
        kill_at: Share done, 0 to below 1, at which it kills itself and its children, as a
            machine that loses power would; None to let it end.

    Raises:
        ApartError: it failed, or ended although it was to be killed.
        OverBudgetError: it took longer than it may.
    """
    context = get_context("spawn")
    counts = context.Array("q", 2)
    receiving, sending = context.Pipe(duplex=False)
    target = partial(_run, work, replace(database, server=None), counts, sending, kill_at)
    process = context.Process(target=target)
    began_at_s, eta, peak_bytes = perf_counter(), Eta(title), 0
    process.start()
    sending.close()
    try:
        while not receiving.poll(_LOOK_EVERY_S):
            peak_bytes = max(peak_bytes, _session_bytes(process.pid or 0))
            eta.tell(*counts[:])
            if perf_counter() - began_at_s > budget_s:
                raise OverBudgetError(budget_s, *counts[:])
        try:
            result, took_s, failure = receiving.recv()
        except EOFError:
            result, took_s, failure = None, perf_counter() - began_at_s, ""
    finally:
        _kill_session(process.pid or 0)
        process.kill()
        process.join()
    if failure or (kill_at is None) is (result is None):
        raise ApartError(failure or f"{title}: ended with {process.exitcode}")
    return Apart(result, took_s, peak_bytes / _MIB)


def _run(
    work: Work[Result],
    database: Database,
    counts: "SynchronizedArray[int]",
    sending: "Connection[object, object]",
    kill_at: float | None,
) -> None:
    os.setsid()

    def tell(done: int, total: int) -> None:
        counts[:] = [done, total]
        if kill_at is not None and done > kill_at * total:
            _kill_session(os.getpid())

    began_at_s = perf_counter()
    try:
        result = work(database, tell)
    except Exception as error:  # noqa: BLE001 - whoever asked raises it
        sending.send((None, 0.0, reason_of(error)))
    else:
        sending.send((result, perf_counter() - began_at_s, ""))


def _session_bytes(leader: int) -> int:
    """Return what the processes of a session hold in memory; one that has just ended, nothing."""
    pages = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
            if int(fields[_SESSION]) == leader:
                pages += int(fields[_RESIDENT])
    return pages * _PAGE


def _kill_session(leader: int) -> None:
    """End all that the work started, but for what left its process group."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
