"""The notebook and the R script of the documentation, run against a played city."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.services import Services
from commands.failures import Exit
from commands.main import run
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.database import Database
from scenarios.player import open_stage
from tests.acceptance.test_offline_statistics import city
from tests.api_clients import Api, app_of, served_api
from tests.integration.test_report_command import connect_by

__all__ = ["city"]
DOCS = Path(__file__).parents[2] / "docs" / "analysis"
AS_OF = "2019-12-01"


@pytest.fixture
def terminal(city: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return a statistician's terminal in an empty folder, with a published report."""
    monkeypatch.chdir(tmp_path)
    with open_stage(city) as (ledger, _):
        roster = ledger.reference.roster().state
    grant = KeyGrant(label="notebook", role=Role.STATISTICIAN, actor_id="st-1")
    key = issue_key(city, grant, roster, datetime.now(UTC))
    return connect_by(city) | {"TAIZHANG_KEY": key, "TAIZHANG_LANG": "zh"}


def taizhang(terminal: dict[str, str], *arguments: str) -> None:
    """Run one command that has to succeed."""
    assert run(list(arguments), terminal, version="0") == Exit.DONE


@pytest.fixture
def url(city: Database) -> Iterator[str]:
    """Yield the address of a real server of the city."""
    app = app_of(Services.of(city, lambda: datetime.now(UTC), uuid4, lambda error: f"E-{error}"))
    with TestClient(app) as client, served_api(Api(app, client, city)) as address:
        yield address


def notebook(name: str) -> dict[str, Any]:
    """Return a notebook."""
    text = (DOCS / name).read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def execute(name: str) -> dict[str, Any]:
    """Run the code of a notebook and return its names."""
    names: dict[str, Any] = {}
    for cell in notebook(name)["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - our own document
    return names


@pytest.mark.parametrize("name", ["closure_rate.ipynb", "conformance.ipynb"])
def test_notebook_is_one_and_holds_no_output(name: str) -> None:
    """It has the form of nbformat 4.5, and nobody's figures."""
    found = notebook(name)
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert set(found) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    ids = [cell["id"] for cell in found["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in found["cells"]:
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"])
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        shared = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            assert set(cell) == shared | {"execution_count", "outputs"}
            assert (cell["execution_count"], cell["outputs"]) == (None, [])
        else:
            assert (cell["cell_type"], set(cell)) == ("markdown", shared)


def test_notebook_gives_the_same_digits_from_api_and_copy(
    terminal: dict[str, str],
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """128/130 → 98.46 % twice, for every unit, and published reports come out again."""
    publish = ("report", "publish", "closure", "--as-of", AS_OF, "--approver", "st-2")
    taizhang(terminal, *publish, "--by", "unit")
    taizhang(terminal, "export", "--parquet", "copy", "--with-confidential", "--as-of", AS_OF)
    monkeypatch.setenv("TAIZHANG_COPY", "copy")
    monkeypatch.setenv("TAIZHANG_URL", url)
    monkeypatch.setenv("TAIZHANG_KEY", terminal["TAIZHANG_KEY"])
    capsys.readouterr()
    names = execute("closure_rate.ipynb")
    assert (names["n"], names["d"]) == (128, 130)
    shown = capsys.readouterr().out
    assert shown.startswith("128/130 = 98.46 %")
    assert "the API and the offline copy agree" in shown
    assert "figures agree" in shown
    assert shown.count("█") > 10


def test_notebook_finds_planted_defects_in_a_process_log(
    terminal: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The rules hold for the city, by code of its own, and three planted defects are found."""
    taizhang(terminal, "export", "--process", "process")
    monkeypatch.setenv("TAIZHANG_PROCESS", "process")
    capsys.readouterr()
    names = execute("conformance.ipynb")
    assert names["found"] == {}
    assert len(names["rules"]) >= 15
    assert len(names["traces"]) > 100
    assert "without a filing: 3" in capsys.readouterr().out


def test_script_for_r_names_columns_of_the_codebook_and_gives_the_rate(
    terminal: dict[str, str], tmp_path: Path
) -> None:
    """Its columns are those of the file; where R is installed it runs, with the same integers."""
    asked = ("report", "closure", "--by", "unit", "--as-of", AS_OF, "--format", "csv")
    taizhang(terminal, *asked, "--out", "closure.csv")
    codebook = json.loads((tmp_path / "closure.csv.datapackage.json").read_bytes())
    fields = {
        each["name"]: each["identifier"] for each in codebook["resources"][0]["schema"]["fields"]
    }
    script = DOCS / "closure_rate.R"
    (block,) = re.findall(r"columns <- c\((.*?)\)\n", script.read_text("utf-8"), re.DOTALL)
    named = dict(re.findall(r'(\w+) = "([^"]+)"', block))
    assert {name: fields[column] for name, column in named.items()} == {
        "code": "unit_code",
        "n": "closure_rate_n",
        "d": "closure_rate_d",
        "percent": "closure_rate_percent",
        "lower": "closure_rate_lower",
        "upper": "closure_rate_upper",
    }
    if program := shutil.which("Rscript"):
        done = subprocess.run(
            [program, str(script), "closure.csv"], capture_output=True, check=True, text=True
        )
        assert done.stdout == "128/130 = 98.46 %\n"
