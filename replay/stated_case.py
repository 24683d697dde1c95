"""Without this file two files could state the same case and be taken for different."""

from datetime import datetime

import msgspec

from domain.vocabulary import Channel, Outcome, PetitionType, Satisfaction
from ledger.canonical import canonical_bytes


class StatedCase(msgspec.Struct, frozen=True, kw_only=True):
    """What one row states of a case, in our words; the unit is still the file's label.

    Two files that state the same of a case give equal values, whatever their
    format, their row order and their other cases.
    """

    case_key: str
    number: str
    status: str
    created_at: datetime
    closed_at: datetime | None
    replied_at: datetime | None
    due_at: datetime | None
    outcome: Outcome
    satisfaction: Satisfaction | None
    unit: str | None
    petition_type: PetitionType | None
    type_label: str | None
    category: str | None
    channel: Channel
    channel_label: str | None
    region: str | None
    enterprise: str | None
    subject: str | None
    text: str | None
    name: str | None
    phone: str | None
    reply: str | None

    def content(self) -> bytes:
        """Return the canonical bytes of what is stated, instants in UTC; pure."""
        return canonical_bytes(self)
