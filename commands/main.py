"""Without this file no subcommand of the program can be found or ended."""

import io
import os
import sys
from collections.abc import Mapping, Sequence

import click

from commands.failures import Exit, end_with
from commands.invocation import Invocation
from commands.language import Language, choose_language, say, speaking
from commands.lazy_group import LazyCommand, LazyGroup
from domain.text import Text
from ledger.setting_names import unknown_settings

COMMANDS: Mapping[str, LazyCommand] = {
    name: LazyCommand(target, Text(zh, en))
    for name, target, zh, en in (
        ("demo", "commands.demo:demo", "演示一个城市的完整流程", "Play a city from end to end"),
        (
            "generate",
            "commands.generate:generate",
            "生成虚构诉求供试用与压力测试",
            "Invent petitions to try and to load it",
        ),
        ("serve", "commands.serve:serve", "启动 API 服务", "Serve the API"),
        ("projector", "commands.projector:projector", "持续更新读模型", "Keep read models current"),
        ("clock", "commands.clock:clock", "催办、督办建议与自动事项", "Raise what falls due"),
        (
            "migrate",
            "commands.migrate:migrate",
            "建立或升级数据库结构",
            "Create or upgrade the schema",
        ),
        ("open", "commands.open_books:open_books", "建册：单位与规则包", "Open a ledger"),
        (
            "ledger",
            "commands.ledger:ledger",
            "一套系统中的多个台账：新建、列出、迁移",
            "Several ledgers: create, list, move",
        ),
        ("keys", "commands.keys:keys", "管理 API 密钥", "Manage API keys"),
        (
            "import",
            "commands.import_file:import_file",
            "导入文件中的历史数据",
            "Import a file of cases",
        ),
        (
            "import-survey",
            "commands.import_survey:import_survey",
            "导入第三方测评的回答",
            "Import a third party's answers",
        ),
        (
            "export",
            "commands.export:export",
            "导出逐件数据供离线统计",
            "Export records for offline statistics",
        ),
        ("report", "commands.report:report", "办结率、按时率、满意率、排名", "Rates and rankings"),
        ("metrics", "commands.metrics:metrics", "全部指标的定义", "What every metric counts"),
        (
            "forensics",
            "commands.forensics:forensics",
            "检验已公布的数字能否成立",
            "Examine published figures",
        ),
        (
            "sample",
            "commands.sample:sample",
            "可核验的抽样与推算",
            "Samples anybody can check",
        ),
        (
            "demand",
            "commands.demand:demand",
            "热点词、相似诉求、件数预测",
            "Hot topics, similar petitions, forecasts",
        ),
        (
            "worklist",
            "commands.worklist:worklist",
            "一个单位的待办事项",
            "What a unit has to do next",
        ),
        (
            "board",
            "commands.board:board",
            "时限、承诺、挂账、报备、督办等台账",
            "Lists: deadlines, promises, backlog, delays, orders …",
        ),
        (
            "petition",
            "commands.petition:petition",
            "一件诉求及其时间线",
            "A petition and its timeline",
        ),
        ("act", "commands.act:act", "对任一事项执行一个命令", "Give any command to anything"),
        ("outbox", "commands.outbox:outbox", "发送给订阅人的消息", "Send messages to subscribers"),
        ("events", "commands.events:events", "按位置读取事件", "Read events by position"),
        ("replay", "commands.replay:replay", "重建并核验读模型", "Rebuild and verify read models"),
        ("doctor", "commands.doctor:doctor", "检查环境并给出处理办法", "Check the installation"),
    )
}
"""Every subcommand, in the order ``--help`` lists it."""

_ABOUT = Text("台账：以事件为准的政企诉求台账。", "An event-sourced ledger of petitions.")
_DEBUG = Text("出错时显示调用栈。", "Show the traceback of an error.")
_VERSION = Text("显示版本后退出。", "Show the version and exit.")
_EXITS = Text(
    "退出码：0 完成；1 有发现；2 用法或配置错误；3 未找到；4 规则拒绝或冲突；"
    "5 无权限；6 依赖不可用；70 程序错误；130 中断。",
    "Exit codes: 0 done, 1 finding, 2 usage or configuration, 3 not found, 4 refused by a rule "
    "or conflict, 5 not allowed, 6 dependency unavailable, 70 program error, 130 interrupted.",
)


def build_group(version: str) -> LazyGroup:
    """Return the program's command tree; no command module is imported.

    Args:
        version: What ``--version`` prints.
    """
    group = LazyGroup("taizhang", COMMANDS, say(_ABOUT))
    group.epilog = say(_EXITS)
    # For the help page only: run() takes --debug out wherever it stands.
    group.params.append(
        click.Option(["--debug"], is_flag=True, expose_value=False, help=say(_DEBUG))
    )
    add_version = click.version_option(version, message=f"taizhang {version}", help=say(_VERSION))
    return add_version(group)


def run(arguments: Sequence[str], environ: Mapping[str, str], *, version: str) -> int:
    """Run one command line and return its exit code.

    Blocking. Writes stdout and stderr. No error leaves it as a traceback unless
    ``--debug`` stands before any ``--``.

    Args:
        arguments: The arguments after the program's name.
        environ: The process environment.
        version: The version of the program.
    """
    language = choose_language(environ)
    _widen_streams()
    with speaking(language):
        return _run(arguments, environ, language, version)


def _run(
    arguments: Sequence[str], environ: Mapping[str, str], language: Language, version: str
) -> int:
    arguments, debug = _take_debug(arguments)
    # What is ignored would otherwise be looked for everywhere else; doctor lists it by itself.
    for warning in () if arguments[:1] == ["doctor"] else unknown_settings(environ):
        click.echo(say(warning), err=True)
    try:
        result = build_group(version).main(
            arguments,
            prog_name="taizhang",
            standalone_mode=False,
            obj=Invocation(environ, language),
        )
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        exit_code = end_with(error, environ=environ, debug=debug)
        _give_up_stdout()
        return exit_code
    return result if isinstance(result, int) else Exit.DONE


def _take_debug(arguments: Sequence[str]) -> tuple[list[str], bool]:
    end = arguments.index("--") if "--" in arguments else len(arguments)
    own = [argument for argument in arguments[:end] if argument != "--debug"]
    return [*own, *arguments[end:]], len(own) < end


def _widen_streams() -> None:
    # A terminal that cannot show 汉字 gets escapes, not a crash.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _give_up_stdout() -> None:
    # What a full disk or a closed pipe refused would be flushed again when Python ends, and fail
    # again with a page of its own.
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
