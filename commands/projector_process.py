"""Without this file ``serve`` would show figures that never change."""

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from dataclasses import replace
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import click

from commands.language import Language, say, speak
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database

_PAUSE_S: Final = 1.0
_END_S: Final = 10.0


class ProjectorProcess:
    """A projector beside the API, in a process of its own so that neither waits for the other.

    It is started again when it dies, and ends with this process whatever way that ends.

    Args:
        database: The ledger.
        language: Language it speaks on stderr.
    """

    def __init__(self, database: "Database", language: Language) -> None:
        # The child attaches; the server stays this process's own.
        self._database = replace(database, server=None)
        self._language = language
        self._stop = threading.Event()
        self._child: BaseProcess | None = None
        self._keeper = threading.Thread(target=self._keep, name="projector-keeper", daemon=True)

    def __enter__(self) -> Self:
        """Start it."""
        self._keeper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it. Blocking, for at most twenty seconds."""
        self._stop.set()
        if self._child is not None:
            self._child.terminate()
        self._keeper.join(timeout=2 * _END_S)

    def _keep(self) -> None:
        context = multiprocessing.get_context("spawn")
        while not self._stop.is_set():
            self._child = context.Process(
                target=run_projector,
                args=(self._database, self._language),
                name="taizhang-projector",
                daemon=True,
            )
            self._child.start()
            while self._child.is_alive() and not self._stop.is_set():
                self._child.join(timeout=_PAUSE_S)
            if self._stop.is_set():
                self._child.terminate()
                self._child.join(timeout=_END_S)
                self._child.kill()
                return
            self._stop.wait(_PAUSE_S)


def run_projector(database: "Database", language: Language) -> None:
    """Follow the log until told to stop, or until the parent is gone. Blocking.

    Args:
        database: The ledger, without its server.
        language: Language of what is said on stderr.
    """
    from ledger.database import Role
    from projections.following import follow

    speak(language)
    stop = threading.Event()
    # Ctrl-C reaches the whole group of processes; the parent decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    follow(
        lambda: database.connect(Role.PROJECTOR, autocommit=True),
        database.schema,
        stop,
        report=_say,
    )


def _end_with_parent(stop: threading.Event) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        stop.set()
        # Whatever the projector waits for, nobody is left to end it.
        threading.Event().wait(_END_S)
        os._exit(1)


def _say(text: Text) -> None:
    with suppress(OSError):
        click.echo(say(text), err=True)
