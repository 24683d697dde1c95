"""Without this file one peer that cannot run would keep the others from being measured."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Final

from benchmarks.bench import Bench
from benchmarks.peers.emmett import open_emmett
from benchmarks.peers.message_db import open_message_db
from benchmarks.peers.peer import MissingPeer, Peer
from benchmarks.peers.umadb import open_umadb
from benchmarks.rounds import say
from benchmarks.rows import reason_of
from ledger.codec import EncodedEvent

PEERS: Final = {
    "message-db": open_message_db,
    "UmaDB": open_umadb,
    "Emmett": open_emmett,
}


def open_peers(stack: ExitStack, bench: Bench, event: EncodedEvent) -> Mapping[str, Peer]:
    """Return all peers by name, and say their settings; one that cannot run raises when asked.

    Blocking, minutes where they have to be installed first.

    Args:
        stack: Closes them.
        bench: Where they are measured.
        event: What each command appends.
    """
    peers: dict[str, Peer] = {}
    for name, opened in PEERS.items():
        say(f"Opening {name} ...")
        try:
            peers[name] = stack.enter_context(opened(bench.arena, bench.cache, event))
        except Exception as error:  # noqa: BLE001 - its row says so
            peers[name] = MissingPeer(reason_of(error))
        bench.settings[name] = dict(peers[name].settings)
    return peers
