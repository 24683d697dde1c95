"""Without this file the applications of P1 could not be opened in a process of their own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count, cycle
from typing import Self
from uuid import UUID

from benchmarks.generator import EncodedLife
from benchmarks.peer_petition import PeerPetitions
from benchmarks.writers import Write
from domain.handling import RecordProgress
from domain.principal import Principal
from domain.vocabulary import Role as ActorRole
from ledger.application import PetitionLedger
from ledger.database import Database

TEXT = "已到现场核实情况, 正在协调增设车位。"

OursTask = Sequence[tuple[UUID, Principal]]
"""Petitions in progress, each with who handles it."""

LibraryTask = Sequence[UUID]
"""Petitions in progress."""


class OursProgram:
    """The production application.

    Args:
        ledger: Closed with it.
    """

    def __init__(self, ledger: PetitionLedger) -> None:
        self._ledger = ledger

    @classmethod
    def open(cls, database: Database) -> Self:
        """Return it on a ledger that has its units and rules."""
        return cls(PetitionLedger(database, lambda: datetime.now(UTC)))

    def writer(self, task: OursTask) -> Write:
        """Return a writer that goes round among petitions and records progress."""
        turns, keys = cycle(task), count(1)
        command = RecordProgress(text=TEXT)

        def write() -> None:
            petition_id, handler = next(turns)
            key = f"bench:{petition_id}:progress:{next(keys)}"
            self._ledger.apply(petition_id, command, handler, idempotency_key=key)

        return write

    def close(self) -> None:
        """Let go of its connections."""
        self._ledger.close()


class LibraryProgram:
    """The library's application.

    Args:
        petitions: Closed with it.
    """

    def __init__(self, petitions: PeerPetitions) -> None:
        self._petitions = petitions

    @classmethod
    def open(cls, env: dict[str, str]) -> Self:
        """Return it on tables that are there: two that start together would both make them."""
        return cls(PeerPetitions({**env, "CREATE_TABLE": "n"}))

    def writer(self, task: LibraryTask) -> Write:
        """Return a writer that goes round among petitions and records progress."""
        turns = cycle(task)

        def write() -> None:
            self._petitions.record_progress(next(turns), TEXT)

        return write

    def close(self) -> None:
        """Let go of its connections."""
        self._petitions.close()


def handler_of(life: EncodedLife) -> Principal:
    """Return who signed the petition, from a life that ends in progress. Pure."""
    _, act, _ = life.events[-1]
    return Principal(actor_id=act.actor_id, role=ActorRole(act.actor_role), unit=act.actor_unit)
