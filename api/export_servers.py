"""Without this file an export whose server is gone would wait for ever."""

import fcntl
import os
from pathlib import Path
from uuid import UUID, uuid4


class ExportServers:
    """Which servers are at work on a folder of exports, this one among them. Blocking.

    A server is gone when nobody holds its lock; the lock goes with the process, whatever way
    that ends.

    Args:
        folder: Of the locks; made where it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.own = uuid4()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self._file(self.own), os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def close(self) -> None:
        """Let go of what this server was working on."""
        os.close(self._lock)
        self._file(self.own).unlink(missing_ok=True)

    def is_alive(self, server: UUID) -> bool:
        """Return whether a server is still at work."""
        if server == self.own:
            return True
        try:
            lock = os.open(self._file(server), os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def _file(self, server: UUID) -> Path:
        return self._folder / str(server)
