"""Tests of the files that hold the named statements."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ledger.queries import load_queries
from tests.programs import ROOT

LAYERS = ("ledger", "projections", "replay", "api", "scenarios", "commands")
_CALL_ARGS = 2


def query_files() -> list[tuple[str, str]]:
    """Return package and name of every file of named statements."""
    return [
        (".".join(path.relative_to(ROOT).parent.parts), path.stem)
        for layer in LAYERS
        for path in sorted((ROOT / layer).rglob("*.sql"))
        if re.search(r"(?m)^-- [a-z0-9_]+ --$", path.read_text("utf-8"))
    ]


@cache
def names_by_file() -> dict[tuple[str, str], set[str]]:
    """Return the names asked for by file; reading the code takes a second, so it is read once."""
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for file, name in asked_names():
        names[file].add(name)
    return names


def asked_names() -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the file and the literal name of every statement that the code asks for."""
    for layer in LAYERS:
        for path in (ROOT / layer).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            bound: dict[str, tuple[str, str]] = {}
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign | ast.AnnAssign) and _is_load(node.value):
                    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                    bound[ast.unparse(target)] = _loaded(node.value)
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Subscript)
                    and ast.unparse(node.value) in bound
                    and isinstance(node.slice, ast.Constant)
                ):
                    yield bound[ast.unparse(node.value)], str(node.slice.value)


def _is_load(node: ast.expr | None) -> bool:
    """Return whether an expression is ``load_queries("package", "name")``."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) == "load_queries"
        and len(node.args) == _CALL_ARGS
        and all(isinstance(argument, ast.Constant) for argument in node.args)
    )


def _loaded(node: ast.expr | None) -> tuple[str, str]:
    """Return package and name of a ``load_queries`` call."""
    assert isinstance(node, ast.Call)
    package, name = (ast.literal_eval(argument) for argument in node.args)
    return package, name


@pytest.mark.parametrize("file", query_files(), ids="/".join)
def test_every_named_statement_is_asked_for_and_there(file: tuple[str, str]) -> None:
    """A file holds exactly the statements that the code takes from it by literal name."""
    assert set(load_queries(*file)) == names_by_file().get(file, set())


def test_queries_are_read_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each statement is the text between its title and the next one."""
    write_package(tmp_path, monkeypatch, "-- read_one --\n-- Why.\nSELECT 1\n\n-- b --\nSELECT 2\n")
    queries = load_queries("some_sql", "file")
    assert dict(queries) == {"read_one": "-- Why.\nSELECT 1", "b": "SELECT 2"}


@pytest.mark.parametrize(
    "text",
    ["SELECT 1\n", "SELECT 0\n-- a --\nSELECT 1\n", "-- a --\nSELECT 1\n-- a --\nSELECT 2\n"],
)
def test_file_is_refused_when_a_statement_has_no_name_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """A statement nobody could ask for is an error when the file is read."""
    write_package(tmp_path, monkeypatch, text)
    with pytest.raises(ValueError, match="verb_noun"):
        load_queries("some_sql", "file")


def write_package(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Make an importable package with one file of statements, unseen before."""
    load_queries.cache_clear()
    (folder / "some_sql").mkdir()
    (folder / "some_sql" / "__init__.py").write_text("")
    (folder / "some_sql" / "file.sql").write_text(text)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(__import__("sys").modules, "some_sql", raising=False)
