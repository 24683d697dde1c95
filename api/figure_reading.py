"""Without this file each figure of the API would be counted in its own way."""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection

from api.figure_question import FigureQuestion, find_definition
from domain.rates import RateDefinition
from ledger.zone import ledger_zone
from projections.rate_queries import CountsAnswer
from replay.catalogue import catalogue_known_at
from replay.figures import counts_known_at


def read_figures(connection: Connection[Any], question: FigureQuestion) -> CountsAnswer:
    """Return the counts of the read models, or of the log as it was known. Blocking.

    Raises:
        NothingKnownError: the first event came later.
        UnitSucceededError: the unit of the scope has an heir by then.
    """
    zone = ledger_zone(connection)
    return counts_known_at(
        connection,
        question.by,
        as_of=question.as_of,
        zone=zone,
        scope=question.scope,
        cohort=question.cohort(zone),
        known_at=question.known_at,
    )


def find_definitions(
    connection: Connection[Any],
    question: FigureQuestion,
    counts: CountsAnswer,
    metrics: Iterable[str],
) -> list[RateDefinition]:
    """Return the definitions of rates, as they were on the local day of the question. Blocking.

    Raises:
        RequestRefusedError: ``invalid-request``, with the identifiers there are.
        RetiredDefinitionError: one of them was retired.
    """
    catalogue = catalogue_known_at(connection, counts.position, question.known_at)
    day = question.as_of.astimezone(ledger_zone(connection)).date()
    return [find_definition(each, catalogue, day) for each in metrics]
