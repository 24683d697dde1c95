"""Without this file a second jurisdiction would need a second installation."""

from typing import TYPE_CHECKING, Any

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import say
from commands.ledger_name import settings_of
from commands.opening_order import Opening, opening_options
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database

_HELP = Text(
    "新建台账并建册：建立模式、角色与授权，执行迁移，登记时区、名称、单位和规则包。\n\n"
    "中断后可重复运行，已有的不变。",
    "Create a ledger and open it: schema, roles and grants, migrations, then zone, name, units and "
    "policy pack.\n\nIt may be run again after an interruption; what is there stays.",
)


@click.command("create", help=say(_HELP))
@click.argument("ledger", metavar="LEDGER")
@opening_options
@click.pass_obj
def create(
    invocation: Invocation,
    /,
    ledger: str,
    **options: Any,  # noqa: ANN401 - click's own
) -> Exit:
    """Create a ledger and open it."""
    from ledger.database import open_database
    from ledger.migrate import migrate
    from ledger.migration_plan import check

    settings = settings_of(invocation, ledger)
    opening = Opening.read(**options)
    with open_database(settings) as database:
        migrate(database)
        check(database)
        _refuse_other(database, opening.name)
        opening.record(database)
    return Exit.DONE


def _refuse_other(database: "Database", name: Text) -> None:
    """Refuse a ledger that was opened for somebody else.

    Raises:
        CommandError: it was.
    """
    from ledger.database import Role
    from replay.jurisdiction import jurisdiction

    with database.connect(Role.APP) as connection:
        found = jurisdiction(connection)
    if found not in {name, Text(database.ledger, database.ledger)}:
        raise CommandError(
            Exit.REFUSED,
            Text(
                f"台账 {database.ledger} 已为“{found.zh}”建册。未作任何更改；请换一个名称。",
                f"Ledger {database.ledger} was opened for '{found.en}'. Nothing was changed; "
                "choose another name.",
            ),
        )
