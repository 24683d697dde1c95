"""Without this file a failed start would be explained one reason at a time, and only by failing."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from commands.diagnosis_texts import (
    CHECKS,
    DISK_FOUND,
    DISK_LOW,
    NOT_CHECKED,
    NOT_SET_UP,
    OWN_PORT,
    STARTED_LATER,
    Check,
    check_of,
)
from domain.text import Text
from ledger.append_guard import check_guard
from ledger.database import Role, open_database
from ledger.migration_plan import check as check_schema
from ledger.server_folder import ServerFolder
from ledger.server_tree import embedded_tree
from ledger.setting_names import unknown_settings
from ledger.settings import DatabaseSettings
from ledger.sizes import read_sizes, sizes_text
from ledger.startup import StartupCode, StartupError, bind_port

DISK_FREE_LEAST_BYTES = 100 * 2**20
"""Below this PostgreSQL soon cannot write its log; it then stops accepting appends."""
DISK_FREE_ENOUGH_BYTES = 2 * 2**30

# The order in which a start finds things out; what stands before a failure has passed.
_ORDER = (
    Check.DATA_DIR,
    Check.POSTGRESQL,
    Check.LOGIN,
    Check.VERSION,
    Check.UTF8,
    Check.CLOCK,
    Check.SCHEMA_NEWER,
    Check.SCHEMA_MISSING,
    Check.APPEND_ONLY,
)


class Status(StrEnum):
    """How a check came out."""

    PASS = "pass"  # noqa: S105 - a status, not a password
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        check: Which one.
        status: How it came out.
        found: One line, what is the case.
        why, do: One line each where something is to be done, else None.
    """

    check: Check
    status: Status
    found: Text
    why: Text | None = None
    do: Text | None = None


class Diagnosis:
    """Looks at everything a start needs and changes nothing. Blocking, within seconds.

    Args:
        environ: The process environment, for the settings.
        host, port: Where the API is to listen.
        get_now: This host's clock, aware.
        is_own_port: Whether our own API answers at an address.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        host: str,
        port: int,
        *,
        get_now: Callable[[], datetime],
        is_own_port: Callable[[str, int], bool],
    ) -> None:
        self._environ = environ
        self._host = host
        self._port = port
        self._get_now = get_now
        self._is_own_port = is_own_port
        self._found: dict[Check, Finding] = {}

    def run(self) -> list[Finding]:
        """Return the findings in the order of ``CHECKS``."""
        try:
            settings = DatabaseSettings.from_env(self._environ)
        except StartupError as error:
            self._fail(error)
        else:
            self._look_at_disk(settings)
            self._look_at_database(settings)
        self._look_at_names()
        self._look_at_port()
        for check in CHECKS:
            self._found.setdefault(check, Finding(check, Status.WARN, NOT_CHECKED))
        return [self._found[check] for check in CHECKS]

    def _look_at_names(self) -> None:
        unknown = unknown_settings(self._environ)
        finding = Finding(Check.SETTINGS, Status.PASS, CHECKS[Check.SETTINGS])
        if unknown:
            found = Text(*(" ".join(texts) for texts in zip(*unknown, strict=True)))
            finding = Finding(Check.SETTINGS, Status.WARN, found)
        # One that is known and does not fit has failed already.
        self._found.setdefault(Check.SETTINGS, finding)

    def _look_at_disk(self, settings: DatabaseSettings) -> None:
        path = settings.data_dir
        while not path.exists():
            path = path.parent
        free_bytes = shutil.disk_usage(path).free
        found = Text(*(text.format(free_gib=f"{free_bytes / 2**30:.1f}") for text in DISK_FOUND))
        if free_bytes < DISK_FREE_LEAST_BYTES:
            self._fail(StartupError(StartupCode.DISK_FULL, path=path))
        elif free_bytes < DISK_FREE_ENOUGH_BYTES:
            self._found[Check.DISK] = Finding(Check.DISK, Status.WARN, found, do=DISK_LOW)
        else:
            self._found[Check.DISK] = Finding(Check.DISK, Status.PASS, found)

    def _look_at_database(self, settings: DatabaseSettings) -> None:
        try:
            if settings.dsn is None and not _has_data(settings.data_dir):
                self._look_at_fresh_folder(settings.data_dir)
                return
            with open_database(settings, get_now=self._get_now) as database:
                check_schema(database)
                with database.connect(Role.APP) as connection:
                    guard = check_guard(connection).label
                    sizes = sizes_text(read_sizes(connection))
        except StartupError as error:
            self._fail(error)
        else:
            self._pass(_ORDER)
            said = zip(CHECKS[Check.APPEND_ONLY], guard, strict=True)
            found = Text(*(text.format(guard=name) for text, name in said))
            self._found[Check.APPEND_ONLY] = Finding(Check.APPEND_ONLY, Status.PASS, found)
            self._found[Check.SIZES] = Finding(Check.SIZES, Status.PASS, sizes)

    def _look_at_fresh_folder(self, data_dir: Path) -> None:
        """Judge a server that was never started, without making its files."""
        embedded_tree().major()
        nearest = next(path for path in (data_dir, *data_dir.parents) if path.exists())
        if not nearest.is_dir() or not _is_writable(nearest):
            reason = "permission denied" if nearest.is_dir() else "not a directory"
            raise StartupError(StartupCode.DATA_DIR_NOT_WRITABLE, path=data_dir, reason=reason)
        for check in (*_ORDER, Check.SIZES):
            self._found[check] = Finding(check, Status.PASS, STARTED_LATER)
        self._found[Check.SCHEMA_MISSING] = Finding(
            Check.SCHEMA_MISSING, Status.WARN, NOT_SET_UP, do=Text(*("taizhang migrate",) * 2)
        )

    def _look_at_port(self) -> None:
        try:
            bind_port(self._host, self._port).close()
        except StartupError as error:
            if not self._is_own_port(self._host, self._port):
                self._fail(error)
                return
            self._found[Check.PORT] = Finding(Check.PORT, Status.PASS, OWN_PORT)
        else:
            self._pass((Check.PORT,))

    def _fail(self, error: StartupError) -> None:
        failed = check_of(error.code)
        # A setting or a locale says nothing about what else a start would have found.
        if failed in _ORDER and error.code is not StartupCode.NO_UTF8_LOCALE:
            self._pass(_ORDER[: _ORDER.index(failed)])
        self._found[failed] = Finding(failed, Status.FAIL, error.what, error.why, error.do)

    def _pass(self, checks: tuple[Check, ...]) -> None:
        for check in checks:
            self._found[check] = Finding(check, Status.PASS, CHECKS[check])


def _has_data(data_dir: Path) -> bool:
    return ServerFolder.below(data_dir).data.exists()


def _is_writable(folder: Path) -> bool:
    from os import W_OK, X_OK, access

    return access(folder, W_OK | X_OK)
