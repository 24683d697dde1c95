"""Without this file every instance would compute every batch, and all but one in vain."""

import threading
from typing import Any, Final

from psycopg import Connection

from ledger.queries import load_queries

QUERIES: Final = load_queries("projections", "leader")


def wait_to_lead(connection: Connection[Any], stop: threading.Event, *, poll_s: float) -> bool:
    """Wait until this session leads, and return whether it does.

    The lead ends with the session, within seconds of a process that is killed or cut off
    from the server, whatever it was doing. It only saves work: that no batch is applied
    twice is the compare-and-set's doing. Blocking.

    Args:
        connection: In autocommit mode; keep it open while leading.
        stop: Ends the wait.
        poll_s: Seconds between two tries.

    Returns:
        False if ``stop`` came first.

    Raises:
        psycopg.OperationalError: the database went away.
    """
    connection.execute(QUERIES["notice_loss"])
    while not stop.is_set():
        row = connection.execute(QUERIES["try_to_lead"]).fetchone()
        if row is not None and row[0]:
            return True
        stop.wait(poll_s)
    return False


def is_led(connection: Connection[Any]) -> bool:
    """Return whether some projector leads the ledger; blocking, one query."""
    row = connection.execute(QUERIES["is_led"]).fetchone()
    return row is not None and bool(row[0])
