"""Without this file nobody could ask through the API where the time of a petition went."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_examples import CUSTODY, CUSTODY_SUMS
from api.board_question import AsOf
from api.custody_views import CustodySumsView, CustodyView
from api.figure_question import AsDispatched, refuse_future, refuse_reversed, refuse_years
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.seen_positions import LOG
from api.services import Caller, Serving
from api.visibility import OF_CASES
from domain.period import stretch
from domain.succession import AS_DISPATCHED
from domain.text import Text
from domain.visibility import may_see
from domain.vocabulary import Role
from ledger.lookup_errors import UnknownPetitionError
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from ledger.zone import ledger_zone
from projections.current_facts import read_current_facts
from projections.custody_sums import sum_custody
from projections.log_streams import LogStreams
from projections.succession import read_succession

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_ONE: Final = Text("一件诉求的时间去向", "read where a petition's time went")
_SUMS: Final = Text("时间去向汇总", "read where the time of closed petitions went")
_MODELS: Final = ("petitions", "units")


@router.get(
    "/petitions/{petition_id}/custody",
    operation_id="get_custody",
    dependencies=[allow_roles(frozenset(Role), _ONE), waiting_for(LOG)],
    **describe_read(_ONE, CustodyView, CUSTODY, 404),
)
def get_custody(
    petition_id: UUID, caller: Caller, request: Request, serving: Serving, as_of: AsOf = None
) -> Response:
    """Return who had a petition for how many working minutes, from submission to `as_of`.

    Every minute is charged to one holder, and the parts sum to the whole.
    """
    refuse_years(as_of)
    refuse_future(serving.get_now(), as_of)
    now = as_of or serving.get_now()

    def make(connection: Connection[Any], _: int) -> CustodyView:
        facts = read_current_facts(connection, [petition_id]).get(petition_id)
        if facts is None or not may_see(caller, facts):
            raise UnknownPetitionError(petition_id)
        office = PinnedHours(ReferenceStreams(LogStreams(connection)), now)
        return CustodyView.of(petition_id, now, office.charge(facts))

    minute = as_of or now.replace(second=0, microsecond=0)
    return answer_read(serving, request, LOG, (minute, caller), make)


@router.get(
    "/custody",
    operation_id="list_custody",
    dependencies=[allow_roles(OF_CASES, _SUMS), waiting_for(*_MODELS)],
    **describe_read(_SUMS, CustodySumsView, CUSTODY_SUMS),
)
def list_custody(
    caller: Caller,
    request: Request,
    serving: Serving,
    *,
    closed_from: Annotated[date | None, Query(alias="from", description="办结首日 / from")] = None,
    closed_to: Annotated[date | None, Query(alias="to", description="办结末日 / to")] = None,
    as_dispatched: AsDispatched = False,
) -> Response:
    """Return the working minutes of each holder over the petitions closed in a period.

    Without days it is the last 31. Summed are the petitions the caller may know of; what a
    merged unit held stands under its heir of today, unless asked `as_dispatched`.
    """
    refuse_years(closed_from, closed_to)
    refuse_reversed(closed_from, closed_to)
    now = serving.get_now()

    def make(connection: Connection[Any], _: int) -> CustodySumsView:
        zone = ledger_zone(connection)
        today = now.astimezone(zone).date()
        since, before = stretch(closed_from, closed_to, today, zone)
        charge = PinnedHours(ReferenceStreams(LogStreams(connection)), now).charge
        succession = AS_DISPATCHED if as_dispatched else read_succession(connection, now, zone)
        sums = sum_custody(
            connection,
            since,
            before,
            charge,
            lambda each: may_see(caller, each),
            succession=succession,
        )
        return CustodySumsView.of(since, before, sums)

    minute = now.replace(second=0, microsecond=0)
    return answer_read(serving, request, _MODELS, (minute, caller), make)
