"""Without this module the roles that keep the ledger append-only would not exist."""

from typing import Final

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from ledger.database import Database, Role
from ledger.queries import load_queries
from ledger.session import login_of
from ledger.startup import StartupCode, StartupError

_QUERIES: Final = load_queries("ledger", "roles")


def prepare_roles(database: Database, admin: Connection[TupleRow]) -> None:
    """Make the three roles and let the logins of the connection strings take them.

    What is there stays as it is, so a second run does nothing and needs no rights.

    Args:
        database: Whose logins to admit.
        admin: Connection of the administrator, in autocommit mode.

    Raises:
        StartupError: ``roles_missing``: the administrator may not do it.
    """
    try:
        if _missing_roles(admin):
            admin.execute(_QUERIES["create_roles"])
        if not _owner_may_create(admin):
            admin.execute(_QUERIES["allow_owner_to_create_schemas"])
            # Where the administrator may not grant it, the server only warns.
            if not _owner_may_create(admin):
                raise StartupError(
                    StartupCode.ROLES_MISSING, roles=Role.OWNER.value, user=admin.info.user
                )
        for login, roles in _wanted(database).items():
            places = {"login": login, "roles": roles}
            for (role,) in admin.execute(_QUERIES["find_missing_memberships"], places).fetchall():
                grant = sql.SQL("GRANT {} TO {}")
                admin.execute(grant.format(sql.Identifier(role), sql.Identifier(login)))
    except psycopg.errors.InsufficientPrivilege as error:
        missing = _missing_roles(admin) or [role.value for role in Role]
        raise StartupError(
            StartupCode.ROLES_MISSING, roles=", ".join(missing), user=admin.info.user
        ) from error


def _owner_may_create(admin: Connection[TupleRow]) -> bool:
    row = admin.execute(_QUERIES["owner_may_create_schemas"]).fetchone()
    return row is not None and bool(row[0])


def _missing_roles(admin: Connection[TupleRow]) -> list[str]:
    """Return the roles the server lacks."""
    places = {"roles": [role.value for role in Role]}
    return [name for (name,) in admin.execute(_QUERIES["find_missing_roles"], places)]


def _wanted(database: Database) -> dict[str, list[str]]:
    """Return the roles that each login of the connection strings must be able to take.

    The owner takes the projector's too, to hand it tables, also where an administrator had
    made the roles.
    """
    wanted: dict[str, list[str]] = {Role.OWNER.value: [Role.PROJECTOR.value]}
    for role, dsn in database.dsns.items():
        wanted.setdefault(login_of(dsn), []).append(role.value)
    return wanted
