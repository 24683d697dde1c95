"""Without this file a city could not be played by its name."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.calendar_cn import find_calendar
from domain.roster import Unit
from domain.text import Text
from ledger.reference import NAMESPACE
from scenarios.dealing import deal_petitions
from scenarios.petition_life import write_life
from scenarios.scenario_files import read_files
from scenarios.script import PetitionScript

_OPENS_AT = time(9)


@dataclass(frozen=True)
class Scenario:
    """A city's play: units, rules, and the lives of its petitions.

    Attributes:
        city: Its name, e.g. ``shuangliu``.
        ledger: Name of the ledger it is played in, which holds nothing else.
        pack: Name of the policy pack that is shipped for it.
        opened_at: When units and rules are recorded, aware; before any petition.
        as_of: Instant its figures are judged at, aware.
        shown_petition: The petition whose timeline is shown.
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

    @property
    def commands(self) -> int:
        """How many commands the petitions' lives are made of."""
        return sum(len(petition.steps) for petition in self.petitions)


def read_scenario(city: str) -> Scenario:
    """Return a city's play; reads the program's own files.

    Raises:
        FileNotFoundError: ``scenario_files.list_cities()`` does not have the city.
        msgspec.ValidationError, ValueError: its files are wrong.
    """
    files = read_files(city)
    frame, zone = files.frame, ZoneInfo(files.frame.zone)
    calendar, namespace = find_calendar(frame.calendar), uuid5(NAMESPACE, f"scenario/{city}")
    petitions = tuple(
        write_life(plan, namespace, frame.seed, calendar, zone) for plan in deal_petitions(files)
    )
    return Scenario(
        city=city,
        ledger=f"demo_{city}",
        title=frame.title,
        zone=zone,
        pack=frame.pack,
        units=files.units,
        opened_at=datetime.combine(frame.opened_on, _OPENS_AT, zone),
        as_of=datetime.combine(frame.as_of_on, time.max, zone),
        petitions=petitions,
        shown_petition=uuid5(namespace, frame.shown_case),
    )
