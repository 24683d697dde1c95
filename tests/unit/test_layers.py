"""Without this file a package could import the entry point or a test, which no contract sees."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ("api", "commands", "domain", "ledger", "projections", "replay", "scenarios")
ABOVE = {"benchmarks", "taizhang", "tests"}


def find_upward_imports(source: str) -> set[str]:
    """Return the names above all layers that a source imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found & ABOVE


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_imports_nothing_that_the_wheel_keeps_above_it(layer: str) -> None:
    """Entry point, tests and benchmarks use the layers, never the other way round."""
    upward = {
        str(file.relative_to(ROOT)): found
        for file in (ROOT / layer).rglob("*.py")
        if (found := find_upward_imports(file.read_text("utf-8")))
    }

    assert upward == {}


def test_layer_check_finds_an_upward_import_when_one_is_planted() -> None:
    """Both forms of import are seen."""
    assert find_upward_imports("from taizhang import main\nimport tests.unit") == {
        "taizhang",
        "tests",
    }
