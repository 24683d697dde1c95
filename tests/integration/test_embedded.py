"""Tests of the embedded server's life: its start, its sharing and every kind of its death."""

import os
import signal
import subprocess
import threading
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from ledger.embedded import EmbeddedServer
from ledger.folder_lock import FolderLock
from ledger.postmaster import server_processes
from ledger.server_tree import ServerTree
from tests.programs import end, read_words, start_program, tell, wait_until

WITHOUT_DEATH_SIGNAL = "import ledger.postmaster\nledger.postmaster._LIBC = None\n"


def read_written(server: EmbeddedServer) -> list[int]:
    """Return the numbers that programs have written, in order."""
    with psycopg.connect(server.conninfo("ledger")) as connection:
        return [n for (n,) in connection.execute("SELECT n FROM written ORDER BY n")]


@pytest.mark.parametrize(
    "name",
    ["a b", 'it\'s "quoted"', "a; touch b & $(c) `d` %s {e}", "台账 数据", "x" * 130, "-D"],
)
def test_server_starts_in_a_folder_of_any_name(
    server_folder: Path, server_tree: ServerTree, name: str
) -> None:
    """No name of a folder reaches a shell, an option or the socket's path."""
    with EmbeddedServer(server_folder / name, tree=server_tree, is_durable=False) as server:
        assert server.folder.refusal("tz_app", "taizhang") is None
    assert [path.name for path in server_folder.iterdir()] == [name]
    assert not server.folder.socket_dir.exists()


def test_server_keeps_its_data_and_is_durable(server_folder: Path, server_tree: ServerTree) -> None:
    """A stopped server starts again on the same data, with syncs, checksums and no TCP."""
    with (
        EmbeddedServer(server_folder, tree=server_tree) as server,
        psycopg.connect(server.conninfo("ledger")) as connection,
    ):
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    with (
        EmbeddedServer(server_folder, tree=server_tree) as server,
        psycopg.connect(server.conninfo("ledger")) as connection,
    ):
        settings = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
        }
        addresses = connection.execute("SHOW listen_addresses").fetchone()
        count = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert set(settings.values()) == {("on",)}
    assert addresses == ("",)
    assert count == (1,)


def test_server_speaks_utf8_whatever_the_environment_says(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """Without HOME and with a language that is not installed the database is the same."""
    environ = {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PGDATA": "/nowhere", "PGUSER": "x"}
    program = start_program(server_folder, server_tree, environ)
    assert read_words(program)[0] == "owner"
    guest = EmbeddedServer(server_folder, tree=server_tree)
    guest.start()
    with psycopg.connect(guest.conninfo("tz_app")) as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    end(program)
    assert row == ("UTF8", "C.UTF-8", "C.UTF-8")


def test_programs_share_one_server_when_they_start_together(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """Of four programs one owns the server, the others attach, and leaving does not stop it."""
    programs = [start_program(server_folder, server_tree) for _ in range(4)]
    words = {program.pid: read_words(program) for program in programs}
    assert sorted(kind for kind, _ in words.values()) == ["guest", "guest", "guest", "owner"]
    for program in programs:
        if words[program.pid][0] == "guest":
            end(program)
    server = EmbeddedServer(server_folder, tree=server_tree)
    server.start()
    assert not server.is_owner
    server.stop()
    assert server.folder.refusal("tz_app", "taizhang") is None
    for program in programs:
        if words[program.pid][0] == "owner":
            end(program)
    assert server.folder.refusal("tz_app", "taizhang") is not None
    assert not server_processes(server.folder.data)


def test_guest_takes_over_when_the_owner_is_gone(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """A guest that starts again after the owner's end owns the next server."""
    program = start_program(server_folder, server_tree)
    read_words(program)
    with EmbeddedServer(server_folder, tree=server_tree) as server:
        was_owner = server.is_owner
        end(program)
        server.start()
        assert (was_owner, server.is_owner) == (False, True)
        assert server.folder.refusal("tz_app", "taizhang") is None


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGTERM])
def test_server_stops_when_its_program_is_killed(
    server_folder: Path, server_tree: ServerTree, signal_number: signal.Signals
) -> None:
    """A program that dies takes its server along and loses no committed row."""
    program = start_program(server_folder, server_tree)
    read_words(program)
    tell(program, "write")
    acknowledged = [int(read_words(program)[0]) for _ in range(200)]
    program.send_signal(signal_number)
    end(program)
    server = EmbeddedServer(server_folder, tree=server_tree)
    wait_until(lambda: not server_processes(server.folder.data))
    with server:
        written = read_written(server)
    assert written[: len(acknowledged)] == acknowledged
    assert all(after == before + 1 for before, after in pairwise(written))


@pytest.mark.parametrize("killed", [["program"], ["program", "server"]])
def test_next_program_takes_over_what_a_dead_one_left(
    server_folder: Path, server_tree: ServerTree, killed: list[str]
) -> None:
    """A server that outlived its owner, running or killed, is replaced without a lost row."""
    program = start_program(server_folder, server_tree, before=WITHOUT_DEATH_SIGNAL)
    postmaster_pid = int(read_words(program)[1])
    tell(program, "write")
    acknowledged = [int(read_words(program)[0]) for _ in range(200)]
    program.kill()
    if "server" in killed:
        os.kill(postmaster_pid, signal.SIGKILL)
    end(program)
    with EmbeddedServer(server_folder, tree=server_tree) as server:
        assert server.is_owner
        assert postmaster_pid not in server_processes(server.folder.data)
        assert read_written(server)[: len(acknowledged)] == acknowledged


def test_owner_restarts_a_killed_server(server_folder: Path, server_tree: ServerTree) -> None:
    """Starting again brings back a server that died, in the same process."""
    with EmbeddedServer(server_folder, tree=server_tree) as server:
        first = server.postmaster_pid
        with psycopg.connect(server.conninfo("ledger")) as connection:
            connection.execute("CREATE TABLE written AS SELECT 1::bigint AS n")
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: server.postmaster_pid is None)
        server.start()
        assert server.postmaster_pid not in {None, first}
        assert read_written(server) == [1]
        second = server.postmaster_pid
        server.start()
        assert server.postmaster_pid == second


@pytest.mark.parametrize("text", ["", "12", "abc\n/nowhere\n", "-1\n", "{pid}\n{data}\n1\n5432\n"])
def test_stale_pid_file_is_cleared_and_its_process_left_alone(
    server_folder: Path, server_tree: ServerTree, text: str
) -> None:
    """A truncated file, or one whose number now belongs to somebody else, stops nothing."""
    with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
        data = server.folder.data
    with subprocess.Popen(["sleep", "600"], cwd=data) as bystander:
        (data / "postmaster.pid").write_text(text.format(pid=bystander.pid, data=data))
        try:
            with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
                assert server.is_owner
            assert bystander.poll() is None
        finally:
            bystander.kill()


def test_stale_pid_of_a_zombie_is_cleared(server_folder: Path, server_tree: ServerTree) -> None:
    """A dead server that nobody has reaped yet does not count as running."""
    with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
        data = server.folder.data
    with subprocess.Popen(["true"]) as zombie:
        os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
        (data / "postmaster.pid").write_text(f"{zombie.pid}\n{data}\n1\n5432\n")
        with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
            assert server.is_owner


def test_unfinished_data_directory_is_made_anew(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """What a killed first start left behind is not mistaken for a data directory."""
    unfinished = server_folder / "postgres" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("99\n")
    (server_folder / "postgres").chmod(0o711)
    with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
        assert server.is_owner
    assert not unfinished.exists()


def test_fork_neither_holds_the_lock_nor_stops_the_server(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """A worker forked from the owner cannot stop its server, and may outlive its owner."""
    with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(writing)
            os.read(reading, 1)
            os._exit(1 if server.is_owner else 0)
        os.close(reading)
        assert server.folder.refusal("tz_app", "taizhang") is None
    lock = FolderLock(server.folder.path / "lock")
    assert lock.take()
    lock.release()
    os.close(writing)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_server_refuses_to_start_from_another_thread(
    server_folder: Path, server_tree: ServerTree
) -> None:
    """The server would stop with that thread, so starting it there is an error at once."""
    caught: list[str] = []

    def start() -> None:
        try:
            EmbeddedServer(server_folder, tree=server_tree, is_durable=False).start()
        except RuntimeError as error:
            caught.append(str(error))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert caught
    with EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server:
        assert server.is_owner
