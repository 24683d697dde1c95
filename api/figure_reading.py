"""Without this file each figure of the API would be counted in its own way."""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection

from api.figure_question import FigureQuestion, find_definition
from api.replay_turn import replay_turn
from api.services import Services
from domain.rates import RateDefinition
from domain.roster import UnknownUnitError
from domain.text import Text
from ledger.zone import ledger_zone
from projections.rate_queries import CountsAnswer
from projections.regions import refuse_unknown_region
from projections.scope import Scope
from projections.unit_score import read_unit_names
from replay.catalogue import catalogue_known_at
from replay.figures import counts_known_at


def read_figures(
    serving: Services, connection: Connection[Any], question: FigureQuestion
) -> CountsAnswer:
    """Return the counts of the read models, or of the log as it was known. Blocking.

    Raises:
        NothingKnownError: the first event came later.
        RequestRefusedError: as ``replay_turn``.
        UnitSucceededError: the unit of the scope has an heir by then.
        UnknownRegionError: no petition has the region of the scope.
        UnknownUnitError: the roster has no such unit.
    """
    refuse_unknown_scope(connection, question.scope)
    zone = ledger_zone(connection)
    with replay_turn(serving, connection, question.known_at):
        return counts_known_at(
            connection,
            question.by,
            as_of=question.as_of,
            zone=zone,
            scope=question.scope,
            cohort=question.cohort(zone),
            known_at=question.known_at,
        )


def refuse_unknown_scope(connection: Connection[Any], scope: Scope) -> None:
    """Refuse a scope in which nothing can lie: 0 of 0 would be taken for a figure. Blocking.

    Raises:
        UnknownRegionError: no petition has its region.
        UnknownUnitError: the roster has no such unit.
    """
    refuse_unknown_region(connection, scope.region)
    if scope.unit and scope.unit not in read_unit_names(connection):
        raise UnknownUnitError(
            Text(
                f"名册中没有单位“{scope.unit}”；未返回任何结果。",
                f"the roster has no unit '{scope.unit}'; nothing was returned.",
            )
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
