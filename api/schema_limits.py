"""Without this file clients would read ``anyOf`` where a value may be null, and no bounds."""

from typing import Any, Final

_TEXT_LEN_MAX: Final = 20_000
_ITEMS_MAX: Final = 100_000
_INTEGER_MAX: Final = 2**53
_NULL: Final = {"type": "null"}
LINE_END_GUARD: Final = r"(?!\n)"
"""Ends patterns of commands, for Python's sake: in JSON Schema "$" matches at the end alone."""
_UNBOUNDED_FORMATS: Final = frozenset({"binary"})


def complete_schemas(node: object) -> None:
    """Write ``type: [X, "null"]`` for values that may be null, and bounds where none are told.

    Patterns lose what Python alone needs. Changes the document in place. Examples are left alone.
    """
    if isinstance(node, list):
        for each in node:
            complete_schemas(each)
        return
    if not isinstance(node, dict):
        return
    _collapse_null(node)
    _bound(node)
    if isinstance(pattern := node.get("pattern"), str):
        node["pattern"] = pattern.removesuffix(LINE_END_GUARD)
    for name, child in node.items():
        if name not in {"example", "examples", "default", "enum", "const"}:
            complete_schemas(child)


def _collapse_null(node: dict[str, Any]) -> None:
    choices = node.get("anyOf")
    if not isinstance(choices, list) or _NULL not in choices:
        return
    others = [each for each in choices if each != _NULL]
    if len(others) != 1 or not isinstance(others[0].get("type"), str):
        return
    del node["anyOf"]
    node.update(others[0])
    node["type"] = [others[0]["type"], "null"]
    if "enum" in node:
        node["enum"] = [*node["enum"], None]


def _bound(node: dict[str, Any]) -> None:
    kinds = node.get("type")
    named = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    is_closed = "enum" in node or "const" in node
    if "string" in named and not is_closed and node.get("format") not in _UNBOUNDED_FORMATS:
        node.setdefault("maxLength", 64 if "format" in node else _TEXT_LEN_MAX)
    if "array" in named:
        node.setdefault("maxItems", _ITEMS_MAX)
    if "integer" in named and not is_closed:
        node.setdefault("minimum", -_INTEGER_MAX)
        node.setdefault("maximum", _INTEGER_MAX)
        node.setdefault("format", "int64")
