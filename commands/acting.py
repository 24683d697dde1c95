"""Without this file each command that changes something would sign in in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from domain.principal import Principal
    from ledger.application import PetitionLedger
    from ledger.database import Database

_VARIABLE = "TAIZHANG_KEY"


class Acting(NamedTuple):
    """Somebody who may give commands to a ledger."""

    ledger: "PetitionLedger"
    principal: "Principal"
    database: "Database"


@contextmanager
def open_acting(invocation: Invocation) -> "Iterator[Acting]":
    """Open the ledger for the holder of the key in ``TAIZHANG_KEY``, and close it afterwards.

    Blocking.

    Raises:
        CommandError: there is no key, or it is not valid.
        StartupError: the database or the ledger in it is not fit.
    """
    from ledger.application import PetitionLedger
    from replay.published import LoggedFigures

    text = invocation.environ.get(_VARIABLE)
    if text is None:
        raise _not_allowed(
            f"没有设置 {_VARIABLE}", f"the variable {_VARIABLE} holds no key of the ledger"
        )
    now = datetime.now(UTC)
    with open_ledger(invocation) as database:
        principal = _principal(database, text, now)
        with PetitionLedger(database, lambda: now, figures=LoggedFigures(database)) as ledger:
            yield Acting(ledger, principal, database)


def _principal(database: "Database", text: str, now: datetime) -> "Principal":
    from api.key_ring import KeyRing
    from api.read_sessions import ReadSessions

    sessions = ReadSessions(database)
    try:
        principal = KeyRing(sessions, lambda: now).look_up(text)
    finally:
        sessions.close()
    if principal is None:
        raise _not_allowed("密钥无效、已停用或已到期", "the key is wrong, revoked or expired")
    return principal


def _not_allowed(zh: str, en: str) -> CommandError:
    return CommandError(
        Exit.NOT_ALLOWED,
        Text(
            f"{zh}；未作任何更改。密钥由管理员用 taizhang keys add 生成。",
            f"{en}; nothing was changed. An administrator makes keys: taizhang keys add",
        ),
    )
