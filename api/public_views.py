"""Without this file the public list would have no shape to rely on."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from api.schemas import Label, Name, Token, Version
from domain.vocabulary import PetitionType
from projections.public_list import PublicLine

Words = Annotated[str, Meta(max_length=20_000)]


class PublicReplyView(msgspec.Struct, frozen=True, kw_only=True):
    """One public reply; subject and text are null once they were erased.

    Attributes:
        petition_id: The petition.
        version: Stream place of the event that published the reply.
        number: The petition's number.
        petition_type: Its type, or empty.
        type_label: What people call that type, or null.
        stated_type: The city's own word for it, or empty.
        region: Code of its region, or empty.
        unit: Code of the unit that answered.
        filed_on: Local day of the submission.
        closed_on: Local day of the closing, or null while it is open.
        published_at: Aware instant.
        subject: Public wording.
        text: Public wording.
    """

    petition_id: UUID
    version: Version
    number: Name | None
    petition_type: Name
    type_label: Label | None
    stated_type: Name
    region: Name
    unit: Name
    filed_on: date
    closed_on: date | None
    published_at: datetime
    subject: Words | None
    text: Words | None

    @classmethod
    def of(cls, line: PublicLine, zone: ZoneInfo) -> "PublicReplyView":
        """Return the view of a line; days are those of the ledger's zone."""
        kind, closed_at = line.petition_type, line.closed_at
        return cls(
            petition_id=line.petition_id,
            version=line.version,
            number=line.number,
            petition_type=kind,
            type_label=Label.of(PetitionType(kind).label) if kind else None,
            stated_type=line.type_label,
            region=line.region,
            unit=line.unit,
            filed_on=line.filed_at.astimezone(zone).date(),
            closed_on=None if closed_at is None else closed_at.astimezone(zone).date(),
            published_at=line.published_at,
            subject=line.subject,
            text=line.text,
        )


class PublicPage(msgspec.Struct, frozen=True, kw_only=True):
    """Replies that are public now, the newest first; `unit` is null for all units."""

    unit: Name | None
    items: Annotated[tuple[PublicReplyView, ...], Meta(max_length=500)]
    next_cursor: Token | None
    next: Token | None
