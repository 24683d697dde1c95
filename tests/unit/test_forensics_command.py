"""Without this file findings could be right and the command say otherwise, or exit wrongly."""

import json
import re
import sys
from io import StringIO
from pathlib import Path

import pytest

from commands.failures import Exit
from commands.main import run
from tests.unit.press_texts import SHUANGLIU

ROOT = Path(__file__).parents[2]


def ask(*options: str, language: str = "en") -> int:
    """Run the command in this process and return its exit code."""
    return run(["forensics", *options], {"TAIZHANG_LANG": language}, version="0")


def test_consistent_figures_end_with_done(capsys: pytest.CaptureFixture[str]) -> None:
    """128 of 130 are 98.46, shown as a line of tab-separated cells."""
    code = ask("--received", "130", "--closed", "128", "--rate", "98.46")

    assert code == Exit.DONE
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split("\t") == [
        "consistent",
        "closure rate",
        "98.46 % agrees with the counts",
        "128/130 = 98.46 %",
        "rate-agrees",
    ]


def test_impossible_figures_end_with_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """No k/128 is 98.46, in Chinese too."""
    options = ("--received", "130", "--closed", "128", "--satisfaction", "98.46")

    assert ask(*options, language="zh") == Exit.FINDING
    assert "98.46 % 的分母不可能是 办结 128" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--rate", "66.36", "--d-min", "60", "--d-max", "199"), Exit.DONE),
        (("--rate", "66.36", "--d-max", "106"), Exit.FINDING),
        (("--rate", "100.5"), Exit.FINDING),
        (("--received", "128", "--closed", "130"), Exit.FINDING),
        (("--closed", "257"), Exit.DONE),
        (("--coverage", "66.36", "--person-times", "73"), Exit.DONE),
        (("--versus", "leaders=36,32"), Exit.DONE),
        (("--versus", "leaders=36,32", "--versus", "heads=73,163"), Exit.FINDING),
        (("--rate", "3.12", "--d-max", "32", "--rounding", "half_up"), Exit.FINDING),
        (("--rate", "3.12", "--d-max", "32", "--rounding", "gbt_8170"), Exit.DONE),
    ],
)
def test_exit_code_follows_from_the_verdicts(options: tuple[str, ...], code: Exit) -> None:
    """Impossible and contradictory figures are findings, possible ones are not."""
    assert ask(*options) == code


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "either FILE or at least one figure"),
        (("press.yaml", "--rate", "5"), "either FILE or at least one figure"),
        (("--rate", "-5"), "is no percentage"),
        (("--rate", "98.46%%"), "is no percentage"),
        (("--received", "1e9"), "is no count"),
        (("--received", "9" * 5000), "is no count"),
        (("--rate", "5", "--d-max", "10000001"), "cannot be searched"),
        (("--rate", "5", "--d-max", "200001"), "cannot be searched"),
        (("--rate", "5", "--d-min", "0"), "cannot be searched"),
        (("--rate", "5", "--d-min", "201"), "cannot be searched"),
        (("--versus", "36,32"), "write NAME=A,B"),
        (("--versus", "a=36,b"), "is no count"),
        (("--versus", "a=1,2", "--versus", "a=1,2"), "each name once"),
    ],
)
def test_bad_input_is_a_usage_error(
    options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read ends with code 2 and says what belongs there."""
    assert ask(*options) == Exit.USAGE
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


def test_file_is_examined_and_printed_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The document names its schema, the search, the verdict and every finding."""
    path = tmp_path / "press.yaml"
    path.write_text(SHUANGLIU, "utf-8")

    assert ask(str(path), "--json", "--d-min", "60", "--d-max", "199") == Exit.FINDING
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.forensics/1"
    assert document["title"] == "双流区 企业咖啡时"
    assert document["search"] == {
        "d_min": 60,
        "d_max": 199,
        "roundings": ["half_up", "gbt_8170", "truncate"],
    }
    assert document["verdict"] == "contradiction"
    (found,) = [each for each in document["findings"] if each["code"] == "fractions-found"]
    assert [(each["n"], each["d"]) for each in found["fractions"]] == [(71, 107), (73, 110)]
    assert found["fractions_total"] == 2
    assert found["text"].keys() == {"zh", "en"}


def test_missing_file_is_not_found(tmp_path: Path) -> None:
    """A file that is not there has the exit code of what is not there."""
    assert ask(str(tmp_path / "none.yaml")) == Exit.NOT_FOUND


def test_file_of_the_guide_can_be_copied_and_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What docs/FORENSICS.md shows is a file, and every code it explains is one of the program."""
    guide = (ROOT / "docs" / "FORENSICS.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "press.yaml"
    path.write_text(example, "utf-8")

    assert ask(str(path), "--json") == Exit.FINDING
    codes = {each["code"] for each in json.loads(capsys.readouterr().out)["findings"]}
    assert {"rate-agrees", "d-excluded", "crossed-counts"} <= codes
    table = guide.partition("### Findings")[2].partition("### Limits")[0]
    explained = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", table))
    assert explained == written_codes()


def written_codes() -> set[str]:
    """Return every code that a rule gives to a finding, read from the sources."""
    from domain.print_window import PrintRounding

    sources = "".join(path.read_text("utf-8") for path in (ROOT / "domain").glob("*.py"))
    codes = re.findall(r"inding\(\s*\"([a-z0-9-]+)\",\s", sources)
    others = {each for each in PrintRounding if each is not PrintRounding.HALF_UP}
    return {*codes, *(f"rate-by-{each.value.replace('_', '-')}" for each in others)}


class Terminal(StringIO):
    """Standard output of a person at a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_readme_shows_what_the_command_prints(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example of the front page is output of the program on 100 columns, not of memory."""
    text = (ROOT / name).read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    (block,) = [each for each in blocks if "taizhang forensics" in each]
    command, *shown = block.splitlines()
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "100")

    assert ask(*command.split()[3:], language=language) == Exit.FINDING
    printed = [line.rstrip() for line in terminal.getvalue().splitlines()]
    assert [line for line in printed if line] == [line for line in shown if line]
