"""Without this file nobody could see the ledger at work before trusting it with their cases."""

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import Language, say, speak
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database
    from scenarios.scenario import Scenario

_HELP = Text(
    "播放一个城市的示范数据，打印报表、排名和一条时间线，然后启动 API 服务。"
    "示范数据存于单独的台账，不与真实数据混合；重复运行不会重复写入。",
    "Play a city's demo data, print report, ranking and one timeline, then serve the API. Demo "
    "data lie in a ledger of their own, never mixed with yours; playing again adds nothing.",
)
_NO_SERVE = Text("打印后结束，不启动服务。", "Stop after printing.")
_HOST = Text("监听地址。", "Address to listen on.")
_PORT = Text("监听端口。", "Port to listen on.")
_EPHEMERAL = Text("数据放在临时目录，退出即删除。", "Keep nothing: data are deleted at the end.")
_DELETE = Text("删除该城市的示范数据，然后结束。", "Delete the city's demo data, then stop.")
_LANG = Text("输出语言，默认依环境。", "Language of the output; that of the terminal by default.")


@click.command(help=say(_HELP))
@click.argument("city")
@click.option("--no-serve", is_flag=True, help=say(_NO_SERVE))
@click.option("--host", default="127.0.0.1", show_default=True, help=say(_HOST))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say(_PORT)
)
@click.option("--ephemeral", "is_ephemeral", is_flag=True, help=say(_EPHEMERAL))
@click.option("--delete", "is_removal", is_flag=True, help=say(_DELETE))
@click.option("--lang", type=click.Choice([each.value for each in Language]), help=say(_LANG))
@click.pass_obj
def demo(
    invocation: Invocation,
    *,
    city: str,
    no_serve: bool,
    host: str,
    port: int,
    is_ephemeral: bool,
    is_removal: bool,
    lang: str | None,
) -> Exit:
    """Play a city, print what came of it, and serve it."""
    from commands.demo_banner import show_banner
    from commands.demo_stage import content_lines, demo_settings, prepare_demo
    from ledger.database import open_database
    from ledger.startup import bind_port

    language = Language(lang) if lang else invocation.language
    speak(language)
    scenario = _read_scenario(city)
    with ExitStack() as stack:
        # First of all: a taken port must not cost the start of a database.
        bound = None
        if not (no_serve or is_removal):
            bound = stack.enter_context(bind_port(host, port))
        settings = stack.enter_context(
            demo_settings(invocation.environ, scenario, is_ephemeral=is_ephemeral)
        )
        _tell(Text("正在启动数据库……", "Starting the database ..."))
        database = stack.enter_context(open_database(settings))
        if is_removal:
            return _remove(database)
        _tell(_size_text(scenario))
        played = prepare_demo(database, scenario)
        if played.already_there:
            _tell(_known_text(played.already_there))
        click.echo("\n".join(content_lines(database, scenario)))
        show = partial(show_banner, database, scenario, is_ephemeral=is_ephemeral)
        if bound is None:
            show(None)
            return Exit.DONE
        from commands.serving import serve_ledger

        return serve_ledger(
            database,
            bound,
            environ=invocation.environ,
            language=language,
            with_projector=True,
            say_ready=show,
        )


def _read_scenario(city: str) -> "Scenario":
    from scenarios.scenario import read_scenario
    from scenarios.scenario_files import list_cities

    cities = list_cities()
    if city not in cities:
        known = ", ".join(cities)
        raise click.UsageError(
            say(
                Text(
                    f"没有城市“{city}”的示范数据，可选：{known}",
                    f"there is no demo of '{city}', choose one of: {known}",
                )
            )
        )
    return read_scenario(city)


def _remove(database: "Database") -> Exit:
    from ledger.removal import remove_demo

    if remove_demo(database):
        click.echo(say(Text("示范数据已删除。", "The demo data were deleted.")))
    else:
        click.echo(say(Text("没有示范数据，未作更改。", "There are no demo data to delete.")))
    return Exit.DONE


def _size_text(scenario: "Scenario") -> Text:
    petitions, commands = len(scenario.petitions), scenario.commands
    others = scenario.scripts - petitions
    return Text(
        f"正在通过命令写入 {petitions} 件诉求、{others} 项活动，共 {commands} 个环节……",
        f"Playing {petitions} petitions and {others} activities in {commands} commands ...",
    )


def _known_text(already_there: int) -> Text:
    return Text(
        f"其中 {already_there} 项已在台账中，未重复写入。",
        f"{already_there} of them were in the ledger and were not written again.",
    )


def _tell(text: Text) -> None:
    click.echo(say(text), err=True)
