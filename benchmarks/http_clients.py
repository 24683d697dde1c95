"""Without this file each contender would be asked by another client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from time import perf_counter
from uuid import uuid4

from benchmarks.writers import Write, measure_writers

_TIMEOUT_S = 30.0


class UnexpectedStatusError(Exception):
    """A server answered something else than what is measured."""


@dataclass(frozen=True)
class Request:
    """What every client asks again and again.

    Attributes:
        method: ``GET`` or ``POST``.
        path: With its query.
        status: The answer that is expected.
        body: JSON, or None.
        headers: Its own; each write gets a key of its own beside them.
    """

    method: str
    path: str
    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def measure_requests(
    port: int, requests: Sequence[Request], turn_s: float
) -> tuple[float, list[float]]:
    """Return requests per second, and how long each took, in seconds. Blocking.

    Args:
        port: On this host.
        requests: One per client; each has a connection and a thread of its own.
        turn_s: Seconds after which no further request begins.

    Raises:
        UnexpectedStatusError: an answer was not the expected one.
    """
    times_s: list[float] = []
    connections = [HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S) for _ in requests]
    try:
        writers = [
            _asker(connection, request, times_s)
            for connection, request in zip(connections, requests, strict=True)
        ]
        per_s = measure_writers(writers, turn_s)
    finally:
        for connection in connections:
            connection.close()
    return per_s, times_s


def _asker(connection: HTTPConnection, request: Request, times_s: list[float]) -> Write:
    run, numbers = uuid4(), count()

    def ask() -> None:
        headers = dict(request.headers)
        if request.body is not None:
            headers["Content-Type"] = "application/json"
            headers["Idempotency-Key"] = f"{run}-{next(numbers)}"
        started_at_s = perf_counter()
        connection.request(request.method, request.path, request.body, headers)
        answer = connection.getresponse()
        text = answer.read()
        times_s.append(perf_counter() - started_at_s)
        if answer.status != request.status:
            raise UnexpectedStatusError(f"{request.path}: {answer.status} {text[:200]!r}")

    return ask
