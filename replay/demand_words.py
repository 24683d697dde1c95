"""Without this file every analysis of demand would cut texts into other words."""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final, NamedTuple

WORDS_VERSION: Final = 1
LETTERS_MIN: Final = 3
"""A Latin word needs as many; one of 汉字 needs two."""

# Parts of speech of rjieba that can be a matter: nouns, short forms, verbs, phrases, places.
_TOPICAL: Final = frozenset("n nz nt ns nr j v vn an l i s eng".split())  # noqa: SIM905 - a list of tags
_NAME: Final = "nr"


class _Rules(NamedTuple):
    stop: frozenset[str]
    surnames: frozenset[str]
    no_names: frozenset[str]
    sha256: str


def words_method() -> str:
    """Return what the words of a text depend on: our rules, the dictionary, the lists. Pure."""
    return f"words@{WORDS_VERSION} rjieba@{version('rjieba')} lists@{_rules().sha256[:8]}"


def count_words(texts: Iterable[str]) -> Mapping[str, int]:
    """Return the topical words of some texts with how often each stands in them.

    Pure; loads the dictionary at its first call in a process. Words that look like a
    person's name, numbers and everything on the stop list are left out.
    """
    from rjieba import tag  # noqa: PLC0415 - who asks for no words need not load a dictionary

    rules = _rules()
    counts: Counter[str] = Counter()
    for text in texts:
        for word, kind in tag(text):
            term = word.lower()
            if kind in _TOPICAL and _is_word(term, kind, rules):
                counts[term] += 1
    return dict(sorted(counts.items()))


def _is_word(term: str, kind: str, rules: _Rules) -> bool:
    if term in rules.stop or not term.isalpha():
        return False
    if term.isascii():
        return len(term) >= LETTERS_MIN
    is_name = kind == _NAME and term[0] in rules.surnames and term not in rules.no_names
    return len(term) > 1 and not is_name


@cache
def _rules() -> _Rules:
    content = files("replay").joinpath("demand_words.toml").read_bytes()
    lists: dict[str, str] = tomllib.loads(content.decode("utf-8"))
    return _Rules(
        frozenset(lists["stop"].split()),
        frozenset(lists["surnames"]) - {"\n"},
        frozenset(lists["no_names"].split()),
        hashlib.sha256(content).hexdigest(),
    )
