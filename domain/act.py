"""Without this file nobody could say who did something, in which capacity, and when."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.vocabulary import Role


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, in which role and unit, and when they say it happened.

    The fields become header columns of every event the act causes.

    Attributes:
        actor_id: Account of the person or system, never a name.
        actor_role: Role in which they act.
        actor_unit: Unit they act for; null for petitioners and the clock.
        on_behalf_of: Account of the person somebody else speaks for.
        occurred_at: Aware instant of the act as claimed; late entry is allowed.
        occurred_offset_min: Offset of the claimed local time from UTC, minutes, -840 to 840.
        correlation_id: Joins the events of one business act over several streams.
        causation_id: ``originator_id:version`` of the event that led to this act.
        idempotency_key: The caller's key; the same key gives the same answer for ever.
    """

    actor_id: str
    actor_role: Role
    actor_unit: str | None = None
    on_behalf_of: str | None = None
    occurred_at: datetime
    occurred_offset_min: int = 480
    correlation_id: UUID | None = None
    causation_id: str | None = None
    idempotency_key: str | None = None
