"""Without this file no client could read a claim beside the answers to it."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.figure_question import Question
from api.figure_reading import read_figures
from api.figure_views import naming
from api.gap_examples import GAPS_VIEW
from api.gap_views import GapsView, show_gaps
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Serving
from api.visibility import STAFF
from domain.rate import PUBLIC_CASES_MIN
from domain.text import Text
from projections.unit_score import read_unit_names

router: Final = APIRouter(prefix="/v1", tags=["figures"])

_GAPS: Final = Text("口径差", "read claim gaps")
_MODELS: Final = ("petitions", "units", "scopes")


@router.get(
    "/claim-gaps",
    operation_id="list_claim_gaps",
    dependencies=[allow_roles(STAFF, _GAPS), waiting_for(*_MODELS)],
    **describe_read(_GAPS, GapsView, GAPS_VIEW),
)
def list_claim_gaps(
    question: Question,
    request: Request,
    serving: Serving,
    cases_min: Annotated[int, Query(ge=1, le=1_000_000)] = PUBLIC_CASES_MIN,
) -> Response:
    """Return what units claim, petitioners confirm and third parties find, two by two.

    Each gap is over the petitions on whose very reply both have spoken, with a 95 % interval for
    paired shares; fewer items than `cases_min` have counts alone.
    """

    def make(connection: Connection[Any], _: int) -> GapsView:
        name = naming(question.by, read_unit_names(connection))
        return show_gaps(read_figures(serving, connection, question), cases_min, name)

    return answer_read(serving, request, _MODELS, question.minute, make)
