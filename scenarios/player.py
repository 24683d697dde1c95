"""Without this file a scenario would be text that nobody could see happen."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from domain.filing import SubmitPetition
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import adopt, open_ledger, publish, register_units
from scenarios.cast import ADMIN
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario
from scenarios.script import PetitionScript, ScriptStep

THREADS = 8
"""Petitions played at a time: enough to share commits, few enough for two cores."""


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
        petitions, commands: How many were played.
        already_there: Petitions of the scenario that were in the ledger to their last act.
    """

    petitions: int
    commands: int
    already_there: int


def play(database: Database, scenario: Scenario, threads: int = THREADS) -> Played:
    """Give the ledger a scenario's units, rules and petitions; again, it adds nothing. Blocking.

    Every act goes through the ledger's commands, with the host's clock at the time of
    the act. A play that was cut off is completed by the next one.

    Args:
        database: A migrated ledger that holds this scenario or nothing.
        scenario: What to play.
        threads: Petitions played at a time, at least 1.

    Raises:
        DomainError: a guard refused an act; the scenario is wrong.
        KeyReusedError: another edition of the scenario was played here.
        LedgerError: the ledger could not record it.
    """
    with open_stage(database) as (ledger, clock):
        _found(ledger, scenario)
        missing = [script for script in scenario.petitions if not _is_played(ledger, script)]
        with ThreadPoolExecutor(threads, thread_name_prefix="play") as pool:
            commands = sum(pool.map(lambda script: _play_life(ledger, clock, script), missing))
    return Played(len(missing), commands, len(scenario.petitions) - len(missing))


@contextmanager
def open_stage(database: Database) -> Iterator[tuple[PetitionLedger, PlayClock]]:
    """Yield a ledger whose host clock is set by hand, for acts of the past. Blocking."""
    clock = PlayClock()
    ledger = PetitionLedger(database, clock.get_now)
    try:
        yield ledger, clock
    finally:
        ledger.close()


def play_step(
    ledger: PetitionLedger, clock: PlayClock, script: PetitionScript, step: ScriptStep
) -> None:
    """Play one act at its own time. One transaction.

    Raises:
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
    """
    if step.command.occurred_at is None:
        raise ValueError("an act of a play has a time")
    clock.now = step.command.occurred_at
    if isinstance(step.command, SubmitPetition):
        ledger.submit(script.petition_id, step.command, step.principal, step.idempotency_key)
    else:
        ledger.apply(
            script.petition_id,
            step.command,
            step.principal,
            idempotency_key=step.idempotency_key,
        )


def _found(ledger: PetitionLedger, scenario: Scenario) -> None:
    at = scenario.opened_at
    open_ledger(ledger, scenario.zone.key, scenario.title, ADMIN, at)
    register_units(ledger, scenario.units, ADMIN, at)
    pack = read_pack(scenario.pack)
    publish(ledger, pack, ADMIN, at)
    adopt(ledger, pack.pack_id, ADMIN, at)


def _is_played(ledger: PetitionLedger, script: PetitionScript) -> bool:
    last = script.steps[-1]
    return ledger.reader.find_answer(last.principal.actor_id, last.idempotency_key) is not None


def _play_life(ledger: PetitionLedger, clock: PlayClock, script: PetitionScript) -> int:
    for step in script.steps:
        play_step(ledger, clock, script, step)
    return len(script.steps)
