"""Without this file ``--help`` would import every command and take seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import click

from commands.language import SpokenContext, say
from domain.text import Text


@dataclass(frozen=True)
class LazyCommand:
    """Where a command lives, and its line in the list of commands.

    Args:
        target: ``module:attribute`` of a click command.
        summary: One line for the list; the module is not imported to show it.
    """

    target: str
    summary: Text


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is called.

    Commands whose module is not installed are neither listed nor found.
    """

    context_class = SpokenContext

    def __init__(self, name: str, table: Mapping[str, LazyCommand], help_text: str) -> None:
        super().__init__(name, help=help_text, no_args_is_help=True)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the installed commands, in the order of the table."""
        del ctx
        return [name for name, lazy in self.table.items() if _is_installed(lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None if there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module_name, attribute = self.table[cmd_name].target.split(":")
        command = getattr(import_module(module_name), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.table[cmd_name].target} is no click command")
        _speak_throughout(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone."""
        rows = [(name, say(self.table[name].summary)) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


def _is_installed(lazy: LazyCommand) -> bool:
    return find_spec(lazy.target.partition(":")[0]) is not None


def _speak_throughout(command: click.Command) -> None:
    command.context_class = SpokenContext
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _speak_throughout(child)
