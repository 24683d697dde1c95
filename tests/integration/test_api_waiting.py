"""Waiting for an own write, and following the log: nobody who waits stands in the way."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from api import reading
from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import SUBMISSION, Api, running_api, served_api
from tests.programs import PATIENCE_S, wait_until

WAITERS = 100


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def test_a_hundred_waiters_do_not_keep_out_the_write_they_wait_for(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiters hold neither a thread nor a connection, so the write passes and wakes them all."""
    # On a slow machine a hundred may take longer to begin than the first one would wait.
    monkeypatch.setattr(reading, "WAIT_MAX_S", 2 * PATIENCE_S)
    waiting = api.services.watcher._waiters  # noqa: SLF001 - nothing else tells
    supervision = api.headers(Role.SUPERVISION)
    intake = {**api.headers(Role.INTAKE), "Idempotency-Key": "awaited"}
    api.project()
    awaited = api.services.ledger.reader.read_position() + 1
    limits = httpx2.Limits(max_connections=WAITERS + 1)
    with (
        served_api(api) as url,
        ThreadPoolExecutor(WAITERS) as pool,
        httpx2.Client(base_url=url, limits=limits, timeout=PATIENCE_S) as client,
    ):

        def wait() -> int:
            return client.get(f"/v1/worklist?wait_for={awaited}", headers=supervision).status_code

        waiters = [pool.submit(wait) for _ in range(WAITERS)]
        # A read waits for each of its read models.
        wait_until(lambda: WAITERS in Counter(each.name for each in tuple(waiting)).values())
        assert not any(waiter.done() for waiter in waiters)
        written = client.post("/v1/petitions", json=SUBMISSION, headers=intake)
        assert written.status_code == 201
        api.project()
        # Well before they would give up by themselves and find it there.
        assert [waiter.result(timeout=PATIENCE_S) for waiter in waiters] == [200] * WAITERS


def test_feed_holds_an_answer_until_something_happens(api: Api) -> None:
    """A consumer that has everything is told of the next event at once, not by polling."""
    supervision = api.headers(Role.SUPERVISION)
    after = api.services.ledger.reader.read_position()
    waiting = api.services.watcher._waiters  # noqa: SLF001 - nothing else tells
    with served_api(api) as url, ThreadPoolExecutor(1) as pool:

        def follow() -> httpx2.Response:
            address = f"{url}/v1/events?after={after}&wait_s=30"
            return httpx2.get(address, headers=supervision, timeout=PATIENCE_S)

        answer = pool.submit(follow)
        wait_until(lambda: len(waiting) == 1)
        assert not answer.done()
        api.file()
        # Sooner than the time it asked for is over.
        (item,) = answer.result(timeout=25).json()["items"]
    assert (item["position"], item["topic"]) == (after + 1, "petition.submitted")


def test_feed_without_news_answers_after_the_time_asked_for(api: Api) -> None:
    """An empty page says where to go on."""
    after = api.services.ledger.reader.read_position()
    response = api.read(f"/v1/events?after={after}&wait_s=1", Role.SUPERVISION)
    assert response.json() == {"items": [], "next_after": after}


def test_stream_goes_on_where_it_was_cut(api: Api) -> None:
    """The id of each event is its position, and a client that reconnects misses nothing."""
    api.file()
    headers = api.headers(Role.SUPERVISION)
    with served_api(api) as url:
        address = f"{url}/v1/events/stream"
        seen = _first_events(address, headers, 3)
        api.file()
        last = api.services.ledger.reader.read_position()
        seen += _first_events(address, {**headers, "Last-Event-ID": str(seen[-1])}, last - 3)
    assert seen == list(range(1, last + 1))


def test_stream_is_closed_to_others(api: Api) -> None:
    """The stream has the same roles as the feed."""
    assert api.read("/v1/events/stream", Role.INTAKE).status_code == 403
    bad = api.read("/v1/events/stream", Role.SUPERVISION, **{"Last-Event-ID": "x"})
    assert bad.json()["code"] == "invalid-request"


def _first_events(address: str, headers: dict[str, str], count: int) -> list[int]:
    """Return the positions of the first events of a stream."""
    seen: list[int] = []
    with httpx2.stream("GET", address, headers=headers, timeout=PATIENCE_S) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        for line in response.iter_lines():
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: "))["position"])
            if len(seen) == count:
                return seen
    return seen
