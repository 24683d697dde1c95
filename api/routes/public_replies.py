"""Without this file nobody could read through the API what was answered in public."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Page
from api.figure_question import Code
from api.operation import describe_read
from api.public_examples import PUBLIC_PAGE
from api.public_views import PublicPage, PublicReplyView
from api.reading import answer_words, waiting_for
from api.services import Serving
from domain.text import Text
from domain.vocabulary import Role
from ledger.zone import ledger_zone
from projections.public_list import PublicPlace, read_public_list

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("公开回复", "list public replies")


@router.get(
    "/public-replies",
    operation_id="list_public_replies",
    dependencies=[allow_roles(frozenset(Role), _LIST), waiting_for("petitions")],
    **describe_read(_LIST, PublicPage, PUBLIC_PAGE),
)
def list_public_replies(
    paging: Page, request: Request, serving: Serving, unit: Code = None
) -> Response:
    """Return the replies that are public now, the newest first, to every key alike."""
    before = paging.start("before", PublicPlace)

    def make(connection: Connection[Any]) -> PublicPage:
        zone = ledger_zone(connection)
        lines = read_public_list(connection, limit=paging.limit, unit=unit, **before)
        cursor, following = paging.links([each.place for each in lines])
        items = tuple(PublicReplyView.of(each, zone) for each in lines)
        return PublicPage(unit=unit, items=items, next_cursor=cursor, next=following)

    return answer_words(serving, request, "petitions", make)
