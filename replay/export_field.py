"""Without this file each format would have its own idea of what a column holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from domain.text import Text
from domain.vocabulary import Labelled

Value = str | int | bool | Decimal | date | datetime | None
"""One cell of an export; instants are aware, decimals have two places."""


NO_TEXT: Final = Text("", "")


class FieldKind(Labelled):
    """What a column holds, apart from any format."""

    TEXT = "text", "文本", "text"
    CODE = "code", "代码", "code"
    COUNT = "count", "件数", "count"
    PERCENT = "percent", "百分比", "percentage"
    POINTS = "points", "分值", "points"
    DAY = "day", "日期", "civil date"
    INSTANT = "instant", "时点", "instant"
    FLAG = "flag", "是否", "yes or no"


class ShareNote(Labelled):
    """Why a percentage is no plain number; empty where it is one."""

    NO_CASES = "no_cases", "无办件", "no cases"
    FEW_CASES = "few_cases", "件数过少", "too few cases"
    WITHHELD = "withheld", "不予计算", "withheld"
    SUPPRESSED = "suppressed", "*", "*"
    NEARLY_ALL = "nearly_all", ">99.99", ">99.99"
    NEARLY_NONE = "nearly_none", "<0.01", "<0.01"


class Missing(Labelled):
    """Why a value is missing; each reason is a code of its own."""

    NOT_DUE = "not_due", "未到期", "not due yet"
    UNREACHED = "unreached", "未接通", "not reached"
    NOT_APPLICABLE = "not_applicable", "不适用", "not applicable"
    OMITTED = "omitted", "遗漏", "omitted"


@dataclass(frozen=True)
class Share:
    """Which columns a percentage is made of, and which one says why there is none."""

    n: str
    d: str
    note: str


@dataclass(frozen=True)
class Field:
    """One column of an export.

    Attributes:
        name: Stable ASCII identifier.
        label: What people call it.
        kind: What it holds.
        about: What it means, where the label does not say it.
        group: Upper level of a printed head; empty texts stand for none.
        unit: What is counted.
        codes: What each code stands for; empty where any value may stand.
        missing_in: Column that says why a value is missing.
        definition: Identifier with version of the metric.
        share: For a percentage, what it is made of.
        is_printed: Whether the printed form has it; the data always do.
        width: Of the printed column, in half-width characters; 0 follows the kind.
    """

    name: str
    label: Text
    kind: FieldKind
    about: Text = NO_TEXT
    group: Text = NO_TEXT
    unit: Text = NO_TEXT
    codes: Mapping[str, Text] = field(default_factory=dict)
    missing_in: str | None = None
    definition: str | None = None
    share: Share | None = None
    is_printed: bool = True
    width: int = 0

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number that stands to the right."""
        return self.kind in _FIGURES

    @property
    def full_label(self) -> Text:
        """Its label with that of its group, so that no two columns are called the same."""
        if not self.group.zh:
            return self.label
        return Text(f"{self.group.zh} {self.label.zh}", f"{self.group.en}, {self.label.en}")


_FIGURES: Final = frozenset({FieldKind.COUNT, FieldKind.PERCENT, FieldKind.POINTS})


def codes_of(words: type[Labelled]) -> dict[str, Text]:
    """Return the code list of a closed vocabulary; pure."""
    return {each.value: each.label for each in words}
