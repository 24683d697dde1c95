"""Without this file nobody could tell distinct departments from person-times of a session."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.rate import Rate
from domain.session_terms import AttendeeRole, SessionKind
from ledger.queries import load_queries

QUERIES: Final = load_queries("projections", "participation")

DEPARTMENT_ROLES: Final = frozenset({AttendeeRole.DEPARTMENT_HEAD, AttendeeRole.DEPARTMENT_STAFF})
"""Who stands for a department [assumed]: its head, or whoever the head sends."""


class Participation(NamedTuple):
    """Who took part in the sessions held in a period.

    Attributes:
        sessions: Sessions held.
        enterprises: Enterprises that came, each once.
        petitions: Petitions raised, each once.
        coverage: Departments that came, each once, over those bound to attend on the
            period's last day; merged units count as the one that goes on for them.
        other_units: Units that came without being bound to, each once.
        person_times: By role, each person once per session.
    """

    sessions: int
    enterprises: int
    petitions: int
    coverage: Rate
    other_units: int
    person_times: dict[AttendeeRole, int]


def read_participation(
    connection: Connection[Any],
    from_on: date,
    until_on: date,
    *,
    kinds: Collection[SessionKind] = tuple(SessionKind),
    roles: Collection[AttendeeRole] = DEPARTMENT_ROLES,
    hidden_from: Collection[str] = (),
) -> Participation:
    """Return who took part in the sessions held in a period: distinct and in person-times.

    Blocking, two queries.

    Args:
        connection: Of a role that may read the read models.
        from_on: First local day.
        until_on: Last local day.
        kinds: Which sessions count; published figures cover main sessions alone.
        roles: Whose coming counts as a department's.
        hidden_from: Codes of the office that is not told of petitions that accuse it.
    """
    parameters = {
        "from_on": from_on,
        "until_on": until_on,
        "kinds": sorted(kinds),
        "roles": sorted(roles),
        "hidden_from": sorted(hidden_from),
    }
    times = connection.execute(QUERIES["count_person_times"], parameters).fetchall()
    row = connection.execute(QUERIES["read_participation"], parameters).fetchone()
    sessions, enterprises, petitions, came, bound, others = row or (0,) * 6
    return Participation(
        sessions=sessions,
        enterprises=enterprises,
        petitions=petitions,
        coverage=Rate(came, bound),
        other_units=others,
        person_times={AttendeeRole(role): count for role, count in times},
    )
