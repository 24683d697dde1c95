"""Without this module a failed start would speak in tracebacks instead of sentences."""

import re
import socket
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

from domain.text import Text

Language = Literal["zh", "en"]

_PASSWORD_REFUSED: Final = re.compile(
    r"password authentication failed|no password supplied|口令.*失败|密码.*失败|用户.*认证失败",
    re.IGNORECASE,
)
_LOGIN_REFUSED: Final = re.compile(
    r"pg_hba\.conf|peer authentication|对等认证|not permitted to log in", re.IGNORECASE
)
_DATABASE_MISSING: Final = re.compile(
    r"database \".*\" does not exist|数据库.*不存在", re.IGNORECASE
)


class StartupCode(StrEnum):
    """The reasons a program may not start; a code never changes its meaning."""

    SETTING_INVALID = "setting_invalid"
    NO_POSTGRESQL = "no_postgresql"
    NO_ACCOUNT = "no_account"
    DATA_DIR_NOT_WRITABLE = "data_dir_not_writable"
    DATA_DIR_UNREACHABLE = "data_dir_unreachable"
    DATA_DIR_OTHER_VERSION = "data_dir_other_version"
    SOCKET_DIR_UNSAFE = "socket_dir_unsafe"
    DISK_FULL = "disk_full"
    NO_UTF8_LOCALE = "no_utf8_locale"
    SERVER_NOT_STARTED = "server_not_started"
    SERVER_DOWN = "server_down"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code, not a password
    LOGIN_REFUSED = "login_refused"
    DATABASE_MISSING = "database_missing"
    DATABASE_NOT_UTF8 = "database_not_utf8"
    OLD_SERVER = "old_server"
    CLOCK_OFF = "clock_off"
    SUPERUSER_SESSION = "superuser_session"
    ROLES_MISSING = "roles_missing"
    SCHEMA_MISSING = "schema_missing"
    SCHEMA_OLDER = "schema_older"
    SCHEMA_NEWER = "schema_newer"
    SCHEMA_CHANGED = "schema_changed"
    SCHEMA_BUSY = "schema_busy"
    NOT_APPEND_ONLY = "not_append_only"
    PORT_TAKEN = "port_taken"


class StartupError(Exception):
    """The program cannot start; three lines say what, why and what to do, and no secret.

    Attributes:
        code: The reason; also what scripts test for.
        exit_code: What the process ends with: 2 for configuration, else 6.
        what, why, do: One line each, in both languages.
    """

    def __init__(self, code: StartupCode, **places: object) -> None:
        """Fill the texts of ``code`` in startup.toml with ``places``."""
        texts = _texts()[code]
        filled = {name: " ".join(str(value).split()) for name, value in places.items()}
        self.code = code
        self.exit_code: int = texts["exit_code"]
        self.what, self.why, self.do = (
            Text(texts[f"{line}_zh"].format(**filled), texts[f"{line}_en"].format(**filled))
            for line in ("what", "why", "do")
        )
        super().__init__("\n".join(self.lines("en")))

    def lines(self, language: Language) -> tuple[str, str, str]:
        """Return what, why and do in one language. Pure."""
        if language == "zh":
            return self.what.zh, self.why.zh, self.do.zh
        return self.what.en, self.why.en, self.do.en


@cache
def _texts() -> dict[str, dict[str, Any]]:
    """Return the tables of startup.toml by code."""
    return tomllib.loads(files("ledger").joinpath("startup.toml").read_text("utf-8"))


def server_name(conninfo: str) -> str:
    """Return where a connection string leads, without user or password, e.g. ``db:5432/ledger``."""
    parts = conninfo_to_dict(conninfo)
    host = parts.get("host") or parts.get("hostaddr") or "localhost"
    return f"{host}:{parts.get('port') or 5432}/{parts.get('dbname') or ''}"


def without_secret(text: str, conninfo: str) -> str:
    """Return the text with the connection string's password struck out."""
    secret = conninfo_to_dict(conninfo).get("password")
    return text.replace(str(secret), "***") if secret else text


def connection_failure(error: Error, conninfo: str) -> StartupError:
    """Return the start-up failure that a refused connection means. Pure.

    libpq gives a refused connection no SQLSTATE, only the server's sentence in the
    server's language, so the sentence is matched in the two languages we speak and
    everything else counts as a server that cannot be reached.
    """
    reason = without_secret(str(error), conninfo)
    user = conninfo_to_dict(conninfo).get("user") or ""
    server = server_name(conninfo)
    if _PASSWORD_REFUSED.search(reason):
        return StartupError(StartupCode.WRONG_PASSWORD, server=server, user=user)
    if _LOGIN_REFUSED.search(reason):
        return StartupError(StartupCode.LOGIN_REFUSED, server=server, user=user, reason=reason)
    if _DATABASE_MISSING.search(reason):
        return StartupError(StartupCode.DATABASE_MISSING, server=server, reason=reason)
    host, _, port = server.rpartition("/")[0].rpartition(":")
    return StartupError(StartupCode.SERVER_DOWN, server=server, host=host, port=port, reason=reason)


def bind_port(host: str, port: int) -> socket.socket:
    """Return a listening-ready TCP socket, so that a taken port is known before anything starts.

    The caller hands the socket to its HTTP server and closes it.

    Raises:
        StartupError: ``port_taken``, also for a port this account may not use.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise StartupError(
            StartupCode.PORT_TAKEN, host=host, port=port, reason=error.strerror, other=port + 1
        ) from error
    return bound
