"""Without this file the domain could quietly gain a clock, a file or a framework."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[2] / "domain"
ALLOWED_PACKAGES = {"domain", "msgspec", "stdnum"}
ALLOWED_MODULES = {"eventsourcing.domain"}
IMPURE_MODULES = {
    "asyncio",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
IMPURE_CALLS = {
    "__import__",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "eval",
    "exec",
    "input",
    "open",
    "print",
    "uuid1",
    "uuid4",
    "Path.home",
    "Path.cwd",
}


def find_breaches(source: str) -> list[str]:
    """Return every import and call in a source that the domain must not have."""
    return list(_find_breaches(ast.parse(source)))


def _find_breaches(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names if not _is_allowed(name.name))
            case ast.ImportFrom(module=module, level=level):
                if level or not _is_allowed(module or ""):
                    yield f"{'.' * level}{module or ''}"
            case ast.Call(func=func) if (called := _last_two(func)) and _is_impure(called):
                yield called
            case _:
                pass


def _is_allowed(module: str) -> bool:
    package = module.partition(".")[0]
    if package in IMPURE_MODULES:
        return False
    return (
        module in ALLOWED_MODULES
        or package in ALLOWED_PACKAGES
        or package in sys.stdlib_module_names
    )


def _last_two(func: ast.expr) -> str:
    return ".".join(ast.unparse(func).split(".")[-2:])


def _is_impure(called: str) -> bool:
    return called in IMPURE_CALLS or called.rpartition(".")[2] in {"uuid1", "uuid4", "read_text"}


def test_domain_imports_only_what_is_allowed_and_calls_nothing_impure() -> None:
    """The rules need no clock, no randomness, no file and no framework."""
    files = sorted(DOMAIN.rglob("*.py"))
    breaches = {
        file.name: found for file in files if (found := find_breaches(file.read_text("utf-8")))
    }

    assert files
    assert breaches == {}


@pytest.mark.parametrize(
    "source",
    [
        "import fastapi",
        "import eventsourcing.application",
        "from eventsourcing import application",
        "from ledger.codec import EventCodec",
        "from . import petition",
        "import os",
        "import random",
        "from time import time",
        "from uuid import uuid4\nuuid4()",
        "import uuid\nuuid.uuid4()",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "import datetime as d\nd.date.today()",
        "open('calendar.csv')",
        "from pathlib import Path\nPath('pack.toml').read_text()",
    ],
)
def test_domain_check_finds_a_breach_when_one_is_planted(source: str) -> None:
    """Each kind of forbidden import and call is found."""
    assert find_breaches(source)


def test_domain_check_finds_nothing_in_lawful_source() -> None:
    """What the architecture allows is not reported."""
    source = "import re\nfrom eventsourcing.domain import Aggregate\nfrom stdnum.cn import uscc\n"

    assert find_breaches(source) == []
