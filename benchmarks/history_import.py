"""P2: the history of another system comes in at once."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from time import perf_counter
from typing import LiteralString

from eventsourcing.persistence import ApplicationRecorder

from benchmarks.arena import LIMITS
from benchmarks.bench import Bench
from benchmarks.foundation import open_recorder
from benchmarks.generator import EncodedLife
from benchmarks.history import import_lives
from benchmarks.peer import BATCH_LEN, open_peer_recorder, stored_events
from benchmarks.peers.open_peers import open_peers
from benchmarks.peers.peer import Peer
from benchmarks.rounds import Contender
from benchmarks.rows import Figures, Goal, LateError, Row, failed_row
from ledger.database import Database, Role

GOAL = Goal(0.4, against="limit")

_TABLES: tuple[tuple[LiteralString, LiteralString], ...] = (
    (LIMITS["copy_events_out"], LIMITS["copy_events_in"]),
    (LIMITS["copy_personal_values_out"], LIMITS["copy_personal_values_in"]),
    (LIMITS["copy_commands_out"], LIMITS["copy_commands_in"]),
    (LIMITS["copy_claims_out"], LIMITS["copy_claims_in"]),
)


def history_import_rows(bench: Bench) -> Iterator[Row]:
    """Yield the row of the import, then how it goes on as the log grows. Blocking."""
    yield _compared_row(bench)
    for log_len in bench.sizes.log_lens:
        work = f"import onto a log, up to {log_len:,} events"
        try:
            rates = list(bench.history.fill(log_len))
        except LateError as error:
            yield failed_row("P2", work, error)
        else:
            figures = Figures({"ours": rates})
            yield Row("P2", work, "events/s", figures, size=log_len, series="import")


def _compared_row(bench: Bench) -> Row:
    source = bench.source()
    rounds = [
        list(source.draw_events(bench.sizes.import_events_len))
        for _ in range(bench.sizes.rounds_len)
    ]
    with ExitStack() as stack:
        database = bench.arena.open_ledger("p2")
        ours = open_recorder(database)
        stack.callback(ours.close)
        library = stack.enter_context(open_peer_recorder(bench.arena.peer_env(), "p2"))
        peers = open_peers(stack, bench, rounds[0][0].events[0][0])
        ends: list[int] = []

        def measure_ours(number: int) -> float:
            ends.append(ours.log.read_position())
            return import_lives(ours, rounds[number])

        figures = bench.alternate(
            [
                Contender("ours", measure_ours),
                Contender("eventsourcing", lambda number: _insert_batches(library, rounds[number])),
                Contender("limit", lambda number: _copy_rows(database, ends[number])),
                *(_peer_contender(*peer, rounds) for peer in peers.items()),
            ],
            title="P2 import",
            rows_left=2,
        )
    work = f"import of {bench.sizes.import_events_len:,} events"
    return Row("P2", work, "events/s", figures, (GOAL,))


def _peer_contender(name: str, peer: Peer, rounds: Sequence[Sequence[EncodedLife]]) -> Contender:
    return Contender(name, lambda number: peer.measure_import(rounds[number]))


def _insert_batches(recorder: ApplicationRecorder, lives: Sequence[EncodedLife]) -> float:
    events = [event for life in lives for event in stored_events(life)]
    started_at_s = perf_counter()
    for start in range(0, len(events), BATCH_LEN):
        recorder.insert_events(events[start : start + BATCH_LEN])
    return len(events) / (perf_counter() - started_at_s)


def _copy_rows(database: Database, after: int) -> float:
    """Copy the rows that ours has just written into the plain tables, one transaction."""
    with database.connect(Role.APP) as connection, connection.cursor() as cursor:
        rows: list[list[bytes]] = []
        for query, _ in _TABLES:
            with cursor.copy(query, {"after": after}) as copy:
                rows.append([bytes(line) for line in copy])
        connection.commit()
        started_at_s = perf_counter()
        for (_, query), lines in zip(_TABLES, rows, strict=True):
            with cursor.copy(query) as copy:
                for start in range(0, len(lines), BATCH_LEN):
                    copy.write(b"".join(lines[start : start + BATCH_LEN]))
        connection.commit()
        return len(rows[0]) / (perf_counter() - started_at_s)
