"""P1 at application level: load, decide and save, from many writers at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Generic, TypeVar

from benchmarks.application_programs import (
    LibraryProgram,
    LibraryTask,
    OursProgram,
    OursTask,
    handler_of,
)
from benchmarks.bench import Bench
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.generator import LifeSource, prepare_life
from benchmarks.peer import open_peer
from benchmarks.peer_petition import PeerPetitions
from benchmarks.rounds import OURS, Contender
from benchmarks.rows import Goal, Row
from benchmarks.worker_pair import PROCESSES_LEN, Program, WorkerPair
from benchmarks.writers import measure_writers
from scenarios.decided_life import until_in_progress

PETITIONS_PER_WRITER = 8
"""A writer goes round among its petitions, so that none grows much longer than in life."""

SAVED_TOGETHER = 50
"""Petitions the library saves at a time; its pipeline stands still for ever with 5,000 events."""

LIBRARY = "eventsourcing"
PAIR = f", {PROCESSES_LEN} processes"
GOALS = {32: (Goal(4, against=LIBRARY), Goal(1.7, against=OURS, of=OURS + PAIR))}
"""By number of writers."""

Task = TypeVar("Task")


@dataclass(frozen=True)
class Side(Generic[Task]):
    """An application, in this process and in two of their own.

    Attributes:
        name: Of the contender.
        program: In this process.
        pair: In two others, on the same tables.
        prepare: Takes a number of writers and returns as many tasks, with new petitions.
    """

    name: str
    program: Program[Task]
    pair: WorkerPair[Task]
    prepare: Callable[[int], list[Task]]

    def contenders(self, writers_len: int, turn_s: float) -> Iterator[Contender]:
        """Yield one process, and two where each has a writer."""

        def measure(_: int) -> float:
            tasks = self.prepare(writers_len)
            return measure_writers(list(map(self.program.writer, tasks)), turn_s)

        yield Contender(self.name, measure)
        if writers_len >= PROCESSES_LEN:
            yield Contender(
                self.name + PAIR, lambda _: self.pair.measure(self.prepare(writers_len), turn_s)
            )


def application_command_rows(bench: Bench) -> Iterator[Row]:
    """Yield a row per number of writers. Blocking."""
    turn_s = bench.sizes.turn_s
    with ExitStack() as stack:
        ours, library = _open_ours(bench, stack), _open_library(bench, stack)
        for done_len, writers_len in enumerate(bench.sizes.writers):
            work = f"application, {writers_len} writer{'s' if writers_len > 1 else ''}"
            contenders = [
                *ours.contenders(writers_len, turn_s),
                *library.contenders(writers_len, turn_s),
            ]
            left = len(bench.sizes.writers) - done_len
            figures = bench.alternate(contenders, title=f"P1 {work}", rows_left=left)
            yield Row("P1", work, "commands/s", figures, GOALS.get(writers_len, ()))


def _open_ours(bench: Bench, stack: ExitStack) -> Side[OursTask]:
    database = bench.arena.open_ledger("p1_application")
    program = OursProgram(found_ledger(database, bench.scenario))
    stack.callback(program.close)
    recorder = open_recorder(database)
    stack.callback(recorder.close)
    source = LifeSource([life for life in map(until_in_progress, bench.lives) if life], bench.seed)

    def prepare(writers_len: int) -> list[OursTask]:
        lives = [source.draw_encoded() for _ in range(writers_len * PETITIONS_PER_WRITER)]
        for _chunk in recorder.append_bulk(prepare_life(recorder.ledger, life) for life in lives):
            pass
        petitions = [(life.petition_id, handler_of(life)) for life in lives]
        return [petitions[n::writers_len] for n in range(writers_len)]

    # The server is this process's own, and no other could be sent it.
    opening = partial(OursProgram.open, replace(database, server=None))
    return Side(OURS, program, stack.enter_context(WorkerPair(opening)), prepare)


def _open_library(bench: Bench, stack: ExitStack) -> Side[LibraryTask]:
    env = bench.arena.peer_env()
    application = stack.enter_context(open_peer(env, PeerPetitions))
    numbers = count(1)

    def prepare(writers_len: int) -> list[LibraryTask]:
        petitions = [
            application.begin(f"N-{next(numbers)}")
            for _ in range(writers_len * PETITIONS_PER_WRITER)
        ]
        for start in range(0, len(petitions), SAVED_TOGETHER):
            application.save(*petitions[start : start + SAVED_TOGETHER])
        ids = [petition.id for petition in petitions]
        return [ids[n::writers_len] for n in range(writers_len)]

    pair = stack.enter_context(WorkerPair(partial(LibraryProgram.open, env)))
    return Side(LIBRARY, LibraryProgram(application), pair, prepare)
