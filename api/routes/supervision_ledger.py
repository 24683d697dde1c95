"""Without this file nobody could ask through the API which units are under supervision."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Board
from api.government_examples import SUPERVISION_PAGE
from api.government_views import SupervisionPage, SupervisionView
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.sight import look
from api.visibility import OF_SUPERVISION
from domain.text import Text
from projections.supervision_ledger import SupervisionPlace, read_supervision

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("督办台账", "read the supervision ledger")
_MODELS: Final = ("supervision_ledger", "petitions", "units")


@router.get(
    "/supervision-ledger",
    operation_id="list_supervision_ledger",
    dependencies=[allow_roles(OF_SUPERVISION, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, SupervisionPage, SUPERVISION_PAGE),
)
def list_supervision_ledger(
    board: Board, caller: Caller, request: Request, serving: Serving
) -> Response:
    """Return orders and proposals as they stand, the open ones first, then the latest.

    `as_of` ends the days of what is open. An order about nothing but what the caller's unit
    may not know of is left out.
    """
    after = board.paging.start("after", SupervisionPlace)

    def make(connection: Connection[Any], _: int) -> SupervisionPage:
        limit, unit = board.paging.limit, board.unit
        lines = read_supervision(connection, board.as_of, limit=limit, unit=unit, **after)
        ids = {petition for each in lines for petition in each.petitions}
        seen, accusing = look(connection, caller, ids)
        shown = (
            each._replace(petitions=tuple(one for one in each.petitions if one in seen))
            for each in lines
            if not each.petitions or set(each.petitions) - accusing
        )
        cursor, following = board.paging.links([each.place for each in lines])
        return SupervisionPage(
            unit=unit,
            as_of=board.as_of,
            items=tuple(map(SupervisionView.of, shown)),
            next_cursor=cursor,
            next=following,
        )

    return answer_read(serving, request, _MODELS, (board.minute, board.unit, caller), make)
