"""Without this file a scenario would be text that nobody could see happen."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from domain.command import PetitionCommand
from domain.filing import SubmitPetition
from domain.resource import AggregateCommand, OpeningCommand
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import adopt, open_ledger, publish, register_units
from replay.published import LoggedFigures
from scenarios.cast import ADMIN
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario
from scenarios.script import Script, ScriptStep

THREADS = 8
"""Scripts played at a time: enough to share commits, few enough for two cores."""


class PlayClock(threading.local):
    """The time of the play; each thread is at the act it plays."""

    now: datetime

    def get_now(self) -> datetime:
        """Return the time of this thread's act."""
        return self.now


@dataclass(frozen=True)
class Played:
    """What a play added to a ledger.

    Attributes:
        scripts, commands: How many were played.
        already_there: Scripts of the scenario that were in the ledger to their last act.
    """

    scripts: int
    commands: int
    already_there: int


def play(database: Database, scenario: Scenario, threads: int = THREADS) -> Played:
    """Give the ledger a scenario's units, rules and scripts; again, it adds nothing. Blocking.

    Every act goes through the ledger's commands, with the host's clock at the time of
    the act. A play that was cut off is completed by the next one. The scripts that come
    first are played one after the other, all others together.

    Args:
        database: A migrated ledger that holds this scenario or nothing.
        scenario: What to play.
        threads: Scripts played at a time, at least 1.

    Raises:
        DomainError: a guard refused an act; the scenario is wrong.
        KeyReusedError: another edition of the scenario was played here.
        LedgerError: the ledger could not record it.
    """
    with open_stage(database) as (ledger, clock):
        _found(ledger, scenario)
        first = [script for script in scenario.first if not _is_played(ledger, script)]
        commands = sum(_play_script(ledger, clock, script) for script in first)
        together = chain(scenario.petitions, scenario.activities)
        missing = [script for script in together if not _is_played(ledger, script)]
        with ThreadPoolExecutor(threads, thread_name_prefix="play") as pool:
            commands += sum(pool.map(lambda script: _play_script(ledger, clock, script), missing))
    scripts = len(first) + len(missing)
    return Played(scripts, commands, scenario.scripts - scripts)


@contextmanager
def open_stage(database: Database) -> Iterator[tuple[PetitionLedger, PlayClock]]:
    """Yield a ledger whose host clock is set by hand, for acts of the past. Blocking."""
    clock = PlayClock()
    ledger = PetitionLedger(database, clock.get_now, figures=LoggedFigures(database))
    try:
        yield ledger, clock
    finally:
        ledger.close()


def play_step(ledger: PetitionLedger, clock: PlayClock, step: ScriptStep) -> None:
    """Play one act at its own time. One transaction.

    Raises:
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
    """
    command, target, key = step.command, step.target, step.idempotency_key
    if command.occurred_at is None:
        raise ValueError("an act of a play has a time")
    clock.now = command.occurred_at
    match command, step.resource:
        case SubmitPetition(), None:
            ledger.submit(target, command, step.principal, key)
        case PetitionCommand(), None:
            ledger.apply(target, command, step.principal, idempotency_key=key)
        case OpeningCommand(), resource if resource is not None:
            ledger.open(resource, target, command, step.principal, key)
        case AggregateCommand(), resource if resource is not None:
            ledger.give(resource, target, command, step.principal, key=key)
        case _:
            raise ValueError(f"{type(command).__name__} is no command on that stream")


def _found(ledger: PetitionLedger, scenario: Scenario) -> None:
    at = scenario.opened_at
    open_ledger(ledger, scenario.zone.key, scenario.title, ADMIN, at)
    register_units(ledger, scenario.units, ADMIN, at)
    pack = read_pack(scenario.pack)
    publish(ledger, pack, ADMIN, at)
    adopt(ledger, pack.pack_id, ADMIN, at)


def _is_played(ledger: PetitionLedger, script: Script) -> bool:
    last = script.steps[-1]
    return ledger.reader.find_answer(last.principal.actor_id, last.idempotency_key) is not None


def _play_script(ledger: PetitionLedger, clock: PlayClock, script: Script) -> int:
    for step in script.steps:
        play_step(ledger, clock, step)
    return len(script.steps)
