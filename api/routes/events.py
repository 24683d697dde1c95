"""Without this file no other system could follow the ledger."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

import msgspec
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.feed import FEED_ROLES, PAGE_LEN_MAX, FeedPage, WithheldEvent, read_feed
from api.operation import describe_read, describe_stream
from api.read_examples import FEED_PAGE
from api.reading import POSITION_MAX, is_known, waiting_for
from api.seen_positions import LOG
from api.services import Caller, Serving
from domain.text import Text

router: Final = APIRouter(prefix="/v1/events", tags=["events"])

NDJSON: Final = "application/x-ndjson"
_FEED: Final = Text("事件流", "follow the log")
_STREAM: Final = Text("事件流（SSE）", "follow the log as server-sent events")
_WAIT_S: Final = 10.0
_encoder: Final = msgspec.json.Encoder()

After = Annotated[int, Query(ge=0, le=POSITION_MAX, description="Last position already known.")]


async def _hold(
    serving: Serving,
    after: After = 0,
    wait_s: Annotated[
        int, Query(ge=0, le=30, description="Seconds to wait for a first event after `after`.")
    ] = 0,
) -> None:
    """Hold an empty answer back until there is an event; touches no database."""
    if wait_s:
        await serving.watcher.wait(LOG, after + 1, wait_s)


@router.get(
    "",
    operation_id="list_events",
    dependencies=[allow_roles(FEED_ROLES, _FEED), waiting_for(LOG), Depends(_hold)],
    **describe_read(_FEED, FeedPage, FEED_PAGE),
)
def list_events(
    caller: Caller,
    request: Request,
    serving: Serving,
    after: After = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE_LEN_MAX)] = 50,
) -> Response:
    """Return the log after a position, oldest first, without gaps.

    Each event's position is the one before plus 1; a consumer that checks this has missed
    nothing. An event the caller may not know of is its position and `"type": "withheld"`.
    With `Accept: application/x-ndjson` one event a line.
    """
    items = read_feed(serving, caller, after, limit)
    last = items[-1].position if items else after
    # What was shown may be withheld later, so the tag counts it.
    tag = f'"{after}-{last}-{sum(isinstance(each, WithheldEvent) for each in items)}"'
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": tag,
        "Ledger-Position": str(max(last if items else 0, serving.watcher.seen.position)),
        "Vary": "Authorization, Accept",
    }
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    if NDJSON in request.headers.get("accept", ""):
        return Response(_encoder.encode_lines(items), headers=headers, media_type=NDJSON)
    page = FeedPage(items, last)
    return Response(_encoder.encode(page), headers=headers, media_type="application/json")


@router.get(
    "/stream",
    operation_id="stream_events",
    dependencies=[allow_roles(FEED_ROLES, _STREAM)],
    response_class=EventSourceResponse,
    **describe_stream(_STREAM),
)
async def stream_events(
    caller: Caller,
    serving: Serving,
    after: After = 0,
    last_event_id: Annotated[str | None, Header(max_length=20, pattern=r"^[0-9]{1,16}$")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Send every event after a position as it is recorded; the id of each is its position.

    A client that reconnects with `Last-Event-ID` misses nothing.
    """
    position = after if last_event_id is None else int(last_event_id)
    while not serving.watcher.is_closing:
        items = await run_sync(read_feed, serving, caller, position, PAGE_LEN_MAX)
        for item in items:
            topic = "withheld" if isinstance(item, WithheldEvent) else item.topic
            yield ServerSentEvent(
                raw_data=_encoder.encode(item).decode(), event=topic, id=str(item.position)
            )
            position = item.position
        if not items:
            await serving.watcher.wait(LOG, position + 1, _WAIT_S)
