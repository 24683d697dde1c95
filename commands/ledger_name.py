"""Without this file a ledger's name would be checked only after something was made."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from ledger.settings import DatabaseSettings


def settings_of(invocation: Invocation, name: str, prefix: str = "TAIZHANG_") -> "DatabaseSettings":
    """Return the settings of the environment for the ledger that an argument names.

    Args:
        invocation: With the environment.
        name: Name of the ledger as typed.
        prefix: Beginning of the variables that say which database.

    Raises:
        click.BadParameter: no ledger can have that name.
        StartupError: a setting is not valid.
    """
    from ledger.settings import LEDGER_NAME, LEDGER_NAME_RULE, DatabaseSettings

    if not LEDGER_NAME.fullmatch(name):
        text = Text(
            f"台账名须为：{LEDGER_NAME_RULE.zh}。未作任何更改。",
            f"a ledger's name is {LEDGER_NAME_RULE.en}. Nothing was changed.",
        )
        raise click.BadParameter(say(text), param_hint="LEDGER")
    return replace(DatabaseSettings.from_env(invocation.environ, prefix), ledger=name)
