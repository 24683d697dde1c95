"""Tests of the guard that keeps an embedded server up under a long-running program."""

import os
import signal
from pathlib import Path

from ledger.embedded import EmbeddedServer
from ledger.server_guard import guard_server
from ledger.server_tree import ServerTree
from tests.programs import end, read_words, start_program, wait_until


def test_guard_takes_over_when_the_owner_ends(server_folder: Path, server_tree: ServerTree) -> None:
    """A guest's server comes back by itself after the program that owned it has ended."""
    program = start_program(server_folder, server_tree)
    read_words(program)
    with (
        EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server,
        guard_server(server),
    ):
        assert server.postmaster_pid is None
        end(program)
        wait_until(lambda: server.postmaster_pid is not None)
        wait_until(lambda: server.folder.refusal("tz_app", "taizhang") is None)


def test_guard_restarts_a_killed_server(server_folder: Path, server_tree: ServerTree) -> None:
    """A server of ours that was killed comes back, and stops when we do."""
    with (
        EmbeddedServer(server_folder, tree=server_tree, is_durable=False) as server,
        guard_server(server),
    ):
        first = server.postmaster_pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: server.postmaster_pid not in {None, first})
        wait_until(lambda: server.folder.refusal("tz_app", "taizhang") is None)
    assert server.folder.refusal("tz_app", "taizhang") is not None


def test_guard_leaves_a_server_of_others_alone() -> None:
    """Where somebody else runs the database there is nothing to guard."""
    with guard_server(None):
        pass
