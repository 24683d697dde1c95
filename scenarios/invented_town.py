"""Without this file invented petitions would have no units, rules or matters."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.calendar_cn import find_calendar
from domain.pack_content import PackContent
from domain.roster import Unit
from scenarios.decided_life import Foundation, Life, decide_life
from scenarios.invented_life import write_invented_life
from scenarios.invented_plan import deal_plan
from scenarios.pack_files import read_pack
from scenarios.scenario_files import Matter, Names, read_files

CITY: Final = "shuangliu"
PACK: Final = "plain"


@dataclass(frozen=True)
class Town:
    """Where invented petitions happen: a shipped city's units and matters, under plain rules."""

    zone: ZoneInfo
    calendar: Calendar
    content: PackContent
    units: tuple[Unit, ...]
    matters: tuple[Matter, ...]
    names: Names

    def opened_at(self, first_on: date) -> datetime:
        """Return when a ledger whose petitions begin on a local day is founded, aware."""
        return datetime.combine(first_on, time(), self.zone)

    def decide(self, seed: int, filed_on: date, place: int, foundation: Foundation) -> Life:
        """Return an invented petition, each act decided by the domain.

        Pure: the same seed, day and place give the same life.

        Args:
            seed: Of the log.
            filed_on: Local day of filing.
            place: From 1, among the day's decided lives.
            foundation: Made of this town's units and rules.
        """
        key = f"{filed_on:%Y%m%d}-{place}"
        # Not for secrets: a log must come out the same each time.
        rng = Random(f"{seed}/{key}")  # noqa: S311 - an invented case
        plan = deal_plan(key, filed_on, place, rng, self.matters, self.names, self.content)
        petition_id = UUID(int=rng.getrandbits(128), version=4)
        steps = write_invented_life(plan, petition_id, self.calendar, self.zone, rng)
        return decide_life(steps, foundation)


@cache
def read_town() -> Town:
    """Return the town; reads the program's own files."""
    files = read_files(CITY)
    content = read_pack(PACK)
    return Town(
        ZoneInfo(files.frame.zone),
        find_calendar(content.calendar),
        content,
        files.units,
        files.matters,
        files.names,
    )
