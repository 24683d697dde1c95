"""Without this module the program would need somebody else's PostgreSQL."""

import atexit
import hashlib
import os
import stat
import subprocess
import time
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psycopg
from psycopg.conninfo import make_conninfo

from ledger.folder_lock import FolderLock
from ledger.postmaster import start_postmaster, stop_left_over, stop_postmaster
from ledger.queries import load_queries
from ledger.server_account import ServerAccount, choose_account
from ledger.server_cluster import (
    SUPERUSER,
    check_cluster_version,
    create_cluster,
    server_failure,
    write_access_rules,
)
from ledger.server_tree import ServerTree, embedded_tree
from ledger.startup import StartupCode, StartupError, connection_failure

DATABASE: Final = "taizhang"
START_TIMEOUT_S: Final = 60.0
_PORT: Final = 5432
_POLL_S: Final = 0.02
_LOG_LEN_MAX: Final = 10 * 1024 * 1024
_ROLES: Final = load_queries("ledger", "roles")
_SETTINGS: Final = {
    "cluster_name": "taizhang",
    "jit": "off",
    "listen_addresses": "",
    # Detail lines quote values, and values may be personal.
    "log_error_verbosity": "terse",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
}
_VOLATILE: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


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
        self.folder = Path(os.path.realpath(data_dir)) / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        # Short, because a socket's path holds 107 bytes at most, and the same for everybody.
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        self.socket_dir = Path("/tmp") / f"taizhang-{digest}"  # noqa: S108 - checked before use
        self._tree = tree
        self._is_durable = is_durable
        self._lock = FolderLock(self.folder / "lock")
        self._child: subprocess.Popen[bytes] | None = None

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
        """Return the pid of our child, or None where another process owns the server."""
        return self._child.pid if self._child else None

    def conninfo(self, user: str, dbname: str = DATABASE) -> str:
        """Return the connection string of one login. Pure; it holds no secret."""
        return make_conninfo(
            "", host=os.fspath(self.socket_dir), port=_PORT, user=user, dbname=dbname
        )

    def start(self) -> None:
        """Return once the server answers: started, taken over, or attached to. Blocking.

        Call it again to restart a server of ours that died; one that runs is left alone.
        Start it from the main thread, and in the parent of worker processes.

        Raises:
            StartupError: With everything that can be wrong, data untouched.
        """
        deadline = time.monotonic() + START_TIMEOUT_S
        try:
            account = self._prepare_folder()
            while not self._lock.take():
                # Ask as the role that exists last, so that a half-made server is waited for.
                refused = self._refusal("tz_app", DATABASE)
                if refused is None:
                    return
                failure = connection_failure(refused, self.conninfo("tz_app"))
                is_final = failure.code is StartupCode.LOGIN_REFUSED
                if is_final or time.monotonic() > deadline:
                    raise failure
                time.sleep(_POLL_S)
            if self._child is None or self._child.poll() is not None:
                self._start_owned(account, deadline)
        except OSError as error:
            self.stop()
            if error.errno == ENOSPC:
                raise StartupError(StartupCode.DISK_FULL, path=self.folder.parent) from error
            raise StartupError(
                StartupCode.DATA_DIR_NOT_WRITABLE, path=self.folder.parent, reason=error.strerror
            ) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shut down a server of ours and give up the lock; else do nothing. Blocking."""
        atexit.unregister(self._stop_at_exit)
        if not self._lock.is_held:
            return
        if self._child is not None:
            stop_postmaster(self._child)
            self._child = None
            with suppress(OSError):
                self.socket_dir.rmdir()
        self._lock.release()

    def _prepare_folder(self) -> ServerAccount:
        """Make our folder and return who runs the server in it."""
        account = choose_account(self.data)
        mode = 0o711 if account.is_dropped else 0o700
        missing = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=mode, exist_ok=True)
            if path.stat().st_uid == os.geteuid():
                path.chmod(mode)
        blocked = account.blocked_at(self.data)
        if blocked is not None:
            raise StartupError(
                StartupCode.DATA_DIR_UNREACHABLE,
                account=account.name,
                path=self.folder.parent,
                parent=blocked,
            )
        return account

    def _start_owned(self, account: ServerAccount, deadline: float) -> None:
        """Bring up the server whose lock we hold."""
        tree = (self._tree or embedded_tree()).reachable_by(account, self.folder)
        stop_left_over(self.data)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if self.data.exists():
            check_cluster_version(tree, self.data)
        else:
            create_cluster(tree, account, self.data, is_durable=self._is_durable)
        write_access_rules(account, self.data)
        self._prepare_socket_dir(account)
        if self.log.exists() and self.log.stat().st_size > _LOG_LEN_MAX:
            self.log.rename(self.log.with_suffix(".log.1"))
        settings = {**_SETTINGS, "unix_socket_directories": f'"{self.socket_dir}"'}
        if not self._is_durable:
            settings |= _VOLATILE
        while True:
            written = self.log.stat().st_size if self.log.exists() else 0
            self._child = start_postmaster(tree, account, self.data, self.log, settings)
            atexit.register(self._stop_at_exit, os.getpid())
            while self._child.poll() is None and time.monotonic() < deadline:
                if self._refusal(SUPERUSER, "postgres") is None:
                    self._prepare_database()
                    return
                time.sleep(_POLL_S)
            with self.log.open("rb") as log:
                log.seek(written)
                output = log.read().decode("utf-8", "replace")
            # Children of a killed server hold its memory for a moment after it.
            if "shared memory block" not in output or time.monotonic() > deadline:
                raise server_failure(output, self.data, self.log)
            time.sleep(_POLL_S)

    def _prepare_socket_dir(self, account: ServerAccount) -> None:
        """Make the socket's folder, or accept only one that is exactly as we make it."""
        try:
            self.socket_dir.mkdir(mode=0o700)
            account.own(self.socket_dir)
        except FileExistsError:
            found = self.socket_dir.lstat()
            if found.st_mode != (stat.S_IFDIR | 0o700) or found.st_uid != account.uid:
                raise StartupError(StartupCode.SOCKET_DIR_UNSAFE, path=self.socket_dir) from None
            for left_over in self.socket_dir.iterdir():
                left_over.unlink()

    def _prepare_database(self) -> None:
        """Make the roles and, last, the database; what is there stays."""
        with psycopg.connect(self.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(_ROLES["create_roles"])
            connection.execute(_ROLES["allow_roles_to_log_in"])
            found = connection.execute(_ROLES["find_database"], {"name": DATABASE}).fetchone()
            if found is None:
                connection.execute(_ROLES["create_database"])

    def _refusal(self, user: str, dbname: str) -> psycopg.OperationalError | None:
        """Return why the server does not answer one login, or None if it does."""
        try:
            psycopg.connect(self.conninfo(user, dbname), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            return error
        return None

    def _stop_at_exit(self, pid: int) -> None:
        """Stop at the end of the process that started the server, not of a fork of it."""
        if os.getpid() == pid:
            self.stop()
