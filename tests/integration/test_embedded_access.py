"""Tests of who may run, reach and enter the embedded server."""

import os
import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from ledger.database import Database, Role
from ledger.embedded import EmbeddedServer
from ledger.server_tree import ServerTree, embedded_tree
from ledger.startup import StartupCode, StartupError
from tests.programs import run_as

ORDINARY = "nobody"
STRANGER = "daemon"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def modes_of(*folders: Path) -> dict[Path, int]:
    """Return the permissions of folders and of all their parents."""
    return {path: path.stat().st_mode for folder in folders for path in (folder, *folder.parents)}


@as_root
def test_root_drops_to_another_account_and_changes_no_parent(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """Started by root, the server and its data belong to an account without rights."""
    data_dir = server_folder / "made" / "here"
    before = modes_of(server_folder)
    with EmbeddedServer(data_dir, tree=server_tree, is_durable=False) as server:
        owner = Path(f"/proc/{server.postmaster_pid}").stat().st_uid
        assert owner != 0
        assert server.folder.data.stat().st_uid == owner
        assert server.folder.log.stat().st_mode & 0o777 == 0o600
        assert server.folder.log.parent != server.folder.data
    assert modes_of(server_folder) == before


@as_root
def test_root_runs_the_server_from_a_closed_clone(server_folder: Path) -> None:
    """Programs below a folder of root alone are copied once, and the folder stays closed."""
    original = embedded_tree()
    clone = server_folder / "clone"
    clone.mkdir(mode=0o700)
    tree = ServerTree(
        clone / original.root.relative_to(original.root.parents[1]),
        clone / original.libraries.name if original.libraries else None,
    )
    shutil.copytree(original.root, tree.root)
    if original.libraries and tree.libraries:
        shutil.copytree(original.libraries, tree.libraries)
    before = modes_of(tree.root)
    server = EmbeddedServer(server_folder / "data", tree=tree, is_durable=False)
    for _ in range(2):
        server.start()
        server.stop()
    copies = list(server.folder.path.glob("server-*"))
    assert modes_of(tree.root) == before
    assert len(copies) == 1
    assert copies[0].stat().st_mode & 0o777 == 0o711


@as_root
def test_data_directory_below_a_closed_folder_is_refused(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """Root is told to choose another place; the closed folder stays as it is."""
    closed = server_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(StartupError) as caught:
        EmbeddedServer(closed / "data", tree=server_tree).start()
    assert caught.value.code is StartupCode.DATA_DIR_UNREACHABLE
    assert str(closed) in str(caught.value)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def run_ordinary(folder: Path, tree: ServerTree) -> str:
    """Start a server as the account of this process and return who it finds itself to be."""
    with EmbeddedServer(folder, tree=tree, is_durable=False) as server:
        database = Database.on_server(server, "main")
        with database.connect(Role.APP) as connection:
            row = connection.execute("SELECT current_user").fetchone()
        owner = Path(f"/proc/{server.postmaster_pid}").stat().st_uid
    assert owner == os.geteuid()
    assert row is not None
    return str(row[0])


def test_ordinary_user_runs_the_server(server_folder: Path, server_tree: ServerTree) -> None:
    """An account without rights starts the server as itself."""
    if os.geteuid() == 0:
        shutil.chown(server_folder, ORDINARY)
        assert run_as(ORDINARY, lambda: run_ordinary(server_folder, server_tree)) == "tz_app"
    else:
        assert run_ordinary(server_folder, server_tree) == "tz_app"


@as_root
def test_another_user_is_refused(server_folder: Path, server_tree: ServerTree) -> None:
    """Neither the data directory nor the socket, even laid open, lets in another account."""

    def start() -> str:
        try:
            EmbeddedServer(server_folder, tree=server_tree).start()
        except StartupError as error:
            return error.code
        return "started"

    with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:

        def connect() -> str:
            try:
                psycopg.connect(server.conninfo("ledger")).close()
            except psycopg.OperationalError as error:
                return str(error)
            return "connected"

        assert run_as(STRANGER, start) == StartupCode.DATA_DIR_NOT_WRITABLE
        assert "Permission denied" in str(run_as(STRANGER, connect))
        server.folder.socket_dir.chmod(0o755)
        for path in server.folder.socket_dir.iterdir():
            path.chmod(0o777)
        assert "Peer authentication failed" in str(run_as(STRANGER, connect))
        server.folder.socket_dir.chmod(0o700)


def test_socket_folder_of_somebody_else_is_refused(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """A folder that others may enter, or a link in its place, is never used for the socket."""
    server = EmbeddedServer(server_folder, tree=server_tree, is_durable=False)
    socket_dir = server.folder.socket_dir
    socket_dir.mkdir()
    socket_dir.chmod(0o755)
    try:
        with pytest.raises(StartupError) as caught:
            server.start()
        assert caught.value.code is StartupCode.SOCKET_DIR_UNSAFE
        assert not server.is_owner
        socket_dir.rmdir()
        socket_dir.symlink_to(server_folder)
        with pytest.raises(StartupError):
            server.start()
    finally:
        socket_dir.unlink()


def test_no_role_of_the_program_is_a_superuser(database: Database) -> None:
    """At run time nobody can pass the grants that keep the ledger append-only."""
    for role in Role:
        with database.connect(role) as connection:
            row = connection.execute(
                "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole) FROM pg_roles"
                " WHERE rolname IN (current_user, session_user)"
            ).fetchone()
        assert row == (False,)
