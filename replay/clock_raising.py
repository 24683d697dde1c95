"""Without this file steps would be recorded petition by petition, and not as they fell due."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Final
from uuid import UUID

from domain.clock_step import ClockStep, StepKind
from domain.errors import DomainError
from domain.petition_facts import PetitionFacts
from ledger.application import PetitionLedger
from ledger.errors import (
    KeyReusedError,
    LedgerError,
    LedgerUnavailableError,
    OutcomeUnknownError,
    StaleVersionError,
    VersionConflictError,
)
from ledger.lookup_errors import AlreadyOpenedError
from replay.clock_commands import raise_step
from replay.clock_look import ClockLook
from replay.clock_report import ClockFailure

_TRIES_MAX: Final = 3

_LOST = (LedgerUnavailableError, OutcomeUnknownError)
_REFUSALS = (DomainError, LedgerError, ValueError, LookupError)


@dataclass
class StepRaiser:
    """One run over one ledger. Blocking.

    Attributes:
        ledger: To record by.
        looking: What falls due.
        petitions_len: Petitions looked at.
        counts: Steps found, then steps recorded, by kind.
        failures: Petitions left out.
        waiting: When to come back to which petition, a heap.
    """

    ledger: PetitionLedger
    looking: ClockLook
    petitions_len: int = 0
    counts: Counter[StepKind] = field(default_factory=Counter)
    failures: list[ClockFailure] = field(default_factory=list)
    waiting: list[tuple[datetime, UUID]] = field(default_factory=list)
    _tried: set[str] = field(default_factory=set)
    _conflicts: Counter[UUID] = field(default_factory=Counter)

    def look(self) -> None:
        """Find the petitions for which something is due, and count what that is."""
        for page in self.looking.candidates():
            self.petitions_len += len(page)
            imported = [facts.petition_id for facts in page if facts.imported]
            births = self.looking.births(imported)
            orders = self.looking.orders([facts.petition_id for facts in page])
            found: list[ClockStep] = []
            for facts in page:
                try:
                    petition_id = facts.petition_id
                    found += self.looking.steps(
                        facts, births.get(petition_id), orders.get(petition_id, ())
                    )
                except _LOST:
                    raise
                except _REFUSALS as error:
                    self._fail(facts.petition_id, error)
            first: dict[UUID, datetime] = {}
            for step in self.looking.not_raised(found):
                self.counts[step.kind] += 1
                known = first.setdefault(step.petition_id, step.at)
                first[step.petition_id] = min(known, step.at)
            self.waiting += [(at, petition_id) for petition_id, at in first.items()]
        heapify(self.waiting)

    def record(self, steps_max: int) -> None:
        """Record step after step, the one that fell due first before the others."""
        self.counts.clear()
        while self.waiting and self.counts.total() < steps_max:
            at, petition_id = heappop(self.waiting)
            try:
                following = self._serve(petition_id, at)
            except _LOST:
                raise
            except _REFUSALS as error:
                self._fail(petition_id, error)
                continue
            if following is not None:
                heappush(self.waiting, (following, petition_id))

    def _serve(self, petition_id: UUID, at: datetime) -> datetime | None:
        """Record a petition's next step unless another petition's comes first.

        Returns:
            When to come back to it, or None if nothing is due.
        """
        facts = self.looking.facts([petition_id]).get(petition_id)
        step = None if facts is None else self._next(facts)
        if facts is None or step is None:
            return None
        if step.at > at:
            return step.at
        try:
            receipt = raise_step(
                self.ledger, step, facts, self.looking.situation, self._instant(step, facts)
            )
        except (StaleVersionError, VersionConflictError):
            # Somebody acted just now: look again at what is due after that.
            self._conflicts[petition_id] += 1
            if self._conflicts[petition_id] >= _TRIES_MAX:
                raise
            return step.at
        except (AlreadyOpenedError, KeyReusedError):
            # Another run was quicker.
            pass
        else:
            self.counts[step.kind] += not receipt.replayed
        self._tried.add(step.key)
        return step.at

    def _next(self, facts: PetitionFacts) -> ClockStep | None:
        births = self.looking.births([facts.petition_id]) if facts.imported else {}
        orders = self.looking.orders([facts.petition_id]).get(facts.petition_id, [])
        steps = self.looking.steps(facts, births.get(facts.petition_id), orders)
        fresh = [step for step in steps if step.key not in self._tried]
        return next(iter(self.looking.not_raised(fresh)), None)

    def _instant(self, step: ClockStep, facts: PetitionFacts) -> datetime:
        """Return the instant to record: never before an act that the stream already holds."""
        at = step.at
        if step.kind is not StepKind.PROPOSAL:
            others = self.looking.facts(facts.child_ids).values()
            at = max([at, facts.changed_at, *(each.changed_at for each in others)])
        return at.astimezone(self.looking.zone)

    def _fail(self, petition_id: UUID, error: Exception) -> None:
        code = getattr(error, "code", type(error).__name__)
        self.failures.append(ClockFailure(petition_id, str(code), error))
