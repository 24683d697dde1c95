"""Without this file orders could be listed but not handed in."""

from collections.abc import Iterator
from datetime import datetime

from domain.supervision_terms import CircularState, SupervisionFinding, SupervisionState
from domain.text import Text
from domain.visibility import OF_ONE_UNIT, is_accused, may_see
from domain.vocabulary import SupervisionLevel
from projections.pages import PAGE_LEN_MAX
from projections.petition_facts import read_facts
from projections.supervision_ledger import SupervisionLine, read_supervision
from replay.export_document import Document, Row, Table
from replay.export_field import Field, FieldKind, codes_of
from replay.template_frame import Frame

_ORDER = Text("件", "orders")


def supervision_form(frame: Frame) -> Document:
    """Return 督办台账: orders and proposals that stood at some time in the period. Blocking."""
    begin, end = frame.period.bounds(frame.zone)
    lines = [line for line in _known(frame) if _stood(line, begin, end)]
    rows = [_order_row(frame, number, line) for number, line in enumerate(lines, start=1)]
    return frame.document(
        Table(_ORDER_FIELDS, rows), frame.position_of("supervision_ledger"), counted_in=_ORDER
    )


def _known(frame: Frame) -> Iterator[SupervisionLine]:
    """Yield what the reader may know of: the petitions they see, and no order that accuses them."""
    reader = frame.reader
    for line in _orders(frame):
        if reader is None:
            yield line
            continue
        facts = read_facts(frame.connection, line.petitions).values()
        accusing = {each.petition_id for each in facts if is_accused(reader, each)}
        if line.petitions and accusing.issuperset(line.petitions):
            continue
        if reader.role in OF_ONE_UNIT and line.unit not in reader.units:
            continue
        seen = {each.petition_id for each in facts if may_see(reader, each)}
        yield line._replace(petitions=tuple(one for one in line.petitions if one in seen))


def _orders(frame: Frame) -> Iterator[SupervisionLine]:
    page = read_supervision(frame.connection, frame.as_of, limit=PAGE_LEN_MAX)
    while page:
        yield from page
        page = read_supervision(
            frame.connection, frame.as_of, limit=PAGE_LEN_MAX, after=page[-1].place
        )


def _stood(line: SupervisionLine, begin: datetime, end: datetime) -> bool:
    begun_at = line.opened_at or line.proposed_at
    return begun_at is not None and begun_at < end and (line.closed_at or begin) >= begin


def _order_row(frame: Frame, number: int, line: SupervisionLine) -> Row:
    unit = frame.names.get(line.unit)
    return (
        str(number),
        line.unit if unit is None else frame.say(unit),
        line.unit,
        line.level.value,
        line.state.value,
        len(line.petitions),
        line.proposed_at,
        line.opened_at,
        line.due_at,
        line.responded_at,
        line.interviewed_at,
        line.circular_number,
        None if line.circular_state is None else line.circular_state.value,
        line.closed_at,
        None if line.finding is None else line.finding.value,
        line.days,
        str(line.order_id),
    )


_NUMBER = Field("number", Text("序号", "no."), FieldKind.CODE, width=6)
_ORDER_FIELDS = (
    _NUMBER,
    Field("unit", Text("被督办单位", "unit"), FieldKind.TEXT, width=20),
    Field("unit_code", Text("单位代码", "unit code"), FieldKind.CODE, is_printed=False),
    Field(
        "level",
        Text("督办等级", "level"),
        FieldKind.CODE,
        codes=codes_of(SupervisionLevel),
        width=11,
    ),
    Field(
        "state", Text("状态", "state"), FieldKind.CODE, codes=codes_of(SupervisionState), width=10
    ),
    Field("petitions", Text("涉及诉求", "petitions"), FieldKind.COUNT),
    Field("proposed_at", Text("建议立项", "proposed"), FieldKind.INSTANT, is_printed=False),
    Field("opened_at", Text("立项时间", "opened"), FieldKind.INSTANT),
    Field("due_at", Text("整改期限", "due"), FieldKind.INSTANT),
    Field("responded_at", Text("单位反馈", "response"), FieldKind.INSTANT),
    Field("interviewed_at", Text("约谈", "interview"), FieldKind.INSTANT, is_printed=False),
    Field("circular_number", Text("通报文号", "circular"), FieldKind.CODE),
    Field(
        "circular_state",
        Text("通报状态", "circular's state"),
        FieldKind.CODE,
        codes=codes_of(CircularState),
        is_printed=False,
    ),
    Field("closed_at", Text("销号时间", "closed"), FieldKind.INSTANT),
    Field(
        "finding",
        Text("督办结论", "finding"),
        FieldKind.CODE,
        codes=codes_of(SupervisionFinding),
        width=12,
    ),
    Field("days", Text("督办天数", "days"), FieldKind.COUNT, unit=Text("天", "days")),
    Field("order_id", Text("编号", "id"), FieldKind.CODE, is_printed=False),
)
