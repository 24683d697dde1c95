"""Without this file nobody could see the ledger at work before trusting it with their cases."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import Language, say, speak
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database
    from ledger.settings import DatabaseSettings
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
_LANG = Text("输出语言，默认中文。", "Language of the output; Chinese by default.")


@click.command(help=say(_HELP))
@click.argument("city")
@click.option("--no-serve", is_flag=True, help=say(_NO_SERVE))
@click.option("--host", default="127.0.0.1", show_default=True, help=say(_HOST))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=say(_PORT)
)
@click.option("--ephemeral", is_flag=True, help=say(_EPHEMERAL))
@click.option("--lang", type=click.Choice([each.value for each in Language]), help=say(_LANG))
@click.pass_obj
def demo(
    invocation: Invocation,
    *,
    city: str,
    no_serve: bool,
    host: str,
    port: int,
    ephemeral: bool,
    lang: str | None,
) -> int | None:
    """Play a city, print what came of it, and serve it."""
    speak(Language(lang) if lang else choose_demo_language(invocation.environ))
    scenario = _read_scenario(city)
    del no_serve, host, port
    with _settings(invocation.environ, scenario, ephemeral=ephemeral) as settings:
        from ledger.database import open_database

        _tell(Text("正在启动数据库……", "Starting the database ..."))
        with open_database(settings) as database:
            _prepare(database, scenario)
            click.echo("\n".join(_content(database, scenario)))
    return Exit.DONE


def choose_demo_language(environ: Mapping[str, str]) -> Language:
    """Return English where the environment asks for it, else Chinese, the data's language. Pure."""
    for name in ("TAIZHANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return Language.EN if value.lower().startswith("en") else Language.ZH
    return Language.ZH


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


@contextmanager
def _settings(
    environ: Mapping[str, str], scenario: "Scenario", *, ephemeral: bool
) -> Iterator["DatabaseSettings"]:
    """Yield where to play: the configured database, in a ledger of the demo's own."""
    from tempfile import TemporaryDirectory

    from ledger.settings import DatabaseSettings

    settings = replace(DatabaseSettings.from_env(environ), ledger=scenario.ledger)
    if not ephemeral:
        yield settings
        return
    if settings.dsn is not None:
        raise click.UsageError(
            say(
                Text(
                    "--ephemeral 只用于内置数据库，请取消 TAIZHANG_DSN",
                    "--ephemeral is for the embedded database; unset TAIZHANG_DSN",
                )
            )
        )
    with TemporaryDirectory(prefix="taizhang-demo-", ignore_cleanup_errors=True) as folder:
        # Started by root, the server runs as another account, which has to pass through.
        Path(folder).chmod(0o711)
        yield replace(settings, data_dir=Path(folder))


def _prepare(database: "Database", scenario: "Scenario") -> None:
    """Bring schema, events and read models to where the scenario ends."""
    from ledger.database import Role
    from ledger.migrate import migrate, pending
    from projections.engine import Engine
    from projections.following import stopped_text
    from projections.models import MODELS
    from projections.positions import resume_models, statuses
    from scenarios.player import play

    if pending(database):
        migrate(database)
    _tell(
        Text(
            f"正在通过命令写入 {len(scenario.petitions)} 件诉求、{scenario.commands} 个环节……",
            f"Playing {len(scenario.petitions)} petitions in {scenario.commands} commands ...",
        )
    )
    played = play(database, scenario)
    if played.already_there:
        _tell(
            Text(
                f"{played.already_there} 件已在台账中，未重复写入。",
                f"{played.already_there} were in the ledger and were not written again.",
            )
        )
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        resume_models(connection)
        Engine(connection, MODELS).catch_up()
        for status in statuses(connection):
            if status.stopped_position is not None:
                raise CommandError(Exit.FINDING, stopped_text(status))


def _content(database: "Database", scenario: "Scenario") -> list[str]:
    """Return report, ranking and one timeline, all read from the read models and the log."""
    from commands.demo_report import ranking_lines, report_lines
    from commands.demo_timeline import timeline_lines
    from ledger.database import Role
    from projections.rate_queries import read_counts
    from projections.scope import Dimension
    from projections.timeline import read_timeline
    from projections.unit_score import read_unit_names, read_unit_scores

    as_of, zone = scenario.as_of, scenario.zone
    with database.connect(Role.APP) as connection:
        counts = read_counts(connection, Dimension.TOTAL, as_of=as_of, zone=zone)
        scores = read_unit_scores(connection, as_of=as_of, zone=zone)
        names = read_unit_names(connection)
        timeline = read_timeline(connection, scenario.shown_petition, open_personal=True)
    return [
        "",
        *report_lines(scenario.title, counts, zone),
        "",
        *ranking_lines(scores, names),
        "",
        *timeline_lines(timeline, names, zone),
    ]


def _tell(text: Text) -> None:
    click.echo(say(text), err=True)
