"""Without this file no label or error text could exist in both languages at once."""

from typing import NamedTuple


class Text(NamedTuple):
    """One text in 简体中文 and English, both always present."""

    zh: str
    en: str
