"""Without this file Emmett would not be a contender."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

from benchmarks.arena import Arena
from benchmarks.peers.driver import PeerDriver
from benchmarks.peers.installs import HERE, install_npm_peers
from benchmarks.peers.peer import MissingPeerError, Peer
from ledger.codec import EncodedEvent

DRIVER = "emmett_driver.mjs"


@contextmanager
def open_emmett(arena: Arena, cache: Path, event: EncodedEvent) -> Iterator[Peer]:
    """Yield Emmett's event store on the arena's server, with its defaults.

    Raises:
        MissingPeerError: there is no node, or it cannot be installed or does not start.
    """
    node = shutil.which("node")
    if node is None:
        raise MissingPeerError("node is not on the PATH")
    place = install_npm_peers(cache)
    # Modules are found from where a program lies.
    shutil.copy(HERE / DRIVER, place)
    with PeerDriver((node, DRIVER, url_of(arena.admin_dsn)), place, event) as peer:
        yield peer


def url_of(dsn: str) -> str:
    """Return a connection string as an address, which also names a folder of sockets. Pure."""
    parts = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    login = quote(parts.get("user", ""), safe="")
    if "password" in parts:
        login += ":" + quote(parts["password"], safe="")
    host = urlencode({"host": parts.get("host", "localhost")})
    port, database = parts.get("port", "5432"), quote(parts.get("dbname", ""), safe="")
    return f"postgresql://{login}@localhost:{port}/{database}?{host}"
