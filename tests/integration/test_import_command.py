"""``taizhang import`` from the terminal: what it prints, writes and returns."""

import csv
import json
from pathlib import Path

import pytest

from commands.failures import Exit
from commands.main import run
from domain.dimension import Dimension
from domain.rate import Rate
from ledger.database import Database, Role
from ledger.zone import ledger_zone
from projections.rate_queries import read_counts
from tests.integration.city_file import HEADER, MAPPING, NOW, ROWS

BAD = "4,jtj,=HYPERLINK(1),道路,2026/03/02,,"


class Terminal:
    """Runs the program in a folder, on the test's ledger."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.environ = {
            "TAIZHANG_LANG": "en",
            "TAIZHANG_DSN": database.conninfo(Role.APP),
            "TAIZHANG_OWNER_DSN": database.conninfo(Role.OWNER),
            "TAIZHANG_PROJECTOR_DSN": database.conninfo(Role.PROJECTOR),
            "HOME": str(folder),
        }
        self.write("city.toml", MAPPING)
        self.write("cases.csv", "\n".join((HEADER, *ROWS)))

    def write(self, name: str, text: str, encoding: str = "utf-8") -> None:
        """Write a file into the folder."""
        (self.folder / name).write_text(text, encoding)

    def run(self, *options: str, file: str = "cases.csv", mapping: str = "city.toml") -> int:
        """Run ``taizhang import`` and return its exit code."""
        arguments = ["import", file, "--mapping", mapping, *options]
        return run(arguments, self.environ, version="0")


@pytest.fixture
def terminal(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a file and its mapping."""
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path, database)


def test_import_command_prints_json_on_stdout_alone(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result is one versioned JSON object; talk would go to stderr."""
    assert terminal.run("--json") is Exit.DONE
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert result["schema"] == "taizhang.import/1"
    assert (result["accepted"], result["rejected"], result["rejects_file"]) == (3, 0, None)
    assert err == ""
    assert not (terminal.folder / "cases.rejects.csv").exists()


def test_import_command_brings_the_read_models_up_to_date(
    terminal: Terminal, database: Database
) -> None:
    """A report right after an import has the imported cases in it."""
    terminal.run()
    with database.connect(Role.APP) as connection:
        zone = ledger_zone(connection)
        total = read_counts(connection, Dimension.TOTAL, as_of=NOW, zone=zone).total
    assert Rate(total["closed"], total["base"]) == Rate(2, 3)


def test_import_command_writes_rejects_that_open_in_a_spreadsheet(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rejected rows go to a CSV with BOM beside the work, and the summary names it."""
    terminal.write("cases.csv", "\n".join((HEADER, *ROWS, BAD)))
    assert terminal.run() is Exit.DONE
    assert "cases.rejects.csv" in capsys.readouterr().out
    content = (terminal.folder / "cases.rejects.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    header, line = csv.reader(content.decode("utf-8-sig").splitlines())
    assert line[:4] == ["4", "5", "提交", "unreadable-time"]
    assert line[header.index("姓名")] == "'=HYPERLINK(1)"


def test_import_command_takes_the_mended_rejects_file(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rejects file has the columns of the file, so it is itself imported once mended."""
    terminal.write("cases.csv", "\n".join((HEADER, *ROWS, BAD)))
    terminal.run("--rejects", "bad.csv")
    bad = (terminal.folder / "bad.csv").read_text("utf-8-sig")
    terminal.write("bad.csv", bad.replace("2026/03/02", "2026-03-02"), "utf-8-sig")
    capsys.readouterr()
    assert terminal.run("--json", file="bad.csv") is Exit.DONE
    assert json.loads(capsys.readouterr().out)["accepted"] == 1


def test_import_command_finds_rejects_when_strict(terminal: Terminal) -> None:
    """--strict makes rejects a finding; without them it is done."""
    assert terminal.run("--strict") is Exit.DONE
    terminal.write("cases.csv", "\n".join((HEADER, *ROWS, BAD)))
    assert terminal.run("--strict") is Exit.FINDING


def test_import_command_dry_run_records_nothing(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run prints the counts by event type, and the import after it records them all."""
    assert terminal.run("--dry-run", "--json") is Exit.DONE
    dry = json.loads(capsys.readouterr().out)
    assert dry["dry_run"]
    assert terminal.run("--json") is Exit.DONE
    done = json.loads(capsys.readouterr().out)
    assert done["events"] == dry["events"]
    assert (dry["last_position"], done["last_position"]) == (None, 8)


def test_import_command_says_how_far_it_is_when_it_takes_long(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress goes to stderr, a line at a time where there is no terminal."""
    monkeypatch.setattr("commands.import_text._INTERVAL_S", 0.0)
    monkeypatch.setattr("replay.case_intake.BATCH_ROWS_LEN", 1)
    assert terminal.run("--json") is Exit.DONE
    out, err = capsys.readouterr()
    assert json.loads(out)["accepted"] == 3
    assert err.splitlines()[-1].startswith("3 rows read (100%)")
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("file", "mapping", "exit_code", "words"),
    [
        ("nowhere.csv", "city.toml", Exit.NOT_FOUND, "nowhere.csv"),
        ("cases.csv", "nowhere.toml", Exit.NOT_FOUND, "nowhere.toml"),
        ("cases.csv", "bad.toml", Exit.USAGE, "did you mean case_key"),
        ("cases.csv", "nyc311", Exit.REFUSED, "Unique Key"),
        ("gb.csv", "city.toml", Exit.REFUSED, "gb18030: 1,jtj,甲,道路"),
    ],
)
def test_import_command_refuses_with_a_reason_and_a_way_out(
    terminal: Terminal,
    capsys: pytest.CaptureFixture[str],
    file: str,
    mapping: str,
    exit_code: Exit,
    words: str,
) -> None:
    """Each kind of mistake has its exit code, one clear text and no traceback."""
    terminal.write("bad.toml", MAPPING.replace("case_key", "case_kye"))
    terminal.write("gb.csv", "\n".join((HEADER, *ROWS)), "gb18030")
    assert terminal.run(file=file, mapping=mapping) is exit_code
    out, err = capsys.readouterr()
    assert (out, "Traceback" in err) == ("", False)
    assert words in err


def test_import_command_takes_another_encoding_by_option(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """--encoding wins over the mapping, and the cases are the same."""
    terminal.write("gb.csv", "\n".join((HEADER, *ROWS)), "gb18030")
    assert terminal.run() is Exit.DONE
    capsys.readouterr()
    assert terminal.run("--encoding", "gb18030", "--json", file="gb.csv") is Exit.DONE
    assert json.loads(capsys.readouterr().out)["already_there"] == 3
