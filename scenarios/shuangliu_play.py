"""Without this file Shuangliu's files would be a list of numbers."""

from zoneinfo import ZoneInfo

from domain.calendar_cn import find_calendar
from scenarios.dealing import deal_petitions
from scenarios.petition_life import write_life
from scenarios.play import Play, city_namespace
from scenarios.scenario_files import read_files


def write_shuangliu(city: str) -> Play:
    """Return the sessions and the petitions raised there; reads the program's own files."""
    files = read_files(city)
    frame, zone = files.frame, ZoneInfo(files.frame.zone)
    calendar, namespace = find_calendar(frame.calendar), city_namespace(city)
    petitions = tuple(
        write_life(plan, namespace, frame.seed, calendar, zone) for plan in deal_petitions(files)
    )
    return Play(frame, petitions)
