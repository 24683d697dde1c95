"""Without this file a unit could not see which petitions its score is made of."""

from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.counts import Counts
from domain.metrics import judge
from domain.rates import find_version
from domain.score_rules import CURRENT_SCORE
from ledger.queries import load_queries
from projections.array_text import as_uuid_array
from projections.current_facts import read_current_facts
from projections.rate_queries import CountsAnswer
from projections.scope import is_meant
from projections.score_exclusions import Exclusion, reported

QUERIES: Final = load_queries("projections", "opened_score")

CASES: Final = "cases"
EXCLUDED: Final = "excluded"


class OpenedLine(NamedTuple):
    """What one petition adds to one part of a unit's score.

    Attributes:
        part: Rate or penalty, ``CASES`` for the base set, ``EXCLUDED`` for what an appeal
            took out.
        petition_id: The petition.
        number: Its number, None before registration.
        n: What it adds to the numerator, or how often it is penalised.
        d: What it adds to the denominator, None for a penalty or a count.
        positions: Places of its events in the log.
    """

    part: str
    petition_id: UUID
    number: str | None
    n: int
    d: int | None
    positions: tuple[int, ...]


def open_score(
    connection: Connection[Any], unit: str, answer: CountsAnswer, excluded: Collection[Exclusion]
) -> list[OpenedLine]:
    """Return the petitions behind each part of a unit's score, part by part.

    Blocking, three queries; folds every petition that ever counted for the unit.
    Summed up by part, the lines equal the n and d of the score.

    Args:
        connection: Of the role tz_app.
        unit: Its code, with all it goes on for by then.
        answer: The counts the score was made of, for its instant, position and scope.
        excluded: What panels took out of scores.

    Raises:
        UnitSucceededError: the unit has an heir by then.
    """
    succession = answer.succession
    gone = {reported(each, succession) for each in excluded}
    parameters = {"units": sorted(succession.codes(unit)), "as_of": answer.as_of}
    rows = connection.execute(QUERIES["list_petitions_of_unit"], parameters)
    petition_ids = [petition_id for (petition_id,) in rows]
    found = {"petition_ids": as_uuid_array(petition_ids), "upto": answer.position}
    positions: dict[UUID, tuple[int, ...]] = {
        petition_id: tuple(places)
        for petition_id, places in connection.execute(QUERIES["list_event_positions"], found)
    }
    lines: list[OpenedLine] = []
    for petition_id, facts in read_current_facts(connection, petition_ids, answer.position).items():
        judged = judge(facts, answer.as_of).items()
        counts = [Counts(vector) for code, vector in judged if succession.heir(code) == unit]
        total = sum(counts, Counts())
        if total.is_empty or not is_meant(facts, answer.scope, answer.cohort):
            continue
        parts = _parts(total)
        if Exclusion(unit, petition_id) in gone:
            parts = iter([(EXCLUDED, 1, None)])
        lines += [
            OpenedLine(part, petition_id, facts.number, n, d, positions.get(petition_id, ()))
            for part, n, d in parts
        ]
    order = {part: place for place, part in enumerate(part_names())}
    return sorted(lines, key=lambda line: (order[line.part], line.number or "", line.petition_id))


def part_names() -> tuple[str, ...]:
    """Return every part of a score in the order of its rules; pure."""
    rates = (each.partition("@")[0] for each in CURRENT_SCORE.weights)
    penalties = (each.penalty_id for each in CURRENT_SCORE.penalties)
    return (CASES, *rates, *penalties, EXCLUDED)


def _parts(counts: Counts) -> Iterator[tuple[str, int, int | None]]:
    if counts["base"]:
        yield CASES, counts["base"], None
    for reference in CURRENT_SCORE.weights:
        rate = find_version(reference).of(counts)
        if rate.d:
            yield reference.partition("@")[0], rate.n, rate.d
    for penalty in CURRENT_SCORE.penalties:
        times = penalty.count(counts)
        if times:
            yield penalty.penalty_id, times, None
