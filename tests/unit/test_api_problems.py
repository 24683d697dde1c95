"""Every way to fail has a code that is explained in both languages."""

import ast
import sys
from pathlib import Path

import msgspec
import pytest

from api.body_errors import explain_mismatch
from api.errors import code_of
from api.examples import example_body
from api.languages import choose_language
from api.problem import make_problem
from api.problem_kinds import problem_kinds
from domain.catalogue import PETITION_COMMANDS
from domain.command import Command
from domain.errors import GuardError
from domain.filing import SubmitPetition
from domain.text import Text
from ledger.errors import KeyReusedError, LedgerError

ROOT = Path(__file__).resolve().parents[2]
COMMANDS: tuple[type[Command], ...] = (SubmitPetition, *PETITION_COMMANDS)
SHARED = ("calendar", "credit_code", "errors", "guards", "pack_content", "policy_pack", "roster")
"""Modules of the domain that several commands refuse by."""
STORE_ONLY = {"key-reused", "petition-not-found", "sender-busy"}
"""Codes that the API gives another name, or that only a terminal can meet."""


def written_codes() -> set[str]:
    """Return every code that a petition's commands, the store and the read models can raise."""
    paths = {Path(sys.modules[kind.__module__].__file__ or "") for kind in COMMANDS}
    paths |= {ROOT / "domain" / f"{name}.py" for name in SHARED}
    paths |= {*(ROOT / "ledger").glob("*.py"), *(ROOT / "projections").glob("*.py")}
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    return {code for node in nodes for code in _codes(node)}


def _codes(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(func=ast.Name(id="GuardError"), args=[ast.Constant(value=str(code)), *_]):
            return [code]
        case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
            return [code]
        case ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant(value=str(code))):
            return [code]
        case _:
            return []


def test_every_code_of_the_program_is_explained() -> None:
    """A new guard without a title, a status and a page is noticed here."""
    written = written_codes()
    assert len(written) > 60
    assert sorted(written - STORE_ONLY - set(problem_kinds())) == []


def test_every_problem_has_both_languages() -> None:
    """Titles and advice are Chinese and English, and a status is an error's."""
    for code, kind in problem_kinds().items():
        assert 400 <= kind.status <= 504, code
        assert not kind.zh.isascii(), code
        assert kind.en.isascii(), code
        assert (kind.fix_zh is None) == (kind.fix_en is None), code
        assert kind.fix.zh, code


def test_unexplained_code_is_kept() -> None:
    """A code without a page yet is answered as a rule's refusal under its own name."""
    problem = make_problem("brand-new", Text("新", "new"), accept_language="", instance="/")
    assert (problem.code, problem.status, problem.type) == (
        "brand-new",
        422,
        "/errors/domain-error",
    )
    assert code_of(GuardError("brand-new", "新", "new")) == "brand-new"
    assert code_of(KeyReusedError("k")) == "idempotency-key-reused"
    assert code_of(LedgerError(Text("x", "x"))) == "ledger-error"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("zh-Hans", "zh"),
        ("en", "en"),
        ("fr, en;q=0.5", "en"),
        ("en;q=0.2, zh;q=0.8", "zh"),
        ("en, zh", "zh"),
        ("en;q=x", "zh"),
        ("*", "zh"),
        (",;,;q=,", "zh"),
    ],
)
def test_language_is_the_preferred_one(header: str, language: str) -> None:
    """Chinese unless English is preferred; nonsense never fails."""
    assert choose_language(header) == language


def test_problem_is_in_the_language_asked_for_and_holds_both() -> None:
    """Title, detail and advice follow the header; ``texts`` has both."""
    problem = make_problem(
        "stale-version", Text("旧", "old"), accept_language="en", instance="/v1/x"
    )
    assert (problem.title, problem.detail) == ("The version is out of date", "old")
    assert msgspec.to_builtins(problem.texts) == {"zh": "旧", "en": "old"}
    assert problem.type == "/errors/stale-version"


@pytest.mark.parametrize(
    ("message", "pointer", "zh"),
    [
        ("Object missing required field `text`", "/text", "缺少必填项 text"),
        ("Object contains unknown field `a/b`", "/a~1b", "没有 a/b 这一项"),
        (
            "Object missing required field `name` - at `$.attachments[2]`",
            "/attachments/2/name",
            "缺少必填项 name",
        ),
        ("Expected `str`, got `int` - at `$.subject`", "/subject", "应为 str，而非 int"),
        (
            "Expected `str` of length <= 200 - at `$.evidence[...].name`",
            "/evidence/.../name",
            "至多 200 个字符",
        ),
        ("Something new - at `$.x`", "/x", "不合要求（Something new）"),
        ("Something new", "", "不合要求（Something new）"),
    ],
)
def test_mismatch_is_explained_with_its_place(message: str, pointer: str, zh: str) -> None:
    """What the decoder says becomes a JSON pointer and a sentence in both languages."""
    found, text = explain_mismatch(message)
    assert (found, text.zh) == (pointer, zh)


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: str(kind.__name__))
def test_example_body_is_accepted(kind: type[Command]) -> None:
    """What the documentation shows can be copied and sent."""
    body = msgspec.json.encode(example_body(kind))
    assert isinstance(msgspec.json.decode(body, type=kind), kind)
