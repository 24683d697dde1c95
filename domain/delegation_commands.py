"""Without this file a role could be lent by somebody who does not hold it, or without an end."""

from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import Code, Instant
from domain.delegations import Delegation
from domain.errors import GuardError, NotPermittedError
from domain.guards import refuse_second_self
from domain.resource import AggregateCommand
from domain.role_table import who_may
from domain.roster import Roster
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Role

DELEGATION_DAYS_MAX = 366
"""Longest period of one delegation in days [assumed]: an office leave, not an appointment."""


class GrantDelegation(AggregateCommand[Roster], frozen=True, kw_only=True):
    """Let somebody act in one's own role and unit for a while; nobody lends another's role."""

    label: ClassVar = Text("代理授权", "delegate a role")
    path: ClassVar = "delegations"
    roles: ClassVar = who_may("GrantDelegation")
    is_delegable: ClassVar = False

    to_account: Code
    starts_at: Instant
    ends_at: Instant

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the delegation of the actor's own role.

        Raises:
            NotPermittedError: the actor names itself.
            GuardError: ``delegation-period``.
        """
        act = situation.act
        refuse_second_self(self.to_account, situation)
        longest = self.starts_at + timedelta(days=DELEGATION_DAYS_MAX)
        if not max(self.starts_at, act.occurred_at) < self.ends_at <= longest:
            raise GuardError(
                "delegation-period",
                f"代理期限须晚于开始时间与当前时间，且不超过 {DELEGATION_DAYS_MAX} 天；"
                "未作任何更改，请修改 starts_at 与 ends_at。",
                "a delegation ends after it starts and after now, and within "
                f"{DELEGATION_DAYS_MAX} days; nothing was changed, correct 'starts_at' and "
                "'ends_at'.",
            )
        delegation = Delegation(
            number=len(aggregate.state.delegations) + 1,
            from_account=act.actor_id,
            to_account=self.to_account,
            role=act.actor_role,
            unit=act.actor_unit,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )
        aggregate.record(Roster.DelegationGranted, act, delegation=delegation)


class EndDelegation(AggregateCommand[Roster], frozen=True, kw_only=True):
    """End a delegation before its time; what was done under it stands."""

    label: ClassVar = Text("终止代理授权", "end a delegation")
    path: ClassVar = "delegation-endings"
    roles: ClassVar = who_may("EndDelegation")
    is_delegable: ClassVar = False

    number: Annotated[int, Meta(ge=1)]

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the end of a delegation that has not run out.

        Raises:
            NotPermittedError: somebody else granted it.
            GuardError: ``unknown-delegation`` or ``delegation-over``.
        """
        act, granted = situation.act, aggregate.state.delegations
        if self.number > len(granted):
            raise GuardError(
                "unknown-delegation",
                f"没有第 {self.number} 号代理授权；未作任何更改，请核对编号。",
                f"there is no delegation {self.number}; nothing was changed, check its number.",
            )
        delegation = granted[self.number - 1]
        if act.actor_role is not Role.ADMIN and act.actor_id != delegation.from_account:
            raise NotPermittedError(
                Text(
                    "只能终止本人授出的代理；未作任何更改，请由授权人或管理员办理。",
                    "one may end one's own delegations only; nothing was changed, let whoever "
                    "granted it or an administrator do it.",
                )
            )
        if delegation.ends_at <= act.occurred_at:
            raise GuardError(
                "delegation-over",
                f"第 {self.number} 号代理授权已于 {delegation.ends_at.isoformat()} 终止；"
                "未作任何更改，无需再办。",
                f"delegation {self.number} ended at {delegation.ends_at.isoformat()}; nothing was "
                "changed, there is nothing left to end.",
            )
        aggregate.record(Roster.DelegationEnded, act, number=self.number)
