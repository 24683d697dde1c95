"""Without this file nobody could ask through the API which delays were reported upward."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_examples import UPWARD_PAGE
from api.board_question import Board, BoardQuestion
from api.figures import Share
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.sight import visible
from api.upward_views import UnitShare, UpwardPage, UpwardView
from api.visibility import OF_CASES
from domain.dimension import Dimension
from domain.rates import RATES
from domain.text import Text
from ledger.zone import ledger_zone
from projections.rate_queries import read_counts
from projections.upward_reports import UpwardPlace, read_upward_reports

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("报备台账", "list upward reports")
_MODELS: Final = ("petitions", "units", "scopes")
_COMPLIANCE: Final = RATES["upward_report_compliance"]


@router.get(
    "/upward-reports",
    operation_id="list_upward_reports",
    dependencies=[allow_roles(OF_CASES, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, UpwardPage, UPWARD_PAGE),
)
def list_upward_reports(
    board: Board, caller: Caller, request: Request, serving: Serving
) -> Response:
    """Return delays with what had to follow them, oldest first, and each unit's compliance.

    `compliance` is the rate of `/v1/rates` at `as_of`; acts are listed as known now, and
    `as_of` decides which dues have gone by.
    """
    after = board.paging.start("after", UpwardPlace)

    def make(connection: Connection[Any], _: int) -> UpwardPage:
        limit = board.paging.limit
        lines = read_upward_reports(connection, board.as_of, limit=limit, unit=board.unit, **after)
        seen = visible(connection, caller, {each.petition_id for each in lines})
        shown = (UpwardView.of(each, board.as_of) for each in lines if each.petition_id in seen)
        cursor, following = board.paging.links([each.place for each in lines])
        return UpwardPage(
            unit=board.unit,
            as_of=board.as_of,
            compliance=_compliance(connection, board),
            items=tuple(shown),
            next_cursor=cursor,
            next=following,
        )

    return answer_read(serving, request, _MODELS, (board.minute, board.unit, caller), make)


def _compliance(connection: Connection[Any], board: BoardQuestion) -> tuple[UnitShare, ...]:
    counts = read_counts(
        connection, Dimension.UNIT, as_of=board.as_of, zone=ledger_zone(connection)
    )
    unit_asked = None if board.unit is None else counts.succession.heir(board.unit)
    return tuple(
        UnitShare(unit, Share.of(_COMPLIANCE, counts.rate(_COMPLIANCE, unit)))
        for unit in sorted(counts.rows)
        if unit_asked in (None, unit) and _COMPLIANCE.of(counts.rows[unit]).d
    )
