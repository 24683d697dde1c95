"""Without this file no member of a direct group could watch how a matter of it is handled."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import OPEN_STATES, Code, PetitionCommand
from domain.errors import GuardError
from domain.openness_events import SharedWithGroup
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class ShareWithGroup(PetitionCommand, frozen=True, kw_only=True):
    """Let a direct group's members follow the petition; those who join later are not among them.

    Attributes:
        group: Code of the group, as enterprises join it.
        members: Accounts that are in the group now.
    """

    label: ClassVar = Text("群内公开", "share it with a group")
    path: ClassVar = "group-shares"
    roles: ClassVar = who_may("ShareWithGroup")
    from_states: ClassVar = OPEN_STATES

    group: Code
    members: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=1_000)]

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the group with its members of now."""
        if facts.confidential:
            raise GuardError(
                "confidential-not-shared",
                "保密诉求和举报不得在群内公开；未作任何更改，请只与诉求人本人联系。",
                "confidential petitions and tip-offs are shared with no group; nothing was "
                "changed, talk to the petitioner alone.",
            )
        if len(set(self.members)) < len(self.members):
            raise GuardError(
                "member-named-twice",
                "同一账号在成员中列出两次；未作任何更改，请删去重复的账号。",
                "an account stands twice among the members; nothing was changed, name each once.",
            )
        known = {
            account
            for share in facts.shares
            if share.group == self.group
            for account in share.members
        }
        if known.issuperset(self.members):
            raise GuardError(
                "shared-with-group",
                "本件已向这些群成员公开；未作任何更改，只须列出新加入的成员。",
                "these members of the group see the petition already; nothing was changed, name "
                "somebody who has joined since.",
            )
        petition.record(SharedWithGroup, situation.act, group=self.group, members=self.members)
