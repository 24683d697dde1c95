"""Without this file nobody could hand in what the sessions of a period brought."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.session_terms import SessionFormat, SessionKind, SessionState
from domain.text import Text
from projections.pages import PAGE_LEN_MAX
from projections.participation import read_participation
from projections.session_board import SessionLine, read_sessions
from replay.export_document import Document, Row, Table
from replay.export_field import Field, FieldKind, codes_of
from replay.template_frame import Frame

_SESSION = Text("场", "sessions")
_NUMBER = Field("number", Text("序号", "no."), FieldKind.CODE, width=6)


def session_form(frame: Frame) -> Document:
    """Return 活动成效: the sessions of the period, and what they brought. Blocking."""
    begin, end = frame.period.bounds(frame.zone)
    first = begin.astimezone(frame.zone).date()
    last = end.astimezone(frame.zone).date() - timedelta(days=1)
    lines = list(_sessions(frame, first, last))
    rows = [_session_row(frame, number, line) for number, line in enumerate(lines, start=1)]
    took_part = read_participation(frame.connection, first, last)
    came, bound = took_part.coverage
    note = Text(
        f"已举行 {took_part.sessions} 场；不重复计：企业 {took_part.enterprises} 家，"
        f"诉求 {took_part.petitions} 件，应到部门 {bound} 个、实到 {came} 个，"
        f"另有 {took_part.other_units} 个单位参加。",
        f"{took_part.sessions} sessions held; each once: {took_part.enterprises} enterprises, "
        f"{took_part.petitions} petitions, {came} of {bound} departments bound to come, "
        f"{took_part.other_units} other units.",
    )
    return frame.document(
        Table(_SESSION_FIELDS, rows),
        frame.position_of("session_board"),
        counted_in=_SESSION,
        notes=(note,),
    )


def _sessions(frame: Frame, first: date, last: date) -> Iterator[SessionLine]:
    page = read_sessions(frame.connection, first, last, limit=PAGE_LEN_MAX)
    while page:
        yield from page
        page = read_sessions(
            frame.connection, first, last, limit=PAGE_LEN_MAX, after=page[-1].page_end
        )


def _session_row(frame: Frame, number: int, line: SessionLine) -> Row:
    host = frame.names.get(line.host_unit)
    return (
        str(number),
        line.kind.value,
        line.format.value,
        line.theme,
        line.host_unit if host is None else frame.say(host),
        line.host_unit,
        line.planned_on,
        line.held_on,
        line.state.value,
        line.persons,
        line.enterprises,
        line.departments,
        line.petitions,
        line.commitments,
        line.commitments - line.commitments_open,
        str(line.session_id),
    )


_HELD = Text("参加情况", "attendance")
_BROUGHT = Text("成效", "results")
_SESSION_FIELDS = (
    _NUMBER,
    Field("kind", Text("活动类别", "kind"), FieldKind.CODE, codes=codes_of(SessionKind), width=11),
    Field(
        "format", Text("形式", "format"), FieldKind.CODE, codes=codes_of(SessionFormat), width=16
    ),
    Field("theme", Text("主题", "theme"), FieldKind.TEXT, width=24),
    Field("host", Text("主办单位", "host"), FieldKind.TEXT, width=18),
    Field("host_code", Text("单位代码", "host code"), FieldKind.CODE, is_printed=False),
    Field("planned_on", Text("计划日期", "planned"), FieldKind.DAY, is_printed=False),
    Field("held_on", Text("举行日期", "held"), FieldKind.DAY),
    Field("state", Text("状态", "state"), FieldKind.CODE, codes=codes_of(SessionState), width=9),
    Field("persons", Text("人次", "persons"), FieldKind.COUNT, group=_HELD),
    Field("enterprises", Text("企业", "enterprises"), FieldKind.COUNT, group=_HELD),
    Field("departments", Text("部门", "departments"), FieldKind.COUNT, group=_HELD),
    Field("petitions", Text("提出诉求", "petitions"), FieldKind.COUNT, group=_BROUGHT),
    Field("commitments", Text("承诺事项", "commitments"), FieldKind.COUNT, group=_BROUGHT),
    Field("commitments_kept", Text("已兑现", "kept"), FieldKind.COUNT, group=_BROUGHT),
    Field("session_id", Text("编号", "id"), FieldKind.CODE, is_printed=False),
)
