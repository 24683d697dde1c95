"""Without this file a ledger that outgrows its server could not leave it.

At most one of the two ends is open at any moment: the source is closed before anything is
copied, and the target opens only after the source is marked as moved there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from psycopg import Connection

from ledger.database import Database, Role
from ledger.head_state import HeadPlace, HeadState, read_place, set_state
from ledger.migration_plan import check
from ledger.queries import load_queries
from ledger.table_copy import Progress, hold_still, list_tables
from replay.move_errors import MoveBusyError, NotMovableError, SamePlaceError
from replay.move_target import fill_target, open_target, place_of, prepare_target, prove_target

QUERIES: Final = load_queries("replay", "move")


class Moved(NamedTuple):
    """A finished move.

    Attributes:
        ledger: Name of the ledger.
        elsewhere: Server and database it lives in now.
        position: Last position of its log, found right there.
        rows: Rows of all its tables, each equal on both sides.
    """

    ledger: str
    elsewhere: str
    position: int
    rows: int


def move(source: Database, target: Database, *, progress: Progress) -> Moved:
    """Take a ledger to another database, prove the copy, and open it there.

    Blocking. While it copies and proves appends are refused on both sides; what is recorded
    can be read here all the time. Interrupted anywhere, also with -9, nothing is
    lost: run it again, or take it back.

    Args:
        source: The ledger.
        target: The same ledger elsewhere: a schema that is not there yet, an empty one, or
            a closed copy of this very ledger.
        progress: Called as events are copied, and again as they are proved.

    Raises:
        MoveBusyError: another move of the ledger is running.
        NotMovableError: it does not live here.
        SamePlaceError: both are one database.
        TargetTakenError: the target holds another ledger of that name.
        CopyDiffersError: the copy is not what was sent; it stays closed.
        StartupError: a database is not fit.
    """
    here, there = place_of(source), place_of(target)
    if here == there:
        raise SamePlaceError(here)
    check(source)
    with _hold(source) as owner:
        place = read_place(owner)
        if _is_gone(place, there):
            raise NotMovableError(source.ledger, place)
        if place.state is HeadState.MOVED:
            # Cut off after the last proof: nothing but the opening was left to do.
            open_target(target, here)
            return Moved(source.ledger, there, place.position, 0)
        prepare_target(target, here)
        set_state(owner, HeadState.MOVING, there)
        tables = list_tables(owner)
        with owner.transaction():
            hold_still(owner, tables)
            sent = fill_target(owner, target, tables, progress)
            position = prove_target(target, tables, sent, progress)
            set_state(owner, HeadState.MOVED, there)
        open_target(target, here)
    return Moved(source.ledger, there, position, sum(each.rows for each in sent.values()))


def take_back(source: Database) -> HeadPlace:
    """Open a ledger again whose move was not finished, and return what it was. Blocking.

    A copy that may be there stays closed, and a later move replaces it.

    Raises:
        MoveBusyError: the move is still running.
        NotMovableError: it has moved, or lives elsewhere.
    """
    check(source)
    with _hold(source) as owner:
        place = read_place(owner)
        if place.state in {HeadState.MOVED, HeadState.ARRIVING}:
            raise NotMovableError(source.ledger, place)
        set_state(owner, HeadState.OPEN)
        return place


def _is_gone(place: HeadPlace, there: str) -> bool:
    return place.state is HeadState.ARRIVING or (
        place.state is HeadState.MOVED and place.elsewhere != there
    )


@contextmanager
def _hold(source: Database) -> Iterator[Connection[Any]]:
    with source.connect(Role.OWNER, autocommit=True) as owner:
        row = owner.execute(QUERIES["try_to_lock_move"]).fetchone()
        if row is None or not row[0]:
            raise MoveBusyError(source.ledger)
        yield owner
