"""Without this file nobody could ask through the API which scores are objected to."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Board
from api.government_examples import APPEAL_PAGE
from api.government_views import AppealPage, AppealView
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.sight import visible
from api.visibility import OF_APPEALS
from domain.text import Text
from projections.assessment_appeals import AppealPlace, read_appeals

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("考评申诉", "list appeals of scores")
_MODELS: Final = ("assessment_appeals", "petitions", "units")


@router.get(
    "/assessment-appeals",
    operation_id="list_assessment_appeals",
    dependencies=[allow_roles(OF_APPEALS, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, AppealPage, APPEAL_PAGE),
)
def list_assessment_appeals(
    board: Board, caller: Caller, request: Request, serving: Serving
) -> Response:
    """Return objections of units to their scores as they stand, the latest first."""
    before = board.paging.start("before", AppealPlace)

    def make(connection: Connection[Any], _: int) -> AppealPage:
        lines = read_appeals(connection, limit=board.paging.limit, unit=board.unit, **before)
        seen = visible(connection, caller, {each.petition_id for each in lines})
        shown = tuple(AppealView.of(each) for each in lines if each.petition_id in seen)
        cursor, following = board.paging.links([each.place for each in lines])
        return AppealPage(unit=board.unit, items=shown, next_cursor=cursor, next=following)

    return answer_read(serving, request, _MODELS, (board.unit, caller), make)
