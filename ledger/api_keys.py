"""Without this file anybody could call the API, or nobody."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import psycopg
from psycopg import Connection
from psycopg.rows import tuple_row

from domain.principal import Principal
from domain.roster import RosterState
from domain.text import Text
from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.errors import LedgerError, LedgerUnavailableError
from ledger.head_state import hold_open
from ledger.key_text import new_key_text
from ledger.queries import load_queries

QUERIES: Final = load_queries("ledger", "api_keys")

USE_INTERVAL: Final = timedelta(minutes=1)
"""The time of last use is kept to this precision, so that reads do not become writes."""

_ACCOUNT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_LABEL_LEN_MAX: Final = 100
_UNIT_NEEDED: Final = frozenset({Role.HANDLER, Role.DEPARTMENT_HEAD})
_UNIT_REFUSED: Final = frozenset({Role.PETITIONER})


class KeyGrantError(LedgerError):
    """A key was asked for that may not be given."""

    code = "invalid-key-grant"


class KeyGrant(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a key stands for, and until when.

    Attributes:
        label: What people call the key, 1 to 100 characters.
        role: The one role it may act in.
        actor_id: Account it acts as, 1 to 64 of letters, digits and ``_ . : -``.
        unit: Unit it is bound to; handlers and department heads need one.
        expires_at: Aware instant from which it is refused, or None.
    """

    label: str
    role: Role
    actor_id: str
    unit: str | None = None
    expires_at: datetime | None = None


class ApiKey(msgspec.Struct, frozen=True):
    """One key as stored; its text cannot be had from it."""

    key_id: str
    secret_hash: bytes
    label: str
    actor_id: str
    role: Role
    unit: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @property
    def principal(self) -> Principal:
        """Who calls with it."""
        return Principal(actor_id=self.actor_id, role=self.role, unit=self.unit)

    def is_valid(self, at: datetime) -> bool:
        """Whether it may be used at an aware instant. Pure."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


def issue_key(database: Database, grant: KeyGrant, roster: RosterState, at: datetime) -> str:
    """Make a key and return its text, which nobody can read again.

    Blocking, one transaction of the owner role: the API's own login cannot make keys.

    Args:
        database: The ledger.
        grant: Whom it stands for.
        roster: The units of the ledger.
        at: The host's clock, aware.

    Raises:
        KeyGrantError: label, account, unit or expiry are not lawful.
        UnknownUnitError, UnitClosedError: the unit is not on the roster.
        LedgerMovingError, LedgerMovedError: the ledger is not open.
        psycopg.Error: the database refused it.
    """
    _check_grant(grant, roster, at)
    key = new_key_text()
    with database.connect(DatabaseRole.OWNER) as connection:
        hold_open(connection)
        connection.execute(
            QUERIES["insert_key"],
            {
                "key_id": key.key_id,
                "secret_hash": key.secret_hash,
                "label": grant.label,
                "actor_id": grant.actor_id,
                "role": grant.role.value,
                "unit": grant.unit,
                "created_at": at,
                "expires_at": grant.expires_at,
            },
        )
    return key.text


def list_keys(database: Database) -> list[ApiKey]:
    """Return every key ever made, the newest first. Blocking."""
    with database.connect(DatabaseRole.APP) as connection:
        return [_key(row) for row in connection.execute(QUERIES["list_keys"])]


def revoke_key(database: Database, key_id: str, at: datetime) -> bool:
    """End a key; a running API refuses it within seconds. Blocking, owner role.

    Returns:
        Whether there was such a key in force.

    Raises:
        LedgerMovingError, LedgerMovedError: the ledger is not open.
    """
    with database.connect(DatabaseRole.OWNER) as connection:
        hold_open(connection)
        parameters = {"key_id": key_id, "revoked_at": at}
        return connection.execute(QUERIES["revoke_key"], parameters).rowcount == 1


def find_key(connection: Connection[Any], key_id: str, at: datetime) -> ApiKey | None:
    """Return a key by its public part and remember that it was used. Blocking.

    Args:
        connection: Of the role tz_app, in autocommit mode.
        key_id: Public part.
        at: The host's clock, aware.

    Raises:
        LedgerUnavailableError: the database does not answer.
    """
    try:
        cursor = connection.cursor(row_factory=tuple_row)
        row = cursor.execute(QUERIES["find_key"], {"key_id": key_id}).fetchone()
        if row is None:
            return None
        parameters = {"key_id": key_id, "used_at": at, "used_before": at - USE_INTERVAL}
        connection.execute(QUERIES["mark_key_used"], parameters)
    except psycopg.OperationalError as error:
        raise LedgerUnavailableError(str(error).strip()) from error
    return _key(row)


def _check_grant(grant: KeyGrant, roster: RosterState, at: datetime) -> None:
    if not grant.label.isprintable() or not 1 <= len(grant.label.strip()) <= _LABEL_LEN_MAX:
        raise _refused("名称须为 1 至 100 个可见字符", "a label is 1 to 100 printable characters")
    if not _ACCOUNT.fullmatch(grant.actor_id):
        raise _refused(
            "账号须为 1 至 64 位字母、数字或 _ . : -",
            "an account is 1 to 64 letters, digits or _ . : -",
        )
    if grant.expires_at is not None and grant.expires_at <= at:
        raise _refused("到期时间须在将来", "a key must expire in the future")
    if grant.unit is None:
        if grant.role in _UNIT_NEEDED:
            raise _refused(
                f"“{grant.role.label.zh}”的密钥须绑定单位（--unit）",
                f"a key for the role '{grant.role}' must be bound to a unit (--unit)",
            )
    elif grant.role in _UNIT_REFUSED:
        raise _refused("诉求人的密钥不绑定单位", "a petitioner's key is bound to no unit")
    else:
        roster.open_unit(grant.unit)


def _refused(zh: str, en: str) -> KeyGrantError:
    return KeyGrantError(
        Text(
            f"未生成密钥：{zh}；请修改后重试。",
            f"No key was made: {en}; correct it and try again.",
        )
    )


def _key(row: tuple[Any, ...]) -> ApiKey:
    values = list(row)
    values[4] = Role(values[4])
    return ApiKey(*values)
