"""Without this file the documentation would not show how a due date is explained."""

from datetime import UTC, date, datetime
from typing import Final

from api.deadline_views import ClockLine, ClockPage, DeadlinesView, DeadlineView
from api.examples import EXAMPLE_ID, example_instant
from api.schemas import Label
from domain.clock_facts import RecordedClock
from domain.deadline_proof import DayCount
from domain.deadlines import Deadline
from domain.limit import Limit, TimeUnit
from domain.text import Text
from domain.vocabulary import Clock, Holder
from projections.deadline_board import BoardLine
from projections.deadline_proofs import CountedDeadline

_AT: Final = example_instant().astimezone(UTC)
_DUE: Final = datetime(2026, 9, 3, 16, 0, tzinfo=UTC)
_ON: Final = date(2026, 9, 1)
_NUMBER: Final = "20260901000042"
_UNIT: Final = "transport"
_RULE: Final = "s2_quanzhou@1/consultation: 2 working_day"

CLOCK_PAGE: Final = ClockPage(
    unit=_UNIT,
    as_of=_AT,
    items=(
        ClockLine.of(
            BoardLine(
                EXAMPLE_ID,
                _NUMBER,
                "consultation",
                Clock.REPLY,
                _UNIT,
                _DUE,
                _AT,
                Holder.UNIT,
                _UNIT,
                _RULE,
                "cn@2026",
                provisional=False,
                paused_at=None,
                spent_minutes=0,
                whole_minutes=2_880,
            ),
            _AT,
        ),
    ),
    next_cursor=None,
    next=None,
)
_DAY_ZERO: Final = Text("工作日，起算当日，不计入", "working day, day 0, not counted")
_COUNTS: Final = Text("工作日，计入", "working day, counted")
_COUNTED: Final = (
    DayCount(_ON, 0, counted=False, reason=_DAY_ZERO, notice=""),
    DayCount(date(2026, 9, 2), 1, counted=True, reason=_COUNTS, notice=""),
    DayCount(date(2026, 9, 3), 2, counted=True, reason=_COUNTS, notice=""),
)
DEADLINES: Final = DeadlinesView(
    petition_id=EXAMPLE_ID,
    clock=Clock.REPLY,
    clock_label=Label.of(Clock.REPLY.label),
    deadlines=(
        DeadlineView.of(
            CountedDeadline(
                RecordedClock(_AT, 3, "", Deadline(Clock.REPLY, _DUE, _RULE, "cn@2026")),
                "petition.accepted",
                _AT,
                Limit(2, TimeUnit.WORKING_DAY),
                agrees=True,
                days=_COUNTED,
            )
        ),
    ),
)
