"""Without this file nobody could read the log itself from a terminal."""

import click

from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_HELP = Text(
    "按位置读取事件，最早的在前。位置是连续的：下一条恒为上一条加一。\n\n个人信息在日志中只有承诺值。",
    "Read events by position, oldest first. Positions are dense: each is the one before plus 1.\n\n"
    "Of personal values the log holds commitments alone.",
)
_AFTER = Text("已读到的位置。", "Last position already known.")
_LIMIT = Text("最多读取的条数。", "Read at most so many.")
_JSON = Text("输出 JSON（taizhang.events/1）。", "Print JSON (taizhang.events/1).")
_JSONL = Text("每行一条事件的 JSON。", "One event as JSON a line.")


@click.command("events", help=say(_HELP))
@click.option("--after", type=click.IntRange(0), default=0, show_default=True, help=say(_AFTER))
@click.option(
    "--limit", type=click.IntRange(1, 500), default=50, show_default=True, help=say(_LIMIT)
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.option("--jsonl", "as_lines", is_flag=True, help=say(_JSONL))
@click.pass_obj
def events(
    invocation: Invocation, /, *, after: int, limit: int, as_json: bool, as_lines: bool
) -> None:
    """Print a page of the log."""
    from contextlib import closing

    import msgspec

    from api.feed import FeedEvent
    from commands.instants import local_text
    from commands.json_text import print_json
    from commands.opening import open_ledger
    from commands.table_text import Column, print_table
    from domain.event_labels import EVENT_LABELS
    from ledger.database import Role
    from ledger.log_reader import LogReader
    from ledger.read_connections import ReadConnections
    from ledger.zone import ledger_zone

    with (
        open_ledger(invocation) as database,
        closing(ReadConnections(lambda: database.connect(Role.APP, autocommit=True))) as readers,
        database.connect(Role.APP) as connection,
    ):
        page = LogReader(readers).read_log(after, limit)
        zone = ledger_zone(connection)
    if as_lines:
        for event in page:
            click.echo(msgspec.json.encode(FeedEvent.of(event)).decode())
        return
    if as_json:
        items = [msgspec.to_builtins(FeedEvent.of(event)) for event in page]
        last = page[-1].position if page else after
        print_json({"schema": "taizhang.events/1", "items": items, "next_after": last})
        return
    columns = [
        Column(Text("位置", "position")),
        Column(Text("时间", "occurred"), is_number=False),
        Column(Text("入账", "recorded"), is_number=False),
        Column(Text("事件", "event"), is_number=False),
        Column(Text("主题", "topic"), is_number=False),
        Column(Text("流", "stream"), is_number=False),
        Column(Text("版本", "version")),
        Column(Text("办理", "actor"), is_number=False),
    ]
    print_table(
        columns,
        [
            [
                str(event.position),
                local_text(event.occurred_at, zone),
                local_text(event.recorded_at, zone),
                say(EVENT_LABELS[event.topic]),
                event.topic,
                str(event.originator_id),
                str(event.version),
                "/".join(filter(None, (event.actor_role, event.actor_unit, event.actor_id))),
            ]
            for event in page
        ],
    )
