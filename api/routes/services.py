"""Without this file nobody could ask through the API for inbox, activities and messages."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Page
from api.figure_question import refuse_reversed, refuse_years
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.service_examples import ACTIVITY_COUNTS, INBOX_PAGE, MESSAGE_PAGE
from api.service_views import (
    ActivityCountsView,
    ActivityLine,
    InboxLine,
    InboxPage,
    MessageLine,
    MessagePage,
)
from api.services import Caller, Serving
from api.visibility import STAFF
from domain.text import Text
from domain.vocabulary import Role
from projections.activity_counts import read_counts
from projections.policy_inbox import InboxPlace, read_inbox
from projections.sent_messages import MessagePlace, list_messages

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_INBOX: Final = Text("我的政策推送", "read the own policy inbox")
_COUNTS: Final = Text("活动与服务计数", "count activities and services")
_OUTBOX: Final = Text("外发消息", "list outgoing messages")
_SENDERS: Final = frozenset({Role.ADMIN})


@router.get(
    "/policy-inbox",
    operation_id="list_policy_inbox",
    dependencies=[allow_roles(frozenset(Role), _INBOX), waiting_for("policies")],
    **describe_read(_INBOX, InboxPage, INBOX_PAGE),
)
def list_policy_inbox(page: Page, caller: Caller, request: Request, serving: Serving) -> Response:
    """Return the policies pushed to the caller's own account, the newest first."""
    before = page.start("before", InboxPlace)

    def make(connection: Connection[Any], _: int) -> InboxPage:
        items = read_inbox(connection, caller.actor_id, limit=page.limit, **before)
        cursor, following = page.links([each.place for each in items])
        lines = tuple(map(InboxLine.of, items))
        return InboxPage(items=lines, next_cursor=cursor, next=following)

    return answer_read(serving, request, "policies", caller, make)


@router.get(
    "/activity-counts",
    operation_id="list_activity_counts",
    dependencies=[allow_roles(STAFF, _COUNTS), waiting_for("activity_counts")],
    **describe_read(_COUNTS, ActivityCountsView, ACTIVITY_COUNTS),
)
def list_activity_counts(
    request: Request,
    serving: Serving,
    since: Annotated[date | None, Query(alias="from", description="首日 / first day")] = None,
    until: Annotated[date | None, Query(alias="to", description="末日 / last day")] = None,
) -> Response:
    """Return how often each thing was done in a period: bulletins, visits, grants, sums in fen."""
    refuse_years(since, until)
    refuse_reversed(since, until)

    def make(connection: Connection[Any], _: int) -> ActivityCountsView:
        counts = read_counts(connection, since or date.min, until or date.max)
        return ActivityCountsView(
            since=since, until=until, items=tuple(map(ActivityLine.of, counts))
        )

    return answer_read(serving, request, "activity_counts", None, make)


@router.get(
    "/outbox",
    operation_id="list_outbox",
    dependencies=[allow_roles(_SENDERS, _OUTBOX), waiting_for("policies")],
    **describe_read(_OUTBOX, MessagePage, MESSAGE_PAGE),
)
def list_outbox(page: Page, request: Request, serving: Serving) -> Response:
    """Return outgoing messages and what became of them, the newest first; never an address."""
    before = page.start("before", MessagePlace)

    def make(connection: Connection[Any], _: int) -> MessagePage:
        messages = list_messages(connection, limit=page.limit, **before)
        cursor, following = page.links([each.place for each in messages])
        lines = tuple(map(MessageLine.of, messages))
        return MessagePage(items=lines, next_cursor=cursor, next=following)

    # Deliveries are no events and move no position: an answer is never known to be the same.
    return answer_read(serving, request, "policies", serving.get_now(), make)
