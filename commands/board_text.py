"""Without this file a list could not be printed for people, for a pipe and for a program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click
import msgspec

from api.schemas import Label
from api.upward_views import StepView
from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from commands.reading import Reading
from commands.table_text import Column, print_head, print_table
from domain.text import Text
from projections.positions import positions

SCHEMA = "taizhang.board/1"
NOTHING = "–"
_NUMBERS = frozenset(
    {
        "amount_fen",
        "attempts",
        "commitments_open",
        "days",
        "departments",
        "items",
        "minutes",
        "person_times",
        "persons",
        "reviews",
        "unit_times",
    }
)
_YES, _NO = Text("是", "yes"), Text("否", "no")
_IN_TIME, _LATE = Text("按时", "in time"), Text("逾期", "late")


@dataclass(frozen=True)
class Asked:
    """What a list is asked for.

    Attributes:
        unit: Only this unit, or None for all.
        as_of: Aware instant of the question.
        first: First local day, where the list takes days.
        last: Last local day.
        ever: Also what has left the list.
        account: Whose, where the list is somebody's own.
        limit: Most lines.
    """

    unit: str | None
    as_of: datetime
    first: date | None
    last: date | None
    ever: bool
    account: str | None
    limit: int


@dataclass(frozen=True)
class BoardList:
    """How a list is read and shown.

    Attributes:
        models: Read models it comes from.
        columns: Fields of a line, and what they are called.
        read: Returns its lines.
        takes: Which of the options it understands, beside the limit.
    """

    models: tuple[str, ...]
    columns: tuple[tuple[str, Column], ...]
    read: Callable[[Reading, Asked], Sequence[msgspec.Struct]]
    takes: frozenset[str]


def columns(*fields: tuple[str, str, str]) -> tuple[tuple[str, Column], ...]:
    """Return the columns of a list from the fields of its lines and their two titles. Pure."""
    return tuple(
        (name, Column(Text(zh, en), is_number=name in _NUMBERS)) for name, zh, en in fields
    )


def print_board(
    name: str, title: Text, listed: BoardList, reading: Reading, asked: Asked, *, as_json: bool
) -> None:
    """Write a list to stdout, its head first; says on stderr where it was cut."""
    lines = listed.read(reading, asked)
    reached = positions(reading.connection)
    position = min(reached.get(model, 0) for model in listed.models)
    if len(lines) == asked.limit:
        cut = Text(
            f"只列出前 {asked.limit} 行；可加大 --limit，或用 --unit 缩小范围。",
            f"The first {asked.limit} lines alone; raise --limit or narrow it down with --unit.",
        )
        click.echo(say(cut), err=True)
    if as_json:
        print_json(
            {
                "schema": SCHEMA,
                "board": name,
                "title": title._asdict(),
                "position": position,
                "as_of": asked.as_of.isoformat(),
                "zone": reading.zone.key,
                "unit": asked.unit,
                "items": msgspec.to_builtins(lines),
            }
        )
        return
    at = local_text(asked.as_of, reading.zone)
    print_head(
        (
            (Text("台账", "board"), say(title)),
            (Text("截至", "as of"), f"{at} [{reading.zone.key}]"),
            (Text("日志位置", "log position"), str(position)),
        )
    )
    shown = [column for _, column in listed.columns]
    rows = [
        [cell(getattr(line, field), reading.zone) for field, _ in listed.columns] for line in lines
    ]
    print_table(shown, rows)


def cell(value: object, zone: ZoneInfo) -> str:  # noqa: PLR0911 - one answer per type
    """Return a value as people read it in a table. Pure."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return say(_YES if value else _NO)
        case datetime():
            return local_text(value, zone)
        case Label(zh, en):
            return say(Text(zh, en))
        case StepView():
            return _step(value, zone)
        case tuple():
            return ", ".join(cell(each, zone) for each in value) or NOTHING
        case msgspec.Struct():
            parts = (cell(getattr(value, each), zone) for each in value.__struct_fields__[1:])
            return " ".join(parts)
        case _:
            return str(value)


def _step(step: StepView, zone: ZoneInfo) -> str:
    if step.in_time is None:
        return NOTHING
    judged = say(_IN_TIME if step.in_time else _LATE)
    return judged if step.done_at is None else f"{local_text(step.done_at, zone)} {judged}"
