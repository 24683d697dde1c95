"""Without this file Chinese columns would not line up, and a pipe would get box drawings."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from commands.language import say
from domain.text import Text


@dataclass(frozen=True)
class Column:
    """One column of a printed table.

    Attributes:
        title: Heading.
        is_number: Whether its cells stand to the right.
        is_whole: Whether its cells may not be broken, as a code; numbers never are.
    """

    title: Text
    is_number: bool = True
    is_whole: bool = False


def print_head(lines: Iterable[tuple[Text, str]]) -> None:
    """Write what a table is about to stdout, one ``# name: value`` a line."""
    for name, value in lines:
        click.echo(f"# {say(name)}: {one_line(value)}")


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Write a table to stdout: aligned on a terminal, separated by tabs in a pipe."""
    if not sys.stdout.isatty():
        click.echo("\t".join(say(column.title) for column in columns))
        for row in rows:
            click.echo("\t".join(one_line(cell) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as RichText

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="")
    for column in columns:
        table.add_column(
            say(column.title),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number or column.is_whole,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(RichText(one_line(cell)) for cell in row))
    Console(file=sys.stdout, highlight=False, markup=False).print(table)


def one_line(text: str) -> str:
    """Return a text that cannot break a line, a column or the terminal.

    Pure. What a petitioner typed may hold tabs, line breaks or escape codes.
    """
    return "".join(character if character.isprintable() else " " for character in text)
