"""Without this file a new setting could be called unknown, or a misspelt one pass in silence."""

import re
from pathlib import Path

import pytest

from commands.main import run
from ledger.setting_names import SETTING_NAMES, unknown_settings

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("commands", "api", "scenarios", "replay", "projections", "ledger", "domain")
NAMED = re.compile(r"\bTAIZHANG_(?!TEST_)[A-Z][A-Z_]*[A-Z]\b(?!_)")


def test_every_setting_that_the_program_reads_is_known() -> None:
    """Each name that stands in the sources, also in what is told to people, is on the list."""
    sources = [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")]
    named = {name for path in sources for name in NAMED.findall(path.read_text("utf-8"))}
    assert {"TAIZHANG_DSN", "TAIZHANG_KEY", "TAIZHANG_SMTP_HOST"} <= named
    assert named <= SETTING_NAMES


def test_unknown_setting_is_named_with_the_one_that_was_meant() -> None:
    """By its name alone; settings of the tests and of other programs are not the program's."""
    environ = {
        "TAIZHANG_DNS": "postgresql://u:Geheim@h/d",
        "TAIZHANG_QQQQ": "1",
        "TAIZHANG_LANG": "zh",
        "TAIZHANG_TEST_SERVER": "15",
        "PGHOST": "h",
    }
    first, second = unknown_settings(environ)
    assert "TAIZHANG_DNS" in first.zh
    assert "TAIZHANG_DSN?" in first.en
    assert "Geheim" not in first.en
    assert "did you mean" not in second.en


def test_command_warns_of_an_unknown_setting(capsys: pytest.CaptureFixture[str]) -> None:
    """It goes on; whoever set the variable learns on stderr that nobody reads it."""
    environ = {"TAIZHANG_LANGUAGE": "zh", "TAIZHANG_LANG": "zh"}
    assert run(["forensics", "--help"], environ, version="0") == 0
    assert "TAIZHANG_LANGUAGE" in capsys.readouterr().err
    assert run(["forensics", "--help"], {"TAIZHANG_LANG": "zh"}, version="0") == 0
    assert capsys.readouterr().err == ""
