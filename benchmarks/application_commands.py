"""P1 at application level: load, decide and save, from many writers at once."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count, cycle
from uuid import UUID

from benchmarks.bench import Bench
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.generator import EncodedLife, LifeSource, prepare_life
from benchmarks.lives import until_in_progress
from benchmarks.peer import open_peer
from benchmarks.peer_petition import PeerPetitions
from benchmarks.rounds import Contender
from benchmarks.rows import Row
from benchmarks.writers import Write, measure_writers
from domain.handling import RecordProgress
from domain.principal import Principal
from domain.vocabulary import Role as ActorRole
from ledger.application import PetitionLedger
from ledger.recorder import LedgerRecorder

PETITIONS_PER_WRITER = 8
"""A writer goes round among its petitions, so that none grows much longer than in life."""

SAVED_TOGETHER = 50
"""Petitions the peer saves at a time; its pipeline stands still for ever with 5,000 events."""

TEXT = "已到现场核实情况, 正在协调增设车位。"


def application_command_rows(bench: Bench) -> Iterator[Row]:
    """Yield a row per number of writers. Blocking."""
    lives = [life for life in map(until_in_progress, bench.lives) if life]
    source = LifeSource(lives, bench.seed)
    numbers = count(1)
    with ExitStack() as stack:
        database = bench.arena.open_ledger("p1_application")
        ledger = found_ledger(database, bench.scenario)
        stack.callback(ledger.close)
        recorder = open_recorder(database)
        stack.callback(recorder.close)
        peer = stack.enter_context(open_peer(bench.arena.peer_env(), PeerPetitions))
        for writers_len in bench.sizes.writers:
            yield _row(bench, ledger, recorder, source, peer, numbers, writers_len)


def _row(
    bench: Bench,
    ledger: PetitionLedger,
    recorder: LedgerRecorder,
    source: LifeSource,
    peer: PeerPetitions,
    numbers: Iterator[int],
    writers_len: int,
) -> Row:
    petitions_len = writers_len * PETITIONS_PER_WRITER
    turn_s = bench.sizes.turn_s

    def measure_ours(_: int) -> float:
        lives = [source.draw_encoded() for _ in range(petitions_len)]
        for _chunk in recorder.append_bulk(prepare_life(recorder.ledger, life) for life in lives):
            pass
        writers = [_ours_writer(ledger, lives[n::writers_len]) for n in range(writers_len)]
        return measure_writers(writers, turn_s)

    def measure_peer(_: int) -> float:
        petitions = [peer.begin(f"N-{next(numbers)}") for _ in range(petitions_len)]
        for start in range(0, petitions_len, SAVED_TOGETHER):
            peer.save(*petitions[start : start + SAVED_TOGETHER])
        writers = [
            _peer_writer(peer, [petition.id for petition in petitions[n::writers_len]])
            for n in range(writers_len)
        ]
        return measure_writers(writers, turn_s)

    work = f"application, {writers_len} writer{'s' if writers_len > 1 else ''}"
    figures = bench.alternate(
        [Contender("ours", measure_ours), Contender("eventsourcing", measure_peer)],
        title=f"P1 {work}",
    )
    return Row("P1", work, "commands/s", figures)


def _ours_writer(ledger: PetitionLedger, lives: list[EncodedLife]) -> Write:
    turns = cycle([(life.petition_id, handler_of(life)) for life in lives])
    keys = count(1)
    command = RecordProgress(text=TEXT)

    def write() -> None:
        petition_id, handler = next(turns)
        key = f"bench:{petition_id}:progress:{next(keys)}"
        ledger.apply(petition_id, command, handler, idempotency_key=key)

    return write


def handler_of(life: EncodedLife) -> Principal:
    """Return who signed the petition, from a life that ends in progress. Pure."""
    _, act, _ = life.events[-1]
    return Principal(actor_id=act.actor_id, role=ActorRole(act.actor_role), unit=act.actor_unit)


def _peer_writer(peer: PeerPetitions, petition_ids: list[UUID]) -> Write:
    turns = cycle(petition_ids)

    def write() -> None:
        peer.record_progress(next(turns), TEXT)

    return write
