"""Database fixtures, shared by every kind of test.

``database`` is what a test asks for: a :class:`~ledger.database.Database` of its own, with
roles and migrations in place, on a server shared by the session, dropped afterwards. All
three roles log in; nothing in it is a superuser but ``admin_conninfo()``.

The server is chosen by the environment, and no test may assume either:

- ``TAIZHANG_TEST_DSN``: any server, as a superuser who may create databases and roles; where
  that database has the extension Citus, each test's has it too, and logins are the roles;
- ``TAIZHANG_TEST_SERVER=15`` (or 16, 17): the system's PostgreSQL of that version;
- ``TAIZHANG_TEST_SERVER=18``, or neither: the embedded one.

Hypothesis takes no example for a failure because it was slow, and draws the same examples each
time, so that a change fails for what it changed; ``--hypothesis-profile=random`` draws others.

Servers the session starts itself run without syncs. A test about durability starts its
own :class:`~ledger.embedded.EmbeddedServer` in ``server_folder``.
"""

import csv
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ledger.database import Database, Role
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from ledger.role_setup import prepare_roles
from ledger.server_tree import ServerTree, embedded_tree
from tests.programs import wait_until

_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("random", _PATIENT)
settings.register_profile("repeatable", _PATIENT, derandomize=True)
settings.load_profile("repeatable")

SERVER_BYTES_MAX = 4 << 30
"""More than the databases of a session ever take."""


class ServerUnderTest(NamedTuple):
    """The session's server: how to administrate it, and how to get a ledger in one database."""

    admin_dsn: str
    get_database: Callable[[str], Database]
    is_sharded: bool = False
    is_ours: bool = False


def make_server_folder(place: str = "/tmp") -> Path:  # noqa: S108 - mkdtemp makes it private
    """Return a new folder that the account root drops to may enter; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp(prefix="tz-test-", dir=place))
    folder.chmod(0o711)
    return folder


@pytest.fixture(autouse=True)
def _csv_limit() -> Iterator[None]:
    """Give back the longest cell of a CSV file, which Frictionless raises for the process."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """Yield an empty data directory for a server of the test's own."""
    folder = make_server_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server_tree() -> ServerTree:
    """Return the PostgreSQL programs the session tests with."""
    return _tree(os.environ.get("TAIZHANG_TEST_SERVER", "18"))


@pytest.fixture(scope="session")
def server_under_test(server_tree: ServerTree) -> Iterator[ServerUnderTest]:
    """Yield the session's server, started here unless ``TAIZHANG_TEST_DSN`` names one."""
    dsn = os.environ.get("TAIZHANG_TEST_DSN")
    if dsn:
        yield _external(dsn)
        return
    folder = make_server_folder(fastest_place())
    try:
        with EmbeddedServer(folder, tree=server_tree, is_durable=False) as server:
            yield ServerUnderTest(
                server.conninfo("ledger", "postgres"),
                lambda dbname: Database.on_server(server, "main", dbname),
                is_ours=True,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template_name(server_under_test: ServerUnderTest) -> Iterator[str]:
    """Yield the name of a database with roles and migrations, for copying."""
    with _new_database(server_under_test, None) as name:
        migrate(server_under_test.get_database(name))
        yield name


@pytest.fixture
def database(server_under_test: ServerUnderTest, template_name: str) -> Iterator[Database]:
    """Yield a ledger of the test's own, as ``taizhang migrate`` leaves it."""
    with _new_database(server_under_test, template_name) as name:
        yield _prepared(server_under_test, name)


@pytest.fixture
def other_database(server_under_test: ServerUnderTest, template_name: str) -> Iterator[Database]:
    """Yield a second ledger, for a test that compares two."""
    with _new_database(server_under_test, template_name) as name:
        yield _prepared(server_under_test, name)


@pytest.fixture(scope="module")
def module_database(server_under_test: ServerUnderTest, template_name: str) -> Iterator[Database]:
    """Yield a ledger that the tests of one file fill once and then only read."""
    with _new_database(server_under_test, template_name) as name:
        yield _prepared(server_under_test, name)


@pytest.fixture
def empty_database(server_under_test: ServerUnderTest) -> Iterator[Database]:
    """Yield a database in which nothing was set up yet."""
    with _new_database(server_under_test, None) as name:
        yield server_under_test.get_database(name)


class _new_database:  # noqa: N801 - used as a function
    """A database that exists for the length of a ``with``."""

    def __init__(self, server: ServerUnderTest, template: str | None) -> None:
        self.name = f"tz_test_{secrets.token_hex(6)}"
        self._server = server
        # A node of a cluster keeps a session in each database, and one in use is not copied.
        self._template = None if server.is_sharded else template
        # Half the work of writing every page to the log, where a checkpoint waits for no disk.
        self._strategy = "FILE_COPY" if server.is_ours else "WAL_LOG"

    def __enter__(self) -> str:
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' STRATEGY {}").format(
                sql.Identifier(self.name),
                sql.Identifier(self._template or "template0"),
                sql.SQL(self._strategy),
            )
        )
        if self._server.is_sharded:
            admin = make_conninfo(self._server.admin_dsn, dbname=self.name)
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute("CREATE EXTENSION citus")
        return self.name

    def __exit__(self, *_: object) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self.name)))

    def _run(self, statement: sql.Composed) -> None:
        """Run a statement once the sessions that ended before it are gone from the database."""

        def is_done() -> bool:
            try:
                with psycopg.connect(self._server.admin_dsn, autocommit=True) as connection:
                    connection.execute(statement)
            except psycopg.errors.ObjectInUse:
                # The server itself gives them five seconds, which a busy machine may exceed.
                return False
            return True

        wait_until(is_done)


def _prepared(server: ServerUnderTest, name: str) -> Database:
    database = server.get_database(name)
    if server.is_sharded:
        migrate(database)
        return database
    # What the owner may do in a database is not copied with the database.
    with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
        prepare_roles(database, admin)
    return database


def _tree(wanted: str) -> ServerTree:
    """Return the programs of one major version."""
    if wanted == "18":
        return embedded_tree()
    for root in (Path("/usr/lib/postgresql"), Path("/usr/local/pgsql")):
        if (root / wanted / "bin" / "postgres").is_file():
            return ServerTree(root / wanted)
    pytest.fail(f"TAIZHANG_TEST_SERVER={wanted}, but no PostgreSQL {wanted} is installed")


def fastest_place() -> str:
    """Return where files are made fastest: each test makes a database of some 300 files."""
    memory, disk = "/dev/shm", "/tmp"  # noqa: S108 - mkdtemp makes a private folder there
    is_roomy = Path(memory).is_dir() and shutil.disk_usage(memory).free > SERVER_BYTES_MAX
    return memory if is_roomy else disk


def _external(dsn: str) -> ServerUnderTest:
    """Return a server somebody else runs, with logins of this session on it."""
    password = secrets.token_hex(16)
    with psycopg.connect(dsn, autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_extension WHERE extname = 'citus'").fetchone()
        is_sharded = found is not None
        logins = dict.fromkeys(Role, f"tz_test_{secrets.token_hex(6)}")
        if is_sharded:
            # A coordinator logs in to its workers as the role that asks.
            logins = {role: role.value for role in Role}
        for login in set(logins.values()):
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [login])
            statement = "ALTER ROLE {} LOGIN PASSWORD {}"
            if known.fetchone() is None:
                statement = "CREATE ROLE {} LOGIN PASSWORD {}"
            connection.execute(
                sql.SQL(statement).format(sql.Identifier(login), sql.Literal(password))
            )

    def get_database(dbname: str) -> Database:
        dsns = {
            role: make_conninfo(dsn, user=login, password=password, dbname=dbname)
            for role, login in logins.items()
        }
        return Database("main", dsns, make_conninfo(dsn, dbname=dbname))

    return ServerUnderTest(dsn, get_database, is_sharded)
