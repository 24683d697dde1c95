"""Without this module the program would not know which database is meant."""

import pwd
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import geteuid
from pathlib import Path
from typing import Final, Self

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from domain.text import Text
from ledger.startup import StartupCode, StartupError

LEDGER_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")
LEDGER_NAME_RULE: Final = Text(
    "小写字母开头，仅含小写字母、数字和下划线，最长 31 个字符",
    "a lower-case letter, then up to 30 of a-z, 0-9 and _",
)
_ROOT_DATA_DIR: Final = Path("/var/lib/taizhang")


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """Which database to use, and how to log in to it.

    Attributes:
        dsn: Connection string of the run-time login; None means the embedded server.
        owner_dsn, projector_dsn: Own logins of these roles, else ``dsn`` serves them.
        admin_dsn: A login that may create roles; ``taizhang migrate`` alone uses it.
        ledger: Name of the ledger; its schema is ``tz_`` + this.
        data_dir: Folder of the embedded server and other local data.
        ignored: Names of variables that are set but not heeded, to be told to people.
    """

    dsn: str | None = field(default=None, repr=False)
    owner_dsn: str | None = field(default=None, repr=False)
    projector_dsn: str | None = field(default=None, repr=False)
    admin_dsn: str | None = field(default=None, repr=False)
    ledger: str = "main"
    data_dir: Path = _ROOT_DATA_DIR
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_env(cls, environ: Mapping[str, str], prefix: str = "TAIZHANG_") -> Self:
        """Return the settings of an environment.

        With another prefix the connection strings are read from variables of that
        beginning, for a second database; ledger and data folder stay what they are.

        Reads ``TAIZHANG_DSN``, ``TAIZHANG_OWNER_DSN``, ``TAIZHANG_PROJECTOR_DSN``,
        ``TAIZHANG_ADMIN_DSN``, each also as ``…_FILE`` naming a file that holds it,
        ``TAIZHANG_LEDGER`` (default ``main``) and ``TAIZHANG_DATA_DIR`` (default: see
        :func:`default_data_dir`). ``PG*`` and ``DATABASE_URL`` are not heeded.

        Raises:
            StartupError: ``setting_invalid``, naming the variable and never its value.
        """
        dsn = _read_dsn(environ, f"{prefix}DSN")
        ledger = environ.get("TAIZHANG_LEDGER") or "main"
        if not LEDGER_NAME.fullmatch(ledger):
            raise StartupError(
                StartupCode.SETTING_INVALID,
                name="TAIZHANG_LEDGER",
                expected_zh=LEDGER_NAME_RULE.zh,
                expected_en=LEDGER_NAME_RULE.en,
            )
        others = {
            name: _read_dsn(environ, f"{prefix}{name.upper()}")
            for name in ("owner_dsn", "projector_dsn", "admin_dsn")
        }
        if dsn is None and any(others.values()):
            raise StartupError(
                StartupCode.SETTING_INVALID,
                name=f"{prefix}DSN",
                expected_zh=f"设置了其他 {prefix}…_DSN 时必须同时设置",
                expected_en=f"to be set as well, since another {prefix}…_DSN is",
            )
        folder = environ.get("TAIZHANG_DATA_DIR")
        return cls(
            dsn=dsn,
            ledger=ledger,
            data_dir=Path(folder).absolute() if folder else default_data_dir(environ),
            ignored=tuple(
                sorted(
                    name
                    for name in environ
                    if name == "DATABASE_URL" or (name.startswith("PG") and name.isupper())
                )
            ),
            **others,
        )


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """Return where data lie when ``TAIZHANG_DATA_DIR`` is not set.

    For root ``/var/lib/taizhang``, since the account its server drops to cannot enter
    root's home; else ``$XDG_DATA_HOME/taizhang``, and without that variable
    ``.local/share/taizhang`` in the home of the account, known even when HOME is not.

    Raises:
        StartupError: ``no_account``, when neither a home nor an account is known.
    """
    if geteuid() == 0:
        return _ROOT_DATA_DIR
    chosen = Path(environ.get("XDG_DATA_HOME", ""))
    if chosen.is_absolute():
        return chosen / "taizhang"
    home = environ.get("HOME")
    if not home:
        try:
            home = pwd.getpwuid(geteuid()).pw_dir
        except KeyError as error:
            raise StartupError(
                StartupCode.NO_ACCOUNT,
                reason_zh=f"用户编号 {geteuid()} 在系统中没有账户，也未设置 TAIZHANG_DATA_DIR",
                reason_en=f"user number {geteuid()} has no account, nor is TAIZHANG_DATA_DIR set",
            ) from error
    return Path(home) / ".local" / "share" / "taizhang"


def _read_dsn(environ: Mapping[str, str], name: str) -> str | None:
    """Return one connection string, from its variable or the file its ``_FILE`` names."""
    value = environ.get(name)
    source = environ.get(f"{name}_FILE")
    if value and source:
        raise StartupError(
            StartupCode.SETTING_INVALID,
            name=f"{name}_FILE",
            expected_zh=f"{name} 与 {name}_FILE 只设其一",
            expected_en=f"{name} or {name}_FILE, not both",
        )
    if source:
        try:
            value = Path(source).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise StartupError(
                StartupCode.SETTING_INVALID,
                name=f"{name}_FILE",
                expected_zh="可读的 UTF-8 文件",
                expected_en="a readable UTF-8 file",
            ) from error
    if not value:
        return None
    try:
        conninfo_to_dict(value)
    except ProgrammingError:
        # The cause is cut off: libpq quotes the piece it could not read, password and all.
        raise StartupError(
            StartupCode.SETTING_INVALID,
            name=name,
            expected_zh="PostgreSQL 连接串，如 postgresql://user@host:5432/database",
            expected_en="a PostgreSQL connection string, e.g. postgresql://user@host:5432/database",
        ) from None
    return value
