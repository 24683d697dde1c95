"""Without this file an answer about words would lack the petitions of the last hours."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from commands.progress import show_progress
from commands.reading import Reading, read_from
from domain.text import Text
from ledger.database import Database, Role
from replay.demand_documents import WordsPlace, refresh_words


@contextmanager
def open_words(invocation: Invocation) -> Iterator[tuple[Reading, WordsPlace]]:
    """Open the ledger for reading once the words of its newest petitions are read.

    Blocking; closes the ledger afterwards.
    """
    with open_ledger(invocation) as database:
        place = refresh_now(database)
        with read_from(database) as reading:
            yield reading, place


def refresh_now(database: Database, *, is_rebuild: bool = False) -> WordsPlace:
    """Read the words of new petitions, with a bar on a terminal. Blocking."""
    with (
        database.connect(Role.APP, autocommit=True) as connection,
        show_progress(say(Text("读取用词", "Reading words"))) as progress,
    ):
        return refresh_words(connection, is_rebuild=is_rebuild, progress=progress)


def tell_place(place: WordsPlace) -> None:
    """Say on stderr how far the words are."""
    text = Text(
        f"用词已读至第 {place.position} 号事件：{place.documents} 件诉求（{place.method}）。",
        f"Words are read up to event {place.position}: {place.documents} petitions "
        f"({place.method}).",
    )
    click.echo(say(text), err=True)
