"""Without this file read models could only be rebuilt in place, while people read them.

A shadow is a schema beside the ledger's with tables of the same names. On a connection
that sees the shadow first, every statement of the read models fills it unchanged.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.database import Database, Role
from ledger.errors import LedgerError
from ledger.queries import load_queries
from replay.program import program_digest

QUERIES: Final = load_queries("replay", "shadow")

SLICE_EVENTS_LEN: Final = 25_000
"""Events per slice on average: what an interruption loses at most."""
_SLICES_MAX: Final = 4_096


class Purpose(StrEnum):
    """What a shadow is for; each ledger has at most one of each."""

    REBUILD = "rebuild"
    VERIFY = "verify"


class ReplayBusyError(LedgerError):
    """Another process fills the same shadow."""

    code = "replay-busy"

    def __init__(self, ledger: str, purpose: Purpose) -> None:
        super().__init__(
            Text(
                f"台账 {ledger} 的另一个 {purpose} 正在运行。未作任何更改；请等其结束后再试。",
                f"Another {purpose} of ledger {ledger} is running. Nothing was changed; try "
                "again when it has ended.",
            )
        )


class Plan(NamedTuple):
    """What a shadow is to hold.

    Attributes:
        position: The log up to here.
        slices_len: Into how many ranges of petition ids the work is cut.
        program: Hash of the rules.
    """

    position: int
    slices_len: int
    program: str


class Shadow:
    """The schema of one replay, and connections that see it.

    Args:
        database: The ledger.
        purpose: What for.
        tables: The tables it is to hold.
    """

    def __init__(self, database: Database, purpose: Purpose, tables: Sequence[str]) -> None:
        self.database = database
        self.tables = tuple(tables)
        # Ledgers' own schemas begin with tz_, so no ledger's name can collide.
        self.schema = f"tz{purpose}_{database.ledger}"
        self.aside = f"tzold_{database.ledger}"
        self.purpose = purpose

    @contextmanager
    def hold(self) -> Iterator[Connection[Any]]:
        """Keep every other replay of the purpose out; yields a connection of the owner.

        Raises:
            ReplayBusyError: another one is under way.
        """
        with self.connect(Role.OWNER) as owner:
            schema = {"schema": self.schema}
            row = owner.execute(QUERIES["try_to_lock_replay"], schema).fetchone()
            if row is None or not row[0]:
                raise ReplayBusyError(self.database.ledger, self.purpose)
            try:
                yield owner
            finally:
                if not owner.closed:
                    owner.execute(QUERIES["unlock_replay"], schema)

    def connect(self, role: Role = Role.PROJECTOR) -> Connection[Any]:
        """Return a connection in autocommit mode that sees the live tables; close it."""
        connection = self.database.connect(role, autocommit=True)
        places = {"live": self.database.schema, "shadow": self.schema, "aside": self.aside}
        names = {"tables": ",".join(self.tables)}
        connection.execute(QUERIES["set_shadow"], {**places, **names})
        return connection

    def enter(self) -> Connection[Any]:
        """Return a connection in autocommit mode that sees the shadow first; close it."""
        connection = self.connect()
        path = f"{self.schema}, {self.database.schema}"
        connection.execute(QUERIES["set_search_path"], {"path": path})
        return connection

    def prepare(self, owner: Connection[Any], position: int | None = None) -> Plan:
        """Make the shadow's tables, or find those of an interrupted replay.

        Args:
            owner: From ``hold``.
            position: Last position it is to hold; None for the end of the log.
        """
        found = self._find_plan(owner)
        if found is not None:
            return found
        self.drop(owner)
        owner.execute(QUERIES["create_shadow"])
        with self.connect() as connection:
            if position is None:
                position = read_end(connection)
            slices_len = min(_SLICES_MAX, position // SLICE_EVENTS_LEN + 1)
            plan = Plan(position, slices_len, program_digest())
            connection.execute(QUERIES["create_shadow_tables"])
        with self.enter() as connection:
            connection.execute(QUERIES["insert_plan"], plan._asdict())
        return plan

    def add_position(self, connection: Connection[Any], model: str, position: int) -> None:
        """Record that the shadow's tables of a model contain the log up to a position."""
        parameters = {"model": model, "position": position}
        connection.execute(QUERIES["insert_position"], parameters)

    def empty(self) -> None:
        """Take the rows out of the tables. Blocking."""
        with self.connect() as connection:
            connection.execute(QUERIES["empty_shadow_tables"])

    def index(self) -> None:
        """Give the filled tables the keys and indexes of the live ones. Blocking."""
        with self.connect() as connection:
            connection.execute(QUERIES["index_shadow_tables"])

    def analyze(self) -> None:
        """Let the planner know what the tables hold; indexing does so by itself. Blocking."""
        with self.connect() as connection:
            connection.execute(QUERIES["analyze_shadow_tables"])

    def drop(self, owner: Connection[Any]) -> None:
        """Remove the shadow."""
        owner.execute(QUERIES["drop_shadow"])

    def make_room(self, owner: Connection[Any]) -> None:
        """Make an empty schema for the tables to be replaced; older ones there are dropped."""
        self.drop_aside(owner)
        owner.execute(QUERIES["create_aside"])

    def drop_aside(self, owner: Connection[Any]) -> None:
        """Remove the tables that were replaced."""
        owner.execute(QUERIES["drop_aside"])

    def _find_plan(self, owner: Connection[Any]) -> Plan | None:
        row = owner.execute(QUERIES["find_schema"], {"schema": self.schema}).fetchone()
        if row is None or not row[0] or self.purpose is Purpose.VERIFY:
            return None
        with self.enter() as connection:
            found = connection.execute(QUERIES["read_plan"]).fetchone()
        if found is None:
            return None
        plan = Plan(*found)
        return plan if plan.program == program_digest() else None


def read_end(connection: Connection[Any]) -> int:
    """Return the last position of the log, 0 while it is empty."""
    row = connection.execute(QUERIES["read_end"]).fetchone()
    return 0 if row is None else int(row[0])
