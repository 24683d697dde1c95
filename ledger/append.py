"""Without this file work that needs no lock would be done while holding it."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from uuid import UUID

import msgspec

from domain.act import Act
from ledger.binary_row import Fields
from ledger.codec import EncodedEvent
from ledger.event_columns import ActColumns
from ledger.header import PolicyRef
from ledger.leaf import LeafFrame
from ledger.storable_text import refuse_unstorable

CausedEvent = tuple[EncodedEvent, Act, PolicyRef | None]
"""An event, who caused it, and the policy pack it was judged by."""

NO_POLICIES: Final[Mapping[UUID, PolicyRef | None]] = MappingProxyType({})


class CommandKey(msgspec.Struct, frozen=True):
    """The idempotency key of a command, with the answer it will have for ever.

    Attributes:
        actor_id: Account the key belongs to.
        key: The caller's key.
        fingerprint: 32-byte HMAC of the canonical request.
        outcome: Canonical JSON of the answer but for its positions.
    """

    actor_id: str
    key: str
    fingerprint: bytes
    outcome: bytes


class StreamStep(msgspec.Struct, frozen=True):
    """The versions one append adds to one stream, contiguous."""

    originator_id: UUID
    first_version: int
    last_version: int


class Append(msgspec.Struct, frozen=True):
    """Events that are recorded together or not at all, ready but for their place.

    Attributes:
        events: In the order they will have in the log.
        columns: Per event the columns that do not depend on its place: those of
            ``FRAME_COLUMNS`` and the payload.
        frames: Per event the leaf around its place.
        steps: Per stream the versions added.
        command: Idempotency key, if the caller gave one.
        claims: Values to be taken for the stream of the first event.
    """

    events: tuple[EncodedEvent, ...]
    columns: tuple[Fields, ...]
    frames: tuple[LeafFrame, ...]
    steps: tuple[StreamStep, ...]
    command: CommandKey | None
    claims: tuple[str, ...]


def prepare_append(
    ledger: str,
    events: Iterable[EncodedEvent],
    *,
    act: Act,
    policy: PolicyRef | None = None,
    policies: Mapping[UUID, PolicyRef | None] = NO_POLICIES,
    command: CommandKey | None = None,
    claims: Iterable[str] = (),
) -> Append:
    """Return the events of one act as an append; see ``prepare_acts``. Pure.

    Args:
        ledger: Name of the ledger.
        events: At least one; the versions of each stream must be contiguous.
        act: Who caused the events.
        policy: Policy pack they were judged by.
        policies: Policy packs of the streams that were judged by another one, or by none.
        command: Idempotency key and answer.
        claims: Values that must be unique in the ledger.
    """
    caused = [(event, act, policies.get(event.originator_id, policy)) for event in events]
    return prepare_acts(ledger, caused, command=command, claims=claims)


def prepare_acts(
    ledger: str,
    caused: Iterable[CausedEvent],
    *,
    command: CommandKey | None = None,
    claims: Iterable[str] = (),
) -> Append:
    """Return an append that needs nothing more than a place in the log.

    Pure. Everything a single bad value could spoil for others is refused here,
    before the append shares a transaction with them.

    Args:
        ledger: Name of the ledger.
        caused: At least one event; the versions of each stream must be contiguous.
        command: Idempotency key and answer.
        claims: Values that must be unique in the ledger.

    Raises:
        ValueError: no event, or a stream's versions are not contiguous.
        EventTooLargeError: header and payload of an event exceed 60,000 bytes.
        UnstorableTextError: a header text, key or claim holds NUL or a lone surrogate.
    """
    claims = tuple(claims)
    refuse_unstorable(("claims", *claims))
    if command:
        refuse_unstorable(("command.actor_id", command.actor_id), ("command.key", command.key))
    events, columns, frames = [], [], []
    act_columns: ActColumns | None = None
    for event, act, policy in caused:
        if act_columns is None or act_columns.act is not act:
            act_columns = ActColumns(act)
        fields, frame = act_columns.place(ledger, event, policy)
        events.append(event)
        columns.append(fields)
        frames.append(frame)
    return Append(
        events=tuple(events),
        columns=tuple(columns),
        frames=tuple(frames),
        steps=_steps(events),
        command=command,
        claims=claims,
    )


def _steps(events: Sequence[EncodedEvent]) -> tuple[StreamStep, ...]:
    if len(events) == 1:
        return (StreamStep(events[0].originator_id, events[0].version, events[0].version),)
    first: dict[UUID, int] = {}
    last: dict[UUID, int] = {}
    for event in events:
        stream, version = event.originator_id, event.version
        if version != last.get(stream, version - 1) + 1:
            raise ValueError(f"version {version} of {stream} does not follow {last[stream]}")
        first.setdefault(stream, version)
        last[stream] = version
    if not first:
        raise ValueError("an append needs at least one event")
    return tuple(StreamStep(stream, first[stream], last[stream]) for stream in first)
