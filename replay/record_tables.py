"""Without this file an export of records would know one table alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.text import Text
from domain.vocabulary import Holder, Labelled
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from projections.log_streams import LogStreams
from replay.export_document import Row
from replay.export_field import Field, FieldKind, codes_of
from replay.lake_columns import code_field, count_field, instant_field
from replay.lake_fields import PETITION_FIELDS
from replay.lake_order import LakeOrder
from replay.lake_rows import petition_row

_PRINTED: Final = frozenset(
    {
        "number",
        "state",
        "petition_type",
        "channel",
        "unit",
        "submitted_at",
        "due_effective_at",
        "closed_at",
        "satisfaction",
    }
)


class RecordTable(Labelled):
    """Tables of which an export has records."""

    PETITIONS = "petitions", "诉求逐件记录", "Petition records"
    TIMELINE = "timeline", "时间轴", "Timeline"


class RecordMaker(NamedTuple):
    """The columns of a table, and what makes its records of one petition."""

    fields: Sequence[Field]
    rows_of: Callable[[PetitionFacts], Iterable[Row]]


TIMELINE_FIELDS: Final = (
    replace(code_field("petition_id", "诉求", "petition"), is_printed=False),
    code_field("number", "编号", "number"),
    count_field("step", "序", "step"),
    Field("holder", Text("持有人", "holder"), FieldKind.CODE, codes=codes_of(Holder)),
    Field(
        "unit",
        Text("承办单位", "unit"),
        FieldKind.CODE,
        Text("派单时的单位；非承办单位时空白", "As dispatched; empty for other holders"),
    ),
    instant_field("since", "转入", "in"),
    Field(
        "until",
        Text("转出", "out"),
        FieldKind.INSTANT,
        Text("空白为截至时点仍在其手中", "Empty: still with them at the instant"),
    ),
    Field(
        "working_minutes",
        Text("工作分钟", "working minutes"),
        FieldKind.COUNT,
        Text("按规则包工作时间计，各段之和即全程", "By the pack's hours; they sum to the whole"),
        unit=Text("分钟", "minutes"),
    ),
)
"""One record a stretch in which somebody had a petition."""


def make_records(connection: Connection[Any], table: RecordTable, order: LakeOrder) -> RecordMaker:
    """Return what makes the records of a table. Blocking, where working time is needed.

    Args:
        connection: One snapshot of the role tz_app.
        table: Which.
        order: As of when, and under which units.

    Raises:
        LedgerNotOpenedError: the ledger has no roster, or no pack in force.
    """
    if table is RecordTable.PETITIONS:
        fields = [replace(each, is_printed=each.name in _PRINTED) for each in PETITION_FIELDS]
        return RecordMaker(fields, lambda facts: [_petition(facts, order)])
    office = PinnedHours(ReferenceStreams(LogStreams(connection)), order.as_of)
    return RecordMaker(TIMELINE_FIELDS, lambda facts: _timeline(facts, order, office))


def _petition(facts: PetitionFacts, order: LakeOrder) -> Row:
    counts = judge(facts, order.as_of)
    return petition_row(facts, counts, order.as_of, order.zone, order.succession)


def _timeline(facts: PetitionFacts, order: LakeOrder, office: PinnedHours) -> Iterable[Row]:
    for step, stint in enumerate(office.stints(facts), start=1):
        yield (
            str(facts.petition_id),
            facts.number,
            step,
            stint.holder.value,
            stint.unit,
            stint.since,
            None if stint.until == order.as_of else stint.until,
            stint.minutes,
        )
