"""P1 at recorder level: one durable event per command, from many writers at once."""

from collections.abc import Iterator
from contextlib import ExitStack

from eventsourcing.persistence import ApplicationRecorder

from benchmarks.bench import Bench
from benchmarks.command_writers import find_command, library_writer, ours_writer, plain_writer
from benchmarks.foundation import open_recorder
from benchmarks.peer import open_peer_recorder
from benchmarks.peers.open_peers import open_peers
from benchmarks.peers.peer import Peer
from benchmarks.rounds import Contender
from benchmarks.rows import Goal, Row
from benchmarks.writers import measure_writers
from ledger.codec import EncodedEvent
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from scenarios.decided_life import DecidedEvent

GOALS = {
    1: (Goal(0.7, against="limit"),),
    32: (Goal(10, against="eventsourcing"), Goal(1.2, against="UmaDB"), Goal(1, against="limit")),
}
"""By number of writers."""


def single_command_rows(bench: Bench) -> Iterator[Row]:
    """Yield a row per number of writers. Blocking."""
    event = find_command(bench.lives)
    with ExitStack() as stack:
        peers = open_peers(stack, bench, event[1])
        database = bench.arena.open_ledger("p1_recorder")
        ours = open_recorder(database)
        stack.callback(ours.close)
        library = stack.enter_context(open_peer_recorder(bench.arena.peer_env(), "p1_recorder"))
        for done_len, writers_len in enumerate(bench.sizes.writers):
            contenders = [
                *_contenders(bench, database, ours, library, event, writers_len),
                *(_peer_contender(bench, *peer, writers_len) for peer in peers.items()),
            ]
            work = f"recorder, {writers_len} writer{'s' if writers_len > 1 else ''}"
            left = len(bench.sizes.writers) - done_len
            figures = bench.alternate(contenders, title=f"P1 {work}", rows_left=left)
            yield Row("P1", work, "commands/s", figures, GOALS.get(writers_len, ()))


def _peer_contender(bench: Bench, name: str, peer: Peer, writers_len: int) -> Contender:
    return Contender(name, lambda _: peer.measure_commands(writers_len, bench.sizes.turn_s))


def _contenders(
    bench: Bench,
    database: Database,
    ours: LedgerRecorder,
    library: ApplicationRecorder,
    event: tuple[DecidedEvent, EncodedEvent],
    writers_len: int,
) -> list[Contender]:
    decided, encoded = event
    turn_s = bench.sizes.turn_s

    def measure_ours(_: int) -> float:
        writers = [ours_writer(ours, decided, encoded) for _ in range(writers_len)]
        return measure_writers(writers, turn_s)

    def measure_library(_: int) -> float:
        writers = [library_writer(library, encoded) for _ in range(writers_len)]
        return measure_writers(writers, turn_s)

    def measure_limit(_: int) -> float:
        with ExitStack() as stack:
            writers = [
                plain_writer(
                    stack.enter_context(database.connect(Role.APP, autocommit=True)),
                    decided,
                    encoded,
                )
                for _ in range(writers_len)
            ]
            return measure_writers(writers, turn_s)

    return [
        Contender("ours", measure_ours),
        Contender("eventsourcing", measure_library),
        Contender("limit", measure_limit),
    ]
