"""Without this file findings about published figures would reach no reader."""

from collections.abc import Sequence

from commands.json_text import print_json
from commands.language import say
from commands.table_text import Column, print_head, print_table
from domain.finding import Finding, worst
from domain.fractions import Search
from domain.press_text import PressText
from domain.text import Text

SCHEMA = "taizhang.forensics/1"

_COLUMNS = (
    Column(Text("结论", "verdict"), is_number=False, is_whole=True),
    Column(Text("数字", "figure"), is_number=False),
    Column(Text("说明", "finding"), is_number=False),
    Column(Text("算式", "arithmetic"), is_number=False),
    Column(Text("代码", "code"), is_number=False, is_whole=True),
)


def print_findings(text: PressText, search: Search, findings: Sequence[Finding]) -> None:
    """Write findings to stdout as a table, what was asked first."""
    head = [
        (Text("报表", "report"), say(Text("公布数字检验", "Figure forensics"))),
        (Text("查找分母", "denominators tried"), f"{search.d_min}–{search.d_max}"),
        (Text("进位方式", "rounding"), "; ".join(say(each.label) for each in search.roundings)),
        (Text("总结论", "verdict"), say(worst(findings).label)),
    ]
    if text.title:
        head.insert(1, (Text("文本", "text"), text.title))
    print_head(head)
    print_table(_COLUMNS, [_cells(each) for each in findings])


def print_findings_json(text: PressText, search: Search, findings: Sequence[Finding]) -> None:
    """Write findings to stdout as one JSON document."""
    print_json(
        {
            "schema": SCHEMA,
            "title": text.title or None,
            "search": {
                "d_min": search.d_min,
                "d_max": search.d_max,
                "roundings": [each.value for each in search.roundings],
            },
            "verdict": worst(findings).value,
            "findings": [_member(each) for each in findings],
        }
    )


def _cells(finding: Finding) -> list[str]:
    return [
        say(finding.verdict.label),
        finding.subject,
        say(finding.text),
        finding.arithmetic,
        finding.code,
    ]


def _member(finding: Finding) -> dict[str, object]:
    found = finding.found
    return {
        "code": finding.code,
        "verdict": finding.verdict.value,
        "figure": finding.subject,
        "text": finding.text._asdict(),
        "arithmetic": finding.arithmetic,
        "fractions": None
        if found is None
        else [
            {"n": each.n, "d": each.d, "roundings": [way.value for way in each.roundings]}
            for each in found.fractions
        ],
        "fractions_total": None if found is None else found.total,
    }
