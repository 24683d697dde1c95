"""Without this file every read would answer about freshness and caching in its own way."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from fastapi import Query
from fastapi.params import Depends as Dependency
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.errors import RequestRefusedError
from api.read_sessions import fetch_rows
from api.services import Serving
from domain.text import Text
from projections.positions import Fetch, reached

WAIT_MAX_S: Final = 10.0
POSITION_MAX: Final = 2**53

WaitFor = Annotated[
    int | None,
    Query(
        ge=0,
        le=POSITION_MAX,
        description="Ledger-Position of an own write: answer only once it is contained (≤ 10 s).",
    ),
]


def waiting_for(*names: str) -> Dependency:
    """Return the dependency that holds a read until its read models, or the log, are there.

    It waits on the shared watcher, in the event loop: neither a thread nor a connection
    is held, so a hundred waiters do not keep out the write they wait for.
    """

    async def wait(serving: Serving, wait_for: WaitFor = None) -> None:
        if wait_for is None:
            return
        # What there is of the ten seconds is shared: the models are waited for at once.
        waits = (serving.watcher.wait(name, wait_for, WAIT_MAX_S) for name in names)
        if all(await asyncio.gather(*waits)):
            return
        position = min(serving.watcher.seen.position_of(name) for name in names)
        raise RequestRefusedError(
            "wait-for-timeout",
            Text(
                f"等待 {WAIT_MAX_S:.0f} 秒后，读模型到达位置 {position}，尚未到达 {wait_for}；"
                "写入已生效，请稍后再读。",
                f"after {WAIT_MAX_S:.0f} s the read model is at position {position}, not yet at "
                f"{wait_for}; the write stands, read again in a moment.",
            ),
            headers={"Ledger-Position": str(position)},
        )

    return Dependency(wait)


def answer_read(
    serving: Serving,
    request: Request,
    name: str | tuple[str, ...],
    view: object,
    make: Callable[[Connection[Any], int], object],
) -> Response:
    """Return what a read model says, or 304 where the caller has it already.

    Blocking. The tag names the state and the question, not the answer, so that 304 costs one
    query, that of the positions, and so does what somebody else has just asked. A new answer
    is made from one snapshot.

    Args:
        serving: The services.
        request: For its headers and address.
        name: Read model the answer comes from, or ``LOG``; of several, the one furthest
            behind gives the position.
        view: What besides address and position the answer depends on: what the caller may see.
        make: Returns the answer, from a connection and the position.
    """
    names = (name,) if isinstance(name, str) else name
    asked = _Asked(request, names, view)
    # In most cases somebody has just asked the same, and one round trip tells.
    state = asked.at(serving.sessions.fetch)
    answer = b"" if asked.is_known(state) else serving.answers.recall(state.tag)
    if answer is None:
        with serving.sessions.snapshot() as connection:
            state = asked.at(partial(fetch_rows, connection))
            answer = msgspec.json.encode(make(connection, state.position))
        serving.answers.keep(state.tag, answer)
    headers = fresh_headers(state.tag, state.position)
    if asked.is_known(state):
        return Response(status_code=304, headers=headers)
    return Response(answer, headers=headers, media_type="application/json")


def answer_words(
    serving: Serving,
    request: Request,
    name: str,
    make: Callable[[Connection[Any]], object],
) -> Response:
    """Return an answer that holds personal values, or 304 where the caller has it already.

    Blocking, one snapshot. The tag is the answer's own, since an erasure changes it without an
    event.

    Args:
        serving: The services.
        request: For its headers.
        name: Read model the answer comes from.
        make: Returns the answer.
    """
    with serving.sessions.snapshot() as connection:
        (position,) = _reached(partial(fetch_rows, connection), (name,))
        return answer_itself(request, make(connection), position)


def answer_itself(request: Request, answer: object, position: int) -> Response:
    """Return an answer under a tag of its own content, or 304 where the caller has it. Pure."""
    content = msgspec.json.encode(answer)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = fresh_headers(tag, position)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def fresh_headers(tag: str, position: int) -> dict[str, str]:
    """Return the headers of every read: its tag, its position, and whose answer it is. Pure."""
    return {
        "Cache-Control": "private, no-cache",
        "ETag": tag,
        "Ledger-Position": str(position),
        "Vary": "Authorization",
    }


def is_known(request: Request, tag: str) -> bool:
    """Return whether the caller names this tag in ``If-None-Match``. Pure."""
    known = request.headers.get("if-none-match", "")
    return any(each.strip().removeprefix("W/") in {tag, "*"} for each in known.split(","))


class _State(NamedTuple):
    """How far the read models of a question have come, and the tag of its answer then."""

    position: int
    tag: str


class _Asked(NamedTuple):
    """A question: its address, the read models it concerns and what its asker may see."""

    request: Request
    names: Sequence[str]
    view: object

    def at(self, fetch: Fetch) -> _State:
        """Return the state that it is asked of. Blocking, one query."""
        reached_by_name = _reached(fetch, self.names)
        url = self.request.url
        asked = [url.path, sorted(url.query.split("&")), reached_by_name, self.view]
        digest = hashlib.sha256(msgspec.json.encode(asked)).hexdigest()
        return _State(min(reached_by_name), f'"{digest[:32]}"')

    def is_known(self, state: _State) -> bool:
        """Return whether the caller has the answer already. Pure."""
        return is_known(self.request, state.tag)


def _reached(fetch: Fetch, names: Sequence[str]) -> list[int]:
    """Return how far each read model, or the log, has come. Blocking, one query."""
    positions = reached(fetch, names)
    return [positions.get(name, 0) for name in names]
