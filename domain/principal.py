"""Without this file a caller could say of itself which role and unit it acts for."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.act import Act
from domain.vocabulary import Role


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Who is calling, as established by a key and never by the request.

    Attributes:
        actor_id: Account, never a name.
        role: The one role it may act in.
        unit: Unit it is bound to, or null.
        kin: Other codes of its unit's office, by today's roster: what was merged into it.
    """

    actor_id: str
    role: Role
    unit: str | None = None
    kin: tuple[str, ...] = ()

    @property
    def units(self) -> frozenset[str]:
        """Codes under which its unit is known; none for who is bound to no unit."""
        return frozenset() if self.unit is None else frozenset({self.unit, *self.kin})

    def act(
        self,
        occurred_at: datetime,
        *,
        on_behalf_of: str | None = None,
        idempotency_key: str | None = None,
        correlation_id: UUID | None = None,
    ) -> Act:
        """Return an act of this principal; its offset is the claimed instant's own."""
        offset = occurred_at.utcoffset()
        return Act(
            actor_id=self.actor_id,
            actor_role=self.role,
            actor_unit=self.unit,
            on_behalf_of=on_behalf_of,
            occurred_at=occurred_at,
            occurred_offset_min=0 if offset is None else int(offset.total_seconds() // 60),
            correlation_id=correlation_id,
            idempotency_key=idempotency_key,
        )
