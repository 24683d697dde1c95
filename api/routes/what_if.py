"""Without this file a reform could be tried at a terminal of the server alone."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.figure_question import Question, refuse_groups
from api.figure_reading import find_definitions
from api.figure_views import naming
from api.operation import describe_read
from api.reading import answer_read
from api.replay_turn import one_at_a_time
from api.seen_positions import LOG
from api.services import Serving
from api.what_if_examples import SUPPOSED_RANKING, SUPPOSED_RATES
from api.what_if_question import Rules, Score
from api.what_if_views import (
    SupposedRanking,
    SupposedRates,
    show_supposed_ranking,
    show_supposed_rates,
)
from domain.rate import PUBLIC_CASES_MIN
from domain.rates import RATES
from domain.report_kind import RATES_OF, ReportKind
from domain.text import Text
from domain.vocabulary import Role
from projections.unit_score import read_unit_names, score_units

router: Final = APIRouter(prefix="/v1/what-if", tags=["figures"])

_RATES: Final = Text("假设重放：比率", "suppose other rules for rates")
_RANKING: Final = Text("假设重放：排名", "suppose other rules for the ranking")
_WHO: Final = frozenset({Role.SUPERVISION, Role.STATISTICIAN})
_ONTIME: Final = RATES_OF[ReportKind.ONTIME]
_CLOSURE: Final = RATES_OF[ReportKind.CLOSURE]

CasesMin = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get(
    "/rates",
    operation_id="suppose_rates",
    dependencies=[allow_roles(_WHO, _RATES)],
    **describe_read(_RATES, SupposedRates, SUPPOSED_RATES, 404),
)
def suppose_rates(
    question: Question,
    rules: Rules,
    request: Request,
    serving: Serving,
    metric: Annotated[
        tuple[str, ...], Query(max_length=len(RATES), description="指标 / rates")
    ] = _ONTIME,
    cases_min: CasesMin = PUBLIC_CASES_MIN,
) -> Response:
    """Return rates as they are and as they would be under another policy pack or calendar.

    Acts stay and limits are counted again; what people would have done under those rules nobody
    knows. The log is told twice, so one runs at a time and a log beyond 100,000 events is refused:
    there the command `taizhang replay what-if` says the same.
    """

    def make(connection: Connection[Any], _: int) -> SupposedRates:
        with one_at_a_time(serving.replays, "what-if-busy"):
            needs_clocks = set(metric) != set(_CLOSURE)
            supposition, told = rules.tell(connection, question, needs_clocks=needs_clocks)
        definitions = find_definitions(connection, question, told.real, metric)
        name = naming(question.by, read_unit_names(connection))
        return show_supposed_rates(told, supposition, definitions, cases_min, name)

    return answer_read(serving, request, LOG, question.minute, make)


@router.get(
    "/ranking",
    operation_id="suppose_ranking",
    dependencies=[allow_roles(_WHO, _RANKING)],
    **describe_read(_RANKING, SupposedRanking, SUPPOSED_RANKING, 404),
)
def suppose_ranking(
    question: Question,
    rules: Score,
    request: Request,
    serving: Serving,
    cases_min: CasesMin = PUBLIC_CASES_MIN,
) -> Response:
    """Return units by their score under other weights, another policy pack or calendar.

    The bounds are those of `/v1/what-if/rates`.
    """
    refuse_groups(question, only_units=True)

    def make(connection: Connection[Any], _: int) -> SupposedRanking:
        with one_at_a_time(serving.replays, "what-if-busy"):
            supposition, told = rules.tell(connection, question, needs_clocks=True)
        real = score_units(told.real, cases_min, told.real_excluded)
        supposed = score_units(told.supposed, cases_min, told.supposed_excluded, rules.score)
        weights = {
            each.partition("@")[0]: str(weight) for each, weight in rules.score.weights.items()
        }
        name = naming(question.by, read_unit_names(connection))
        return show_supposed_ranking(told, supposition, real, supposed, weights, name)

    return answer_read(serving, request, LOG, question.minute, make)
