"""Without this module a data directory would be made with the caller's language and open doors."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Final

from ledger.postmaster import SERVER_ENVIRONMENT, die_with_parent
from ledger.server_account import ServerAccount, client_name
from ledger.server_tree import ServerTree
from ledger.startup import StartupCode, StartupError

SUPERUSER: Final = "ledger"
_LOGINS: Final = (SUPERUSER, "tz_owner", "tz_app", "tz_projector")
_ACCESS_RULES: Final = "local all all peer map=taizhang\n"
_LOCALE: Final = "C.UTF-8"


def create_cluster(
    tree: ServerTree, account: ServerAccount, data: Path, *, is_durable: bool
) -> None:
    """Make a data directory, whole or not at all: it gets its name when it is complete.

    Blocking, about half a second. Call it only while owning the folder's lock.

    Args:
        tree: Programs the account can run.
        account: Owner of the new folder.
        data: Where it shall be; must not exist.
        is_durable: False leaves out the syncs, for test servers alone.

    Raises:
        StartupError: ``disk_full``, ``no_utf8_locale`` or ``server_not_started``.
        OSError: The folder cannot be made.
    """
    unfinished = data.with_name("data.new")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    account.own(unfinished)
    arguments = [
        os.fspath(tree.program("initdb")),
        f"--pgdata={unfinished}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        f"--locale={_LOCALE}",
        "--data-checksums",
        "--auth-local=peer",
        "--auth-host=reject",
    ]
    done = subprocess.run(
        arguments if is_durable else [*arguments, "--no-sync"],
        check=False,
        capture_output=True,
        cwd="/",
        env=SERVER_ENVIRONMENT,
        # A child that outlives us would write into a folder the next start removes.
        preexec_fn=lambda: die_with_parent(signal.SIGKILL),
        **account.as_process(),
    )
    if done.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise server_failure((done.stdout + done.stderr).decode("utf-8", "replace"), data, None)
    unfinished.rename(data)


def write_access_rules(account: ServerAccount, data: Path) -> None:
    """Let in this process's account and root, by the socket alone, and nobody else.

    Raises:
        StartupError: ``no_account``.
        OSError: The files cannot be written.
    """
    guests = sorted({client_name(), "root"})
    idents = [f'taizhang "{guest}" {login}\n' for guest in guests for login in _LOGINS]
    for name, text in (("pg_hba.conf", _ACCESS_RULES), ("pg_ident.conf", "".join(idents))):
        path = data / name
        path.write_text(text, "utf-8")
        path.chmod(0o600)
        account.own(path)


def check_cluster_version(major: int, data: Path) -> None:
    """Refuse data of another major version before PostgreSQL does so in its log.

    Args:
        major: Version of the programs at hand.
        data: Data directory to open.

    Raises:
        StartupError: ``data_dir_other_version``.
    """
    found = (data / "PG_VERSION").read_text("ascii").strip()
    if found != str(major):
        raise StartupError(
            StartupCode.DATA_DIR_OTHER_VERSION, path=data, found=found, expected=major
        )


def server_failure(output: str, data: Path, log: Path | None) -> StartupError:
    """Return what the words of a failed PostgreSQL program mean. Pure."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = [line for line in lines if "FATAL:" in line or "error:" in line] or lines
    reason = said[-1] if said else "nothing"
    if "No space left on device" in output:
        return StartupError(StartupCode.DISK_FULL, path=data.parent)
    if "invalid locale" in output or "locale name" in output:
        return StartupError(StartupCode.NO_UTF8_LOCALE, reason=reason)
    return StartupError(StartupCode.SERVER_NOT_STARTED, reason=reason, log=log or data.parent)
