"""Without this file nobody could say which enterprises a direct group reaches."""

from typing import ClassVar

from domain.command import Code
from domain.enterprise import Enterprise
from domain.errors import GuardError
from domain.resource import AggregateCommand
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class JoinGroup(AggregateCommand[Enterprise], frozen=True, kw_only=True):
    """Put an enterprise into a direct group."""

    label: ClassVar = Text("加入直通群", "join a group")
    path: ClassVar = "group-joinings"
    roles: ClassVar = who_may("JoinGroup")

    group: Code

    def decide(self, aggregate: Enterprise, situation: Situation) -> None:
        """Record it once.

        Raises:
            GuardError: ``in-group-already``.
        """
        if self.group in aggregate.groups:
            raise GuardError(
                "in-group-already",
                f"该企业已在群“{self.group}”；未作任何更改，无需重复加入。",
                f"the enterprise is in group '{self.group}'; nothing was changed, there is "
                "nothing left to do.",
            )
        aggregate.record(Enterprise.GroupJoined, situation.act, group=self.group)


class LeaveGroup(AggregateCommand[Enterprise], frozen=True, kw_only=True):
    """Take an enterprise out of a direct group."""

    label: ClassVar = Text("退出直通群", "leave a group")
    path: ClassVar = "group-leavings"
    roles: ClassVar = who_may("LeaveGroup")

    group: Code

    def decide(self, aggregate: Enterprise, situation: Situation) -> None:
        """Record it.

        Raises:
            GuardError: ``not-in-group``.
        """
        if self.group not in aggregate.groups:
            raise GuardError(
                "not-in-group",
                f"该企业不在群“{self.group}”；未作任何更改，请核对群编号。",
                f"the enterprise is not in group '{self.group}'; nothing was changed, check the "
                "group's code.",
            )
        aggregate.record(Enterprise.GroupLeft, situation.act, group=self.group)
