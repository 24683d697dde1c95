"""Without this file a petition could be filed and never read again."""

from collections.abc import Iterator
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.operation import describe_read
from api.peers import for_peer
from api.petition_views import show_line, show_petition
from api.read_examples import PETITION, PETITION_LIST
from api.reading import answer_read, fresh_headers, is_known, waiting_for
from api.schemas import PetitionLine, PetitionList, PetitionView
from api.seen_positions import LOG
from api.services import Caller, Serving
from api.visibility import closed_versions, opens_personal
from api.withholding import hidden_entries
from domain.principal import Principal
from domain.text import Text
from domain.visibility import is_peer, may_see
from domain.vocabulary import Role
from ledger.lookup_errors import UnknownPetitionError
from projections.kept_timelines import KeptTimelines, Timeline
from projections.timeline import PetitionNotFoundError, find_petition, read_timeline

router: Final = APIRouter(prefix="/v1/petitions", tags=["petitions"])

_GET: Final = Text("查看诉求", "read a petition")
_FIND: Final = Text("按编号查找诉求", "find a petition by its number")
_EVERYBODY: Final = frozenset(Role)


@router.get(
    "/{petition_id}",
    operation_id="get_petition",
    dependencies=[allow_roles(_EVERYBODY, _GET), waiting_for(LOG)],
    **describe_read(_GET, PetitionView, PETITION, 404),
)
def get_petition(petition_id: UUID, caller: Caller, request: Request, serving: Serving) -> Response:
    """Return a petition with its whole timeline, as far as the caller may see it.

    It is read from the log itself and never behind. The tag is its version: send it as
    `If-Match` with the next command.
    """
    with serving.sessions.snapshot() as connection:
        timeline = _timeline(connection, petition_id, caller, serving.timelines)
        position = timeline.entries[-1].position
        hidden = hidden_entries(connection, caller, timeline.entries)
    tag = f'"{timeline.facts.version}"'
    headers = fresh_headers(tag, max(position, serving.watcher.seen.position))
    # A copy from before another petition was marked may show more than is shown now.
    if not hidden and is_known(request, tag):
        return Response(status_code=304, headers=headers)
    view = show_petition(timeline, closed_versions(caller, timeline), hidden)
    if is_peer(caller, timeline.facts):
        view = for_peer(view)
    return Response(msgspec.json.encode(view), headers=headers, media_type="application/json")


@router.get(
    "",
    operation_id="find_petition",
    dependencies=[allow_roles(_EVERYBODY, _FIND), waiting_for("petitions")],
    **describe_read(_FIND, PetitionList, PETITION_LIST),
)
def find_petition_by_number(
    number: Annotated[str, Query(min_length=1, max_length=64, description="编号 / number")],
    caller: Caller,
    request: Request,
    serving: Serving,
) -> Response:
    """Return the petition that bears a number, or none that the caller may see."""

    def make(connection: Connection[Any], _: int) -> PetitionList:
        return PetitionList(tuple(_with_number(connection, number, caller)))

    return answer_read(serving, request, "petitions", caller, make)


def _timeline(
    connection: Connection[Any], petition_id: UUID, caller: Principal, kept: KeptTimelines
) -> Timeline:
    """Return a petition's timeline.

    Raises:
        UnknownPetitionError: there is none, or none that the caller may know of.
    """
    is_open = opens_personal(caller)
    timeline = read_timeline(connection, petition_id, open_personal=is_open, kept=kept)
    if not may_see(caller, timeline.facts):
        raise UnknownPetitionError(petition_id)
    return timeline


def _with_number(
    connection: Connection[Any], number: str, caller: Principal
) -> Iterator[PetitionLine]:
    try:
        petition_id = find_petition(connection, number)
        timeline = read_timeline(connection, petition_id)
    except PetitionNotFoundError:
        return
    if may_see(caller, timeline.facts):
        yield show_line(timeline.facts)
