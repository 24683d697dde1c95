"""Without this file no unit could see from a terminal what it has to do next."""

import click

from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_HELP = Text(
    "一个单位的待办事项，时限最近的在前。\n\nUNIT 为单位代码，不写则为枢纽的待办。",
    "What a unit has to do, next deadline first.\n\nUNIT is its code; left out, the hub's work.",
)
_LIMIT = Text("最多列出的行数。", "List at most so many lines.")
_JSON = Text("输出 JSON（taizhang.worklist/1）。", "Print JSON (taizhang.worklist/1).")


@click.command("worklist", help=say(_HELP))
@click.argument("unit", default="")
@click.option(
    "--limit", type=click.IntRange(1, 500), default=50, show_default=True, help=say(_LIMIT)
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def worklist(invocation: Invocation, /, unit: str, *, limit: int, as_json: bool) -> None:
    """Print what a unit owes."""
    from commands.instants import due_text, local_text
    from commands.json_text import print_json
    from commands.reading import open_reading
    from commands.report_document import NO_FIGURE
    from commands.report_question import take_unit_names
    from commands.table_text import Column, print_table
    from domain.vocabulary import PetitionType
    from projections.succession import office_codes
    from projections.worklist import read_worklists

    with open_reading(invocation) as reading:
        take_unit_names(reading, unit)
        # An heir goes on with what the units merged into it were ordered to do.
        codes = office_codes(reading.connection, unit or None, reading.now) or [unit]
        items = read_worklists(reading.connection, codes, limit=limit)
    if as_json:
        members = [
            {
                "petition_id": str(item.petition_id),
                "number": item.number,
                "petition_type": item.petition_type or None,
                "task": item.task.value,
                "label": item.task.label._asdict(),
                "due_at": item.due_at and item.due_at.isoformat(),
                "since": item.since.isoformat(),
                "overdue": item.due_at is not None and item.due_at < reading.now,
            }
            for item in items
        ]
        print_json({"schema": "taizhang.worklist/1", "unit": unit, "items": members})
        return
    columns = [
        Column(Text("时限", "due"), is_number=False),
        Column(Text("逾期", "overdue"), is_number=False),
        Column(Text("事项", "task"), is_number=False),
        Column(Text("编号", "number"), is_number=False),
        Column(Text("类型", "type"), is_number=False),
        Column(Text("始于", "since"), is_number=False),
    ]
    print_table(
        columns,
        [
            [
                NO_FIGURE if item.due_at is None else say(due_text(item.due_at, reading.zone)),
                say(_OVERDUE) if item.due_at and item.due_at < reading.now else "",
                say(item.task.label),
                item.number or str(item.petition_id),
                say(PetitionType(item.petition_type).label) if item.petition_type else NO_FIGURE,
                local_text(item.since, reading.zone),
            ]
            for item in items
        ],
    )


_OVERDUE = Text("逾期", "overdue")
