"""Without this file a terminal would have a list of commands of its own, and it would age."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from uuid import UUID, uuid4

import msgspec

from api.bodies import decode_command
from api.errors import RequestRefusedError
from commands.failures import CommandError, Exit
from commands.language import say
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.command import Command, PetitionCommand
from domain.filing import SubmitPetition
from domain.principal import Principal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.text import Text

if TYPE_CHECKING:
    from ledger.application import PetitionLedger
    from ledger.receipt import Receipt

PETITIONS = "petitions"
"""What petitions are called on the command line; they are no ``Resource``."""


class KnownAct(NamedTuple):
    """One command that a terminal may give, and what it is given to.

    Attributes:
        kind: The command.
        resource: What it is given to; None for petitions.
    """

    kind: type[Command]
    resource: Resource | None

    @property
    def name(self) -> str:
        """Its name on the command line: ``accept-petition``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", self.kind.__name__).lower()

    @property
    def is_opening(self) -> bool:
        """Whether it begins something, so that it takes no id."""
        return issubclass(self.kind, OpeningCommand | SubmitPetition)

    def decode(self, body: bytes) -> Command:
        """Return the command that a body holds; pure.

        Raises:
            CommandError: the body does not fit, with the place of what is wrong.
        """
        try:
            return decode_command(body, msgspec.json.Decoder(self.kind))
        except RequestRefusedError as error:
            places = "\n".join(f"  {place or '/'}: {say(text)}" for place, text in error.faults)
            raise _misused(
                f"命令内容不符合要求；未作任何更改，请按下列各处修改：\n{places}",
                f"The body does not fit; nothing was changed, correct these places:\n{places}",
            ) from error

    def give(
        self,
        ledger: "PetitionLedger",
        target: UUID | None,
        command: Command,
        principal: Principal,
        key: str | None,
        seen_version: int | None,
    ) -> "Receipt":
        """Give the command. Blocking, one transaction.

        Args:
            ledger: Where.
            target: Id of what it is given to, None to begin something.
            command: As decoded.
            principal: Who gives it.
            key: Idempotency key, or None.
            seen_version: Version that was read, or None for the latest.

        Raises:
            DomainError: a guard refused it.
            LedgerError: the ledger could not record it.
        """
        match command:
            case SubmitPetition():
                return ledger.submit(uuid4(), command, principal, key)
            case OpeningCommand():
                resource = cast("Resource", self.resource)
                return ledger.open(resource, uuid4(), command, principal, key)
        aggregate_id = cast("UUID", target)
        if isinstance(command, PetitionCommand):
            return ledger.apply(
                aggregate_id,
                command,
                principal,
                idempotency_key=key,
                expected_version=seen_version,
            )
        return ledger.give(
            cast("Resource", self.resource),
            aggregate_id,
            cast("AggregateCommand[Any]", command),
            principal,
            key=key,
            expected_version=seen_version,
        )


def known_acts(path: str) -> list[KnownAct]:
    """Return the commands of a resource, in the order of its life; pure.

    Raises:
        CommandError: there is no such resource.
    """
    if path == PETITIONS:
        kinds: tuple[type[Command], ...] = (SubmitPetition, *PETITION_COMMANDS)
        return [KnownAct(kind, None) for kind in kinds]
    for resource in RESOURCES:
        if resource.path == path:
            return [KnownAct(kind, resource) for kind in (*resource.opening, *resource.commands)]
    raise _misused(
        f"没有类别“{path}”；未作任何更改。全部类别见 taizhang act。",
        f"There is no resource '{path}'; nothing was changed. See: taizhang act",
    )


def take_act(path: str, name: str, *, has_target: bool) -> KnownAct:
    """Return one command of a resource by its name; pure.

    Raises:
        CommandError: there is no such command, or it needs an id, or takes none.
    """
    for act in known_acts(path):
        if act.name == name:
            if act.is_opening and has_target:
                raise _misused(
                    f"“{name}”新建事项，不填标识；未作任何更改。",
                    f"'{name}' begins something and takes no id; nothing was changed.",
                )
            if not (act.is_opening or has_target):
                raise _misused(
                    f"“{name}”须写明标识；未作任何更改。",
                    f"'{name}' needs the id of what it is given to; nothing was changed.",
                )
            return act
    raise _misused(
        f"“{path}”没有命令“{name}”；未作任何更改。全部命令见 taizhang act {path}。",
        f"'{path}' has no command '{name}'; nothing was changed. See: taizhang act {path}",
    )


def _misused(zh: str, en: str) -> CommandError:
    return CommandError(Exit.USAGE, Text(zh, en))
