"""Without this file a rate in a file could not refer to the counts that stand beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from commands.press_fields import Fields, join, unknown
from commands.yaml_tree import Listing, Node, Scalar
from commands.yaml_tree import Mapping as YamlMapping
from domain.figure import read_count, read_percent
from domain.press_text import Count, CountKind, PrintedRate, PrintedSum, RateKind
from domain.text import Text

_NAME_MAX = 200
_COUNT_KEYS = ("value", "kind", "label", "scope", "as_of")
_RATE_KEYS = ("name", "printed", "n", "d", "kind", "group")
_SUM_KEYS = ("total", "parts", "complete")
_YES_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class FigureReader:
    """Reads the figures of one passage.

    Attributes:
        fields: The passage.
        scope: Scope of what states none of its own.
        as_of: Cut-off of what states none of its own.
    """

    fields: Fields
    scope: str | None
    as_of: date | None

    def counts(self) -> dict[str, Count]:
        """Return the counts of the passage by name.

        Raises:
            CommandError: one of them cannot be read; as in the methods below.
        """
        node = self.fields.node.members.get("counts")
        if node is None:
            return {}
        if not isinstance(node, YamlMapping):
            why = Text("应为“名称: 件数”", "must map names to counts")
            raise self.fields.fail("counts", why)
        inner = Fields(node, join(self.fields.place, "counts"))
        return {name: self._count(inner, name, value) for name, value in node.members.items()}

    def _count(self, inner: Fields, name: str, node: Node) -> Count:
        if not name or name[0] in "0123456789" or not name.isprintable() or len(name) > _NAME_MAX:
            why = Text(
                f"名称应为 1 至 {_NAME_MAX} 字，不以数字开头",
                f"a name has 1 to {_NAME_MAX} characters and does not begin with a digit",
            )
            raise inner.fail(name, why)
        plain = Count(name, 0, scope=self.scope, as_of=self.as_of)
        if not isinstance(node, YamlMapping):
            value = inner.read(name, read_count)
            return replace(plain, value=value or 0)
        own = Fields.of(node, join(inner.place, name), _COUNT_KEYS)
        stated = own.read("value", read_count)
        if stated is None:
            raise own.fail("value", Text("缺少件数", "the count is missing"))
        return Count(
            name,
            stated,
            own.kind("kind", CountKind) or CountKind.ACTS,
            own.text("label") or "",
            own.text("scope") or self.scope,
            own.day("as_of") or self.as_of,
        )

    def rate(self, counts: Mapping[str, Count], at: int, node: Node) -> PrintedRate:
        """Return one rate; what it is made of is looked up among the counts."""
        own = Fields.of(node, join(self.fields.place, f"rates[{at}]"), _RATE_KEYS)
        name = own.text("name")
        if name is None:
            raise own.fail("name", Text("缺少名称", "the name is missing"))
        over = own.node.members.get("d")
        choices = over.items if isinstance(over, Listing) else () if over is None else (over,)
        above = own.node.members.get("n")
        rate = PrintedRate(
            name,
            own.read("printed", read_percent),
            None if above is None else self._term(own, "n", above, counts),
            tuple(self._term(own, "d", choice, counts) for choice in choices),
            own.kind("kind", RateKind) or RateKind.SHARE,
            own.text("group") or "",
        )
        if rate.printed is None and rate.n is None:
            why = Text("至少要有 printed 或 n", "needs printed or n at least")
            raise own.fail("printed", why)
        return rate

    def sum(self, counts: Mapping[str, Count], at: int, node: Node) -> PrintedSum:
        """Return one sum; its parts are looked up among the counts."""
        own = Fields.of(node, join(self.fields.place, f"sums[{at}]"), _SUM_KEYS)
        total = own.node.members.get("total")
        parts = own.items("parts")
        if total is None or not parts:
            why = Text("需要 total 和 parts", "needs total and parts")
            raise own.fail("total" if total is None else "parts", why)
        complete = own.text("complete") or "true"
        if complete not in _YES_NO:
            raise own.fail("complete", Text("应为 true 或 false", "must be true or false"))
        return PrintedSum(
            self._term(own, "total", total, counts),
            tuple(self._term(own, "parts", part, counts) for part in parts),
            _YES_NO[complete],
        )

    def _term(self, own: Fields, key: str, node: Node, counts: Mapping[str, Count]) -> Count:
        """Return the count a rate or sum refers to, by name or by its own figure."""
        if not isinstance(node, Scalar):
            raise own.fail(key, Text("应为名称或件数", "must be the name of a count, or a count"))
        if node.text in counts:
            return counts[node.text]
        if node.text[:1] in set("0123456789-") or not counts:
            one = Fields(YamlMapping(node.line, {key: node}, {key: node.line}), own.place)
            value = one.read(key, read_count)
            return Count("", value or 0, scope=self.scope, as_of=self.as_of)
        raise unknown(node.line, join(own.place, key), node.text, counts)
