"""Without this file the demo would not show who came to the sessions."""

from datetime import date, datetime
from typing import Any, Final

from psycopg import Connection

from commands.language import say
from domain.session_terms import AttendeeRole, SessionKind
from domain.text import Text
from projections.participation import read_participation
from projections.session_board import read_sessions
from scenarios.scenario import Scenario

_TITLE: Final = Text("主活动与参与", "Main sessions and who came")
_SAMPLE: Final = Text(
    "覆盖面按到会部门去重，只是虚构样本的性质；公开报道的 66.36 % 等于 73/110，"
    "系人次除以部门数，不是覆盖面。",
    "Coverage counts each department once and is a property of the invented sample; the published "
    "66.36 % is 73/110, person-times over departments, and no coverage.",
)
_SESSIONS_MAX: Final = 500


def session_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return who took part in the main sessions up to the scenario's end. Blocking."""
    first, last = (_day(at, scenario) for at in (scenario.opened_at, scenario.as_of))
    found = read_participation(connection, first, last, kinds=(SessionKind.MAIN,))
    if not found.sessions:
        return []
    leaders = found.person_times.get(AttendeeRole.LEADER_AS_SERVER, 0)
    heads = found.person_times.get(AttendeeRole.DEPARTMENT_HEAD, 0)
    coverage = found.coverage
    listed = read_sessions(connection, first, last, limit=_SESSIONS_MAX)
    made = sum(line.commitments for line in listed)
    waiting = sum(line.commitments_open for line in listed)
    return [
        say(_TITLE),
        say(
            Text(
                f"主活动 {found.sessions} 场，参与企业 {found.enterprises} 家，"
                f"区领导 {leaders} 人次，部门负责人 {heads} 人次，提出诉求 {found.petitions} 件",
                f"{found.sessions} main sessions, {found.enterprises} enterprises, leaders "
                f"{leaders} person-times, department heads {heads} person-times, "
                f"{found.petitions} petitions raised",
            )
        ),
        say(
            Text(
                f"部门覆盖面 {coverage.n}/{coverage.d} = {coverage.shown().zh}",
                f"departments covered {coverage.n}/{coverage.d} = {coverage.shown().en}",
            )
        ),
        say(_SAMPLE),
        say(
            Text(
                f"现场承诺 {made} 项，尚未兑现 {waiting} 项",
                f"{made} commitments made, {waiting} not kept yet",
            )
        ),
    ]


def _day(at: datetime, scenario: Scenario) -> date:
    return at.astimezone(scenario.zone).date()
