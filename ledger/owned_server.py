"""Without this module the owner of a data directory could not bring its server up."""

import subprocess
import time
from contextlib import suppress
from typing import Final

import psycopg

from ledger.postmaster import start_postmaster, stop_left_over, stop_postmaster
from ledger.queries import load_queries
from ledger.server_account import ServerAccount
from ledger.server_cluster import (
    SUPERUSER,
    check_cluster_version,
    create_cluster,
    server_failure,
    write_access_rules,
)
from ledger.server_folder import DATABASE, PORT, ServerFolder
from ledger.server_tree import ServerTree

_POLL_S: Final = 0.02
_QUERIES: Final = load_queries("ledger", "owned_server")
_ROLES: Final = load_queries("ledger", "roles")
_SETTINGS: Final = {
    "cluster_name": "taizhang",
    "jit": "off",
    "listen_addresses": "",
    # Detail lines quote values, and values may be personal.
    "log_error_verbosity": "terse",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
}
_VOLATILE: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class OwnedServer:
    """The PostgreSQL of a folder whose lock this process holds, and its child process."""

    def __init__(self, folder: ServerFolder, tree: ServerTree, *, is_durable: bool) -> None:
        self._folder = folder
        self._tree = tree
        self._is_durable = is_durable
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Return the pid of the running server, None before its start and after its end."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def start(self, account: ServerAccount, deadline: float) -> None:
        """Return once the server answers and has roles and database. Blocking.

        Ends what an earlier owner left running and clears what it left lying, so it is
        also how a dead server is restarted.

        Args:
            account: Who runs the server.
            deadline: Monotonic time to give up at, in seconds.

        Raises:
            StartupError: The server does not come up.
            OSError: The folder cannot be written.
        """
        folder = self._folder
        major = self._tree.major()
        stop_left_over(folder.data)
        (folder.data / "postmaster.pid").unlink(missing_ok=True)
        if folder.data.exists():
            check_cluster_version(major, folder.data)
        else:
            create_cluster(self._tree, account, folder.data, is_durable=self._is_durable)
        write_access_rules(account, folder.data)
        folder.prepare_socket_dir(account)
        settings = {**_SETTINGS, "unix_socket_directories": f'"{folder.socket_dir}"'}
        if not self._is_durable:
            settings |= _VOLATILE
        while True:
            log_len = folder.roll_log()
            child = start_postmaster(self._tree, account, folder.data, folder.log, settings)
            self._child = child
            while child.poll() is None and time.monotonic() < deadline:
                if folder.refusal(SUPERUSER, "postgres") is None:
                    self._prepare_database()
                    return
                time.sleep(_POLL_S)
            stop_postmaster(child)
            output = folder.log_after(log_len)
            # Children of a killed server hold its memory for a moment after it.
            if "shared memory block" not in output or time.monotonic() > deadline:
                raise server_failure(output, folder.data, folder.log)
            time.sleep(_POLL_S)

    def stop(self) -> None:
        """Shut the server down and remove its socket's folder. Blocking."""
        if self._child is not None:
            stop_postmaster(self._child)
            self._child = None
            with suppress(OSError):
                self._folder.socket_dir.rmdir()

    def _prepare_database(self) -> None:
        """Make the roles and, last, the database; what is there stays."""
        conninfo = self._folder.conninfo(SUPERUSER, "postgres")
        with psycopg.connect(conninfo, autocommit=True) as connection:
            # One transaction: a guest must never meet a role that may not log in yet.
            with connection.transaction():
                connection.execute(_ROLES["create_roles"])
                connection.execute(_QUERIES["allow_roles_to_log_in"])
            found = connection.execute(_QUERIES["find_database"], {"name": DATABASE}).fetchone()
            if found is None:
                connection.execute(_QUERIES["create_database"])
