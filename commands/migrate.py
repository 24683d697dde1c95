"""Without this file the schema could only be changed by hand, or by accident at a start."""

from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.json_text import print_json
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from ledger.migration_plan import Plan

_HELP = Text(
    "建立台账的数据库结构，或升级到本程序的版本。可重复运行；同时运行时排队，后者无事可做。",
    "Create a ledger's schema, or bring it up to this program. It may be run again; two at once "
    "queue, and the later one finds nothing to do.",
)
_PLAN = Text("只列出将要执行的迁移，不作更改。", "List what would be applied and change nothing.")
_JSON = Text("输出 JSON（taizhang.migrate/1）。", "Print JSON (taizhang.migrate/1).")


@click.command(help=say(_HELP))
@click.option("--plan", "--dry-run", "is_plan", is_flag=True, help=say(_PLAN))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def migrate(invocation: Invocation, *, is_plan: bool, as_json: bool) -> Exit:
    """Apply, or list, the migrations a ledger lacks."""
    from ledger.database import open_database
    from ledger.migrate import migrate as apply_migrations
    from ledger.migration_plan import plan as compare
    from ledger.settings import DatabaseSettings

    settings = DatabaseSettings.from_env(invocation.environ)
    with open_database(settings) as database:
        found = compare(database)
        if not is_plan:
            # Also where nothing is pending: it prepares roles and refuses a newer schema.
            apply_migrations(database)
    if as_json:
        print_json(_document(settings.ledger, found, is_applied=not is_plan))
    else:
        click.echo("\n".join(_lines(settings.ledger, found, is_plan=is_plan)))
    return Exit.DONE


def _lines(ledger: str, found: "Plan", *, is_plan: bool) -> list[str]:
    heading = Text(f"台账 {ledger}", f"Ledger {ledger}")
    if not found.pending:
        done = Text("结构已是最新，未作更改。", "the schema is current, nothing was changed.")
        return [f"{say(heading)}: {say(done)}"]
    what = Text("将执行", "would apply") if is_plan else Text("已执行", "applied")
    return [f"{say(heading)}: {say(what)}", *(step.title for step in found.pending)]


def _document(ledger: str, found: "Plan", *, is_applied: bool) -> dict[str, object]:
    pending = [step.title for step in found.pending]
    return {
        "schema": "taizhang.migrate/1",
        "ledger": ledger,
        "applied_before": [step.title for step in found.applied],
        "pending": [] if is_applied else pending,
        "applied_now": pending if is_applied else [],
    }
