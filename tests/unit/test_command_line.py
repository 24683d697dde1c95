"""Without this file a command line could be slow, speechless or end with a wrong code."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import click
import pytest

from commands import main
from commands.error_log import redact
from commands.failures import CommandError, Exit, end_with
from commands.language import Language, choose_language, say, speaking
from commands.lazy_group import LazyCommand, LazyGroup
from domain.errors import DomainError, ImpossibleTransitionError, NotPermittedError
from domain.text import Text

ROOT = Path(__file__).parents[2]
HEAVY = ("eventsourcing", "fastapi", "pydantic", "psycopg", "rich", "uvicorn", "openpyxl", "yaml")


class UnknownPetitionError(DomainError):
    """A refusal whose code says that something was not found."""

    code = "unknown-petition"


class UnreachableLedgerError(DomainError):
    """A refusal whose code says that the ledger could not be reached."""

    code = "ledger-unavailable"


class FailedStartError(Exception):
    """A start that failed, in the three lines that such an error carries."""

    exit_code = 6
    what = Text("服务器没有运行", "server is down")
    why = Text("没有应答", "no answer")
    do = Text("请启动", "start it")


def run_program(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run taizhang.py in a process of its own, in another directory."""
    clean = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}
    clean["TAIZHANG_LANG"] = "en"
    return subprocess.run(
        [sys.executable, str(ROOT / "taizhang.py"), *arguments],
        cwd="/",
        env=clean | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def plant_command(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Put a command called `fail` into the table that raises an error."""

    @click.command()
    def fail() -> NoReturn:
        raise error

    monkeypatch.setattr(main, "fail", fail, raising=False)
    table = {"fail": LazyCommand("commands.main:fail", Text("失败", "fail"))}
    monkeypatch.setattr(main, "COMMANDS", table)


def run_failing(environ: Mapping[str, str], *options: str) -> int:
    """Run the planted command in this process."""
    return main.run(["fail", *options], environ, version="0")


def test_version_is_answered_without_click() -> None:
    """The shortest question imports no package at all."""
    probe = (
        "import sys, taizhang; sys.argv[1:] = ['--version']; code = taizhang.main();"
        "print(code, 'click' in sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert re.fullmatch(r"taizhang \d+\.\d+\.\d+\n0 False\n", shown.stdout)


def test_help_imports_no_heavy_package() -> None:
    """Help lists the commands from the table, without importing one."""
    probe = (
        "import sys, taizhang; sys.argv[1:] = ['--help']; taizhang.main();"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert shown.stdout.endswith("[]\n")


def test_help_lists_every_installed_command_and_every_exit_code() -> None:
    """A reader of the help page learns all names and all exit codes."""
    shown = run_program("--help")
    installed = LazyGroup("taizhang", main.COMMANDS, "").list_commands(
        click.Context(click.Command("x"))
    )

    assert shown.returncode == Exit.DONE
    listed = re.findall(r"^  ([a-z][a-z-]*)  ", shown.stdout, re.MULTILINE)
    assert listed == installed
    assert set(map(int, re.findall(r"\b(\d+)\s+\w", shown.stdout))) == set(Exit)


@pytest.mark.parametrize("name", main.COMMANDS)
def test_command_of_the_table_loads_when_its_module_is_there(name: str) -> None:
    """Each target of the table names a click command."""
    group = LazyGroup("taizhang", main.COMMANDS, "")
    context = click.Context(group)

    found = group.get_command(context, name)

    assert (found is not None) == (name in group.list_commands(context))


def test_command_without_its_module_is_neither_listed_nor_found() -> None:
    """A command that is not installed breaks neither help nor the others."""
    table = {"ghost": LazyCommand("commands.ghost:ghost", Text("无", "none"))}
    group = LazyGroup("taizhang", table, "")
    context = click.Context(group)

    assert group.list_commands(context) == []
    assert group.get_command(context, "ghost") is None


@pytest.mark.parametrize(
    ("arguments", "language", "said"),
    [
        (["petition"], "en", "Usage error: a command is missing; name one: show."),
        (["petition"], "zh", "用法错误: 缺少命令；请写明其一：show。"),
        (["ledger"], "en", "Usage error: a command is missing; name one: create, list, move."),
    ],
)
def test_group_without_its_command_asks_for_one(
    arguments: list[str], language: str, said: str
) -> None:
    """Three lines say what is missing and where the help is, instead of the help page."""
    shown = run_program(*arguments, TAIZHANG_LANG=language)
    assert shown.returncode == Exit.USAGE
    usage, error, where = shown.stderr.splitlines()
    assert f"taizhang {arguments[0]}" in usage
    assert error == said
    assert where.endswith(f"taizhang {arguments[0]} --help")


def test_program_without_a_command_shows_its_help_as_no_error() -> None:
    """Who types the name alone wants to know what there is."""
    shown = run_program()
    assert shown.returncode == Exit.USAGE
    assert shown.stderr.startswith("Usage: taizhang")
    assert "Usage error" not in shown.stderr
    assert "petition " in shown.stderr


def test_help_is_chinese_when_the_terminal_asks_for_it() -> None:
    """Headings, summaries and click's own words follow the language."""
    shown = run_program("--help", TAIZHANG_LANG="zh")

    assert shown.stdout.startswith("用法：taizhang")
    assert "退出码：0 完成" in shown.stdout
    assert "Usage" not in shown.stdout
    assert "Show this message" not in shown.stdout


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, Language.ZH),
        ({"LANG": "C.UTF-8"}, Language.ZH),
        ({"LANG": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "en_GB.UTF-8", "TAIZHANG_LANG": "zh"}, Language.ZH),
        ({"LANG": "zh_CN.UTF-8", "TAIZHANG_LANG": "en"}, Language.EN),
        ({"LANG": "zh_CN.UTF-8", "TAIZHANG_LANG": ""}, Language.ZH),
    ],
)
def test_language_is_chosen_by_the_environment(environ: dict[str, str], language: Language) -> None:
    """TAIZHANG_LANG wins over the locale; who asks for nothing gets the language of the data."""
    assert choose_language(environ) is language


def test_text_is_said_in_the_language_of_the_process() -> None:
    """One text, two languages, one choice."""
    with speaking(Language.ZH):
        assert say(Text("诉求", "petition")) == "诉求"
    assert say(Text("诉求", "petition")) == "petition"


def test_language_of_a_command_line_ends_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Who runs a command inside a program goes on in its own language."""
    assert main.run(["act"], {"TAIZHANG_LANG": "zh"}, version="0") == Exit.DONE
    assert "诉求" in capsys.readouterr().out
    assert say(Text("诉求", "petition")) == "petition"


@pytest.mark.parametrize("arguments", [("frobnicate",), ("--frobnicate",), ("demo", "--frob")])
def test_wrong_usage_ends_with_2_and_says_where_help_is(arguments: tuple[str, ...]) -> None:
    """A mistake in the arguments is a matter of one glance."""
    shown = run_program(*arguments)

    assert shown.returncode == Exit.USAGE
    assert shown.stdout == ""
    assert "Usage error: " in shown.stderr
    assert "--help" in shown.stderr


@pytest.mark.parametrize(
    ("error", "exit_code", "said"),
    [
        (KeyboardInterrupt(), Exit.INTERRUPTED, "Interrupted"),
        (click.UsageError("no such unit"), Exit.USAGE, "no such unit"),
        (CommandError(Exit.FINDING, Text("有差异", "differs")), Exit.FINDING, "differs"),
        (NotPermittedError(Text("无权", "not yours")), Exit.NOT_ALLOWED, "not yours"),
        (ImpossibleTransitionError(Text("已办结", "closed")), Exit.REFUSED, "closed"),
        (UnknownPetitionError(Text("无此件", "no such one")), Exit.NOT_FOUND, "no such one"),
        (UnreachableLedgerError(Text("连不上", "away")), Exit.UNAVAILABLE, "away"),
        (FailedStartError(), Exit.UNAVAILABLE, "server is down\nno answer\nstart it"),
        (FileNotFoundError(2, "No such file", "cases.csv"), Exit.NOT_FOUND, "cases.csv"),
        (PermissionError(13, "Permission denied", "/data"), Exit.UNAVAILABLE, "/data"),
        (ZeroDivisionError("secret detail"), Exit.PROGRAM_ERROR, "ZeroDivisionError"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_error_becomes_its_exit_code_and_one_line(
    error: BaseException,
    exit_code: Exit,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Every kind of error has its own code, and none shows a traceback."""
    plant_command(monkeypatch, error)

    code = run_failing({"XDG_STATE_HOME": str(tmp_path), "TAIZHANG_LANG": "en"})

    shown = capsys.readouterr()
    assert code == exit_code
    assert said in shown.err
    assert shown.out.strip() == ""
    assert "Traceback" not in shown.err


def test_unforeseen_error_is_logged_under_the_id_that_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The reader gets an id and a file, and the file holds the traceback without the password."""
    dsn = "host=db password='hunter 2' dbname=x postgresql://u:hunter3@db/x"
    plant_command(monkeypatch, RuntimeError(dsn))

    run_failing({"XDG_STATE_HOME": str(tmp_path)})

    shown = capsys.readouterr().err
    logged = (tmp_path / "taizhang" / "errors.log").read_text("utf-8")
    error_id = re.search(r"E-[0-9a-f]{8}", shown)
    assert error_id is not None
    assert error_id.group() in logged
    assert "Traceback" in logged
    assert "hunter" not in logged + shown


def test_unforeseen_error_is_still_reported_when_no_log_can_be_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A home that cannot be written costs the log, not the message."""
    code = end_with(RuntimeError("x"), environ={"HOME": "/proc/nowhere"}, debug=False)

    assert code == Exit.PROGRAM_ERROR
    assert "--debug" in capsys.readouterr().err


def test_debug_shows_the_traceback_wherever_it_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """--debug may follow the subcommand too."""
    plant_command(monkeypatch, ZeroDivisionError("detail"))

    run_failing({"XDG_STATE_HOME": str(tmp_path)}, "--debug")

    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("postgresql://tz_app:s3cret@db:5432/x", "postgresql://tz_app:***@db:5432/x"),
        ("host=db password=s3cret dbname=x", "host=db password=*** dbname=x"),
        (r"password = 's3\'c ret' user=x", "password = *** user=x"),
        ("no secret here", "no secret here"),
    ],
)
def test_redact_hides_passwords_and_nothing_else(text: str, redacted: str) -> None:
    """A connection string may be printed, its password may not."""
    assert redact(text) == redacted


def test_help_to_a_full_device_ends_with_one_line() -> None:
    """A page that cannot be written is said once, without a traceback."""
    with Path("/dev/full").open("w") as full:
        shown = subprocess.run(
            [sys.executable, str(ROOT / "taizhang.py"), "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert shown.returncode == Exit.UNAVAILABLE
    assert len(shown.stderr.splitlines()) == 1


def test_chinese_help_survives_an_ascii_terminal() -> None:
    """A terminal that cannot show 汉字 ends with 0 all the same."""
    shown = run_program("--help", TAIZHANG_LANG="zh", PYTHONIOENCODING="ascii")

    assert shown.returncode == Exit.DONE


def test_every_command_of_the_table_is_installed() -> None:
    """A row whose module is missing would be hidden, and nobody would notice."""
    group = main.build_group("0")
    assert group.list_commands(click.Context(group)) == list(main.COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nix"], "没有命令 'nix'。"),
        (["worklist", "--limt", "1"], "没有选项 '--limt'。是否应为 '--limit'？"),
        (["worklist", "--limit", "0"], "'--limit' 的值无效：0 不在范围 1<=x<=500 之内。"),
        (["worklist", "--limit", "x"], "'--limit' 的值无效：'x' 不是整数。"),
        (["worklist", "--limit"], "选项 '--limit' 须带一个值。"),
        (["worklist", "--json=1"], "选项 '--json' 不带值。"),
        (["worklist", "a", "b"], "多余的参数：b"),
        (["board"], "缺少参数 'NAME'。可选："),
        (["board", "nix"], "'NAME' 的值无效：'nix' 不在可选值之中：'deadlines', "),
        (["outbox", "key", "x"], "'SUBSCRIPTION' 的值无效：'x' 不是 UUID。"),
    ],
)
def test_usage_error_is_told_in_chinese(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """What click writes by itself as well; in English it stays as click wrote it."""
    assert main.run(arguments, {"TAIZHANG_LANG": "zh"}, version="0") == Exit.USAGE
    assert f"用法错误: {told}" in capsys.readouterr().err
    assert main.run(arguments, {"TAIZHANG_LANG": "en"}, version="0") == Exit.USAGE
    assert re.search(r"Usage error: [ -~]+$", capsys.readouterr().err, re.MULTILINE)
