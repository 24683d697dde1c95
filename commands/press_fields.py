"""Without this file a slip in a file of figures would not be named by line and key."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from commands.failures import CommandError
from commands.yaml_tree import Listing, Mapping, Node, Scalar, refuse
from domain.figure import FigureError
from domain.text import Text
from domain.vocabulary import Labelled

_TEXT_MAX = 200
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_Value = TypeVar("_Value")
_Kind = TypeVar("_Kind", bound=Labelled)


@dataclass(frozen=True)
class Fields:
    """One mapping of a file, read key by key.

    Attributes:
        node: The mapping.
        place: Its path from the top, as errors name it.
    """

    node: Mapping
    place: str

    @classmethod
    def of(cls, node: Node, place: str, known: Collection[str]) -> "Fields":
        """Return the mapping at a node.

        Raises:
            CommandError: it is no mapping, or has a key that is not known.
        """
        if not isinstance(node, Mapping):
            why = Text(
                f"应为键值对：{'、'.join(known)}", f"must be a mapping of {', '.join(known)}"
            )
            raise refuse(node.line, place, why)
        for key in node.members:
            if key not in known:
                raise unknown(node.lines[key], join(place, key), key, known)
        return cls(node, place)

    def fail(self, key: str, why: Text) -> CommandError:
        """Return the error for one of its keys."""
        return refuse(self.node.lines.get(key, self.node.line), join(self.place, key), why)

    def read(self, key: str, reader: Callable[[str], _Value]) -> _Value | None:
        """Return a value, None where the key is missing.

        Raises:
            CommandError: the value is a list or a mapping, or the reader refuses it.
        """
        node = self.node.members.get(key)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            raise self.fail(key, Text("应为单个值", "must be a single value"))
        try:
            return reader(node.text)
        except FigureError as error:
            # The reader's own sentence ends in a full stop of its language.
            raise self.fail(key, Text(error.text.zh.rstrip("。"), error.text.en[:-1])) from error

    def items(self, key: str) -> tuple[Node, ...]:
        """Return the items of a list, none where the key is missing.

        Raises:
            CommandError: the value is no list.
        """
        node = self.node.members.get(key)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            raise self.fail(key, Text("应为列表", "must be a list"))
        return node.items

    def day(self, key: str) -> date | None:
        """Return a day, None where the key is missing."""
        return self.read(key, _read_day)

    def text(self, key: str) -> str | None:
        """Return a short text, None where the key is missing."""
        return self.read(key, _read_text)

    def kind(self, key: str, kinds: type[_Kind]) -> _Kind | None:
        """Return a member of a closed list, None where the key is missing."""
        text = self.text(key)
        try:
            return None if text is None else kinds(text)
        except ValueError as error:
            known = [each.value for each in kinds]
            line = self.node.lines[key]
            raise unknown(line, join(self.place, key), text or "", known) from error


def join(place: str, key: str) -> str:
    """Return the path of a key; what stands in it may not break the line."""
    shown = "".join(character if character.isprintable() else " " for character in key[:40])
    return f"{place}.{shown}" if place else shown


def unknown(line: int, place: str, name: str, known: Collection[str]) -> CommandError:
    """Return the error for a name that is not one of those known, with the nearest one."""
    near = get_close_matches(name[:_TEXT_MAX], known, n=1)
    hint = (
        Text(f"是否指“{near[0]}”", f"did you mean '{near[0]}'")
        if near
        else Text(f"可用：{'、'.join(known)}", f"known: {', '.join(known)}")
    )
    return refuse(line, place, Text(f"不认识；{hint.zh}", f"not known; {hint.en}"))


def _read_text(text: str) -> str:
    if not text or len(text) > _TEXT_MAX or not text.isprintable():
        raise FigureError(
            Text(
                f"应为一行 1 至 {_TEXT_MAX} 字的文字。",
                f"must be one line of 1 to {_TEXT_MAX} characters.",
            )
        )
    return text


def _read_day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise FigureError(Text("应为日期，写作 2019-12-01。", "must be a day, written as 2019-12-01."))
