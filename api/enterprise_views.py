"""Without this file enterprise profiles would have no shape to rely on."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Token
from domain.enterprise_terms import EnterpriseSize
from domain.vocabulary import PetitionState
from projections.enterprise_profile import EnterpriseProfile

Items = Meta(max_length=500)


class StateCount(msgspec.Struct, frozen=True):
    """How many petitions are in a state."""

    state: PetitionState
    label: Label
    petitions: Count


class EnterpriseView(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise, who looks after it, and how its petitions stand."""

    credit_code: Name
    enterprise_id: UUID
    name: Name
    industry: Name
    size: EnterpriseSize
    size_label: Label
    region: Name
    key_enterprise: bool
    liaison_unit: Name | None
    chief_unit: Name | None
    chief_from_on: date | None
    chief_until_on: date | None
    groups: Annotated[tuple[Name, ...], Meta(max_length=1_000)]
    petitions: Annotated[tuple[StateCount, ...], Meta(max_length=100)]

    @classmethod
    def of(cls, profile: EnterpriseProfile) -> "EnterpriseView":
        """Return the view of a profile."""
        counts = (
            StateCount(state, Label.of(state.label), profile.petitions[state])
            for state in PetitionState
            if state in profile.petitions
        )
        fields = profile._asdict() | {"petitions": tuple(counts)}
        return cls(**fields, size_label=Label.of(profile.size.label))


class EnterprisePage(msgspec.Struct, frozen=True, kw_only=True):
    """Enterprises by credit code."""

    items: Annotated[tuple[EnterpriseView, ...], Items]
    next_cursor: Token | None
    next: Token | None
