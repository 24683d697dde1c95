"""Without this file UmaDB would not be a contender."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.arena import Arena
from benchmarks.peers.driver import PeerDriver
from benchmarks.peers.installs import install_python_peers
from benchmarks.peers.peer import Peer
from ledger.codec import EncodedEvent

_ROOT = Path(__file__).parents[2]


@contextmanager
def open_umadb(arena: Arena, cache: Path, event: EncodedEvent) -> Iterator[Peer]:
    """Yield UmaDB on a server of its own beside PostgreSQL's files, with its defaults.

    Its defaults are durable: every commit is synced before it is answered.

    Raises:
        MissingPeerError: it cannot be installed or does not start.
    """
    binaries = install_python_peers(cache) / "env" / "bin"
    with TemporaryDirectory(prefix="tz-bench-umadb-", dir=arena.folder) as folder:
        address = f"127.0.0.1:{_find_port()}"
        server = subprocess.Popen(
            [str(binaries / "umadb"), "--listen", address, "--db-path", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        driver = (str(binaries / "python"), "-m", "benchmarks.peers.umadb_driver")
        try:
            with PeerDriver((*driver, f"http://{address}"), _ROOT, event) as peer:
                yield peer
        finally:
            server.terminate()
            server.wait()


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
