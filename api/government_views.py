"""Without this file supervision orders and appeals would have no shape to rely on."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Token
from domain.assessment import AppealState, ExclusionReason, ScoreComponent
from domain.supervision_terms import CircularState, SupervisionFinding, SupervisionState
from domain.vocabulary import Labelled, SupervisionLevel
from projections.assessment_appeals import AppealLine
from projections.supervision_ledger import SupervisionLine

Items = Meta(max_length=500)


class SupervisionView(msgspec.Struct, frozen=True, kw_only=True):
    """One supervision order or proposal; petitions the caller may not know of are left out."""

    order_id: UUID
    unit: Name
    level: SupervisionLevel
    level_label: Label
    state: SupervisionState
    state_label: Label
    proposed_at: datetime | None
    opened_at: datetime | None
    due_at: datetime | None
    responded_at: datetime | None
    interviewed_at: datetime | None
    circular_number: Name | None
    circular_state: CircularState | None
    circular_state_label: Label | None
    circular_final_at: datetime | None
    closed_at: datetime | None
    finding: SupervisionFinding | None
    finding_label: Label | None
    petitions: Annotated[tuple[UUID, ...], Meta(max_length=100_000)]
    days: Count | None

    @classmethod
    def of(cls, line: SupervisionLine) -> "SupervisionView":
        """Return the view of a line."""
        return cls(
            **line._asdict(),
            level_label=Label.of(line.level.label),
            state_label=Label.of(line.state.label),
            circular_state_label=_label(line.circular_state),
            finding_label=_label(line.finding),
        )


class SupervisionPage(msgspec.Struct, frozen=True, kw_only=True):
    """Orders and proposals, the open ones first, then the latest."""

    unit: Name | None
    as_of: datetime
    items: Annotated[tuple[SupervisionView, ...], Items]
    next_cursor: Token | None
    next: Token | None


class AppealView(msgspec.Struct, frozen=True, kw_only=True):
    """One objection of a unit to how a petition counts in its score."""

    appeal_id: UUID
    unit: Name
    petition_id: UUID
    component: ScoreComponent
    component_label: Label
    state: AppealState
    state_label: Label
    appealed_at: datetime
    decided_at: datetime | None
    excluded_by: ExclusionReason | None
    excluded_by_label: Label | None

    @classmethod
    def of(cls, line: AppealLine) -> "AppealView":
        """Return the view of a line."""
        return cls(
            **line._asdict(),
            component_label=Label.of(line.component.label),
            state_label=Label.of(line.state.label),
            excluded_by_label=_label(line.excluded_by),
        )


class AppealPage(msgspec.Struct, frozen=True, kw_only=True):
    """Objections, the latest first; `unit` is null for all units."""

    unit: Name | None
    items: Annotated[tuple[AppealView, ...], Items]
    next_cursor: Token | None
    next: Token | None


def _label(value: Labelled | None) -> Label | None:
    return None if value is None else Label.of(value.label)
