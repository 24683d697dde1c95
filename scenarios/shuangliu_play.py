"""Without this file Shuangliu's files would be a list of numbers."""

from zoneinfo import ZoneInfo

from domain.calendar_cn import find_calendar
from scenarios.dealing import deal_petitions
from scenarios.petition_life import write_life
from scenarios.play import Play, city_namespace
from scenarios.scenario_files import read_files
from scenarios.session_life import write_duty, write_session


def write_shuangliu(city: str) -> Play:
    """Return the sessions and the petitions raised there; reads the program's own files."""
    files = read_files(city)
    frame, zone = files.frame, ZoneInfo(files.frame.zone)
    calendar, namespace = find_calendar(frame.calendar), city_namespace(city)
    plans = deal_petitions(files)
    petitions = tuple(write_life(plan, namespace, frame.seed, calendar, zone) for plan in plans)
    sessions = tuple(
        write_session(
            session,
            [plan for plan in plans if plan.session_on == session.on],
            files,
            namespace,
            zone,
        )
        for session in frame.sessions
    )
    return Play(frame, petitions, sessions, (write_duty(files, namespace, zone),))
