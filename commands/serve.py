"""Without this file nobody could reach the ledger over HTTP."""

from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database

_HELP = Text(
    "启动 API 服务，直至 Ctrl-C。未设置 TAIZHANG_DSN 时使用内置 PostgreSQL。",
    "Serve the API until Ctrl-C. Without TAIZHANG_DSN the embedded PostgreSQL is used.",
)
_HOST = Text("监听地址。", "Address to listen on.")
_PORT = Text("监听端口。", "Port to listen on.")
_NO_PROJECTOR = Text(
    "不在旁边更新读模型（另有 taizhang projector 时）。",
    "Do not keep the read models current beside it ('taizhang projector' runs elsewhere).",
)
_FIRST_RUN = Text(
    "首次启动：已建立台账的数据库结构。", "First start: the ledger's schema was created."
)
_NEXT = (
    "taizhang keys add --role intake --unit hub --name '窗口 1'",
    "taizhang import FILE --mapping nyc311 --dry-run",
    "taizhang doctor",
)


@click.command(help=say(_HELP))
@click.option("--host", default="127.0.0.1", show_default=True, help=say(_HOST))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say(_PORT)
)
@click.option("--no-projector", is_flag=True, help=say(_NO_PROJECTOR))
@click.pass_obj
def serve(invocation: Invocation, *, host: str, port: int, no_projector: bool) -> Exit:
    """Serve the API of the configured ledger."""
    from commands.serving import banner, serve_ledger
    from ledger.database import open_database
    from ledger.server_guard import guard_server
    from ledger.settings import DatabaseSettings
    from ledger.startup import bind_port

    settings = DatabaseSettings.from_env(invocation.environ)
    # First of all: a taken port must not cost the start of a database.
    with (
        bind_port(host, port) as bound,
        open_database(settings) as database,
        guard_server(database.server),
    ):
        _prepare(database)
        return serve_ledger(
            database,
            bound,
            environ=invocation.environ,
            language=invocation.language,
            with_projector=not no_projector,
            say_ready=lambda url: click.echo("\n".join(banner(url, database, commands=_NEXT))),
        )


def _prepare(database: "Database") -> None:
    """Refuse a ledger that is not this program's; a new one of our own server is set up.

    Raises:
        StartupError: the schema is missing, older, newer or changed.
        LedgerMovingError, LedgerMovedError: it is a closed copy, whose figures stand still.
    """
    from ledger.database import Role
    from ledger.head_state import require_home
    from ledger.migrate import migrate
    from ledger.migration_plan import check, plan

    if database.server is not None and not plan(database).applied:
        migrate(database)
        click.echo(say(_FIRST_RUN), err=True)
    check(database)
    with database.connect(Role.APP) as connection:
        require_home(connection)
