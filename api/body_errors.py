"""Without this file a client would be told of a wrong body in one language and without a place."""

import re
from collections.abc import Callable
from typing import Final

from api.schema_limits import LINE_END_GUARD
from domain.text import Text

_PLACE: Final = re.compile(r" - at `\$?(.*)`$", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")

_GUARD_SHOWN: Final = LINE_END_GUARD.replace("\\", "\\\\")
"""As msgspec quotes it; a clerk has no use for it."""

# What msgspec says, and how a clerk is told.
_SENTENCES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"Object missing required field `(.+)`"), lambda found: f"缺少必填项 {found[1]}"),
    (re.compile(r"Object contains unknown field `(.+)`"), lambda found: f"没有 {found[1]} 这一项"),
    (re.compile(r"Invalid enum value (.+)"), lambda found: f"{found[1]} 不在规定范围"),
    (re.compile(r"Expected `str` of length >= (\d+)"), lambda found: f"至少 {found[1]} 个字符"),
    (re.compile(r"Expected `str` of length <= (\d+)"), lambda found: f"至多 {found[1]} 个字符"),
    (re.compile(r"Expected `array` of length <= (\d+)"), lambda found: f"至多 {found[1]} 项"),
    (re.compile(r"Expected `str` matching regex (.+)"), lambda found: f"格式须符合 {found[1]}"),
    (
        re.compile(r"Expected `datetime` with a timezone component"),
        lambda _: "时间须带时区，例如 2026-09-01T10:43:00+08:00",
    ),
    (re.compile(r"Invalid RFC3339 encoded datetime"), lambda _: "不是 RFC 3339 格式的时间"),
    (re.compile(r"Invalid UUID"), lambda _: "不是 UUID"),
    (re.compile(r"Expected `(.+)`, got `(.+)`"), lambda found: f"应为 {found[1]}，而非 {found[2]}"),
    (re.compile(r"Expected `int` >= (-?\d+)"), lambda found: f"不得小于 {found[1]}"),
    (re.compile(r"Expected `int` <= (-?\d+)"), lambda found: f"不得大于 {found[1]}"),
)
_NAMED: Final = re.compile(r"Object (?:missing required|contains unknown) field `(.+)`")


def explain_mismatch(message: str) -> tuple[str, Text]:
    """Return where a body departs from its schema, as a JSON pointer, and how.

    Pure.

    Args:
        message: What msgspec says, with its own kind of path at the end.
    """
    message = message.replace(_GUARD_SHOWN, "")
    place = _PLACE.search(message)
    said = message[: place.start()] if place else message
    pointer = _pointer(place[1]) if place else ""
    if named := _NAMED.match(said):
        pointer += f"/{_escaped(named[1])}"
    for pattern, translate in _SENTENCES:
        if found := pattern.match(said):
            return pointer, Text(translate(found), said)
    return pointer, Text(f"不合要求（{said}）", said)


def _pointer(path: str) -> str:
    return "".join(f"/{_escaped(name or place)}" for name, place in _STEP.findall(path))


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
