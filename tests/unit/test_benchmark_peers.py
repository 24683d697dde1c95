"""Peers are installed once and asked by lines; programs of our own stand in for theirs."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from benchmarks.peers import driver, installs
from benchmarks.peers.driver import PeerDriver
from benchmarks.peers.emmett import url_of
from benchmarks.peers.peer import MissingPeer, MissingPeerError
from benchmarks.rows import reason_of
from ledger.codec import EncodedEvent

EVENT = EncodedEvent(
    originator_id=UUID(int=1),
    version=1,
    topic="petition.progress_recorded",
    payload='{"text":"已核实"}'.encode(),
    schema_version=1,
    occurred_at=datetime(2026, 1, 2, tzinfo=UTC),
    personal=(),
)
ANSWERING = """
import json, sys
print(json.dumps({"settings": {"version": "1.2"}}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request["writers"] == 13:
        sys.exit("Error: planted")
    if request["writers"] == 60:
        import time; time.sleep(60)
    known = request["topic"] == "petition.progress_recorded" and "已核实" in request["payload"]
    answer = {"rate": 5.0} if known and request["turn_s"] < 1 else {"error": "slow"}
    print(json.dumps(answer), flush=True)
"""
NPM = """#!/bin/sh
echo "$@" >> {log}
test -e {broken} && {{ echo "npm error planted" >&2; exit 1; }}
mkdir node_modules
"""


def _open(tmp_path: Path, program: str = ANSWERING) -> PeerDriver:
    return PeerDriver((sys.executable, "-c", program), tmp_path, EVENT)


def test_driver_asks_and_hands_on_what_is_answered(tmp_path: Path) -> None:
    """A rate is a figure, an error a reason, and the settings are the program's own words."""
    with _open(tmp_path) as peer:
        assert peer.settings == {"version": "1.2"}
        assert peer.measure_commands(8, 0.5) == 5.0
        with pytest.raises(MissingPeerError, match="slow"):
            peer.measure_commands(8, 2.0)
        assert peer.measure_commands(1, 0.5) == 5.0


def test_program_that_ends_says_why(tmp_path: Path) -> None:
    """The last error of the program is the reason, then and whenever it is asked again."""
    with _open(tmp_path) as peer:
        with pytest.raises(MissingPeerError, match="planted"):
            peer.measure_commands(13, 0.1)
        with pytest.raises(MissingPeerError, match="ended"):
            peer.measure_commands(1, 0.1)
    with pytest.raises(MissingPeerError, match="no such module"):
        _open(tmp_path, "import sys; sys.exit('ImportError: no such module')")


def test_program_that_never_answers_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One peer that hangs does not keep the others waiting for ever."""
    with _open(tmp_path) as peer:
        monkeypatch.setattr(driver, "_GRACE_S", 0.2)
        with pytest.raises(MissingPeerError, match="ended"):
            peer.measure_commands(60, 0.1)


def test_missing_peer_gives_its_reason_when_asked() -> None:
    """It is a contender whose turns fail, so that its row can say why."""
    peer = MissingPeer("npm is not on the PATH")
    with pytest.raises(MissingPeerError) as caught:
        peer.measure_commands(1, 1.0)
    assert reason_of(caught.value) == "npm is not on the PATH"
    with pytest.raises(MissingPeerError, match="npm is not on the PATH"):
        peer.measure_import([])
    assert peer.settings == {"missing": "npm is not on the PATH"}


def test_peers_are_installed_once_and_a_broken_install_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's npm runs no script of a package, and not again once it is done."""
    log, broken, npm = tmp_path / "log", tmp_path / "broken", tmp_path / "npm"
    npm.write_text(NPM.format(log=log, broken=broken), "utf-8")
    npm.chmod(0o755)
    broken.touch()
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(MissingPeerError, match="npm ended with 1: npm error planted"):
        installs.install_npm_peers(tmp_path / "cache")
    broken.unlink()
    places = {installs.install_npm_peers(tmp_path / "cache") for _ in range(3)}
    (place,) = places
    assert (place / "node_modules").is_dir()
    assert (place / "package-lock.json").is_file()
    assert log.read_text("utf-8").count("ci --ignore-scripts") == 2


def test_server_of_sockets_has_an_address_for_node() -> None:
    """Emmett takes an address alone; a folder of sockets stands in its query."""
    url = url_of("host='/tmp/tz sockets' port=5433 user=led@ger password=a/b dbname=taizhang")
    assert url == "postgresql://led%40ger:a%2Fb@localhost:5433/taizhang?host=%2Ftmp%2Ftz+sockets"
