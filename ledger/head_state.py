"""Without this file a ledger could be written in two places while it is moved."""

from enum import StrEnum
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries

QUERIES: Final = load_queries("ledger", "head_state")


class HeadState(StrEnum):
    """Whether a ledger takes appends; of the two ends of a move at most one is open."""

    OPEN = "open"
    MOVING = "moving"
    MOVED = "moved"
    ARRIVING = "arriving"

    @property
    def label(self) -> Text:
        """What people call it."""
        return _LABELS[self]


_LABELS: Final = {
    HeadState.OPEN: Text("可用", "open"),
    HeadState.MOVING: Text("迁出中", "moving"),
    HeadState.MOVED: Text("已迁出", "moved"),
    HeadState.ARRIVING: Text("迁入中", "arriving"),
}


class HeadPlace(NamedTuple):
    """The state of a ledger.

    Attributes:
        state: Whether it takes appends.
        elsewhere: Server and database at the other end of a move, or None while open.
        position: Last position of the log.
    """

    state: HeadState
    elsewhere: str | None
    position: int


class LedgerMovingError(LedgerError):
    """The ledger is on its way to another database and takes no appends meanwhile."""

    code = "ledger-moving"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "台账正在迁移。未作任何记录，已有内容照常可读；"
                "请稍后以同一幂等键重试，迁移未完成时管理员可继续或取消。",
                "The ledger is being moved. Nothing was recorded, what is there can be read; "
                "repeat later with the same idempotency key. An administrator may finish the "
                "move or take it back.",
            )
        )


class LedgerMovedError(LedgerError):
    """The ledger lives in another database now; this copy is closed for good."""

    code = "ledger-moved"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "台账已迁至另一数据库。未作任何记录；请改用新的地址，"
                "管理员可用 taizhang ledger list 查看迁往何处。",
                "The ledger has moved to another database. Nothing was recorded; use its new "
                "address, which an administrator sees in 'taizhang ledger list'.",
            )
        )


def not_open(state: HeadState) -> LedgerError:
    """Return why a ledger in such a state takes no appends; pure."""
    return LedgerMovedError() if state is HeadState.MOVED else LedgerMovingError()


def read_place(connection: Connection[Any]) -> HeadPlace:
    """Return the state of the ledger. Blocking, one query.

    Raises:
        LookupError: the ledger has no head.
    """
    row = connection.execute(QUERIES["read_state"]).fetchone()
    if row is None:
        raise LookupError("head")
    state, elsewhere, position = row
    return HeadPlace(HeadState(state), elsewhere, position)


def hold_open(connection: Connection[Any]) -> None:
    """Keep the ledger open until the caller's transaction ends. Blocking.

    For what is written beside the log, such as keys: a move would leave it behind.

    Raises:
        LedgerMovingError, LedgerMovedError: it is not open.
    """
    row = connection.execute(QUERIES["lock_state"]).fetchone()
    state = HeadState(row[0]) if row else HeadState.MOVED
    if state is not HeadState.OPEN:
        raise not_open(state)


def require_home(connection: Connection[Any]) -> None:
    """Refuse a copy that no longer, or not yet, is the ledger. Blocking, one query.

    Raises:
        LedgerMovingError: it is a copy that has not been opened.
        LedgerMovedError: the ledger lives elsewhere, and this copy stands still.
    """
    state = read_place(connection).state
    if state in {HeadState.MOVED, HeadState.ARRIVING}:
        raise not_open(state)


def set_state(connection: Connection[Any], state: HeadState, elsewhere: str | None = None) -> None:
    """Open or close a ledger, as its owner. Blocking: waits for the append under way."""
    connection.execute(QUERIES["update_state"], {"state": state, "elsewhere": elsewhere})
