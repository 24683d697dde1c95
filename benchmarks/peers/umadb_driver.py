"""``python -m benchmarks.peers.umadb_driver URL``: UmaDB's own client, in its own environment.

It imports nothing that is not there: the standard library, the client and our clock.
"""

import json
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

from umadb import AppendCondition, Client, Event, Query, QueryItem

from benchmarks.writers import Write, measure_writers

_READY_S = 15.0


def main(url: str) -> None:
    """Answer requests until there are no more. Blocking."""
    client = Client(url)
    _await_server(client)
    settings = {
        "version": version("umadb"),
        "client": "one gRPC channel, a thread per writer",
        "append": "a condition on the stream's tag and a uuid per event",
    }
    print(json.dumps({"settings": settings}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            rate = _import(client, request) if "file" in request else _command(client, request)
            answer: dict[str, object] = {"rate": rate}
        except Exception as error:  # noqa: BLE001 - said to who asked, who reports it
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def _await_server(client: Client) -> None:
    stop_at_s = perf_counter() + _READY_S
    while True:
        try:
            client.head()
        except Exception:
            if perf_counter() > stop_at_s:
                raise
            sleep(0.05)
        else:
            return


def _command(client: Client, request: Mapping[str, Any]) -> float:
    topic, payload = str(request["topic"]), str(request["payload"]).encode()
    writers = [_writer(client, topic, payload) for _ in range(int(request["writers"]))]
    return measure_writers(writers, float(request["turn_s"]))


def _writer(client: Client, topic: str, payload: bytes) -> Write:
    stream = str(uuid4())
    query = Query(items=[QueryItem(tags=[stream])])
    last: int | None = None

    def write() -> None:
        nonlocal last
        event = Event(event_type=topic, data=payload, tags=[stream], uuid=uuid4())
        last = client.append([event], AppendCondition(query, after=last))

    return write


def _import(client: Client, request: Mapping[str, Any]) -> float:
    lives = map(json.loads, Path(request["file"]).read_text("utf-8").splitlines())
    events = [
        Event(event_type=topic, data=payload.encode(), tags=[stream], uuid=uuid4())
        for stream, life in lives
        for topic, payload in life
    ]
    batch_len = int(request["batch_len"])
    started_at_s = perf_counter()
    for start in range(0, len(events), batch_len):
        client.append(events[start : start + batch_len])
    return len(events) / (perf_counter() - started_at_s)


if __name__ == "__main__":
    main(sys.argv[1])
