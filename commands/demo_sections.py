"""Without this file the demo would show petitions and nothing else that a city did."""

from collections.abc import Callable
from typing import Any, Final

from psycopg import Connection

from commands.demo_activities import activity_lines
from commands.demo_clocks import clock_lines
from commands.demo_delays import delay_lines
from commands.demo_enterprises import enterprise_lines
from commands.demo_openness import openness_lines
from commands.demo_origins import origin_lines
from commands.demo_policies import policy_lines
from commands.demo_sessions import session_lines
from scenarios.scenario import Scenario

Section = Callable[[Connection[Any], Scenario], list[str]]
SECTIONS: Final[tuple[Section, ...]] = (
    origin_lines,
    clock_lines,
    delay_lines,
    openness_lines,
    session_lines,
    enterprise_lines,
    policy_lines,
    activity_lines,
)
"""What a demo prints beside rates and ranking; a section without content stays away."""


def section_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return every section that has content, an empty line after each. Blocking."""
    lines: list[str] = []
    for section in SECTIONS:
        if found := section(connection, scenario):
            lines += [*found, ""]
    return lines
