"""docs/SQL-SURFACE.md lists all that the program asks of its server, and nothing it does not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("ledger", "projections", "replay", "api", "commands", "scenarios")
MARKS = {"run on Citus", "refused by Citus", "not yet run"}
_ROW = re.compile(
    r"^\| (?P<feature>[^|]+) \| (?P<words>[^|]*`[^|]*) \| (?P<mark>[^|]+) \|$", re.MULTILINE
)
_COMMENT = re.compile(r"--[^\n]*")
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_STATEMENT = re.compile(r"[A-Z]{4,} ")
_WORD = re.compile(r"\b[A-Z][A-Z_]+\b|\b[a-z_][a-z0-9_]*(?=\()")
_OPERATOR = re.compile(r"(?<![<>=!@#%^&|~*:+/?-])(?:\|\||->>?|#>>|@>|&&|<<|!?~\*?)(?![<>=!@#&|~*])")
_SESSION_WIDE = re.compile(r"set_config\(([^()]|\([^()]*\))*,\s*FALSE\s*\)", re.IGNORECASE)


def _sql_files() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.sql"))


def _dynamic_sql() -> Iterator[str]:
    """Yield the text of every ``sql.SQL("…")`` of the program."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(attr="SQL"), args=[ast.Constant(value=str(text))]
                    ):
                        yield text


def _used() -> set[str]:
    text = "\n".join([*(file.read_text("utf-8") for file in _sql_files()), *_dynamic_sql()])
    bare = _LITERAL.sub(_statement_in, _COMMENT.sub("", text))
    return {*_WORD.findall(bare), *_OPERATOR.findall(bare)}


def _statement_in(literal: re.Match[str]) -> str:
    """Return a literal that is itself a statement, as in a DO block; others say nothing of SQL."""
    return literal[1] if _STATEMENT.match(literal[1]) else "''"


def _rows() -> list[tuple[str, set[str], str]]:
    text = (ROOT / "docs" / "SQL-SURFACE.md").read_text("utf-8").replace(r"\|", "¦")
    return [
        (
            row["feature"],
            {word.replace("¦", "|") for word in re.findall(r"`([^`]+)`", row["words"])},
            row["mark"],
        )
        for row in _ROW.finditer(text)
    ]


def test_every_word_of_the_sql_is_listed() -> None:
    """A feature that slips in unlisted would be found on the cluster, by an operator."""
    listed = set().union(*(words for _, words, _ in _rows()))
    assert sorted(_used() - listed) == []


def test_nothing_is_listed_that_is_not_used() -> None:
    """A list that claims more than the program asks would send people after nothing."""
    listed = set().union(*(words for _, words, _ in _rows()))
    assert sorted(listed - _used()) == []


def test_every_feature_is_marked() -> None:
    """Each row says whether it was run on Citus; nothing is marked in other words."""
    rows = _rows()
    assert {mark for _, _, mark in rows} == MARKS
    assert all(words for _, words, _ in rows)


def test_row_security_is_not_used_and_session_settings_are_known() -> None:
    """A setting that must hold on the worker too would have to be local to its transaction."""
    assert not {"POLICY", "SECURITY"} & _used()
    found = {
        str(file.relative_to(ROOT))
        for file in _sql_files()
        if _SESSION_WIDE.search(_COMMENT.sub("", file.read_text("utf-8")))
    }
    assert found == {
        "ledger/append_session.sql",
        "ledger/migrate.sql",
        "projections/leader.sql",
        "replay/shadow.sql",
    }
