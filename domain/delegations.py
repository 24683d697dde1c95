"""Without this file nobody could approve for a head who is away, or could do so for ever."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from domain.errors import DomainError
from domain.principal import Principal
from domain.text import Text
from domain.vocabulary import Role


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """One role of one unit, lent by its holder to somebody else for a while 代理授权.

    Attributes:
        number: 1, 2, 3 … in the ledger.
        from_account: Who holds the role.
        to_account: Who may act in it.
        role: Which role.
        unit: The unit it is held in, or null.
        starts_at: Aware instant from which it holds.
        ends_at: Aware instant at which it no longer holds.
    """

    number: int
    from_account: str
    to_account: str
    role: Role
    unit: str | None
    starts_at: datetime
    ends_at: datetime

    def holds_at(self, at: datetime) -> bool:
        """Whether it holds at an aware instant."""
        return self.starts_at <= at < self.ends_at


class Capacity(NamedTuple):
    """In which role and unit somebody acts, and for whom.

    Attributes:
        principal: The account itself in the role that was asked for.
        on_behalf_of: Account that lent the role, None for one's own.
    """

    principal: Principal
    on_behalf_of: str | None


class NotDelegatedError(DomainError):
    """Nobody ever lent the role to this account."""

    code = "not-delegated"


class DelegationPeriodError(DomainError):
    """The role was lent for another time."""

    code = "delegation-out-of-period"


def acts_as(
    principal: Principal, at: datetime, *, role: Role, delegations: Iterable[Delegation]
) -> Capacity:
    """Return the capacity in which somebody may act in a role; pure.

    One's own role comes first; of several delegations in force the latest counts.

    Args:
        principal: Who acts, as established by a key.
        at: Aware instant of the act.
        role: Role the act needs.
        delegations: Those of the ledger, from ``roster.state.delegations``.

    Raises:
        NotDelegatedError: the account never had the role.
        DelegationPeriodError: it had, but not at this instant.

    Source:
        domain.md decision 18.
    """
    if principal.role is role:
        return Capacity(principal, None)
    lent = [
        delegation
        for delegation in delegations
        if delegation.to_account == principal.actor_id and delegation.role is role
    ]
    for delegation in reversed(lent):
        if delegation.holds_at(at):
            acting = Principal(actor_id=principal.actor_id, role=role, unit=delegation.unit)
            return Capacity(acting, delegation.from_account)
    if lent:
        raise _out_of_period(lent[-1], at)
    raise NotDelegatedError(
        Text(
            f"该账号没有“{role.label.zh}”的代理授权；未作任何更改，请由本人办理或先办理授权。",
            f"the account holds no delegation as {role.label.en}; nothing was changed, let the "
            "holder act or have it delegated first.",
        )
    )


def _out_of_period(delegation: Delegation, at: datetime) -> DelegationPeriodError:
    starts, ends = delegation.starts_at.isoformat(), delegation.ends_at.isoformat()
    role = delegation.role.label
    return DelegationPeriodError(
        Text(
            f"第 {delegation.number} 号代理授权（{role.zh}）的期限为 {starts} 至 {ends}，"
            f"不含 {at.isoformat()}；未作任何更改，请由本人办理或重新授权。",
            f"delegation {delegation.number} as {role.en} holds from {starts} to {ends} and not "
            f"at {at.isoformat()}; nothing was changed, let the holder act or delegate it again.",
        )
    )
