"""Without this file a slip in a file of figures could be guessed over, or end in a traceback."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from commands.failures import CommandError, Exit
from commands.press_file import BYTES_MAX, PASSAGES_MAX, read_press_file, read_press_text
from commands.yaml_tree import DEPTH_MAX
from domain.figure import Percent
from domain.press_text import Count, CountKind, RateKind

COUNTS = "counts: {closed: 128, received: 130}\n"


def refusal(read: Callable[[], object]) -> CommandError:
    """Return the error of a reading that must fail; it is an error of usage, in two languages."""
    with pytest.raises(CommandError) as caught:
        read()
    error = caught.value
    assert error.exit_code is Exit.USAGE
    assert "没有检查任何数字" in error.text.zh
    assert "No figure was examined" in error.text.en
    return error


def test_text_of_one_passage_is_read_as_printed() -> None:
    """Counts, rates and sums at the top are one passage with its scope and cut-off."""
    text = read_press_text(
        """
        title: Press
        as_of: 2019-12-01
        scope: main
        scopes: {main: sessions, sessions: all}
        counts:
          closed: 128
          received: {value: "1,300", kind: state, label: 收到, scope: all, as_of: 2019-12-31}
        rates: [{name: r, printed: 98.40%, n: closed, d: received, kind: ratio, group: g}]
        sums: [{total: received, parts: [closed, 2], complete: false}]
        """
    )
    (passage,) = text.passages
    day = date(2019, 12, 1)
    closed = Count("closed", 128, scope="main", as_of=day)
    received = Count("received", 1300, CountKind.STATE, "收到", "all", date(2019, 12, 31))

    assert text.title == "Press"
    assert text.wider == {"main": {"sessions", "all"}, "sessions": {"all"}}
    assert passage.counts == {"closed": closed, "received": received}
    (rate,) = passage.rates
    assert (rate.printed, rate.n, rate.denominators) == (Percent(9840, 2), closed, (received,))
    assert (rate.kind, rate.group) == (RateKind.RATIO, "g")
    assert passage.sums[0].parts == (closed, Count("", 2, scope="main", as_of=day))
    assert not passage.sums[0].is_complete


def test_passages_take_scope_and_cut_off_from_the_top() -> None:
    """What the whole text states need not be repeated; a passage may state its own."""
    text = read_press_text(
        "scope: all\nas_of: 2019-12-01\npassages:\n- counts: {a: 1}\n- {scope: x, counts: {a: 2}}"
    )
    scopes = [passage.counts["a"].scope for passage in text.passages]
    days = [passage.counts["a"].as_of for passage in text.passages]

    assert scopes == ["all", "x"]
    assert days == [date(2019, 12, 1)] * 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("5", 1, "must be a mapping"),
        ("counts: [1]", 1, "counts: must map names to counts"),
        ("title: x", 1, "must hold 1 to 1000 figures, not 0"),
        ("counts:\n  closed: many", 2, "counts.closed: 'many' is no count"),
        ("counts:\n  closed: -5", 2, "counts.closed: '-5' is no count"),
        ("counts:\n  closed: 1.5", 2, "is no count"),
        ("counts:\n  closed:", 2, "'' is no count"),
        (f"counts: {{a: {'9' * 9000}}}", 1, "is no count"),
        ("counts:\n  closed: {kind: acts}", 2, "counts.closed.value: the count is missing"),
        ("counts:\n  a: {value: 1, kind: act}", 2, "did you mean 'acts'"),
        ("counts:\n  a: {value: 1, as_of: 2019-13-01}", 2, "must be a day"),
        ("counts:\n  a: {value: 1, as_of: 1 Dec}", 2, "must be a day"),
        (f"counts:\n  ? {'n' * 201}\n  : 1", 2, "a name has 1 to 200 characters"),
        ("counts:\n  5: 1", 2, "does not begin with a digit"),
        ("counts:\n  a: 1\n  b: 2\n  a: 3", 4, "a: the key stands in line 2 already"),
        ("count:\n  a: 1", 1, "count: not known; did you mean 'counts'"),
        ("zzz: 1", 1, "zzz: not known; known: title"),
        ("passages:\n- counts: {a: 1}\n  rate: []", 3, "passages[1].rate: not known; did you"),
        ("counts: {a: 1}\npassages: []", 1, "counts: not known"),
        ("rates: 5", 1, "rates: must be a list"),
        ("rates: [{printed: 5}]", 1, "rates[1].name: the name is missing"),
        ("rates:\n- name: r\n  printed: abc", 3, "rates[1].printed: 'abc' is no percentage"),
        ("rates:\n- name: r\n  printed: 98.4600001", 3, "at most 6 decimals"),
        ("rates:\n- name: r\n  printed: [5]", 3, "must be a single value"),
        ("rates:\n- name: r\n  d: 5", 2, "needs printed or n at least"),
        (COUNTS + "rates:\n- {name: r, n: close}", 3, "rates[1].n: not known; did you mean"),
        (COUNTS + "rates:\n- {name: r, n: [5]}", 3, "must be the name of a count"),
        ("sums:\n- total: 5", 2, "sums[1].parts: needs total and parts"),
        ("sums:\n- parts: [5]", 2, "sums[1].total: needs total and parts"),
        ("sums:\n- {total: 5, parts: [5], complete: maybe}", 2, "must be true or false"),
        ("title: |\n  a\n  b\ncounts: {a: 1}", 1, "title: must be one line"),
        (COUNTS + "scopes: {a: b, b: a}", 2, "scopes contain each other in a circle"),
        (COUNTS + "scopes: [a]", 2, "must map each scope"),
        ("counts:\n  a: &x 1\n  b: *x", 2, "anchors, aliases and tags are refused"),
        ("counts:\n  a: !!python/object:os.system 1", 2, "anchors, aliases and tags"),
        ("counts:\n  ? [a]\n  : 1", 2, "a key must be a plain text"),
        ("counts: {a: 1}\n---\ncounts: {a: 2}", 3, "one document only"),
        ("counts: {a: 1", 1, "no valid YAML"),
        ("counts:\n  a: 1\n b: 2", 3, "no valid YAML"),
        ("counts:\n  a: \0", 2, "a character that is not allowed"),
        ("counts:\n  a: \ud800", 2, "a character that is not allowed"),
        ("[" * 50_000, 1, f"nested more than {DEPTH_MAX} deep"),
    ],
)
def test_slip_is_named_by_line_and_key(text: str, line: int, words: str) -> None:
    """Each kind of slip says where it stands and what belongs there."""
    error = refusal(lambda: read_press_text(text))

    assert error.text.en.startswith(f"Line {line}")
    assert error.text.zh.startswith(f"第 {line} 行")
    assert words in error.text.en


def test_alias_bomb_is_refused_before_it_grows() -> None:
    """Nine levels of nine aliases each would be a billion values."""
    levels = ["a0: &a0 [x, x, x]"]
    levels += [
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 10)
    ]

    assert "anchors" in refusal(lambda: read_press_text("\n".join(levels))).text.en


def test_file_is_bounded_and_utf_8(tmp_path: Path) -> None:
    """A file too long or in another encoding is refused; a byte order mark is not."""
    path = tmp_path / "press.yaml"
    path.write_bytes(b"#" * (BYTES_MAX + 1))
    assert "65536 bytes" in refusal(lambda: read_press_file(path)).text.en
    path.write_bytes("title: x\ncounts: {办结: 1}".encode("gb18030"))
    assert "Line 2: is not UTF-8" in refusal(lambda: read_press_file(path)).text.en
    path.write_bytes("counts: {办结: 1}".encode("utf-8-sig"))
    assert list(read_press_file(path).passages[0].counts) == ["办结"]


def test_figures_of_a_file_are_limited() -> None:
    """More than a thousand figures are no press text."""
    counts = ", ".join(f"c{place}: 1" for place in range(1001))
    parts = ", ".join(["1"] * 1000)
    passages = "[" + ", ".join(["{counts: {a: 1}}"] * (PASSAGES_MAX + 1)) + "]"

    assert "not 1001" in refusal(lambda: read_press_text(f"counts: {{{counts}}}")).text.en
    for figure in (
        f"sums: [{{total: 1, parts: [{parts}]}}]",
        f"rates: [{{name: r, n: 1, d: [{parts}]}}]",
    ):
        assert "not 1001" in refusal(partial(read_press_text, figure)).text.en
    assert "at most 50" in refusal(lambda: read_press_text(f"passages: {passages}")).text.en
