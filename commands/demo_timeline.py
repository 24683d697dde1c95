"""Without this file the demo would show figures and not where they come from."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.aligned import align, wrap
from commands.demo_report import unit_name
from commands.instants import due_text
from commands.language import say
from domain.standing import latest_deadlines
from domain.text import Text
from domain.vocabulary import Role
from projections.kept_timelines import Timeline
from projections.timeline_entry import TimelineEntry

_TEXT_COLUMNS = 76
_INDENT = " " * 6
# Fields whose opened text tells a reader what was said, in the order of preference.
_TOLD = ("text", "plan", "question", "comment", "reason", "note")
_DOCUMENTS = ("attachments", "evidence", "document", "receipt")


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
    deadline = latest_deadlines(facts.cycle).effective if facts.cycles else None
    if deadline is not None:
        state, due = facts.state.label, due_text(deadline.due_at, zone)
        lines.append(say(Text(f"{state.zh}，办理时限 {due.zh}", f"{state.en}, due {due.en}")))
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
            lines += wrap(f"“{told}”", _TEXT_COLUMNS, _INDENT)
        for document in _documents(entry):
            lines += wrap(document, _TEXT_COLUMNS, _INDENT)
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
    return next(filter(None, (_value(entry.fields.get(field)) for field in fields)), "")


def _documents(entry: TimelineEntry) -> list[str]:
    """Return the documents of an act, each with the digest that tells it from a forged one."""
    found: list[object] = []
    for field in _DOCUMENTS:
        match entry.fields.get(field):
            case list() as several:
                found += several
            case dict() as one:
                found.append(one)
            case _:
                pass
    lines = []
    for document in found:
        if isinstance(document, dict) and (digest := _value(document.get("sha256"))):
            name = _value(document.get("name"))
            said = Text(f"附件 {name}，SHA-256 {digest}", f"document {name}, SHA-256 {digest}")
            lines.append(say(said))
    return lines


def _value(field: object) -> str:
    """Return an opened personal value that is text, else nothing."""
    opened = field.get("value") if isinstance(field, dict) else None
    return opened if isinstance(opened, str) else ""
