"""Without this file a reader would have to install the peers, in whatever versions there are."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from benchmarks.peers.peer import MissingPeerError
from benchmarks.rounds import say

HERE: Final = Path(__file__).parent
NPM_FILES: Final = (HERE / "package.json", HERE / "package-lock.json")
PYTHON_FILES: Final = (HERE / "umadb.lock",)
_TIMEOUT_S: Final = 300.0
_DONE: Final = "installed"


def install_peers(cache: Path) -> None:
    """Install what can be, so that no benchmark pays for it; who needs it says why not. Blocking.

    Args:
        cache: As ``install_npm_peers``.
    """
    say("Installing the peers, where they are not there yet ...")
    for install in (install_npm_peers, install_python_peers):
        with suppress(MissingPeerError):
            install(cache)


def install_npm_peers(cache: Path) -> Path:
    """Return a folder whose ``node_modules`` hold what the lock file pins. Blocking.

    The first call installs by the reader's own npm, without running any package's scripts;
    later ones find it there.

    Args:
        cache: Folder of all peers; made if it is not there.

    Raises:
        MissingPeerError: there is no npm, or it failed.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise MissingPeerError("npm is not on the PATH")
    command = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    return _install_once(cache, "npm", NPM_FILES, lambda place: _run(command, place))


def install_python_peers(cache: Path) -> Path:
    """Return a folder whose ``env`` is an environment with what the lock file pins. Blocking.

    Args and first call as ``install_npm_peers``, by pip.

    Raises:
        MissingPeerError: pip failed, for want of a wheel for this machine for instance.
    """
    return _install_once(cache, "python", PYTHON_FILES, _install_environment)


def _install_environment(place: Path) -> None:
    pip = ("env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    locked = ("--require-hashes", "--only-binary=:all:", "--requirement", PYTHON_FILES[0].name)
    _run((sys.executable, "-m", "venv", "env"), place)
    _run((*pip, *locked), place)


def _install_once(
    cache: Path, name: str, files: Sequence[Path], install: Callable[[Path], None]
) -> Path:
    """Install beside what other lock files asked for; a broken install is begun anew."""
    digest = sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    place = cache / f"{name}-{digest[:12]}"
    if not (place / _DONE).exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for file in files:
            shutil.copy(file, place)
        install(place)
        (place / _DONE).touch()
    return place


def _run(command: Sequence[str], place: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=place, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingPeerError(f"{Path(command[0]).name} could not install it: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise MissingPeerError(
            f"{Path(command[0]).name} ended with {done.returncode}: {said[-1] if said else ''}"
        )
