"""Every reason not to start, provoked: three lines in two languages, an exit code, no secret."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ledger import migrate as migrate_module
from ledger import migration_plan, server_cluster
from ledger.append_guard import check_guard
from ledger.database import Database, Role, open_database
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from ledger.migration import Migration, shipped_migrations
from ledger.migration_plan import check
from ledger.server_check import check_description
from ledger.server_cluster import server_failure
from ledger.server_tree import ServerTree, embedded_tree
from ledger.settings import DatabaseSettings
from ledger.startup import StartupCode, StartupError, bind_port
from tests.conftest import make_server_folder
from tests.programs import run_as

SECRET = "S3cret-planted-口令"


class Scene(NamedTuple):
    """What a failure can be provoked with."""

    server: EmbeddedServer
    database: Database
    empty_database: Database
    folder: Path
    tree: ServerTree
    patch: pytest.MonkeyPatch

    def dsn(self, user: str, dbname: str = "postgres") -> str:
        """Return a connection string to the server, with the secret in it."""
        return make_conninfo(self.server.conninfo(user, dbname), password=SECRET)

    def open(self, user: str, dbname: str = "postgres") -> None:
        """Open that connection string as a start does."""
        open_database(DatabaseSettings(dsn=self.dsn(user, dbname))).close()

    def start_embedded(self, name: str = "data", tree: ServerTree | None = None) -> None:
        """Start an embedded server in the scene's folder."""
        with EmbeddedServer(self.folder / name, tree=tree or self.tree, is_durable=False):
            pass


@pytest.fixture(scope="module")
def server(server_tree: ServerTree) -> Iterator[EmbeddedServer]:
    """Yield a server that asks the user ``locked_out`` for a password."""
    folder = make_server_folder()
    with (
        EmbeddedServer(folder, tree=server_tree, is_durable=False) as started,
        psycopg.connect(started.conninfo("ledger"), autocommit=True) as connection,
    ):
        connection.execute("CREATE ROLE locked_out LOGIN PASSWORD 'another'")
        for role in ("let_in LOGIN", "almighty LOGIN SUPERUSER"):
            statement = sql.SQL("CREATE ROLE {} PASSWORD {}")
            connection.execute(statement.format(sql.SQL(role), sql.Literal(SECRET)))
        rules = started.folder.data / "pg_hba.conf"
        asked = "local all locked_out,let_in,almighty scram-sha-256\n"
        rules.write_text(asked + rules.read_text())
        connection.execute("SELECT pg_reload_conf()")
        yield started


@pytest.fixture
def scene(
    server: EmbeddedServer,
    database: Database,
    empty_database: Database,
    server_folder: Path,
    server_tree: ServerTree,
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    """Return the scene of one failure."""
    return Scene(server, database, empty_database, server_folder, server_tree, monkeypatch)


def drop_guard(scene: Scene) -> None:
    """Ask what keeps the log append-only once its trigger is gone."""
    with psycopg.connect(scene.database.admin_conninfo()) as admin:
        admin.execute("DROP TRIGGER event_append_only_trigger ON event")
    with scene.database.connect(Role.APP) as connection:
        check_guard(connection)


def change_migrations(scene: Scene, statement: str) -> None:
    """Change the ledger's own list of migrations, then check it as a start does."""
    with scene.database.connect(Role.OWNER) as connection:
        connection.execute(statement.encode())
    check(scene.database)


def ship_another_migration(scene: Scene) -> None:
    """Run a program that has one migration more than the ledger."""
    shipped = shipped_migrations()
    more = Migration(len(shipped) + 1, "more", "x")
    scene.patch.setattr(migration_plan, "shipped_migrations", lambda: (*shipped, more))
    check(scene.database)


def lose_wheel(_: Scene) -> None:
    """Look for a wheel that is not installed."""
    embedded_tree("no_such_wheel")


def bring_foreign_program(scene: Scene) -> None:
    """Start a program made for another system."""
    program = scene.folder / "tree" / "bin" / "postgres"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"MZ\x90\x00")
    for name in ("postgres", "initdb"):
        (program.parent / name).write_bytes(b"MZ\x90\x00")
        (program.parent / name).chmod(0o755)
    scene.start_embedded(tree=ServerTree(scene.folder / "tree"))


def lose_account(scene: Scene) -> None:
    """Run under a number that has no account, as a container may."""
    if os.geteuid() != 0:
        scene.patch.setattr(os, "geteuid", lambda: 54_321)
        scene.start_embedded()

    def start() -> list[str]:
        try:
            scene.start_embedded()
        except StartupError as error:
            return [error.code]
        return []

    assert run_as(54_321, start) == [StartupCode.NO_ACCOUNT]
    # The failure itself cannot cross the fork: make the same one here.
    scene.patch.setattr(os, "geteuid", lambda: 54_321)
    scene.start_embedded()


def put_file_in_the_way(scene: Scene) -> None:
    """Have a file where the data directory should be."""
    (scene.folder / "file").write_text("kept")
    scene.start_embedded("file")


def close_parent(scene: Scene) -> None:
    """Have root's server live below a folder its account may not enter."""
    (scene.folder / "closed").mkdir(mode=0o700)
    if os.geteuid() == 0:
        scene.start_embedded("closed/data")
    raise StartupError(StartupCode.DATA_DIR_UNREACHABLE, account="a", path="p", parent="q")


def bring_other_version(scene: Scene) -> None:
    """Have data of another major version."""
    scene.start_embedded()
    (scene.folder / "data" / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    scene.start_embedded()


def plant_socket_folder(scene: Scene) -> None:
    """Have the socket's folder made by somebody else, open to all."""
    socket_dir = EmbeddedServer(scene.folder / "data").folder.socket_dir
    socket_dir.mkdir()
    socket_dir.chmod(0o777)
    try:
        scene.start_embedded()
    finally:
        socket_dir.rmdir()


def fill_disk(scene: Scene) -> None:
    """Start on a file system of 8 MiB; where none can be mounted, read initdb's words of it."""
    small = scene.folder / "small"
    small.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=711", "tmpfs", os.fspath(small)]
    if os.geteuid() != 0 or subprocess.run(command, check=False).returncode != 0:
        text = "FATAL:  could not extend file: No space left on device"
        raise server_failure(text, small / "data", None)
    try:
        scene.start_embedded("small")
    finally:
        subprocess.run(["umount", os.fspath(small)], check=True)


def lose_locale(scene: Scene) -> None:
    """Ask for a locale that the system does not have."""
    scene.patch.setattr(server_cluster, "_LOCALE", "xx_XX.UTF-8")
    scene.start_embedded()


def break_configuration(scene: Scene) -> None:
    """Have a configuration PostgreSQL refuses."""
    scene.start_embedded()
    data = scene.folder / "data" / "postgres" / "data"
    (data / "postgresql.auto.conf").write_text("max_connections = many\n")
    scene.start_embedded()


def close_server(_: Scene) -> None:
    """Name a server that does not answer."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    dsn = f"postgresql://app:{SECRET}@127.0.0.1:{port}/ledger"
    open_database(DatabaseSettings(dsn=dsn))


def be_unknown_account(scene: Scene) -> None:
    """Log in as a user that this operating-system account is not let in as."""
    scene.open(user="stranger")


def make_latin_database(scene: Scene) -> None:
    """Name a database that is not UTF-8."""
    with psycopg.connect(scene.server.conninfo("ledger"), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    scene.open(user="let_in", dbname="latin")


def be_old(_: Scene) -> None:
    """Meet the last server before the floor."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    check_description(140_099, "UTF8", now, host_at=now)


def shift_clock(scene: Scene) -> None:
    """Have this host a day behind its server."""
    settings = DatabaseSettings(dsn=scene.dsn(user="let_in"))
    open_database(settings, get_now=lambda: datetime.now(UTC) - timedelta(hours=24, minutes=1))


def be_superuser(scene: Scene) -> None:
    """Run as a superuser, with the right password."""
    dsn = scene.dsn(user="almighty")
    check(Database("main", dict.fromkeys(Role, dsn), dsn))


def lack_rights(scene: Scene) -> None:
    """Migrate as a login that may neither make roles nor take them."""
    dsn = scene.dsn(user="let_in")
    migrate(Database("main", dict.fromkeys(Role, dsn), dsn))


def hold_lock(scene: Scene) -> None:
    """Migrate while another step holds the ledger."""
    scene.patch.setattr(migrate_module, "LOCK_WAIT_S", 1)
    with psycopg.connect(scene.database.admin_conninfo()) as connection:
        connection.execute(
            "SELECT pg_advisory_lock(hashtextextended('taizhang migrate tz_main', 0))"
        )
        migrate(scene.database)


def take_port(_: Scene) -> None:
    """Listen where another program does."""
    with bind_port("127.0.0.1", 0) as taken:
        taken.listen()
        bind_port("127.0.0.1", taken.getsockname()[1]).close()


FAILURES: list[tuple[StartupCode, Callable[[Scene], object]]] = [
    (
        StartupCode.SETTING_INVALID,
        lambda _: DatabaseSettings.from_env({"TAIZHANG_DSN": f"host=db passwort={SECRET}"}),
    ),
    (StartupCode.NO_POSTGRESQL, lose_wheel),
    (StartupCode.NO_POSTGRESQL, bring_foreign_program),
    (StartupCode.NO_ACCOUNT, lose_account),
    (StartupCode.DATA_DIR_NOT_WRITABLE, put_file_in_the_way),
    (StartupCode.DATA_DIR_UNREACHABLE, close_parent),
    (StartupCode.DATA_DIR_OTHER_VERSION, bring_other_version),
    (StartupCode.SOCKET_DIR_UNSAFE, plant_socket_folder),
    (StartupCode.DISK_FULL, fill_disk),
    (StartupCode.NO_UTF8_LOCALE, lose_locale),
    (StartupCode.SERVER_NOT_STARTED, break_configuration),
    (StartupCode.SERVER_DOWN, close_server),
    (StartupCode.WRONG_PASSWORD, lambda scene: scene.open("locked_out")),
    (StartupCode.LOGIN_REFUSED, be_unknown_account),
    (
        StartupCode.DATABASE_MISSING,
        lambda scene: scene.open(user="let_in", dbname="nowhere"),
    ),
    (StartupCode.DATABASE_NOT_UTF8, make_latin_database),
    (StartupCode.OLD_SERVER, be_old),
    (StartupCode.CLOCK_OFF, shift_clock),
    (StartupCode.SUPERUSER_SESSION, be_superuser),
    (StartupCode.ROLES_MISSING, lack_rights),
    (StartupCode.SCHEMA_MISSING, lambda scene: check(scene.empty_database)),
    (StartupCode.SCHEMA_OLDER, ship_another_migration),
    (
        StartupCode.SCHEMA_NEWER,
        lambda scene: change_migrations(
            scene, "INSERT INTO migration (number, name, sha256) VALUES (9999, 'later', 'x')"
        ),
    ),
    (
        StartupCode.SCHEMA_CHANGED,
        lambda scene: change_migrations(scene, "UPDATE migration SET sha256 = 'x'"),
    ),
    (StartupCode.SCHEMA_BUSY, hold_lock),
    (StartupCode.NOT_APPEND_ONLY, drop_guard),
    (StartupCode.PORT_TAKEN, take_port),
]


@pytest.mark.parametrize(
    ("code", "provoke"),
    FAILURES,
    ids=[f"{code}-{index}" for index, (code, _) in enumerate(FAILURES)],
)
def test_start_fails_with_three_lines_and_no_secret(
    scene: Scene, code: StartupCode, provoke: Callable[[Scene], object]
) -> None:
    """Each failure says what, why and what to do, in both languages, and keeps the secret."""
    with pytest.raises(StartupError) as caught:
        provoke(scene)
    error = caught.value
    assert error.code is code, str(error)
    assert error.exit_code == (2 if code is StartupCode.SETTING_INVALID else 6)
    for language in ("zh", "en"):
        lines = error.lines(language)
        assert all(line and "\n" not in line for line in lines)
        assert not any("{" in line or SECRET in line for line in lines)
    assert error.lines("zh") != error.lines("en")
    chained = [error.__cause__, None if error.__suppress_context__ else error.__context__]
    assert not any(SECRET in str(cause) for cause in chained)


def test_every_start_up_failure_is_provoked() -> None:
    """No code exists that the table above does not show."""
    assert {code for code, _ in FAILURES} == set(StartupCode)
