"""Without this file an error in a YAML file would not say in which line it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commands.failures import CommandError, Exit
from domain.text import Text

DEPTH_MAX = 8
"""How deep lists and mappings may nest; a deeper file is refused before it is built."""

_NO_ALIAS = Text(
    "不接受锚点、别名和标签；请把内容直接写出",
    "anchors, aliases and tags are refused; write it out",
)
_TOO_DEEP = Text(f"嵌套超过 {DEPTH_MAX} 层", f"nested more than {DEPTH_MAX} deep")
_PLAIN_KEYS = Text("键必须是文字", "a key must be a plain text")
_ONE_DOCUMENT = Text("一个文件只能有一份文档", "a file holds one document only")
_EMPTY = Text("文件是空的", "the file is empty")


@dataclass(frozen=True)
class Scalar:
    """A single value, exactly as it is written; nothing is read as a number or a date."""

    line: int
    text: str


@dataclass(frozen=True)
class Listing:
    """A list."""

    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Mapping:
    """A mapping whose keys differ; ``lines`` says where each stands."""

    line: int
    members: dict[str, "Node"]
    lines: dict[str, int]


Node = Scalar | Listing | Mapping


def refuse(line: int, place: str, why: Text) -> CommandError:
    """Return the error for a line of a file, and for a key in it where that is known."""
    key_zh, key_en = (f"，{place}", f", {place}") if place else ("", "")
    return CommandError(
        Exit.USAGE,
        Text(
            f"第 {line} 行{key_zh}：{why.zh}。没有检查任何数字。",
            f"Line {line}{key_en}: {why.en}. No figure was examined.",
        ),
    )


def read_yaml(text: str) -> Node:
    """Return a YAML document as a tree that knows its lines. Pure.

    Values stay text: 98.40 keeps its last digit, and no scalar becomes a number of
    unbounded size. Anchors, aliases and tags are refused where they stand, so a file
    cannot grow while it is read or name a Python object.

    Raises:
        CommandError: it is no YAML, or more than figures need; the line is named.
    """
    import yaml

    try:
        events = (event for event in yaml.parse(text, yaml.SafeLoader) if not _is_frame(event))
        first = next(events, None)
        if first is None:
            raise refuse(1, "", _EMPTY)
        root = _build(first, events, 0)
        if (extra := next(events, None)) is not None:
            raise refuse(_line(extra), "", _ONE_DOCUMENT)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        why = Text("含有不允许的字符", "holds a character that is not allowed")
        raise refuse(line, "", why) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = Text(f"不是有效的 YAML（{error.problem}）", f"no valid YAML ({error.problem})")
        raise refuse(mark.line + 1 if mark else 1, "", why) from error
    return root


def _is_frame(event: Any) -> bool:  # noqa: ANN401 - PyYAML has no types
    return type(event).__name__ in {
        "StreamStartEvent",
        "StreamEndEvent",
        "DocumentStartEvent",
        "DocumentEndEvent",
    }


def _line(event: Any) -> int:  # noqa: ANN401 - PyYAML has no types
    return int(event.start_mark.line) + 1


def _build(event: Any, events: Iterator[Any], depth: int) -> Node:  # noqa: ANN401 - PyYAML has no types
    import yaml

    line = _line(event)
    if event.anchor is not None or getattr(event, "tag", None) is not None:
        raise refuse(line, "", _NO_ALIAS)
    if depth > DEPTH_MAX:
        raise refuse(line, "", _TOO_DEEP)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, str(event.value))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_build(item, events, depth + 1))
        return Listing(line, tuple(items))
    return _build_mapping(line, events, depth)


def _build_mapping(line: int, events: Iterator[Any], depth: int) -> Mapping:
    import yaml

    members: dict[str, Node] = {}
    lines: dict[str, int] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _build(event, events, depth + 1)
        if not isinstance(key, Scalar):
            raise refuse(key.line, "", _PLAIN_KEYS)
        if key.text in members:
            first = lines[key.text]
            why = Text(f"与第 {first} 行的键重复", f"the key stands in line {first} already")
            raise refuse(key.line, key.text, why)
        members[key.text] = _build(next(events), events, depth + 1)
        lines[key.text] = key.line
    return Mapping(line, members, lines)
