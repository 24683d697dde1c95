"""Without this file header, leaf and row of an event could say different things."""

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
from ledger.errors import EventTooLargeError
from ledger.header import PolicyRef, format_instant
from ledger.leaf import LEAF_LEN_MAX, LeafFrame, frame_leaf
from ledger.storable_text import refuse_unstorable


class ActColumns:
    """What an act says in the header of each of its events, written once. Pure.

    Args:
        act: Who acted.

    Raises:
        UnstorableTextError: a text of it holds NUL or a lone surrogate.
    """

    def __init__(self, act: Act) -> None:
        refuse_unstorable(
            ("actor_id", act.actor_id),
            ("actor_unit", act.actor_unit),
            ("on_behalf_of", act.on_behalf_of),
            ("causation_id", act.causation_id),
            ("idempotency_key", act.idempotency_key),
        )
        self.act = act
        role = str(act.actor_role)
        self._actor = (
            act.occurred_offset_min,
            act.actor_id,
            role,
            act.actor_unit,
            act.on_behalf_of,
        )
        self._actor_fields = (
            as_smallint(act.occurred_offset_min),
            as_word(act.actor_id),
            as_word(role),
            as_word(act.actor_unit),
            as_text(act.on_behalf_of),
        )
        correlation = act.correlation_id
        self._cause = (
            str(correlation) if correlation else None,
            act.causation_id,
            act.idempotency_key,
        )
        self._cause_fields = (
            as_uuid(correlation) if correlation else NULL,
            as_text(act.causation_id),
            as_text(act.idempotency_key),
        )

    def place(
        self, ledger: str, event: EncodedEvent, policy: PolicyRef | None
    ) -> tuple[Fields, LeafFrame]:
        """Return the columns of an event that do not depend on its place, and its leaf's frame.

        Args:
            ledger: Name of the ledger.
            event: Caused by the act.
            policy: Policy pack it was judged by.

        Raises:
            EventTooLargeError: header and payload exceed 60,000 bytes.
            UnstorableTextError: the pack's name holds NUL or a lone surrogate.
        """
        pack = version = None
        if policy:
            refuse_unstorable(("policy_pack", policy.pack))
            pack, version = policy.pack, policy.version
        header = (
            str(event.originator_id),
            event.version,
            event.topic,
            event.schema_version,
            format_instant(event.occurred_at),
            *self._actor,
            pack,
            version,
            *self._cause,
        )
        frame = frame_leaf(ledger, header, event.payload)
        if frame.length_max > LEAF_LEN_MAX:
            raise EventTooLargeError(event.topic, frame.length_max, LEAF_LEN_MAX)
        fields = (
            as_uuid(event.originator_id),
            as_integer(event.version),
            as_word(event.topic),
            as_integer(event.schema_version),
            as_instant(event.occurred_at),
            *self._actor_fields,
            as_word(pack),
            NULL if version is None else as_integer(version),
            *self._cause_fields,
            as_bytea(event.payload),
        )
        return fields, frame
