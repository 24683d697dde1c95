"""Without this file nobody would learn what a command led to."""

from uuid import UUID

import msgspec

from ledger.canonical import canonical_bytes
from ledger.errors import KeyReusedError
from ledger.log_reader import GivenAnswer


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a command led to.

    Attributes:
        originator_id: Stream it was given to.
        version: Version of that stream after the command.
        first_position: Log place of the command's first event.
        last_position: Log place of its last event, on whatever stream.
        replayed: Whether this is the answer to an earlier, equal request.
    """

    originator_id: UUID
    version: int
    first_position: int
    last_position: int
    replayed: bool


class _Outcome(msgspec.Struct, frozen=True):
    originator_id: UUID
    version: int


def outcome_bytes(originator_id: UUID, version: int) -> bytes:
    """Return what is kept of a receipt beside its positions; pure."""
    return canonical_bytes(_Outcome(originator_id, version))


def receipt_of(given: GivenAnswer, key: str, fingerprint: bytes, *, replayed: bool) -> Receipt:
    """Return the receipt that was given under a key; pure.

    Raises:
        KeyReusedError: it was given to another request.
    """
    if given.fingerprint != fingerprint:
        raise KeyReusedError(key)
    outcome = msgspec.json.decode(given.outcome, type=_Outcome)
    return Receipt(
        originator_id=outcome.originator_id,
        version=outcome.version,
        first_position=given.first_position,
        last_position=given.last_position,
        replayed=replayed,
    )
