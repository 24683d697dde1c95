"""Without this file a ledger could arrive incomplete, or over another one of its name."""

from typing import Any, Final

import psycopg
from psycopg import Connection, sql

from domain.text import Text
from ledger.database import Database, Role
from ledger.head_state import HeadState, read_place, set_state
from ledger.migrate import migrate
from ledger.migration_plan import check
from ledger.queries import load_queries
from ledger.startup import connection_failure, server_name
from ledger.table_copy import (
    Progress,
    StoredTable,
    TableSum,
    be_patient,
    copy_tables,
    sum_tables,
)
from replay.move_errors import CopyDiffersError, TargetTakenError
from replay.verify import verify

QUERIES: Final = load_queries("replay", "move")


def place_of(database: Database) -> str:
    """Return where a ledger lives, without any login; pure."""
    return server_name(database.dsns[Role.APP])


def prepare_target(target: Database, here: str) -> None:
    """Make an empty closed ledger at the target, in place of an earlier copy of this one.

    Blocking.

    Args:
        target: The ledger elsewhere.
        here: Where its source is.

    Raises:
        TargetTakenError: it holds another ledger of that name.
        StartupError: the database is not fit.
    """
    try:
        with psycopg.connect(target.admin_conninfo()) as admin:
            row = admin.execute(QUERIES["find_head"], {"schema": target.schema}).fetchone()
    except psycopg.OperationalError as error:
        raise connection_failure(error, target.admin_dsn) from None
    if row is not None and row[0]:
        _drop_copy(target, here)
    migrate(target)
    check(target)
    with target.connect(Role.OWNER, autocommit=True) as owner:
        set_state(owner, HeadState.ARRIVING, here)


def _drop_copy(target: Database, here: str) -> None:
    with target.connect(Role.OWNER) as owner:
        row = owner.execute(QUERIES["lock_head"]).fetchone()
        if row is not None and row[0]:
            check(target)
            place = read_place(owner)
            if place.state is HeadState.OPEN or place.elsewhere != here:
                raise TargetTakenError(target.ledger, place_of(target))
        owner.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(target.schema)))


def fill_target(
    source: Connection[Any], target: Database, tables: list[StoredTable], progress: Progress
) -> dict[str, TableSum]:
    """Copy every row into the closed ledger, in one transaction there. Blocking."""
    with target.connect(Role.OWNER) as there:
        be_patient(there)
        return copy_tables(source, there, tables, progress)


def prove_target(
    target: Database, tables: list[StoredTable], sent: dict[str, TableSum], progress: Progress
) -> int:
    """Read the copy again as a stranger would, and return the position it is right up to.

    Blocking. Every table holds the rows that were sent; of the log, positions are dense,
    versions contiguous and leaf hashes those of the columns.

    Raises:
        CopyDiffersError: it is not what was sent.
    """
    with target.connect(Role.OWNER) as there:
        be_patient(there)
        arrived = sum_tables(there, tables)
    for name, expected in sent.items():
        if arrived[name] != expected:
            what = Text(
                f"表 {name} 应有 {expected.rows} 行，实有 {arrived[name].rows} 行，或内容不同",
                f"table {name} has {arrived[name].rows} rows of {expected.rows}, or others",
            )
            raise CopyDiffersError(target.ledger, place_of(target), what)
    verified = verify(target, [], progress=progress)
    if verified.findings:
        raise CopyDiffersError(target.ledger, place_of(target), verified.findings[0].text)
    return verified.position


def open_target(target: Database, here: str) -> None:
    """Open the copy, unless it was opened before. Blocking."""
    with target.connect(Role.OWNER, autocommit=True) as owner:
        place = read_place(owner)
        if place.state is HeadState.ARRIVING and place.elsewhere == here:
            set_state(owner, HeadState.OPEN)
