"""The what-if as it is asked for at a terminal, on the play of Quanzhou."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from scenarios.player import play
from scenarios.scenario import read_scenario
from tests.acceptance.played_ledger import project
from tests.conftest import ServerUnderTest, _new_database
from tests.integration.test_report_command import connect_by

AS_OF = ("--as-of", "2026-10-31", "--min-cases", "1")
EFFECTIVE = "ontime_rate.effective"


@pytest.fixture(scope="module")
def quanzhou(server_under_test: ServerUnderTest, template_name: str) -> Iterator[Database]:
    """Yield a ledger in which Quanzhou was played."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        play(database, read_scenario("quanzhou"))
        project(database)
        yield database


@pytest.fixture
def environ(quanzhou: Database) -> dict[str, str]:
    """Return the environment of a terminal in front of it."""
    return connect_by(quanzhou)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """Return a file of weights, dotted and quoted keys mixed."""
    path = tmp_path / "weights.toml"
    path.write_text(
        '[weights]\n"ontime_rate.effective" = 0.6\nsatisfaction_rate.strict = 0.4\n',
        encoding="utf-8",
    )
    return path


def ask(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], *arguments: str
) -> dict[str, Any]:
    """Return the JSON answer to a what-if."""
    command = ["replay", "what-if", *arguments, *AS_OF, "--json"]
    assert run(command, environ, version="0") == Exit.DONE
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.what_if/1"
    return document


@pytest.mark.parametrize(
    ("pack", "supposed", "points"),
    [
        ("S2_quanzhou", (9, 15), "0.00"),
        ("s2_quanzhou@1", (9, 15), "0.00"),
        ("S4_langfang", (2, 16), "-47.50"),
        ("xinfang", (15, 15), "+40.00"),
    ],
)
def test_what_if_says_both_figures_and_their_difference(
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    pack: str,
    supposed: tuple[int, int],
    points: str,
) -> None:
    """9 of 15 were on time; under its own pack that stays, to the digit."""
    document = ask(environ, capsys, "--pack", pack)
    (total,) = document["groups"]
    rate = total["rates"][EFFECTIVE]
    assert (rate["real"]["n"], rate["real"]["d"]) == (9, 15)
    assert (rate["what_if"]["n"], rate["what_if"]["d"]) == supposed
    assert rate["points"] == points


def test_groups_add_up_to_the_total(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """By unit, as it is and as it would be."""
    document = ask(environ, capsys, "--pack", "S4_langfang", "--by", "unit")
    *units, total = document["groups"]
    for side in ("real", "what_if"):
        for part in ("n", "d"):
            parts = [unit["rates"][EFFECTIVE][side][part] for unit in units]
            assert sum(parts) == total["rates"][EFFECTIVE][side][part]
    assert len(units) > 5


def test_table_says_what_was_supposed(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The head names pack and calendar, and how many dues they moved."""
    command = ["replay", "what-if", "--calendar", "weekdays@1", *AS_OF]
    assert run(command, environ | {"TAIZHANG_LANG": "zh"}, version="0") == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert "# 假设规则包: 各件所绑定的规则包" in lines
    assert "# 假设日历: weekdays@1" in lines
    assert "# 时限有变: 10/16 件（其中导入 0 件）" in lines
    assert "合计\t按时办结率\t9/15\t60.00\t10/15\t66.67\t+6.67" in lines


def test_other_weights_rank_anew(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], weights: Path
) -> None:
    """The same petitions, other places; the usual weights give the usual score."""
    document = ask(environ, capsys, "--report", "ranking", "--weights", str(weights))
    assert document["weights"] == {EFFECTIVE: "0.6", "satisfaction_rate.strict": "0.4"}
    units = {unit["key"]: unit for unit in document["units"]}
    scores = [(unit["real"]["score"], unit["what_if"]["score"]) for unit in units.values()]
    assert ("32.88", "34.24") in scores
    assert ("5.68", "0.00") in scores
    again = ask(environ, capsys, "--report", "ranking", "--pack", "s2_quanzhou")
    assert {unit["difference"] for unit in again["units"]} == {"0.00"}


def test_a_what_if_is_told_as_it_was_known(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first event nothing was known, and that is no figure."""
    command = ["replay", "what-if", "--pack", "xinfang", "--known-at", "2020-01-01"]
    assert run(command, environ, version="0") == Exit.REFUSED
    assert "[nothing-known]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "exit_code", "says"),
    [
        ([], Exit.USAGE, "Say what to suppose"),
        (["--pack", "nowhere"], Exit.NOT_FOUND, "choose one of: jinan@1, plain@1, s0_guangyuan@1"),
        (["--pack", "xinfang@9"], Exit.NOT_FOUND, "there is no policy pack 'xinfang@9'"),
        (["--pack", "s2_quanzhou@9"], Exit.NOT_FOUND, "has no version 9"),
        (["--pack", "s0_guangyuan"], Exit.REFUSED, "[pack-without-clocks]"),
        (["--calendar", "moon@1"], Exit.NOT_FOUND, "there is no calendar 'moon@1'"),
        (["--pack", "xinfang", "--as-of", "2099-01-01"], Exit.USAGE, "has not come"),
        (["--pack", "xinfang", "--period", "2001"], Exit.NOT_FOUND, "No petition lies in this"),
        (["--pack", "xinfang", "--unit", "nobody"], Exit.NOT_FOUND, "no unit 'nobody'"),
        (["--weights", "pyproject.toml"], Exit.USAGE, "--weights is for --report ranking"),
        (["--weights", "absent.toml", "--report", "ranking"], Exit.NOT_FOUND, "absent.toml"),
        (["--pack", "xinfang", "--report", "ranking", "--by", "type"], Exit.USAGE, "Only units"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    exit_code: Exit,
    says: str,
) -> None:
    """Each refusal has its exit code, and says what to do."""
    assert run(["replay", "what-if", *arguments], environ, version="0") == exit_code
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("closure_rate = 0.5", "add up to 0.5, not to 1"),
        ("closure_rate = 1.5\nresponse_rate = -0.5", "is -0.5, not above 0"),
        ("weights = 3", "cannot be part of a score"),
        ("closure_rate =", "it is no TOML"),
    ],
)
def test_a_file_of_weights_that_mean_nothing_is_refused(
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    text: str,
    says: str,
) -> None:
    """Nothing is computed by weights that do not add up."""
    path = tmp_path / "weights.toml"
    path.write_text(text, encoding="utf-8")
    command = ["replay", "what-if", "--report", "ranking", "--weights", str(path)]
    assert run(command, environ, version="0") == Exit.REFUSED
    assert says in capsys.readouterr().err
