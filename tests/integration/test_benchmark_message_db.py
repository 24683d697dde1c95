"""The harness installs message-db's functions and calls them; a package of our own stands in."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.arena import Arena
from benchmarks.bench import Bench, set_up
from benchmarks.command_writers import find_command
from benchmarks.peers import message_db
from benchmarks.peers.open_peers import open_peers
from ledger.database import Database
from tests.integration.test_benchmark_runs import TINY

SCRIPTS = {
    "install.sh": "-f $base/schema/store.sql\n-f $base/extensions/pgcrypto.sql",
    "install-functions.sh": "run_psql_file $base/functions/write-message.sql",
    "install-indexes.sh": "",
    "install-views.sh": "",
}
FILES = {
    "schema/store.sql": """
        CREATE SCHEMA message_store;
        CREATE TABLE message_store.messages (
            stream_name varchar, position bigint, type varchar, data jsonb, id uuid UNIQUE,
            PRIMARY KEY (stream_name, position)
        )""",
    "extensions/pgcrypto.sql": "SELECT 1",
    "functions/write-message.sql": """
        CREATE FUNCTION message_store.write_message(
            id varchar, stream_name varchar, type varchar, data jsonb, metadata jsonb,
            expected_version bigint
        ) RETURNS bigint LANGUAGE sql AS $$
            INSERT INTO messages
            VALUES (stream_name, expected_version + 1, type, data, uuid(id))
            RETURNING position
        $$""",
}


@pytest.fixture
def bench(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return a bench whose npm has installed the package that stands in."""
    package = tmp_path / "node_modules" / "@eventide" / "message-db"
    for name, text in (SCRIPTS | FILES).items():
        file = package / "database" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (package / "package.json").write_text('{"version": "9.8.7"}', "utf-8")
    monkeypatch.setattr(message_db, "install_npm_peers", lambda _: tmp_path)
    monkeypatch.setattr(
        "benchmarks.peers.open_peers.PEERS", {"message-db": message_db.open_message_db}
    )
    return set_up(Arena(database, tmp_path), TINY, 1, tmp_path)


def test_message_db_is_a_contender_of_one_benchmark_after_the_other(bench: Bench) -> None:
    """Each finds it empty, states versions that it accepts, and says what it ran with."""
    _, event = find_command(bench.lives)
    for _benchmark in range(2):
        with ExitStack() as stack:
            peer = open_peers(stack, bench, event)["message-db"]
            assert peer.measure_commands(3, 0.05) > 0
            assert peer.measure_import([bench.source().draw_encoded()]) > 0
    assert bench.settings["message-db"]["version"] == "9.8.7"
