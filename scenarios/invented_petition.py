"""Without this file every invented petition would have to be decided by itself."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final, cast
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.act import Act
from domain.intake_events import Registered, Submitted
from domain.personal import Personal
from domain.petition import PetitionEvent
from domain.petition_event import Petitioner
from ledger.append import Append, CommandKey, prepare_append
from ledger.canonical import canonical_bytes
from ledger.codec import EncodedEvent, EventCodec
from ledger.header import PolicyRef
from ledger.personal import PersonalValue, commit_to
from scenarios.decided_life import DecidedEvent, Life
from scenarios.enterprise import Enterprise

_FINGERPRINT: Final = bytes(32)


class Entry(msgspec.Struct, frozen=True):
    """What one command of a decided life recorded.

    Attributes:
        events: At least one.
        encoded: The same as stored, but for the salts.
        act: Who gave it.
        policy: Policy pack the petition stood under.
        entered_at: Instant of the host's clock, aware.
    """

    events: tuple[DecidedEvent, ...]
    encoded: tuple[EncodedEvent, ...]
    act: Act
    policy: PolicyRef | None
    entered_at: datetime


class Mould(msgspec.Struct, frozen=True):
    """A decided life from which petitions of several firms are made.

    Attributes:
        entries: Its commands, in order.
        account: Account of the firm that it was decided for.
    """

    entries: tuple[Entry, ...]
    account: str

    @classmethod
    def of(cls, life: Life, codec: EventCodec) -> "Mould":
        """Return a life with its payloads, so that they are made once."""
        entries = []
        for _, group in groupby(life, key=lambda each: each.act.idempotency_key):
            events = tuple(group)
            first = events[0]
            encoded = tuple(codec.encode(each.event) for each in events)
            entries.append(Entry(events, encoded, first.act, first.policy, first.entered_at))
        return cls(tuple(entries), cast("Submitted", life[0].event).owner_id)


@dataclass(frozen=True)
class InventedPetition:
    """A decided life as that of another firm.

    Only what no rule looks at is another: firm, account and telephone, region, id, number.

    Attributes:
        draw_salt: Returns 32 bytes for each personal value.
        codec: Draws its salts by the same.
    """

    mould: Mould
    petition_id: UUID
    number: str
    firm: Enterprise
    region: str
    draw_salt: Callable[[], bytes]
    codec: EventCodec

    def append(self, ledger: str, place: int) -> Append:
        """Return what one of its commands records, ready for its place in the log.

        Args:
            ledger: Name of the ledger.
            place: Of the command, from 0.
        """
        entry = self.mould.entries[place]
        act = self._act(entry.act, place)
        encoded = tuple(self._encoded(entry))
        command: CommandKey | None = None
        claims: tuple[str, ...] = ()
        if place == 0:
            answer = canonical_bytes({"originator_id": self.petition_id, "version": 1})
            command = CommandKey(act.actor_id, act.idempotency_key or "", _FINGERPRINT, answer)
        elif isinstance(entry.events[0].event, Registered):
            claims = (f"number:{self.number}",)
        return prepare_append(
            ledger, encoded, act=act, policy=entry.policy, command=command, claims=claims
        )

    def _act(self, act: Act, place: int) -> Act:
        account = self.mould.account
        actor_id = self.firm.account if act.actor_id == account else act.actor_id
        spoken_for = self.firm.account if act.on_behalf_of == account else act.on_behalf_of
        key = f"gen:{self.number}:{place + 1:02d}"
        return replace(act, actor_id=actor_id, on_behalf_of=spoken_for, idempotency_key=key)

    def _encoded(self, entry: Entry) -> Iterator[EncodedEvent]:
        for decided, encoded in zip(entry.events, entry.encoded, strict=True):
            if isinstance(decided.event, Submitted | Registered):
                yield self.codec.encode(self._own(decided.event))
            else:
                yield self._sealed_anew(encoded)

    def _sealed_anew(self, encoded: EncodedEvent) -> EncodedEvent:
        """Return an event whose payload names the petition by its commitments alone."""
        payload, personal = encoded.payload, []
        for value in encoded.personal:
            place = (encoded.version, value.path, value.value)
            salt = self.draw_salt()
            old = commit_to(value.salt, encoded.originator_id, *place)
            new = commit_to(salt, self.petition_id, *place)
            payload = payload.replace(old.encode(), new.encode())
            personal.append(PersonalValue(value.path, salt, value.value))
        return replace(
            encoded,
            originator_id=self.petition_id,
            payload=payload,
            personal=tuple(personal),
        )

    def _own(self, decided: Submitted | Registered) -> PetitionEvent:
        # As in decoding: `replace` would run the library's constructor, ten times slower.
        event = copy(decided)
        own: dict[str, object] = {"originator_id": self.petition_id}
        match event:
            case Registered():
                own["number"] = self.number
            case Submitted():
                own |= {
                    "owner_id": self.firm.account,
                    "enterprise": self.firm.code,
                    "region": self.region,
                    "petitioner": Petitioner(
                        Personal(f"{self.firm.name}联络人"), Personal(self.firm.phone)
                    ),
                }
        event.__dict__.update(own)
        return event
