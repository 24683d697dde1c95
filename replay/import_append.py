"""Without this file imported events would reach the store without act, key or number."""

from domain.act import Act
from domain.petition_event import PetitionEventBase
from ledger.append import Append, CommandKey, prepare_acts
from ledger.canonical import canonical_bytes
from ledger.codec import EventCodec


def prepare_case(
    ledger: str,
    codec: EventCodec,
    events: list[tuple[Act, PetitionEventBase]],
    number: str,
    fingerprint: bytes,
) -> Append:
    """Return the events of one case as one append, recorded together or not at all.

    Draws salts. Each event keeps the offset of its own local time: a case may be
    created before and closed after the clocks were changed.

    Args:
        ledger: Name of the ledger.
        codec: Encodes the events.
        events: From ``case_events``.
        number: Petition number, unique in the ledger.
        fingerprint: Of the case's content, for the idempotency key.

    Raises:
        EventTooLargeError: header and payload of an event exceed 60,000 bytes.
    """
    act, first = events[0]
    last = events[-1][1]
    answer = {"originator_id": first.originator_id, "version": last.originator_version}
    return prepare_acts(
        ledger,
        [(codec.encode(event), act_of_event, None) for act_of_event, event in events],
        command=CommandKey(
            act.actor_id, act.idempotency_key or "", fingerprint, canonical_bytes(answer)
        ),
        claims=(f"number:{number}",),
    )
