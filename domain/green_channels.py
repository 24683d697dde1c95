"""Without this file a project's application would wait in line with everything else."""

from typing import ClassVar

from domain.command import OPEN_STATES, PetitionCommand, Prose
from domain.errors import GuardError
from domain.openness_events import GreenChannelOpened
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class OpenGreenChannel(PetitionCommand, frozen=True, kw_only=True):
    """Mark an open petition to be handled ahead of others; no clock moves."""

    label: ClassVar = Text("开通绿色通道", "open the green channel")
    path: ClassVar = "green-channels"
    roles: ClassVar = who_may("OpenGreenChannel")
    from_states: ClassVar = OPEN_STATES

    basis: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record it once, with what it rests on."""
        if facts.green_channel_at is not None:
            raise GuardError(
                "green-channel-open",
                "本件已在绿色通道；未作任何更改，无须重复开通。",
                "the petition is in the green channel already; nothing was changed, once is "
                "enough.",
            )
        petition.record(GreenChannelOpened, situation.act, basis=Personal(self.basis))
