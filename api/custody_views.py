"""Without this file custody of time would have no shape to rely on."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name
from domain.custody import Charge, Custody
from domain.vocabulary import Holder
from projections.custody_sums import CustodySums, HolderSum

Items = Meta(max_length=500)
Parts = Meta(max_length=100_000)


class ChargeView(msgspec.Struct, frozen=True, kw_only=True):
    """Working minutes of one holder; ``unit`` is empty for everybody but a unit."""

    holder: Holder
    holder_label: Label
    unit: Name
    minutes: Count

    @classmethod
    def of(cls, charge: Charge) -> "ChargeView":
        """Return the view of a charge."""
        return cls(**charge._asdict(), holder_label=Label.of(charge.holder.label))


class CustodyView(msgspec.Struct, frozen=True, kw_only=True):
    """Where the working time of a petition went; the parts sum to the whole."""

    petition_id: UUID
    as_of: datetime
    whole_minutes: Count
    parts: Annotated[tuple[ChargeView, ...], Parts]

    @classmethod
    def of(cls, petition_id: UUID, as_of: datetime, charged: Custody) -> "CustodyView":
        """Return the view of a petition's custody."""
        parts = tuple(map(ChargeView.of, charged.parts))
        return cls(petition_id=petition_id, as_of=as_of, whole_minutes=charged.whole, parts=parts)


class HolderView(msgspec.Struct, frozen=True, kw_only=True):
    """Working minutes of one holder over several petitions."""

    holder: Holder
    holder_label: Label
    unit: Name
    petitions: Count
    minutes: Count

    @classmethod
    def of(cls, part: HolderSum) -> "HolderView":
        """Return the view of a sum."""
        return cls(**part._asdict(), holder_label=Label.of(part.holder.label))


class CustodySumsView(msgspec.Struct, frozen=True, kw_only=True):
    """Where the time of the petitions closed in a period went; the parts sum to the whole."""

    closed_from: datetime
    closed_before: datetime
    petitions: Count
    whole_minutes: Count
    parts: Annotated[tuple[HolderView, ...], Parts]

    @classmethod
    def of(cls, since: datetime, before: datetime, sums: CustodySums) -> "CustodySumsView":
        """Return the view of sums."""
        return cls(
            closed_from=since,
            closed_before=before,
            petitions=sums.petitions,
            whole_minutes=sums.whole,
            parts=tuple(map(HolderView.of, sums.parts)),
        )
