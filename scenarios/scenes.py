"""Without this file the scenes of a petition's life could not be written apart."""

from abc import abstractmethod
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from domain.command import PetitionCommand
from domain.filing import SubmitPetition
from domain.principal import Principal
from scenarios.dealing import PetitionPlan
from scenarios.office_clock import OfficeClock


class Scenes:
    """What every scene needs: the plan, the time, and a place to write acts down.

    Attributes:
        due_at: The petition's due, aware; known once it was accepted.
        reply_on: Local day on which the first reply is planned.
    """

    plan: PetitionPlan
    clock: OfficeClock
    zone: ZoneInfo
    rng: Random
    owner: Principal
    due_at: datetime
    reply_on: date

    @abstractmethod
    def act(
        self, principal: Principal, command: SubmitPetition | PetitionCommand, at: datetime
    ) -> None:
        """Write down an act."""

    @abstractmethod
    def reply(self) -> None:
        """Write down the lead's reply."""
