"""Without this file nobody could ask through the API what was put off, and until when."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_examples import BACKLOG_PAGE
from api.board_question import Board
from api.board_views import BacklogPage, BacklogView
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.sight import visible
from api.visibility import OF_CASES
from domain.text import Text
from projections.backlog import BacklogPlace, read_backlog

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("挂账台账", "list the backlog")
_MODELS: Final = ("petitions", "units")


@router.get(
    "/backlog",
    operation_id="get_backlog",
    dependencies=[allow_roles(OF_CASES, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, BacklogPage, BACKLOG_PAGE),
)
def get_backlog(
    board: Board,
    caller: Caller,
    request: Request,
    serving: Serving,
    *,
    ever: Annotated[bool, Query(description="含已销账 / also what has left the list")] = False,
) -> Response:
    """Return what was on the backlog at `as_of`, the longest listed first."""
    after = board.paging.start("after", BacklogPlace)

    def make(connection: Connection[Any], _: int) -> BacklogPage:
        limit, unit = board.paging.limit, board.unit
        lines = read_backlog(connection, board.as_of, limit=limit, unit=unit, ever=ever, **after)
        seen = visible(connection, caller, {each.petition_id for each in lines})
        shown = (BacklogView.of(each, board.as_of) for each in lines if each.petition_id in seen)
        cursor, following = board.paging.links([each.place for each in lines])
        return BacklogPage(
            unit=unit,
            as_of=board.as_of,
            items=tuple(shown),
            next_cursor=cursor,
            next=following,
        )

    return answer_read(serving, request, _MODELS, (board.minute, board.unit, caller), make)
