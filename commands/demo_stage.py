"""Without this file a demo would have no place of its own, nothing in it, and no keys."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from commands.demo_report import ranking_lines, report_lines
from commands.demo_sections import section_lines
from commands.demo_timeline import timeline_lines
from commands.failures import CommandError, Exit
from commands.language import say
from domain.dimension import Dimension
from domain.roster import UnitKind
from domain.text import Text
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.migrate import migrate
from ledger.migration_plan import check, plan
from ledger.settings import DatabaseSettings
from projections.engine import Engine
from projections.following import stopped_text
from projections.models import MODELS
from projections.positions import resume_models, statuses
from projections.rate_queries import read_counts
from projections.timeline import read_timeline
from projections.unit_score import read_unit_names, read_unit_scores
from scenarios.player import Played, play
from scenarios.scenario import Scenario

_KEY_LASTS = timedelta(days=1)
_KEY_HOLDERS = ((Role.SUPERVISION, UnitKind.SUPERVISION), (Role.INTAKE, UnitKind.HUB))


@contextmanager
def demo_settings(
    environ: Mapping[str, str], scenario: Scenario, *, is_ephemeral: bool
) -> Iterator[DatabaseSettings]:
    """Yield where to play: the configured database, in a ledger of the demo's own.

    Args:
        environ: The process environment.
        scenario: Names the ledger.
        is_ephemeral: Whether to use an embedded server that is deleted at the end.

    Raises:
        StartupError: a setting is not valid.
        click.UsageError: a database of one's own is not ephemeral.
    """
    settings = replace(DatabaseSettings.from_env(environ), ledger=scenario.ledger)
    if not is_ephemeral:
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


def prepare_demo(database: Database, scenario: Scenario) -> Played:
    """Bring schema, events and read models to where the scenario ends. Blocking.

    Raises:
        StartupError: the schema is not one of this program.
        CommandError: a read model stopped.
        KeyReusedError: another edition of the scenario was played here.
    """
    if plan(database).pending:
        migrate(database)
    check(database)
    played = play(database, scenario)
    with database.connect(DatabaseRole.PROJECTOR, autocommit=True) as connection:
        resume_models(connection)
        Engine(connection, MODELS).catch_up()
        for status in statuses(connection):
            if status.stopped_position is not None:
                raise CommandError(Exit.FINDING, stopped_text(status))
    return played


def content_lines(database: Database, scenario: Scenario) -> list[str]:
    """Return report, ranking, sections and one timeline, as read models have them. Blocking."""
    as_of, zone = scenario.as_of, scenario.zone
    with database.connect(DatabaseRole.APP) as connection:
        counts = read_counts(connection, Dimension.TOTAL, as_of=as_of, zone=zone)
        scores = read_unit_scores(connection, as_of=as_of, zone=zone)
        names = read_unit_names(connection)
        # Everybody in it is invented, so names and texts may be shown.
        timeline = read_timeline(connection, scenario.shown_petition, open_personal=True)
        sections = section_lines(connection, scenario)
    return [
        "",
        *report_lines(scenario.title, counts, zone),
        "",
        *ranking_lines(scores, names),
        "",
        *sections,
        *timeline_lines(timeline, names, zone),
    ]


def key_holders(scenario: Scenario) -> list[tuple[Role, str]]:
    """Return for whom keys are made: a supervision office to read, the hub to file. Pure."""
    return [
        (role, next(each.unit_id for each in scenario.units if each.kind is kind))
        for role, kind in _KEY_HOLDERS
    ]


def issue_demo_keys(database: Database, scenario: Scenario) -> list[tuple[Text, str]]:
    """Make a key to read with and a key to file petitions with, each for a day. Blocking.

    Returns:
        Whom each key stands for, and its text.
    """
    now = datetime.now(UTC)
    with PetitionLedger(database, lambda: now) as ledger:
        roster = ledger.reference.roster().state
    keys = []
    for role, unit in key_holders(scenario):
        grant = KeyGrant(
            label=f"{scenario.ledger} {role.value}",
            role=role,
            actor_id=f"{unit}-{role.value}",
            unit=unit,
            expires_at=now + _KEY_LASTS,
        )
        label = Text(
            f"示范密钥（{role.label.zh}，一天有效）", f"Demo key ({role.label.en}, valid one day)"
        )
        keys.append((label, issue_key(database, grant, roster, now)))
    return keys
