"""Without this file a long command would leave people wondering whether it still works."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

from commands.language import say
from domain.text import Text

PLAIN_LINE_EVERY_S = 10.0


@contextmanager
def show_progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show on stderr how far a work is, for the length of a ``with``.

    A bar with the time left on a terminal, else one plain line every ten seconds.

    Args:
        title: What is being done.

    Yields:
        A function that takes how much is done, and of how much.
    """
    if not sys.stderr.isatty():
        yield _PlainLines(title).show
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _PlainLines:
    """Progress for a log file."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._found: int | None = None
        self._started_s = self._shown_s = monotonic()

    def show(self, done: int, total: int) -> None:
        if self._found is None:
            self._found = done
        now_s = monotonic()
        # What an interrupted run had done says nothing of this one's speed.
        gained = done - self._found
        if now_s - self._shown_s < PLAIN_LINE_EVERY_S or not gained:
            return
        self._shown_s = now_s
        left_s = (now_s - self._started_s) * (total - done) / gained
        left = Text(f"约剩 {left_s:.0f} 秒", f"about {left_s:.0f} s left")
        click.echo(f"{self._title} {done:,}/{total:,} {say(left)}", err=True)
