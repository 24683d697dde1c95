"""Without this file no rate and no ranking could be had through the API."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.figure_question import Question, refuse_groups
from api.figure_reading import find_definitions, read_figures
from api.figure_views import SCORE, naming, show_rate_ranking, show_rates, show_scores
from api.figures import RankingView, RatesView
from api.operation import describe_read
from api.read_examples import RANKING, RATES_VIEW
from api.reading import answer_read, waiting_for
from api.services import Serving
from api.visibility import STAFF
from domain.rate import PUBLIC_CASES_MIN
from domain.rates import RATES
from domain.text import Text
from projections.unit_score import rank_by_rate, read_unit_names, score_units
from replay.exclusions import excluded_known_at

router: Final = APIRouter(prefix="/v1", tags=["figures"])

_RATES: Final = Text("办结率、按时率、满意率", "read rates")
_RANKING: Final = Text("排名", "read a ranking")
_MODELS: Final = ("petitions", "units", "scopes")


@router.get(
    "/rates",
    operation_id="list_rates",
    dependencies=[allow_roles(STAFF, _RATES), waiting_for(*_MODELS)],
    **describe_read(_RATES, RatesView, RATES_VIEW),
)
def list_rates(
    question: Question,
    request: Request,
    serving: Serving,
    metric: Annotated[
        tuple[str, ...], Query(max_length=len(RATES), description="指标 / rates")
    ] = (),
) -> Response:
    """Return rates by group, at any instant; every one as two integers and as a percentage.

    `from` and `to` name a cohort: petitions accepted in these days, judged at `as_of`. With
    `known_at` only what was on record by then counts; the log is folded for it, so one runs at a
    time and more than 400,000 events are refused: there `taizhang report` says the same.
    """

    def make(connection: Connection[Any], _: int) -> RatesView:
        counts = read_figures(serving, connection, question)
        definitions = find_definitions(connection, question, counts, metric or RATES)
        return show_rates(counts, definitions, naming(question.by, read_unit_names(connection)))

    return answer_read(serving, request, _MODELS, question.minute, make)


@router.get(
    "/ranking",
    operation_id="get_ranking",
    dependencies=[allow_roles(STAFF, _RANKING), waiting_for(*_MODELS)],
    **describe_read(_RANKING, RankingView, RANKING),
)
def get_ranking(
    question: Question,
    request: Request,
    serving: Serving,
    metric: Annotated[str, Query(max_length=100, description="指标 / what to rank by")] = SCORE,
    cases_min: Annotated[int, Query(ge=1, le=1_000_000)] = PUBLIC_CASES_MIN,
) -> Response:
    """Return groups in their places; who has too few cases is listed without one.

    `unit_score` is the composite score and ranks units; every rate ranks any groups.
    """
    refuse_groups(question, only_units=metric == SCORE)

    def make(connection: Connection[Any], _: int) -> RankingView:
        name = naming(question.by, read_unit_names(connection))
        if metric == SCORE:
            counts = read_figures(serving, connection, question)
            excluded = excluded_known_at(connection, counts, question.known_at)
            return show_scores(score_units(counts, cases_min, excluded), name)
        counts = read_figures(serving, connection, question)
        (definition,) = find_definitions(connection, question, counts, [metric])
        return show_rate_ranking(rank_by_rate(counts, definition, cases_min), cases_min, name)

    return answer_read(serving, request, _MODELS, question.minute, make)
