"""Without this file a city could not be played by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.roster import Unit
from domain.text import Text
from scenarios.acts import write_acts
from scenarios.chaoyang_play import write_chaoyang
from scenarios.langfang_play import write_langfang
from scenarios.play import Play, city_namespace
from scenarios.scenario_files import read_units
from scenarios.script import PetitionScript, Script
from scenarios.shuangliu_play import write_shuangliu

_WRITERS: Final[Mapping[str, Callable[[str], Play]]] = {
    "chaoyang": write_chaoyang,
    "langfang": write_langfang,
    "shuangliu": write_shuangliu,
}
"""Cities whose acts follow a pattern; all others are written out in ``acts.toml``."""

_OPENS_AT = time(9)


@dataclass(frozen=True)
class Scenario:
    """A city's play: units, rules, the lives of its petitions, and all other activities.

    Attributes:
        city: Its name, e.g. ``shuangliu``.
        ledger: Name of the ledger it is played in, which holds nothing else.
        pack: Name of the policy pack that is shipped for it.
        opened_at: When units and rules are recorded, aware; before any petition.
        as_of: Instant its figures are judged at, aware.
        shown_petition: The petition whose timeline is shown.
        activities: Acts on other streams than petitions.
        first: Acts that come before all others.
        groups: What the direct groups of enterprises are called, by code.
    """

    city: str
    ledger: str
    title: Text
    zone: ZoneInfo
    pack: str
    units: tuple[Unit, ...]
    opened_at: datetime
    as_of: datetime
    petitions: tuple[PetitionScript, ...]
    shown_petition: UUID
    activities: tuple[Script, ...] = ()
    first: tuple[Script, ...] = ()
    groups: Mapping[str, Text] = field(default_factory=dict)

    @property
    def scripts(self) -> int:
        """How many scripts there are in all."""
        return len(self.petitions) + len(self.activities) + len(self.first)

    @property
    def commands(self) -> int:
        """How many commands all scripts are made of."""
        scripts = (*self.first, *self.petitions, *self.activities)
        return sum(len(script.steps) for script in scripts)


def read_scenario(city: str) -> Scenario:
    """Return a city's play; reads the program's own files.

    Raises:
        FileNotFoundError: ``scenario_files.list_cities()`` does not have the city.
        msgspec.ValidationError, ValueError: its files are wrong.
    """
    play = _WRITERS.get(city, write_acts)(city)
    frame, zone = play.frame, ZoneInfo(play.frame.zone)
    return Scenario(
        city=city,
        ledger=f"demo_{city}",
        title=frame.title,
        zone=zone,
        pack=frame.pack,
        units=read_units(city),
        opened_at=datetime.combine(frame.opened_on, _OPENS_AT, zone),
        as_of=datetime.combine(frame.as_of_on, time.max, zone),
        petitions=play.petitions,
        shown_petition=uuid5(city_namespace(city), frame.shown_case),
        activities=play.activities,
        first=play.first,
        groups=frame.groups,
    )
