"""Without this module PostgreSQL, which refuses root, could not be started by root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ledger.startup import StartupCode, StartupError

# Accounts root may drop to, best first; `nobody` is shared with unrelated services.
_DROP_TO: Final = ("taizhang", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """The operating-system account PostgreSQL runs as.

    Attributes:
        name: Account name, as peer authentication sees it.
        uid, gid: Its numbers.
        is_dropped: Whether this process is root and the server another account.
    """

    name: str
    uid: int
    gid: int
    is_dropped: bool

    def as_process(self) -> dict[str, Any]:
        """Return the ``subprocess`` arguments that start a child as this account."""
        if not self.is_dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give one file or folder of ours to the account. Never follows a link."""
        if self.is_dropped:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def blocked_at(self, path: Path) -> Path | None:
        """Return the nearest-to-root parent the account may not enter, or None.

        Judges by owner, group and mode; an access list that says otherwise is not read.
        """
        if self.is_dropped:
            for parent in reversed(path.parents):
                if not self._may(parent.stat(), execute=True, read=False):
                    return parent
        return None

    def may_run(self, path: Path) -> bool:
        """Return whether the account can reach, read and execute one program file."""
        if not self.is_dropped:
            return os.access(path, os.R_OK | os.X_OK)
        if self.blocked_at(path):
            return False
        return self._may(path.stat(), execute=True, read=True)

    def _may(self, status: os.stat_result, *, execute: bool, read: bool) -> bool:
        """Return whether the mode grants the account what is asked."""
        wanted = (stat.S_IXOTH if execute else 0) | (stat.S_IROTH if read else 0)
        if status.st_uid == self.uid:
            wanted <<= 6
        elif status.st_gid == self.gid:
            wanted <<= 3
        return status.st_mode & wanted == wanted


def client_name() -> str:
    """Return the name of the account this process runs as.

    Raises:
        StartupError: ``no_account``, as in a container started under a bare number.
    """
    return _entry(os.geteuid()).pw_name


def choose_account(data: Path) -> ServerAccount:
    """Return the account to run the server of one data directory.

    An ordinary user runs it as itself. Root gives it to the owner of existing data,
    else to the first account found of ``taizhang``, ``postgres``, ``nobody``; it
    never creates an account.

    Args:
        data: PostgreSQL's data directory, there or not.

    Raises:
        StartupError: ``no_account``: none is found, or the data belong to root.
    """
    if os.geteuid() != 0:
        entry = _entry(os.geteuid())
        return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid, is_dropped=False)
    entry = _entry(data.stat().st_uid) if data.exists() else _first_of(_DROP_TO)
    if entry.pw_uid == 0:
        raise StartupError(
            StartupCode.NO_ACCOUNT,
            reason_zh=f"数据目录 {data} 属于 root，而 PostgreSQL 拒绝以 root 运行",
            reason_en=f"{data} belongs to root, and PostgreSQL refuses to run as root",
        )
    return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid, is_dropped=True)


def _entry(uid: int) -> pwd.struct_passwd:
    """Return the account of a number, or say that there is none."""
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        raise StartupError(
            StartupCode.NO_ACCOUNT,
            reason_zh=f"用户编号 {uid} 在系统中没有账户",
            reason_en=f"user number {uid} has no account on this system",
        ) from error


def _first_of(names: tuple[str, ...]) -> pwd.struct_passwd:
    """Return the first account that exists."""
    for name in names:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise StartupError(
        StartupCode.NO_ACCOUNT,
        reason_zh="以 root 运行，但系统中没有可降权到的账户:" + "、".join(names),
        reason_en="started by root, and none of these accounts exists: " + ", ".join(names),
    )
