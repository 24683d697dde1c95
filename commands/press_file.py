"""Without this file the figures of a press text would have to be typed as options."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from commands.failures import CommandError, Exit
from commands.press_fields import Fields
from commands.press_figures import FigureReader
from commands.yaml_tree import Mapping as YamlMapping
from commands.yaml_tree import read_yaml, refuse
from domain.press_text import Passage, PressText
from domain.text import Text

BYTES_MAX = 65_536
"""A press text has some dozen figures; this holds thousands."""
FIGURES_MAX = 1_000
"""Counts, rates with their denominators and sums with their parts, in one file together."""
PASSAGES_MAX = 50
"""Each passage is held against each other one."""

_PASSAGE_KEYS = ("name", "as_of", "scope", "counts", "rates", "sums")
_TOP_KEYS = ("title", "scopes")


def read_press_file(path: Path) -> PressText:
    """Return the figures of a YAML file. Blocking; at most ``BYTES_MAX`` bytes are read.

    Raises:
        CommandError: the file cannot be understood; line and key are named.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(BYTES_MAX + 1)
    if len(content) > BYTES_MAX:
        raise CommandError(
            Exit.USAGE,
            Text(
                f"文件超过 {BYTES_MAX} 字节；请分成几个文件。没有检查任何数字。",
                f"The file has more than {BYTES_MAX} bytes; split it. No figure was examined.",
            ),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(line, "", Text("不是 UTF-8 编码", "is not UTF-8")) from error
    return read_press_text(text)


def read_press_text(text: str) -> PressText:
    """Return the figures of a YAML text. Pure.

    Raises:
        CommandError: the text cannot be understood; line and key are named.
    """
    root = read_yaml(text)
    top = Fields.of(root, "", (*_TOP_KEYS, "passages", *_PASSAGE_KEYS))
    if "passages" in top.node.members:
        if len(top.items("passages")) > PASSAGES_MAX:
            why = Text(f"至多 {PASSAGES_MAX} 段", f"at most {PASSAGES_MAX} passages")
            raise top.fail("passages", why)
        top = Fields.of(root, "", (*_TOP_KEYS, "scope", "as_of", "passages"))
        scope, as_of = top.text("scope"), top.day("as_of")
        passages = [
            _read_passage(Fields.of(node, f"passages[{place}]", _PASSAGE_KEYS), scope, as_of)
            for place, node in enumerate(top.items("passages"), 1)
        ]
    else:
        passages = [_read_passage(top, None, None)]
    figures = sum(_figures(passage) for passage in passages)
    if not 1 <= figures <= FIGURES_MAX:
        why = Text(
            f"应有 1 至 {FIGURES_MAX} 个数字，实有 {figures} 个",
            f"must hold 1 to {FIGURES_MAX} figures, not {figures}",
        )
        raise refuse(top.node.line, "", why)
    return PressText(top.text("title") or "", tuple(passages), _read_scopes(top))


def _figures(passage: Passage) -> int:
    return (
        len(passage.counts)
        + sum(1 + len(rate.denominators) for rate in passage.rates)
        + sum(1 + len(each.parts) for each in passage.sums)
    )


def _read_scopes(top: Fields) -> Mapping[str, frozenset[str]]:
    """Return for each scope all that contain it, through any number of steps."""
    node = top.node.members.get("scopes")
    if node is None:
        return {}
    if not isinstance(node, YamlMapping):
        why = Text("应为“小范围: 大范围”", "must map each scope to the one that contains it")
        raise top.fail("scopes", why)
    fields = Fields(node, "scopes")
    parents = {key: fields.text(key) or "" for key in node.members}
    wider: dict[str, frozenset[str]] = {}
    for scope in parents:
        seen: list[str] = []
        above = parents.get(scope)
        while above is not None:
            if above == scope or above in seen:
                why = Text("范围互相包含，成了环", "scopes contain each other in a circle")
                raise fields.fail(scope, why)
            seen.append(above)
            above = parents.get(above)
        wider[scope] = frozenset(seen)
    return wider


def _read_passage(fields: Fields, scope: str | None, as_of: date | None) -> Passage:
    found = FigureReader(fields, fields.text("scope") or scope, fields.day("as_of") or as_of)
    counts = found.counts()
    return Passage(
        fields.text("name") or "",
        counts,
        tuple(found.rate(counts, at, node) for at, node in enumerate(fields.items("rates"), 1)),
        tuple(found.sum(counts, at, node) for at, node in enumerate(fields.items("sums"), 1)),
    )
