"""Without this file the documentation would not show what a write answers."""

from api.examples import EXAMPLE_ID
from api.resource_schemas import ResourceWritten
from api.schemas import Label, Written
from domain.command import Command
from domain.filing import RegisterPetition, SubmitPetition
from domain.resource import OpeningCommand, Resource
from domain.vocabulary import PetitionState


def written_example(kind: type[Command]) -> Written:
    """Return the answer to a command on a petition. Pure."""
    if kind is SubmitPetition:
        version, number, state = 1, None, PetitionState.SUBMITTED
    elif kind is RegisterPetition:
        version, number, state = 2, "20260901000042", PetitionState.REGISTERED
    else:
        version, number, state = 4, "20260901000042", PetitionState.IN_PROGRESS
    return Written(
        petition_id=EXAMPLE_ID,
        number=number,
        version=version,
        state=state,
        state_label=Label.of(state.label),
        first_position=41 + version,
        last_position=41 + version,
        replayed=False,
    )


def resource_written_example(resource: Resource, kind: type[Command]) -> ResourceWritten:
    """Return the answer to a command on something else than a petition. Pure."""
    version = 1 if issubclass(kind, OpeningCommand) else 2
    return ResourceWritten(
        id=EXAMPLE_ID,
        kind=resource.aggregate.TOPIC,
        version=version,
        state=None,
        state_label=None,
        first_position=41 + version,
        last_position=41 + version,
        replayed=False,
    )
