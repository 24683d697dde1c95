"""Without this file nobody could see which ledgers an installation keeps."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.database import Database, Role
from ledger.head_state import HeadPlace, read_place
from ledger.migration_plan import Plan, plan
from ledger.queries import load_queries
from ledger.settings import LEDGER_NAME
from projections.positions import statuses
from replay.jurisdiction import jurisdiction

QUERIES: Final = load_queries("replay", "ledgers")


class LedgerLine(NamedTuple):
    """One ledger of an installation.

    Attributes:
        name: Its name.
        plan: Which migrations it has and lacks.
        position: Last position of its log; as positions are dense, also its events.
        recorded_at: Aware instant of the last event, or None where there is none.
        size_bytes: On the disk, with indexes.
        jurisdiction: Whose it is; its name where nothing was said.
        place: Whether it takes appends; None in an older schema, which cannot say.
        lag: Events that the slowest read model lacks, or None in an older schema.
        stopped: Read models that stand still.
    """

    name: str
    plan: Plan
    position: int
    recorded_at: datetime | None
    size_bytes: int
    jurisdiction: Text
    place: HeadPlace | None
    lag: int | None
    stopped: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether its schema is this program's; pure."""
        return not (self.plan.pending or self.plan.unknown or self.plan.changed)


def list_ledgers(database: Database) -> list[LedgerLine]:
    """Return every ledger in the database of this one, by name.

    Blocking; one connection per ledger, one after another, changes nothing.

    Args:
        database: Any ledger there, be it set up or not.
    """
    with database.connect(Role.APP) as connection:
        names = [name for (name,) in connection.execute(QUERIES["list_ledgers"], {})]
    return [_look(replace(database, ledger=name)) for name in names if LEDGER_NAME.fullmatch(name)]


def _look(database: Database) -> LedgerLine:
    found = plan(database)
    with database.connect(Role.APP) as connection:
        position, recorded_at = _one(connection, QUERIES["read_end"])
        (size_bytes,) = _one(connection, QUERIES["read_size"])
        line = LedgerLine(
            database.ledger,
            found,
            position,
            recorded_at if position else None,
            size_bytes,
            jurisdiction(connection),
            None,
            None,
            (),
        )
        if not line.is_current:
            return line
        models = statuses(connection)
        return line._replace(
            place=read_place(connection),
            lag=max((status.lag for status in models), default=position),
            stopped=tuple(s.model for s in models if s.stopped_position is not None),
        )


def _one(connection: Connection[Any], statement: LiteralString) -> tuple[Any, ...]:
    row = connection.execute(statement).fetchone()
    if row is None:
        raise LookupError(statement)
    return tuple(row)
