"""Without this file ``serve`` and ``demo`` would each run the API in their own way."""

import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.aligned import box
from commands.failures import Exit
from commands.language import Language, say
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database

_STOPPED = Text("已停止；已确认的内容均已保存。", "Stopped; what was confirmed is kept.")


def serve_ledger(
    database: "Database",
    bound: socket.socket,
    *,
    environ: Mapping[str, str],
    language: Language,
    with_projector: bool,
    say_ready: Callable[[str], None],
) -> Exit:
    """Serve the API of a ledger until SIGINT or SIGTERM. Blocking, from the main thread.

    Args:
        database: The ledger, its schema checked; left open.
        bound: From ``ledger.startup.bind_port``; closed at the end.
        environ: The process environment, for the places of the error log and of exports.
        language: Language of what the projector says on stderr.
        with_projector: Whether to keep the read models current, in a process beside.
        say_ready: Called with the base URL once HTTP answers.
    """
    from datetime import UTC, datetime
    from uuid import uuid4

    from api.app import create_app
    from api.server import ApiServer
    from api.services import Services
    from commands.error_log import log_error
    from commands.projector_process import ProjectorProcess

    services = Services.of(
        database,
        get_now=lambda: datetime.now(UTC),
        get_petition_id=uuid4,
        report_failure=lambda error: log_error(error, environ)[0],
        export_folder=export_folder(environ, database),
    )
    base_url = url_of(bound)
    server = ApiServer(create_app(services), lambda: say_ready(base_url))
    beside = ProjectorProcess(database, language) if with_projector else nullcontext()
    with bound, beside:
        server.run(sockets=[bound])
    click.echo(say(_STOPPED), err=True)
    return Exit.DONE


def export_folder(environ: Mapping[str, str], database: "Database") -> Path | None:
    """Return where large exports are kept, or None for as long as the server runs. Pure.

    ``TAIZHANG_EXPORT_DIR`` names the folder; with the embedded server it is beside its data.
    """
    if named := environ.get("TAIZHANG_EXPORT_DIR"):
        return Path(named) / database.ledger
    if database.server is None:
        return None
    return database.server.folder.path.parent / "exports" / database.ledger


def url_of(bound: socket.socket) -> str:
    """Return the address people open. Pure."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def place_lines(database: "Database") -> list[Text]:
    """Return where the data lie and how to delete them, one line each."""
    from ledger.database import Role
    from ledger.startup import server_name

    if database.server is None:
        server = server_name(database.dsns[Role.APP])
        return [
            Text(f"数据：{server} 的 {database.schema}", f"Data: {database.schema} on {server}"),
            Text(
                f"删除：由数据库管理员执行 DROP SCHEMA {database.schema} CASCADE",
                f"To delete: the database's administrator runs DROP SCHEMA {database.schema} "
                "CASCADE",
            ),
        ]
    folder = database.server.folder.path.parent
    return [
        Text(f"数据：{folder}", f"Data: {folder}"),
        Text(
            f"删除：先停止服务，再执行 rm -r '{folder}'", f"To delete: stop, then rm -r '{folder}'"
        ),
    ]


def banner(
    base_url: str,
    database: "Database",
    *,
    title: Text | None = None,
    notes: Sequence[Text] = (),
    commands: Sequence[str] = (),
) -> list[str]:
    """Return what is printed once the API answers, at most 25 lines.

    Args:
        base_url: Where it answers.
        database: The ledger.
        title: Shown in a box, such as that this is a demo.
        notes: Lines between addresses and data, such as a demo key.
        commands: What to type next.
    """
    lines = [] if title is None else box(say(title))
    lines += [
        f"{say(Text('接口文档', 'API docs'))}: {base_url}/docs",
        f"{say(Text('运行状况', 'Health'))}: {base_url}/v1/health",
        *(say(note) for note in notes),
        *(say(line) for line in place_lines(database)),
    ]
    if commands:
        lines += [say(Text("接下来可以：", "Next:")), *(f"  {command}" for command in commands)]
    lines.append(say(Text("停止：Ctrl-C", "Stop: Ctrl-C")))
    return lines
