"""Without this module a server's files would lie where others can reach them."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import psycopg
from psycopg.conninfo import make_conninfo

from ledger.server_account import ServerAccount, choose_account
from ledger.startup import StartupCode, StartupError

DATABASE: Final = "taizhang"
PORT: Final = 5432
_LOG_LEN_MAX: Final = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """Where the files of one embedded server lie.

    Attributes:
        path: ``postgres`` below the program's data directory.
        socket_dir: Folder of the socket. Short, because a socket's path holds 107 bytes
            at most, and derived from ``path`` alone, so that every process finds it.
    """

    path: Path
    socket_dir: Path

    @classmethod
    def below(cls, data_dir: Path) -> Self:
        """Return the places of a data directory, there or not."""
        path = Path(os.path.realpath(data_dir)) / "postgres"
        digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
        return cls(path, Path("/tmp") / f"taizhang-{digest}")  # noqa: S108 - checked before use

    @property
    def data(self) -> Path:
        """Return PostgreSQL's own data directory."""
        return self.path / "data"

    @property
    def log(self) -> Path:
        """Return the server's log, outside of its data and open to us alone."""
        return self.path / "server.log"

    def conninfo(self, user: str, dbname: str) -> str:
        """Return the connection string of one login. Pure; it holds no secret."""
        return make_conninfo("", host=str(self.socket_dir), port=PORT, user=user, dbname=dbname)

    def refusal(self, user: str, dbname: str) -> psycopg.OperationalError | None:
        """Return why the server does not answer one login, or None if it does. Blocking."""
        try:
            psycopg.connect(self.conninfo(user, dbname), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            return error
        return None

    def prepare(self) -> ServerAccount:
        """Make the folder where it is missing and return who runs the server in it.

        Only folders made here get a mode; a parent that was there is never changed.

        Raises:
            StartupError: ``no_account`` or ``data_dir_unreachable``.
            OSError: The folder cannot be made.
        """
        account = choose_account(self.data)
        mode = 0o711 if account.is_dropped else 0o700
        missing = [path for path in (self.path, *self.path.parents) if not path.exists()]
        for path in reversed(missing):
            try:
                path.mkdir(mode=mode)
            except FileExistsError:
                continue
            path.chmod(mode)
        blocked = account.blocked_at(self.data)
        if blocked is not None:
            raise StartupError(
                StartupCode.DATA_DIR_UNREACHABLE,
                account=account.name,
                path=self.path.parent,
                parent=blocked,
            )
        return account

    def prepare_socket_dir(self, account: ServerAccount) -> None:
        """Make the socket's folder, or accept only one that is exactly as made here.

        Clears what a dead server left in it, so call it only while owning the lock.

        Raises:
            StartupError: ``socket_dir_unsafe``.
        """
        try:
            self.socket_dir.mkdir(mode=0o700)
            account.own(self.socket_dir)
        except FileExistsError:
            found = self.socket_dir.lstat()
            if found.st_mode != (stat.S_IFDIR | 0o700) or found.st_uid != account.uid:
                raise StartupError(StartupCode.SOCKET_DIR_UNSAFE, path=self.socket_dir) from None
            for left_over in self.socket_dir.iterdir():
                left_over.unlink()

    def roll_log(self) -> int:
        """Set a log over 10 MiB aside and return the length of the one in use."""
        if not self.log.exists():
            return 0
        length = self.log.stat().st_size
        if length <= _LOG_LEN_MAX:
            return length
        self.log.rename(self.log.with_suffix(".log.1"))
        return 0

    def log_after(self, length: int) -> str:
        """Return what was written to the log since it had a length in bytes."""
        with self.log.open("rb") as log:
            log.seek(length)
            return log.read().decode("utf-8", "replace")
