"""Without this file nobody could ask through the API which promises are open, or overdue."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_examples import PROMISE_PAGE
from api.board_question import Board
from api.board_views import PromisePage, PromiseView
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.sight import look
from api.visibility import OF_CASES
from domain.text import Text
from domain.tracked_promises import PromiseKind, PromiseState
from projections.promise_ledger import PromisePlace, read_promises

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("承诺台账", "list promises")
_MODELS: Final = ("petitions", "session_board", "units")


@router.get(
    "/promises",
    operation_id="list_promises",
    dependencies=[allow_roles(OF_CASES, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, PromisePage, PROMISE_PAGE),
)
def list_promises(
    board: Board,
    caller: Caller,
    request: Request,
    serving: Serving,
    state: PromiseState | None = None,
) -> Response:
    """Return dated promises as they stood at `as_of`, next due first.

    Those of replies, plans and sessions stand in one list; promises outlive the closing.
    """
    after = board.paging.start("after", PromisePlace)

    def make(connection: Connection[Any], _: int) -> PromisePage:
        lines = read_promises(
            connection,
            board.as_of,
            limit=board.paging.limit,
            unit=board.unit,
            state=state,
            **after,
        )
        ids = {each.petition_id for each in lines if each.petition_id is not None}
        seen, accusing = look(connection, caller, ids)
        # What was said at a session is known to all who were there.
        shown = (
            PromiseView.of(each)
            for each in lines
            if each.petition_id in seen
            or (each.kind is PromiseKind.SESSION and each.petition_id not in accusing)
        )
        cursor, following = board.paging.links([each.place for each in lines])
        return PromisePage(
            unit=board.unit,
            as_of=board.as_of,
            items=tuple(shown),
            next_cursor=cursor,
            next=following,
        )

    return answer_read(serving, request, _MODELS, (board.minute, board.unit, caller), make)
