"""Without this file nobody could ask through the API which clocks run, and how they count."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Board
from api.deadline_examples import CLOCK_PAGE, DEADLINES
from api.deadline_views import ClockLine, ClockPage, DeadlinesView, DeadlineView
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.schemas import Label
from api.seen_positions import LOG
from api.services import Caller, Serving
from api.sight import visible
from api.visibility import OF_CASES
from domain.text import Text
from domain.visibility import may_see
from domain.vocabulary import Clock, Role
from ledger.lookup_errors import UnknownPetitionError
from projections.deadline_board import BoardPlace, read_deadline_board
from projections.deadline_proofs import read_deadlines

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("时限看板", "list running clocks")
_PROOF: Final = Text("逐日说明时限", "read how a deadline was counted")
_MODELS: Final = ("petitions", "units")


@router.get(
    "/deadline-board",
    operation_id="list_deadline_board",
    dependencies=[allow_roles(OF_CASES, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, ClockPage, CLOCK_PAGE),
)
def list_deadline_board(
    board: Board,
    caller: Caller,
    request: Request,
    serving: Serving,
    *,
    clock: Clock | None = None,
    overdue: Annotated[bool, Query(description="仅逾期 / overdue ones alone")] = False,
) -> Response:
    """Return clocks that run or stand still, next deadline first, in whose hands and why.

    They are those of now; `as_of` decides what is spent and overdue by then.
    """
    after = board.paging.start("after", BoardPlace)

    def make(connection: Connection[Any], _: int) -> ClockPage:
        lines = read_deadline_board(
            connection,
            board.as_of,
            limit=board.paging.limit,
            unit=board.unit,
            clock=clock,
            overdue=overdue,
            viewer_units=caller.units,
            **after,
        )
        seen = visible(connection, caller, {each.petition_id for each in lines})
        shown = (ClockLine.of(each, board.as_of) for each in lines if each.petition_id in seen)
        cursor, following = board.paging.links([each.place for each in lines])
        return ClockPage(
            unit=board.unit,
            as_of=board.as_of,
            items=tuple(shown),
            next_cursor=cursor,
            next=following,
        )

    return answer_read(serving, request, _MODELS, (board.minute, board.unit, caller), make)


@router.get(
    "/petitions/{petition_id}/deadlines/{clock}",
    operation_id="get_deadlines",
    dependencies=[allow_roles(frozenset(Role), _PROOF), waiting_for(LOG)],
    **describe_read(_PROOF, DeadlinesView, DEADLINES, 404),
)
def get_deadlines(
    petition_id: UUID, clock: Clock, caller: Caller, request: Request, serving: Serving
) -> Response:
    """Return each deadline of a clock, day by day: counted or skipped, why, by which notice."""

    def make(connection: Connection[Any], _: int) -> DeadlinesView:
        found = read_deadlines(connection, petition_id, clock)
        if found is None or not may_see(caller, found.facts):
            raise UnknownPetitionError(petition_id)
        return DeadlinesView(
            petition_id=petition_id,
            clock=clock,
            clock_label=Label.of(clock.label),
            deadlines=tuple(map(DeadlineView.of, found.deadlines)),
        )

    return answer_read(serving, request, LOG, caller, make)
