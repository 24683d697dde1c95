"""Without this file the demo would show petitions and nothing else that a city did."""

from collections.abc import Callable
from typing import Any, Final

from psycopg import Connection

from commands.demo_activities import activity_lines
from commands.demo_sessions import session_lines
from scenarios.scenario import Scenario

Section = Callable[[Connection[Any], Scenario], list[str]]
SECTIONS: Final[tuple[Section, ...]] = (session_lines, activity_lines)
"""What a demo prints beside rates and ranking; a section without content stays away."""


def section_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return every section that has content, an empty line after each. Blocking."""
    lines: list[str] = []
    for section in SECTIONS:
        if found := section(connection, scenario):
            lines += [*found, ""]
    return lines
