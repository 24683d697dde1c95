"""Without this file a timeline could be read by programs alone."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from commands.instants import due_text, local_text
from commands.language import say
from commands.table_text import Column, print_head, print_table
from domain.running_clocks import RunningClock
from domain.text import Text
from projections.kept_timelines import Timeline
from projections.timeline_entry import TimelineEntry

SCHEMA = "taizhang.petition/1"

_NOTHING = "–"
_SEALED = Text("〔密〕", "[sealed]")
_BACKDATED = Text("补录", "backdated")
_LATE = Text("逾期", "late")
_BY = Text("止", "due")
_PROVISIONAL = Text("（暂定）", " (provisional)")
_COLUMNS = (
    Column(Text("版本", "version")),
    Column(Text("发生", "occurred"), is_number=False),
    Column(Text("事件", "act"), is_number=False),
    Column(Text("状态", "state"), is_number=False),
    Column(Text("经办", "actor"), is_number=False),
    Column(Text("计时", "clocks"), is_number=False),
    Column(Text("标记", "flags"), is_number=False),
    Column(Text("内容", "content"), is_number=False),
)


def print_timeline(timeline: Timeline, zone: ZoneInfo) -> None:
    """Write a timeline to stdout as a table, the petition's own facts above it.

    Args:
        timeline: What to print; personal values show only where they were opened.
        zone: Zone of the instants.
    """
    facts = timeline.facts
    head = [
        (Text("标识", "id"), str(facts.petition_id)),
        (Text("编号", "number"), facts.number or _NOTHING),
        (Text("状态", "state"), say(facts.state.label)),
        (Text("类型", "type"), say(facts.petition_type.label) if facts.petition_type else _NOTHING),
        (Text("渠道", "channel"), say(facts.channel.label)),
        (Text("提交", "submitted"), local_text(facts.submitted_at, zone)),
        (Text("时区", "zone"), zone.key),
    ]
    print_head(head)
    print_table(_COLUMNS, [_cells(entry, zone) for entry in timeline.entries])


def timeline_document(timeline: Timeline) -> dict[str, object]:
    """Return a timeline as plain values for JSON. Pure."""
    facts = timeline.facts
    return {
        "schema": SCHEMA,
        "petition_id": str(facts.petition_id),
        "number": facts.number,
        "version": facts.version,
        "state": {"code": facts.state.value, "label": facts.state.label._asdict()},
        "petition_type": facts.petition_type and facts.petition_type.value,
        "channel": facts.channel.value,
        "region": facts.region,
        "submitted_at": facts.submitted_at.isoformat(),
        "entries": [_entry_member(entry) for entry in timeline.entries],
    }


def _cells(entry: TimelineEntry, zone: ZoneInfo) -> list[str]:
    flags = [f"{say(_LATE)}: {say(clock.label)}" for clock in entry.late]
    if entry.backdated:
        flags.insert(0, f"{say(_BACKDATED)} {local_text(entry.recorded_at, zone)}")
    clocks = [
        f"{say(each.clock.label)} {say(_BY)} {say(due_text(each.due_at, zone))}"
        f"{say(_PROVISIONAL) if each.provisional else ''}"
        for each in entry.running
    ]
    return [
        str(entry.version),
        local_text(entry.occurred_at, zone),
        say(entry.label),
        say(entry.state.label),
        "/".join(part for part in (entry.actor_unit, entry.actor_id) if part),
        "; ".join(clocks) or _NOTHING,
        "; ".join(flags) or _NOTHING,
        "; ".join(_content(entry.fields)) or _NOTHING,
    ]


def _content(value: object, name: str = "") -> Iterator[str]:
    """Yield what a payload says, ``name=value``; deadlines stand in a column of their own."""
    match value:
        case None | [] | {"commitment": None}:
            return
        case {"commitment": _, "value": opened}:
            yield from _content(opened, name)
        case {"commitment": _}:
            yield f"{name}={say(_SEALED)}"
        case dict():
            for key, child in value.items():
                if key != "deadlines":
                    yield from _content(child, f"{name}.{key}" if name else str(key))
        case list():
            for place, child in enumerate(value):
                yield from _content(child, f"{name}[{place}]")
        case _:
            yield f"{name}={value}"


def _entry_member(entry: TimelineEntry) -> dict[str, object]:
    return {
        "position": entry.position,
        "version": entry.version,
        "topic": entry.topic,
        "label": entry.label._asdict(),
        "occurred_at": entry.occurred_at.isoformat(),
        "occurred_offset_min": entry.occurred_offset_min,
        "recorded_at": entry.recorded_at.isoformat(),
        "actor_id": entry.actor_id,
        "actor_role": entry.actor_role,
        "actor_unit": entry.actor_unit,
        "on_behalf_of": entry.on_behalf_of,
        "backdated": entry.backdated,
        "state": {"code": entry.state.value, "label": entry.state.label._asdict()},
        "running": [_clock_member(each) for each in entry.running],
        "late": [clock.value for clock in entry.late],
        "fields": entry.fields,
    }


def _clock_member(running: RunningClock) -> dict[str, object]:
    return {
        "clock": running.clock.value,
        "label": running.clock.label._asdict(),
        "due_at": running.due_at.isoformat(),
        "unit": running.unit,
        "provisional": running.provisional,
    }
