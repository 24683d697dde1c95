"""Without this file people would have to guess what a command is called."""

import click

from commands.act_catalogue import PETITIONS, known_acts
from commands.language import say
from domain.catalogue import RESOURCES
from domain.text import Text

_PETITION = Text("诉求", "petition")


def list_resources() -> None:
    """Write every resource to stdout, one a line."""
    labels = {PETITIONS: _PETITION, **{each.path: each.label for each in RESOURCES}}
    for path, label in labels.items():
        click.echo(f"{path}\t{say(label)}")


def list_acts(path: str) -> None:
    """Write the commands of a resource to stdout: name, what it does, who may give it.

    Raises:
        CommandError: there is no such resource.
    """
    for act in known_acts(path):
        roles = ", ".join(sorted(each.value for each in act.kind.roles))
        click.echo(f"{act.name}\t{say(act.kind.label)}\t{roles}")
