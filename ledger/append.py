"""Without this file work that needs no lock would be done while holding it."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from uuid import UUID

import msgspec

from domain.act import Act
from ledger.binary_fields import (
    NULL,
    as_bytea,
    as_instant,
    as_integer,
    as_smallint,
    as_text,
    as_uuid,
    as_word,
)
from ledger.binary_row import Fields
from ledger.codec import EncodedEvent
from ledger.errors import EventTooLargeError, UnstorableTextError
from ledger.header import PolicyRef, format_instant
from ledger.leaf import LEAF_LEN_MAX, LeafFrame, frame_leaf

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
    events: Sequence[EncodedEvent],
    *,
    act: Act,
    policy: PolicyRef | None = None,
    policies: Mapping[UUID, PolicyRef | None] = NO_POLICIES,
    command: CommandKey | None = None,
    claims: Iterable[str] = (),
) -> Append:
    """Return an append that needs nothing more than a place in the log.

    Pure. Everything a single bad value could spoil for others is refused here,
    before the append shares a transaction with them.

    Args:
        ledger: Name of the ledger.
        events: At least one; the versions of each stream must be contiguous.
        act: Who caused the events.
        policy: Policy pack they were judged by.
        policies: Policy packs of the streams that were judged by another one, or by none.
        command: Idempotency key and answer.
        claims: Values that must be unique in the ledger.

    Raises:
        ValueError: no event, or a stream's versions are not contiguous.
        EventTooLargeError: header and payload of an event exceed 60,000 bytes.
        UnstorableTextError: a header text, key or claim holds NUL or a lone surrogate.
    """
    claims = tuple(claims)
    _check_texts(act, (policy, *policies.values()), command, claims)
    actor = (
        act.occurred_offset_min,
        act.actor_id,
        str(act.actor_role),
        act.actor_unit,
        act.on_behalf_of,
    )
    cause = (
        str(act.correlation_id) if act.correlation_id else None,
        act.causation_id,
        act.idempotency_key,
    )
    given = (
        as_smallint(act.occurred_offset_min),
        as_word(act.actor_id),
        as_word(str(act.actor_role)),
        as_word(act.actor_unit),
        as_text(act.on_behalf_of),
    )
    caused = (
        as_uuid(act.correlation_id) if act.correlation_id else NULL,
        as_text(act.causation_id),
        as_text(act.idempotency_key),
    )
    columns = []
    frames = []
    for event in events:
        judged_by = policies.get(event.originator_id, policy)
        row = (
            str(event.originator_id),
            event.version,
            event.topic,
            event.schema_version,
            format_instant(event.occurred_at),
            *actor,
            judged_by.pack if judged_by else None,
            judged_by.version if judged_by else None,
            *cause,
        )
        frame = frame_leaf(ledger, row, event.payload)
        if frame.length_max > LEAF_LEN_MAX:
            raise EventTooLargeError(event.topic, frame.length_max, LEAF_LEN_MAX)
        columns.append(
            (
                as_uuid(event.originator_id),
                as_integer(event.version),
                as_word(event.topic),
                as_integer(event.schema_version),
                as_instant(event.occurred_at),
                *given,
                as_word(judged_by.pack) if judged_by else NULL,
                as_integer(judged_by.version) if judged_by else NULL,
                *caused,
                as_bytea(event.payload),
            )
        )
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


def _check_texts(
    act: Act,
    policies: Iterable[PolicyRef | None],
    command: CommandKey | None,
    claims: tuple[str, ...],
) -> None:
    texts = {
        "actor_id": act.actor_id,
        "actor_unit": act.actor_unit,
        "on_behalf_of": act.on_behalf_of,
        "causation_id": act.causation_id,
        "idempotency_key": act.idempotency_key,
        "policy_pack": "".join(policy.pack for policy in policies if policy),
        "command.actor_id": command.actor_id if command else None,
        "command.key": command.key if command else None,
        "claims": "".join(claims),
    }
    # Nearly every text is storable, and one look at all of them is cheaper than one at each.
    if is_storable("".join(filter(None, texts.values()))):
        return
    for name, text in texts.items():
        if text is not None and not is_storable(text):
            raise UnstorableTextError(name)


def is_storable(text: str) -> bool:
    """Return whether PostgreSQL can hold a text: no NUL, no lone surrogate.

    Pure.
    """
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
