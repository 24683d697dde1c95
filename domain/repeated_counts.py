"""Without this file one text could give the same count twice, and differently."""

from collections.abc import Iterator
from itertools import combinations

from domain.finding import Finding, Verdict
from domain.press_text import Count, Passage, PressText, passage_text
from domain.text import Text


def compare_passages(text: PressText) -> Iterator[Finding]:
    """Yield what counts that stand in two passages say about each other. Pure.

    Cumulative counts of acts grow with a later cut-off and with a wider scope, and with
    nothing else (domain.md decision 10). So where both are stated the order is known and
    can be broken; where one is not, only one change can be thought of that explains all.
    """
    numbered = list(enumerate(text.passages, 1))
    for (place, one), (other_place, other) in combinations(numbered, 2):
        names = (passage_text(one, place), passage_text(other, other_place))
        between = text.passages[place : other_place - 1]
        apart = {name for passage in between for name in passage.counts}
        for finding, name in _compare(text, one, other, names):
            # In a series, what is in order is said from one value to the next alone.
            if finding.verdict.is_wrong or name not in apart:
                yield finding


def _compare(
    text: PressText, one: Passage, other: Passage, names: tuple[Text, Text]
) -> Iterator[tuple[Finding, str]]:
    falling: list[tuple[Count, Count]] = []
    growing: list[tuple[Count, Count]] = []
    for name, first in one.counts.items():
        second = other.counts.get(name)
        if second is None or not (first.kind.is_cumulative and second.kind is first.kind):
            continue
        ordered = _examine_order(text, first, second)
        if ordered is not None:
            yield ordered, name
        if first.value == second.value or not _is_open(first, second):
            continue
        (falling if first.value > second.value else growing).append((first, second))
    if falling and growing:
        yield _crossed(falling[0], growing[0], names), falling[0][0].name
        return
    for first, second in (*falling, *growing):
        if _examine_order(text, first, second) is None:
            yield _needs_reason(first, second), first.name


def _examine_order(text: PressText, first: Count, second: Count) -> Finding | None:
    """Return what a known order says of two counts, None where scope or date is not stated."""
    forward, back = _precedes(text, first, second), _precedes(text, second, first)
    if not (forward or back):
        return None
    if forward and back:
        if first.value == second.value:
            words = Text("两处一致", "the same in both places")
            return _finding("counts-agree", Verdict.CONSISTENT, first, second, words)
        words = Text(
            "同一范围、同一截止日的同一个数有两个值",
            "one count, one scope, one cut-off, two values",
        )
        return _finding("two-values", Verdict.CONTRADICTION, first, second, words)
    lower, upper = (first, second) if forward else (second, first)
    if lower.value <= upper.value:
        words = Text(
            "随截止日或范围增加，合理", "grows with the cut-off or the scope, as it should"
        )
        return _finding("cumulative-grows", Verdict.CONSISTENT, lower, upper, words)
    if lower.scope == upper.scope:
        words = Text(
            "截止日更晚，累计数反而减少；累计只增不减",
            "falls though the cut-off is later; a cumulative count never falls",
        )
        return _finding("cumulative-falls", Verdict.CONTRADICTION, lower, upper, words)
    words = Text(
        f"“{lower.scope}”包含于“{upper.scope}”，数却更大",
        f"'{lower.scope}' lies within '{upper.scope}' and yet counts more",
    )
    return _finding("part-above-whole", Verdict.CONTRADICTION, lower, upper, words)


def _precedes(text: PressText, first: Count, second: Count) -> bool:
    if first.as_of is None or second.as_of is None:
        return False
    return first.as_of <= second.as_of and text.is_within(first.scope, second.scope)


def _is_open(first: Count, second: Count) -> bool:
    """Whether neither scope nor cut-off is stated to differ, so that either may be guessed."""
    scopes, days = {first.scope, second.scope} - {None}, {first.as_of, second.as_of} - {None}
    return len(scopes) < 2 and len(days) < 2  # noqa: PLR2004 - two stated values differ


def _needs_reason(first: Count, second: Count) -> Finding:
    words = Text(
        "两处不同：只有截止日或范围不同才说得通，原文没有写明",
        "differs: only another cut-off or scope explains it, and the text states none",
    )
    return _finding("needs-scope-or-date", Verdict.POSSIBLE, first, second, words)


def _crossed(
    fall: tuple[Count, Count], rise: tuple[Count, Count], names: tuple[Text, Text]
) -> Finding:
    down = f"{fall[0]} → {fall[1].value}"
    up = f"{rise[0]} → {rise[1].value}"
    words = Text(
        f"从{names[0].zh}到{names[1].zh}：截止更早或范围更窄只解释“{down}”，"
        f"截止更晚或范围更宽只解释“{up}”；没有一个范围或截止日能同时解释",
        f"from {names[0].en} to {names[1].en}: an earlier cut-off or a narrower scope explains "
        f"only '{down}', a later or wider one only '{up}'; no single scope or cut-off "
        "explains both",
    )
    subject = ", ".join(each.label or each.name for each in (fall[0], rise[0]))
    arithmetic = f"{fall[0].value} > {fall[1].value}; {rise[0].value} < {rise[1].value}"
    return Finding("crossed-counts", Verdict.CONTRADICTION, subject, words, arithmetic)


def _finding(code: str, verdict: Verdict, first: Count, second: Count, words: Text) -> Finding:
    sign = "=" if first.value == second.value else "<" if first.value < second.value else ">"
    dated = [
        f"{each.value} ({each.as_of})" if each.as_of else str(each.value)
        for each in (first, second)
    ]
    subject = first.label or first.name
    return Finding(code, verdict, subject, words, f" {sign} ".join(dated))
