"""Without this module two processes could both believe that the server is theirs."""

import fcntl
import os
import weakref
from pathlib import Path


class FolderLock:
    """An exclusive lock on a file that the system drops when its holder dies.

    A forked child does not inherit it: it closes its copy at once, else a child that
    lives on would hold the lock of a parent that is gone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        closes_copy = weakref.WeakMethod(self._close)
        os.register_at_fork(after_in_child=lambda: (found := closes_copy()) and found())

    @property
    def is_held(self) -> bool:
        """Return whether this object of this process holds the lock."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Take the lock if nobody has it and return whether it is held. Never waits.

        Raises:
            OSError: The file cannot be made or opened.
        """
        if self._descriptor is None:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
            else:
                self._descriptor = descriptor
        return self.is_held

    def release(self) -> None:
        """Let the next process have it."""
        self._close()

    def _close(self) -> None:
        """Close our descriptor; the lock goes with the last copy of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
