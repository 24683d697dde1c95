"""Without this file every city would hand over its acts in another form."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from ledger.reference import NAMESPACE
from scenarios.scenario_files import Frame
from scenarios.script import PetitionScript, Script


@dataclass(frozen=True)
class Play:
    """What a city's files add up to.

    Attributes:
        petitions: Lives of petitions, each on its own.
        activities: Acts on other streams, or on several, that wait for no other script.
        first: What must be there before all others, one after the other.
    """

    frame: Frame
    petitions: tuple[PetitionScript, ...]
    activities: tuple[Script, ...] = ()
    first: tuple[Script, ...] = ()


def city_namespace(city: str) -> UUID:
    """Return the namespace of a city's petition ids; pure."""
    return uuid5(NAMESPACE, f"scenario/{city}")
