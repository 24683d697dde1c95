"""Without this file nobody could ask a terminal whether published figures can be true."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.failures import CommandError, Exit
from commands.language import say
from domain.figure import FigureError, read_count, read_percent
from domain.fractions import D_MAX, SPAN_MAX, Search
from domain.print_window import PrintRounding
from domain.text import Text

if TYPE_CHECKING:
    from domain.finding import Finding
    from domain.press_text import PressText

_ABOUT = Text(
    "检验已公布的数字：哪些分数可能得出，哪些不可能，哪些相互矛盾。\n\n"
    "用选项给出数字，或用 FILE（YAML，格式见 docs/FORENSICS.md）给出一篇报道的全部数字。"
    "不读账本，不联网。有不可能或矛盾之处时退出码为 1。",
    "Examine published figures: which fractions can have produced them, which cannot, and which "
    "figures contradict each other.\n\n"
    "Give the figures as options, or a whole text's figures as FILE (YAML, see "
    "docs/FORENSICS.md). Reads no ledger. Exits 1 if anything is impossible or contradictory.",
)
_RECEIVED = Text("收到或受理件数。", "Petitions received.")
_CLOSED = Text("办结件数。", "Petitions closed.")
_RATE = Text("印出的办结率，照原文的小数位。", "Closure rate as printed, with its decimals.")
_SATISFACTION = Text(
    "印出的满意率；以办结数和收到数为可能的分母。",
    "Satisfaction rate as printed; tried over the closed and over the received.",
)
_COVERAGE = Text("印出的覆盖率。", "Coverage as printed.")
_PERSON_TIMES = Text(
    "参加人次，可能被当作覆盖率的分子。", "Person-times that a coverage may rest on."
)
_VERSUS = Text(
    "同一个数在两处的值，例如 leaders=36,32；可重复。",
    "One count as two passages give it, such as leaders=36,32; may be repeated.",
)
_D_MIN = Text("查找的最小分母。", "Least denominator to try.")
_D_MAX = Text(
    f"查找的最大分母，至多 {D_MAX}，一次至多试 {SPAN_MAX} 个。",
    f"Greatest denominator to try, at most {D_MAX}, and at most {SPAN_MAX} of them.",
)
_ROUNDING = Text("可能的进位方式；可重复，默认全部。", "Rounding to think of; may be repeated.")
_JSON = Text("输出 JSON（taizhang.forensics/1）。", "Print JSON (taizhang.forensics/1).")


def _reading(reader: Callable[[str], object]) -> Callable[..., object]:
    """Return a click callback that reads a figure as it was typed."""

    def read(_context: click.Context, _option: click.Parameter, value: str | None) -> object:
        try:
            return None if value is None else reader(value)
        except FigureError as error:
            raise click.BadParameter(say(error.text)) from error

    return read


def _read_pairs(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> dict[str, tuple[int, int]]:
    pairs: dict[str, tuple[int, int]] = {}
    for value in values:
        name, _, figures = value.partition("=")
        first, _, second = figures.partition(",")
        if not name or not name.isprintable() or name in pairs or not second:
            why = Text("须写作 名称=甲,乙，名称不重复。", "write NAME=A,B, each name once.")
            raise click.BadParameter(f"{value[:40]!a}: {say(why)}")
        try:
            pairs[name] = (read_count(first), read_count(second))
        except FigureError as error:
            raise click.BadParameter(say(error.text)) from error
    return pairs


_count = _reading(read_count)
_percent = _reading(read_percent)


@click.command(help=say(_ABOUT))
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--received", metavar="N", callback=_count, help=say(_RECEIVED))
@click.option("--closed", metavar="N", callback=_count, help=say(_CLOSED))
@click.option("--rate", metavar="PERCENT", callback=_percent, help=say(_RATE))
@click.option("--satisfaction", metavar="PERCENT", callback=_percent, help=say(_SATISFACTION))
@click.option("--coverage", metavar="PERCENT", callback=_percent, help=say(_COVERAGE))
@click.option("--person-times", metavar="N", callback=_count, help=say(_PERSON_TIMES))
@click.option(
    "--versus", multiple=True, metavar="NAME=A,B", callback=_read_pairs, help=say(_VERSUS)
)
@click.option("--d-min", default="1", metavar="N", callback=_count, help=say(_D_MIN))
@click.option(
    "--d-max", default="200", metavar="N", show_default=True, callback=_count, help=say(_D_MAX)
)
@click.option(
    "--rounding",
    "roundings",
    multiple=True,
    type=click.Choice([each.value for each in PrintRounding]),
    help=say(_ROUNDING),
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
def forensics(
    *,
    file: Path | None,
    d_min: int,
    d_max: int,
    roundings: tuple[str, ...],
    as_json: bool,
    **figures: Any,  # noqa: ANN401 - click's own
) -> Exit:
    """Examine figures and print the findings."""
    from commands.forensics_document import print_findings, print_findings_json

    text = _collect(file, figures)
    ways = tuple(PrintRounding(each) for each in dict.fromkeys(roundings)) or tuple(PrintRounding)
    search = Search(d_min, d_max, ways)
    findings = _examine(text, search)
    (print_findings_json if as_json else print_findings)(text, search, findings)
    return Exit.FINDING if any(each.verdict.is_wrong for each in findings) else Exit.DONE


def _collect(file: Path | None, figures: dict[str, Any]) -> "PressText":
    from commands.press_file import read_press_file
    from commands.press_options import make_press_text

    given = {name: value for name, value in figures.items() if value not in (None, {})}
    if bool(given) == (file is not None):
        why = Text(
            "请给出 FILE，或至少一个数字，不能两者都给。",
            "Give either FILE or at least one figure, not both.",
        )
        raise click.UsageError(say(why))
    return make_press_text(**given) if file is None else read_press_file(file)


def _examine(text: "PressText", search: Search) -> "list[Finding]":
    from domain.forensics import examine

    try:
        return examine(text, search)
    except FigureError as error:
        raise CommandError(Exit.USAGE, error.text) from error
