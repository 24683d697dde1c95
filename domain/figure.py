"""Without this file a printed figure could be read as a float and lose its last digit."""

import re
from typing import NamedTuple

from domain.errors import DomainError
from domain.text import Text

COUNT_MAX = 10**12
"""No published count is larger; more is a slip of the keyboard."""
PLACES_MAX = 6
"""Decimals of a printed percentage."""
PERCENT_MAX = 10**6
"""Percentages above are refused; those from 100 to here are findings."""

_COUNT = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4}")
_PERCENT = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,20}))?[ ]?[%％]?")
_SHOWN_MAX = 40


class FigureError(DomainError):
    """A figure or a statement about figures that cannot be read; nothing was examined."""

    code = "bad-figure"


class Percent(NamedTuple):
    """A printed percentage: ``scaled`` steps of its last decimal place, ``places`` decimals."""

    scaled: int
    places: int

    @property
    def one(self) -> int:
        """Steps in one per cent."""
        return int(10**self.places)

    def __str__(self) -> str:
        """Return the digits as they were printed, without the sign."""
        if self.places == 0:
            return str(self.scaled)
        whole, rest = divmod(self.scaled, self.one)
        return f"{whole}.{rest:0{self.places}d}"


def read_count(text: str) -> int:
    """Return a printed count, 0 to ``COUNT_MAX``. Pure; separators of thousands may stand.

    Raises:
        FigureError: the text is no such count.
    """
    number = int(text.replace(",", "")) if _COUNT.fullmatch(text) else None
    if number is None or number > COUNT_MAX:
        raise FigureError(
            Text(
                f"“{_shown(text)}”不是件数；请写 0 至 {COUNT_MAX} 的整数，例如 130。",
                f"'{_shown(text)}' is no count; write a whole number from 0 to {COUNT_MAX}, "
                "such as 130.",
            )
        )
    return number


def read_percent(text: str) -> Percent:
    """Return a printed percentage with as many decimals as it shows. Pure.

    Raises:
        FigureError: it is no percentage, is negative, too large or has too many decimals.
    """
    match = _PERCENT.fullmatch(text)
    if match is None or int(match[1]) > PERCENT_MAX or len(match[2] or "") > PLACES_MAX:
        raise FigureError(
            Text(
                f"“{_shown(text)}”不是百分数；请照原文写 0 至 {PERCENT_MAX} 的数，"
                f"小数至多 {PLACES_MAX} 位，例如 98.46。",
                f"'{_shown(text)}' is no percentage; write it as printed, from 0 to "
                f"{PERCENT_MAX} with at most {PLACES_MAX} decimals, such as 98.46.",
            )
        )
    decimals = match[2] or ""
    return Percent(int(match[1] + decimals), len(decimals))


def _shown(text: str) -> str:
    line = "".join(character if character.isprintable() else " " for character in text)
    return line if len(line) <= _SHOWN_MAX else f"{line[:_SHOWN_MAX]}…"
