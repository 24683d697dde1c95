"""Without this module the program would need somebody else's PostgreSQL."""

import atexit
import os
import time
from errno import ENOSPC
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ledger.folder_lock import FolderLock
from ledger.owned_server import OwnedServer
from ledger.server_folder import DATABASE, ServerFolder
from ledger.server_tree import ServerTree, embedded_tree
from ledger.startup import StartupCode, StartupError, connection_failure

START_TIMEOUT_S: Final = 60.0
_POLL_S: Final = 0.02


class EmbeddedServer:
    """A PostgreSQL of our own, shared by all processes that name one data directory.

    The first process to take the lock beside the data owns the server: it starts it as
    its child and stops it at its end. Later ones attach and never stop it. The lock,
    which the system drops with its holder, is the only proof of ownership; what a dead
    owner left behind is ended or cleared by the next one.

    Usable as a context manager. Not safe to share between threads while starting.
    """

    def __init__(
        self, data_dir: Path, *, tree: ServerTree | None = None, is_durable: bool = True
    ) -> None:
        """Name the server; nothing is touched before :meth:`start`.

        Args:
            data_dir: Folder of the program's data; the server lives in ``postgres`` below it.
            tree: Other programs than those of the wheel.
            is_durable: False trades safety for speed, for test servers alone.
        """
        self.folder = ServerFolder.below(data_dir)
        self._tree = tree
        self._is_durable = is_durable
        self._lock = FolderLock(self.folder.path / "lock")
        self._owned: OwnedServer | None = None

    def __enter__(self) -> Self:
        """Start or attach."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server if it is ours."""
        self.stop()

    @property
    def is_owner(self) -> bool:
        """Return whether this object holds the lock, so that :meth:`stop` ends the server."""
        return self._lock.is_held

    @property
    def postmaster_pid(self) -> int | None:
        """Return the pid of our child, or None where it died or is another process's."""
        return self._owned.pid if self._owned else None

    def conninfo(self, user: str, dbname: str = DATABASE) -> str:
        """Return the connection string of one login. Pure; it holds no secret."""
        return self.folder.conninfo(user, dbname)

    def start(self) -> None:
        """Return once the server answers: started, taken over, or attached to. Blocking.

        Call it again to restart a server of ours that died; one that runs is left alone.
        Start it from the main thread, and in the parent of worker processes.

        Raises:
            StartupError: With everything that can be wrong, data untouched.
        """
        deadline = time.monotonic() + START_TIMEOUT_S
        try:
            account = self.folder.prepare()
            if self._attach(deadline):
                return
            if self._owned is None:
                tree = (self._tree or embedded_tree()).reachable_by(account, self.folder.path)
                self._owned = OwnedServer(self.folder, tree, is_durable=self._is_durable)
                atexit.register(self._stop_at_exit, os.getpid())
            if self._owned.pid is None:
                self._owned.start(account, deadline)
        except OSError as error:
            self.stop()
            if error.errno == ENOSPC:
                raise StartupError(StartupCode.DISK_FULL, path=self.folder.path.parent) from error
            raise StartupError(
                StartupCode.DATA_DIR_NOT_WRITABLE,
                path=self.folder.path.parent,
                reason=error.strerror,
            ) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shut down a server of ours and give up the lock; else do nothing. Blocking."""
        atexit.unregister(self._stop_at_exit)
        if not self._lock.is_held:
            return
        if self._owned is not None:
            self._owned.stop()
            self._owned = None
        self._lock.release()

    def _attach(self, deadline: float) -> bool:
        """Return True once another process's server answers, False once the lock is ours."""
        while not self._lock.take():
            # Ask for the database, which is made last: a half-made server is waited for.
            refused = self.folder.refusal("tz_app", DATABASE)
            if refused is None:
                return True
            failure = connection_failure(refused, self.conninfo("tz_app"))
            if failure.code is StartupCode.LOGIN_REFUSED or time.monotonic() > deadline:
                raise failure
            time.sleep(_POLL_S)
        return False

    def _stop_at_exit(self, pid: int) -> None:
        """Stop at the end of the process that started the server, not of a fork of it."""
        if os.getpid() == pid:
            self.stop()
