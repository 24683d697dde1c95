"""Without this file nobody could ask through the API who came to sessions, and how many should."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Page
from api.figure_question import refuse_reversed, refuse_years
from api.government_examples import SESSION_PAGE
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.session_views import ParticipationView, SessionPage, SessionView
from api.visibility import OF_CASES
from domain.session_terms import SessionKind
from domain.text import Text
from ledger.zone import ledger_zone
from projections.participation import read_participation
from projections.session_board import SessionPlace, read_sessions

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("活动台账", "read the session board")
_MODELS: Final = ("session_board", "units", "petitions")


@router.get(
    "/session-board",
    operation_id="list_session_board",
    dependencies=[allow_roles(OF_CASES, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, SessionPage, SESSION_PAGE),
)
def list_session_board(
    page: Page,
    caller: Caller,
    request: Request,
    serving: Serving,
    *,
    first: Annotated[date | None, Query(alias="from", description="首日 / first day")] = None,
    last: Annotated[date | None, Query(alias="to", description="末日 / last day")] = None,
    kind: Annotated[tuple[SessionKind, ...], Query(max_length=len(SessionKind))] = (),
) -> Response:
    """Return sessions planned for a period, and who took part in those held in it.

    Distinct departments and person-times come of the same attendances; `kind` names the
    sessions whose participation is counted, all by default. Without `to` it is counted up to
    today, and the duty to attend is that of its last day.
    """
    refuse_years(first, last)
    refuse_reversed(first, last)
    after = page.start("after", SessionPlace)
    now = serving.get_now()

    def make(connection: Connection[Any], _: int) -> SessionPage:
        since, until = first or date.min, last or date.max
        counted_until = last or now.astimezone(ledger_zone(connection)).date()
        lines = read_sessions(
            connection, since, until, limit=page.limit, hidden_from=caller.units, **after
        )
        took_part = read_participation(
            connection,
            since,
            counted_until,
            kinds=kind or tuple(SessionKind),
            hidden_from=caller.units,
        )
        cursor, following = page.links([each.page_end for each in lines])
        return SessionPage(
            participation=ParticipationView.of(took_part),
            items=tuple(map(SessionView.of, lines)),
            next_cursor=cursor,
            next=following,
        )

    minute = now.replace(second=0, microsecond=0)
    return answer_read(serving, request, _MODELS, (minute, caller), make)
