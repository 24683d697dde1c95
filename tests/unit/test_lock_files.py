"""Without this file a lock file could name a download address or lose its hashes."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK_FILES = sorted((ROOT / "requirements").glob("*.lock"))
PEER_LOCK = ROOT / "benchmarks" / "peers" / "umadb.lock"


def _find_npm_locks() -> list[Path]:
    found = ROOT.glob("[!.]*/**/package-lock.json")
    return [*ROOT.glob("package-lock.json"), *(p for p in found if "node_modules" not in p.parts)]


def _names_of(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9-]*)==", lock.read_text("utf-8"), re.MULTILINE))


def test_lock_files_are_all_there() -> None:
    """The program, its extras and its tests have a lock file each."""
    names = [file.name for file in LOCK_FILES]
    assert names == ["analytics.lock", "core.lock", "distributed.lock", "test.lock"]


@pytest.mark.parametrize(
    "lock", [*LOCK_FILES, PEER_LOCK, *_find_npm_locks()], ids=lambda path: path.name
)
def test_lock_file_names_no_download_address(lock: Path) -> None:
    """A lock file works with whatever registry the reader's own client uses."""
    text = lock.read_text("utf-8")

    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


@pytest.mark.parametrize("lock", [*LOCK_FILES, PEER_LOCK], ids=lambda path: path.name)
def test_lock_file_has_a_hash_for_every_package(lock: Path) -> None:
    """Each pinned package is followed by at least one SHA-256."""
    logical_lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    pins = [line for line in logical_lines if "==" in line and not line.lstrip().startswith("#")]

    assert pins
    assert [pin for pin in pins if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin)] == []


def test_npm_lock_has_a_hash_for_every_package() -> None:
    """What npm fetches is what was locked, and what was asked for is pinned to one version."""
    (lock,) = _find_npm_locks()
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    asked = packages.pop("")["dependencies"]

    assert asked
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [v for v in asked.values() if not re.fullmatch(r"[0-9.]+", v)] == []


def test_test_lock_pins_what_the_other_locks_pin() -> None:
    """Tests run with exactly the packages that are shipped."""
    analytics, core, distributed, test = (
        set(re.findall(r"^[a-z0-9-]+==\S+", lock.read_text("utf-8"), re.MULTILINE))
        for lock in LOCK_FILES
    )

    assert core - (analytics & distributed) == set()
    assert (analytics | distributed) - test == set()


def test_third_party_notice_names_every_locked_package() -> None:
    """No package is shipped without its licence being listed."""
    notice = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    locked = {name for lock in LOCK_FILES if lock.stem != "test" for name in _names_of(lock)}

    assert {name for name in locked if not re.search(rf"\b{name}\b", notice)} == set()
