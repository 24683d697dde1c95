"""Without this file a terminal would speak one language to every reader."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

import click

from commands.click_texts import in_chinese
from domain.text import Text


class Language(StrEnum):
    """The two languages of every text; codes and figures are the same in both."""

    ZH = "zh"
    EN = "en"


_spoken: ContextVar[Language] = ContextVar("spoken", default=Language.EN)


def choose_language(environ: Mapping[str, str]) -> Language:
    """Return the language a terminal asks for.

    Pure. ``TAIZHANG_LANG`` wins; then the locale in POSIX order. English is spoken where it is
    asked for, and Chinese to everybody else, as the API does it.

    Args:
        environ: The process environment.
    """
    for name in ("TAIZHANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return Language.EN if value.lower().startswith("en") else Language.ZH
    return Language.ZH


def speak(language: Language) -> None:
    """Set the language of what runs now; called before any command is loaded."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Set the language for the length of a ``with``, whatever is spoken inside it."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def say(text: Text) -> str:
    """Return a text in the language of this process.

    May be used for the ``help`` of a command too: commands are imported only after
    the language is set.
    """
    return text.zh if _spoken.get() is Language.ZH else text.en


class SpokenFormatter(click.HelpFormatter):
    """Help pages whose headings, which click writes itself, follow the language too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or say_click("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(say_click(heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of terms and what they mean."""
        spoken = [(term, say_click(meaning)) for term, meaning in rows]
        super().write_dl(spoken, col_max, col_spacing)


class SpokenContext(click.Context):
    """A click context that writes its help in the language of the process."""

    formatter_class = SpokenFormatter


def say_click(text: str) -> str:
    """Return what click wrote, in the language of this process."""
    return in_chinese(text) if _spoken.get() is Language.ZH else text
