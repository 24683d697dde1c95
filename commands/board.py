"""Without this file no list of cases could be read from a terminal."""

from collections.abc import Mapping
from typing import Any

import click

from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

BOARDS: Mapping[str, Text] = {
    "deadlines": Text("时限看板", "running clocks"),
    "promises": Text("承诺台账", "promises"),
    "backlog": Text("挂账台账", "backlog"),
    "upward-reports": Text("报备台账", "upward reports"),
    "public-replies": Text("公开回复", "public replies"),
    "custody": Text("时间去向（已办结）", "custody of time, closed petitions"),
    "sessions": Text("活动台账", "sessions"),
    "supervision": Text("督办台账", "supervision orders"),
    "enterprises": Text("企业档案", "enterprise profiles"),
    "appeals": Text("考评申诉", "appeals of scores"),
    "activities": Text("活动与服务计数", "activities and services"),
    "inbox": Text("政策推送", "policy inbox"),
    "outbox": Text("外发消息", "outgoing messages"),
    "scopes": Text("收件不完整的范围", "scopes with incomplete intake"),
}
"""Every list, in the order the help page names them."""

_LIMIT_MAX = 500
_LISTED = Text(
    "；".join(f"{name} {title.zh}" for name, title in BOARDS.items()),
    "; ".join(f"{name}: {title.en}" for name, title in BOARDS.items()),
)
_ABOUT = Text(
    f"列出一个台账。\n\nNAME：{_LISTED.zh}。\n\n终端中对齐显示，管道中以制表符分隔。",
    f"List a board.\n\nNAME is one of {_LISTED.en}.\n\nAligned on a terminal, separated by tabs "
    "in a pipe.",
)
_UNIT = Text("只看此单位。", "Only this unit.")
_AS_OF = Text(
    "截至时点（ISO 8601，默认现在；只写日期指该日终了）。",
    "As of this instant (ISO 8601; now by default; a bare day means its end).",
)
_FROM = Text(
    "首日（custody、sessions、activities）。", "First day (custody, sessions, activities)."
)
_TO = Text("末日（同上）。", "Last day of the same lists.")
_EVER = Text("含已销账（backlog）。", "Also what has left the list (backlog).")
_ACCOUNT = Text("谁的推送（inbox）。", "Whose inbox (inbox).")
_LIMIT = Text("最多列出多少行。", "List at most so many lines.")
_JSON = Text("输出 JSON（taizhang.board/1）。", "Print JSON (taizhang.board/1).")


@click.command(help=say(_ABOUT))
@click.argument("name", type=click.Choice(list(BOARDS)), metavar="NAME")
@click.option("--unit", metavar="CODE", help=say(_UNIT))
@click.option("--as-of", "as_of", metavar="ISO", help=say(_AS_OF))
@click.option("--from", "first", metavar="DAY", help=say(_FROM))
@click.option("--to", "last", metavar="DAY", help=say(_TO))
@click.option("--ever", is_flag=True, help=say(_EVER))
@click.option("--account", metavar="CODE", help=say(_ACCOUNT))
@click.option(
    "--limit",
    type=click.IntRange(1, _LIMIT_MAX),
    default=50,
    show_default=True,
    help=say(_LIMIT),
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def board(
    invocation: Invocation,
    /,
    name: str,
    as_of: str | None,
    first: str | None,
    last: str | None,
    *,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print one list."""
    from commands.board_lists import LISTS
    from commands.board_text import Asked, print_board
    from commands.instants import last_instant, read_days
    from commands.reading import open_reading

    given = {"as_of": as_of, "first": first, "last": last, **options}
    _check(name, LISTS[name].takes, {each for each, value in given.items() if value})
    first_day, last_day = read_days(first, last)
    with open_reading(invocation) as reading:
        asked = Asked(
            as_of=last_instant(as_of, reading.zone) if as_of else reading.now,
            first=first_day,
            last=last_day,
            **options,
        )
        print_board(name, BOARDS[name], LISTS[name], reading, asked, as_json=as_json)


def _check(name: str, takes: frozenset[str], given: set[str]) -> None:
    if name == "inbox" and "account" not in given:
        raise click.UsageError(
            say(
                Text(
                    "inbox 须用 --account 指明账号；未列出任何内容，请补上后重试。",
                    "inbox needs --account; nothing was listed, name whose it is.",
                )
            )
        )
    names = {"first": "from", "last": "to"}
    foreign = sorted(names.get(each, each) for each in given - takes - {"limit"})
    if foreign:
        options = ", ".join(f"--{each.replace('_', '-')}" for each in foreign)
        raise click.UsageError(
            say(
                Text(
                    f"{name} 不接受 {options}；未列出任何内容，请去掉后重试。",
                    f"{name} takes no {options}; nothing was listed, leave it out.",
                )
            )
        )
