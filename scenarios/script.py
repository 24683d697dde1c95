"""Without this file what happens in a play could not be told apart from playing it."""

from dataclasses import dataclass
from uuid import UUID

from domain.command import Command
from domain.principal import Principal
from domain.resource import Resource


@dataclass(frozen=True)
class ScriptStep:
    """One act of a play.

    Attributes:
        principal: Who acts.
        command: What is asked; its ``occurred_at`` is always given.
        idempotency_key: The same whenever the script is played, so that it is recorded once.
        target: Stream it is given to, or that it begins.
        resource: What the stream is one of; None for a petition.
    """

    principal: Principal
    command: Command
    idempotency_key: str
    target: UUID
    resource: Resource | None = None


@dataclass(frozen=True)
class Script:
    """Acts that follow each other, oldest first, on one stream or on several.

    Attributes:
        key: Its name in the scenario.
        steps: Its acts, at least one.
    """

    key: str
    steps: tuple[ScriptStep, ...]


@dataclass(frozen=True)
class PetitionScript(Script):
    """A petition's life from its submission on; the first act submits it."""

    @property
    def petition_id(self) -> UUID:
        """Its stream, which follows from the scenario and the key."""
        return self.steps[0].target
