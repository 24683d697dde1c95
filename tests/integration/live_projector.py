"""A projector at work beside a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from domain.text import Text
from ledger.database import Database, Role
from projections.following import follow


@contextmanager
def following(
    database: Database, channel: str | None = None, poll_s: float = 0.05
) -> Iterator[list[Text]]:
    """Follow in a thread for the length of a ``with``."""
    told: list[Text] = []
    stop = threading.Event()
    heard = channel or database.schema
    thread = threading.Thread(
        target=follow,
        args=(
            lambda: database.connect(Role.PROJECTOR, autocommit=True),
            heard,
            stop,
        ),
        kwargs={"report": told.append, "poll_s": poll_s, "retry_s": 0.05},
    )
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        # It may wait for a hint, for as long as a poll: this one ends that wait.
        with database.connect(Role.APP, autocommit=True) as connection:
            connection.execute("SELECT pg_notify(%s, '')", [heard])
        thread.join()
