"""Without this file nobody could say in whose hands a petition was at a given moment."""

from datetime import datetime
from typing import Final, assert_never

from domain.life_facts import Holding
from domain.measures import UNDISPATCHED
from domain.petition_facts import PetitionFacts
from domain.reasons import SuspensionReason
from domain.vocabulary import Holder, PetitionState, WithdrawalCheck


def note_holder(facts: PetitionFacts, at: datetime) -> None:
    """Add to the holdings if the petition has changed hands; several at one instant are one."""
    holder, unit = _holder_of(facts)
    last = facts.holdings[-1] if facts.holdings else None
    if last is not None and (last.holder, last.unit) == (holder, unit):
        return
    if last is not None and last.since == at:
        facts.holdings.pop()
        before = facts.holdings[-1] if facts.holdings else None
        if before is not None and (before.holder, before.unit) == (holder, unit):
            return
    facts.holdings.append(Holding(at, holder, unit))


def _holder_of(facts: PetitionFacts) -> tuple[Holder | None, str]:
    known = _HOLDERS[facts.state]
    if known is not None:
        return known
    if facts.state is PetitionState.SUSPENDED:
        pause = facts.cycle.pause
        waits = pause is not None and pause.reason is SuspensionReason.PETITIONER_MATERIAL
        return (Holder.PETITIONER if waits else Holder.CALENDAR), UNDISPATCHED
    if facts.state is PetitionState.WITHDRAWN:
        checked = facts.withdrawals[-1].check is not WithdrawalCheck.UNVERIFIED
        return (None if checked else Holder.HUB), UNDISPATCHED
    if facts.instruction is not None:
        return Holder.LEADER, UNDISPATCHED
    lead = facts.lead
    return Holder.UNIT, UNDISPATCHED if lead is None else lead.unit


def _state_holder(state: PetitionState) -> tuple[Holder | None, str] | None:
    """Return who holds every petition in a state, or None where other facts decide it."""
    match state:
        case (
            PetitionState.SUBMITTED
            | PetitionState.REGISTERED
            | PetitionState.ACCEPTED
            | PetitionState.RETURN_REQUESTED
            | PetitionState.REPLIED
            | PetitionState.CALLBACK_PENDING
            | PetitionState.MERGED
        ):
            return Holder.HUB, UNDISPATCHED
        case PetitionState.NEEDS_SUPPLEMENT:
            return Holder.PETITIONER, UNDISPATCHED
        case (
            PetitionState.DISPATCHED
            | PetitionState.IN_PROGRESS
            | PetitionState.BACKLOG_LISTED
            | PetitionState.SUSPENDED
            | PetitionState.WITHDRAWN
        ):
            return None
        case (
            PetitionState.CLOSED
            | PetitionState.ARCHIVED
            | PetitionState.NOT_ACCEPTED
            | PetitionState.REFERRED_OUT
            | PetitionState.SPLIT
            | PetitionState.VOIDED
        ):
            return None, UNDISPATCHED
        case _:
            assert_never(state)


# Every event asks for its petition's holder: comparing with a dozen states each time took a
# third of the fold.
_HOLDERS: Final = {state: _state_holder(state) for state in PetitionState}
