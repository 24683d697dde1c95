"""Without this file what falls due would be known, and nobody would be told in the log."""

from datetime import datetime
from hashlib import sha256
from typing import Final, Literal, assert_never
from uuid import UUID

from domain.archiving import ArchivePetition
from domain.clock_endings import closing_basis
from domain.clock_ladder import supervised_unit
from domain.clock_step import ClockStep, StepKind
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.oversight import IssueReminder, NoteSupervision
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.promises import BreakPromise
from domain.recounts import RecomputeDeadline
from domain.situation import Situation
from domain.supervision_commands import SUPERVISION_ORDERS
from domain.supervision_proposals import ProposeSupervision
from domain.supplements import LapseSupplement
from domain.suspensions import ResumePetition
from domain.vocabulary import Clock, Role
from ledger.application import PetitionLedger
from ledger.receipt import Receipt

CLOCK: Final = Principal(actor_id="taizhang-clock", role=Role.SYSTEM)
"""The account that the clock acts under; it has no key, so nobody else can."""

_LAPSED: Final = "补正期限届满，未收到材料。The period for a supplement is over; nothing came."
_BROKEN: Final = "承诺日期已过，未认定兑现。The promised date is over; nobody found it kept."
_RECOUNTED: Final[dict[Clock, Literal["accept", "reply"]]] = {
    Clock.ACCEPT: "accept",
    Clock.REPLY: "reply",
}


def raise_step(
    ledger: PetitionLedger,
    step: ClockStep,
    facts: PetitionFacts,
    situation: Situation,
    at: datetime,
) -> Receipt:
    """Record one step by the ordinary command. Blocking, one transaction.

    An equal step gets the first answer, whoever raised it. On a petition it is recorded
    only if nobody has acted since the facts.

    Args:
        ledger: Where to.
        step: What fell due.
        facts: Of its petition, by the log.
        situation: Of the run.
        at: Instant to record: the step's own, or the petition's latest act where that is
            later; aware, in the ledger's zone.

    Raises:
        DomainError: a guard refused it.
        LedgerError: as ``PetitionLedger.apply``.
    """
    if step.kind is StepKind.PROPOSAL:
        return ledger.open(
            SUPERVISION_ORDERS, step.order_id, _proposal(step, situation, at), CLOCK, step.key
        )
    return ledger.apply(
        step.petition_id,
        _command(ledger, step, facts, situation, at),
        CLOCK,
        idempotency_key=step.key,
        expected_version=facts.version,
    )


def _proposal(step: ClockStep, situation: Situation, at: datetime) -> ProposeSupervision:
    unit = supervised_unit(step.unit, situation)
    if unit is None or step.level is None:
        raise ValueError(f"{step.key} proposes no colour, or names no open unit")
    return ProposeSupervision(
        unit=unit,
        petitions=(step.petition_id,),
        cited=tuple(f"{step.petition_id}:{version}" for version in step.cited),
        level=step.level,
        rule=step.rule,
        occurred_at=at,
    )


def _command(  # noqa: C901, PLR0911 - one command per kind
    ledger: PetitionLedger,
    step: ClockStep,
    facts: PetitionFacts,
    situation: Situation,
    at: datetime,
) -> PetitionCommand:
    match step.kind:
        case StepKind.REMINDER if step.clock is not None:
            return IssueReminder(clock=step.clock, unit=step.unit or None, occurred_at=at)
        case StepKind.RECOUNT if step.clock in _RECOUNTED:
            return RecomputeDeadline(clock=_RECOUNTED[step.clock], why=step.rule, occurred_at=at)
        case StepKind.RESUMPTION:
            return ResumePetition(occurred_at=at)
        case StepKind.LAPSE:
            return LapseSupplement(note=_LAPSED, occurred_at=at)
        case StepKind.BROKEN_PROMISE:
            return BreakPromise(note=_BROKEN, occurred_at=at)
        case StepKind.CLOSURE:
            basis = closing_basis(facts, situation)
            if basis is None:
                raise ValueError(f"{step.key} has nothing to close on")
            return ClosePetition(basis=basis, occurred_at=at)
        case StepKind.ARCHIVING:
            digest = bundle_digest(ledger, step.petition_id)
            return ArchivePetition(bundle_sha256=digest, occurred_at=at)
        case StepKind.NOTE if step.noted is not None and step.level is not None:
            return NoteSupervision(order_id=step.noted, level=step.level, occurred_at=at)
        case StepKind.REMINDER | StepKind.RECOUNT | StepKind.PROPOSAL | StepKind.NOTE:
            raise ValueError(f"{step.key} is no step of a petition's clock")
        case _:
            assert_never(step.kind)


def bundle_digest(ledger: PetitionLedger, petition_id: UUID) -> str:
    """Return the SHA-256 over the leaf hashes of a petition's events in order, in hex. Blocking.

    Whoever holds the events can count it again; personal values stand in it as commitments.
    """
    digest = sha256()
    for event in ledger.reader.read_stream(petition_id):
        digest.update(event.leaf_hash)
    return digest.hexdigest()
