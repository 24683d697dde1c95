"""Without this file the demo would show figures and not where they come from."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.aligned import align, wrap
from commands.demo_report import unit_name
from commands.language import say
from domain.deadlines import last_day
from domain.text import Text
from domain.vocabulary import Role
from projections.timeline import Timeline
from projections.timeline_entry import TimelineEntry

_TEXT_COLUMNS = 76
# Fields whose opened text tells a reader what was said, in the order of preference.
_TOLD = ("text", "plan", "comment", "reason", "note")


def timeline_lines(timeline: Timeline, names: Mapping[str, Text], zone: ZoneInfo) -> list[str]:
    """Return one petition's whole history, a line per act and a line per opened text. Pure.

    Args:
        timeline: The history, personal values opened.
        names: Names of units by code.
        zone: Of the ledger's days.
    """
    facts = timeline.facts
    submission = timeline.entries[0]
    title = say(Text("一件诉求的完整时间线：", "One complete timeline: "))
    lines = [f"{title}{facts.number}  {_opened(submission, ('subject',))}"]
    if facts.cycles and facts.cycle.deadline is not None:
        due_on = last_day(facts.cycle.deadline.due_at, zone)
        state = facts.state.label
        stands = Text(
            f"{state.zh}，办理时限 {due_on} 24:00", f"{state.en}, due by the end of {due_on}"
        )
        lines.append(say(stands))
    rows = [
        [
            f"{entry.version:>2}",
            _local(entry.occurred_at, zone),
            say(entry.label),
            _actor(entry, names),
            say(entry.state.label),
            _remark(entry),
        ]
        for entry in timeline.entries
    ]
    head = [
        "#",
        say(Text("时间", "time")),
        say(Text("环节", "act")),
        say(Text("办理人", "by")),
        say(Text("办后状态", "state")),
        "",
    ]
    table = align([head, *rows])
    lines.append(table[0])
    for line, entry in zip(table[1:], timeline.entries, strict=True):
        lines.append(line)
        if told := _opened(entry, _TOLD):
            lines += wrap(f"“{told}”", _TEXT_COLUMNS, " " * 6)
    return lines


def _local(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _actor(entry: TimelineEntry, names: Mapping[str, Text]) -> str:
    role = say(Role(entry.actor_role).label)
    if entry.actor_unit is None:
        return role
    return f"{unit_name(entry.actor_unit, names)} {role}"


def _remark(entry: TimelineEntry) -> str:
    if not entry.late:
        return ""
    late = "、".join(say(clock.label) for clock in entry.late)
    return say(Text(f"逾期：{late}", f"late: {late}"))


def _opened(entry: TimelineEntry, fields: tuple[str, ...]) -> str:
    for field in fields:
        value = entry.fields.get(field)
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            return str(value["value"])
    return ""
