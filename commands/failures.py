"""Without this file a refused command would end in a traceback and an unclear exit code."""

import sys
import traceback
from collections.abc import Mapping
from enum import IntEnum
from typing import Protocol, runtime_checkable

import click

from commands.error_log import log_error, redact
from commands.language import say, say_click
from domain.errors import NotPermittedError
from domain.text import Text


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FINDING = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    NOT_ALLOWED = 5
    UNAVAILABLE = 6
    PROGRAM_ERROR = 70
    INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot go on for a reason that only the command line knows."""

    def __init__(self, exit_code: Exit, text: Text) -> None:
        super().__init__(text.en)
        self.exit_code = exit_code
        self.text = text


@runtime_checkable
class _CodedError(Protocol):
    """A refusal by the domain or the ledger."""

    code: str
    text: Text


@runtime_checkable
class _StartupFailure(Protocol):
    """A start that failed: what happened, why, and what to do."""

    what: Text
    why: Text
    do: Text
    exit_code: int


# Codes that say something could not be reached or is not installed, not that it was refused.
_UNAVAILABLE_CODES = {
    "cluster-unavailable",
    "extra-missing",
    "ledger-closed",
    "ledger-moving",
    "ledger-unavailable",
    "outcome-unknown",
}
_INTERRUPTED = Text("已中断；此前确认的内容均已保存。", "Interrupted; what was confirmed is kept.")
_SYSTEM_REFUSED = Text("系统拒绝了操作", "The system refused")
_DATABASE_LOST = Text(
    "数据库没有应答；已确认的事件均已保存。请运行 taizhang doctor 查明原因。",
    "The database does not answer; confirmed events are kept. Run: taizhang doctor",
)
_PROGRAM_FAILED = Text(
    "程序出错，未确认的操作没有写入",
    "The program failed; nothing unconfirmed was recorded",
)


def end_with(error: BaseException, *, environ: Mapping[str, str], debug: bool) -> Exit:
    """Say on stderr what went wrong and return the exit code that belongs to it.

    Writes stderr and, for an error nobody foresaw, a log file. Passwords of
    connection strings never reach either.

    Args:
        error: What a command raised.
        environ: The process environment, for the place of the log file.
        debug: Whether to print the traceback too.
    """
    if debug:
        _complain("".join(traceback.format_exception(error)))
    match error:
        case click.exceptions.Abort() | KeyboardInterrupt():
            exit_code, text = Exit.INTERRUPTED, say(_INTERRUPTED)
        case click.ClickException():
            exit_code, text = Exit.USAGE, _explain_usage(error)
        case _StartupFailure():
            lines = (error.what, error.why, error.do)
            exit_code, text = Exit(error.exit_code), "\n".join(say(line) for line in lines)
        case CommandError():
            exit_code, text = error.exit_code, say(error.text)
        case _CodedError():
            exit_code, text = _exit_of(error), f"{say(error.text)} [{error.code}]"
        case FileNotFoundError():
            exit_code, text = Exit.NOT_FOUND, f"{say(_SYSTEM_REFUSED)}: {error}"
        case OSError():
            exit_code, text = Exit.UNAVAILABLE, f"{say(_SYSTEM_REFUSED)}: {error}"
        case _ if _is_lost_database(error):
            exit_code, text = Exit.UNAVAILABLE, say(_DATABASE_LOST)
        case _:
            exit_code, text = Exit.PROGRAM_ERROR, _explain_unforeseen(error, environ)
    _complain(text)
    return exit_code


def _complain(text: str) -> None:
    click.echo(redact(text), err=True)


def _explain_usage(error: click.ClickException) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and error.ctx is not None:
        if error.ctx.parent is None:
            return error.format_message()
        message = _ask_for_command(error.ctx)
    else:
        message = say_click(error.format_message())
    lines = [f"{say(Text('用法错误', 'Usage error'))}: {message}"]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines.insert(0, error.ctx.get_usage())
        lines.append(f"{say(Text('说明', 'Help'))}: {error.ctx.command_path} --help")
    return "\n".join(lines)


def _ask_for_command(group: click.Context) -> str:
    names = []
    if isinstance(group.command, click.Group):
        names = group.command.list_commands(group)
    return say(
        Text(
            f"缺少命令；请写明其一：{'、'.join(names)}。",
            f"a command is missing; name one: {', '.join(names)}.",
        )
    )


def _exit_of(error: _CodedError) -> Exit:
    if isinstance(error, NotPermittedError):
        return Exit.NOT_ALLOWED
    if error.code in _UNAVAILABLE_CODES:
        return Exit.UNAVAILABLE
    if error.code.startswith("unknown-") or error.code.endswith("-not-found"):
        return Exit.NOT_FOUND
    return Exit.REFUSED


def _is_lost_database(error: BaseException) -> bool:
    # Such an error can only be at hand once psycopg is imported; importing it here costs 0.2 s.
    psycopg = sys.modules.get("psycopg")
    return psycopg is not None and isinstance(error, psycopg.OperationalError)


def _explain_unforeseen(error: BaseException, environ: Mapping[str, str]) -> str:
    error_id, log = log_error(error, environ)
    if log is None:
        place = Text("用 --debug 重试可见详情", "try again with --debug for details")
    else:
        place = Text(f"详情见 {log}", f"details in {log}")
    return f"{say(_PROGRAM_FAILED)} [{error_id}] {type(error).__name__}; {say(place)}"
