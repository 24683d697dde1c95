"""Without this file what happens in a play could not be told apart from playing it."""

from dataclasses import dataclass
from uuid import UUID

from domain.command import PetitionCommand
from domain.filing import SubmitPetition
from domain.principal import Principal


@dataclass(frozen=True)
class ScriptStep:
    """One act of a petition's life.

    Attributes:
        principal: Who acts.
        command: What is asked; its ``occurred_at`` is always given.
        idempotency_key: The same whenever the script is played, so that it is recorded once.
    """

    principal: Principal
    command: SubmitPetition | PetitionCommand
    idempotency_key: str


@dataclass(frozen=True)
class PetitionScript:
    """A petition's life from its submission on, oldest act first.

    Attributes:
        key: Its name in the scenario.
        petition_id: Stream; follows from the scenario and the key.
        steps: Its acts; the first one submits it.
    """

    key: str
    petition_id: UUID
    steps: tuple[ScriptStep, ...]
