"""Without this file nobody could see which clocks run out next, in whose hands, and why."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.deadlines import Deadline
from domain.vocabulary import Clock, Holder
from ledger.queries import load_queries
from ledger.reference import PublishedCalendars, ReferenceStreams
from ledger.zone import ledger_zone
from projections.clock_measure import ClockMeasure
from projections.log_streams import LogStreams
from projections.pages import refuse_page_len
from projections.petition_facts import FOR_EVER, decode_facts
from projections.succession import office_codes

QUERIES: Final = load_queries("projections", "deadline_board")


class BoardPlace(NamedTuple):
    """A place in the order of the board: by due, then petition, clock and unit."""

    due_at: datetime
    petition_id: UUID
    clock: str
    unit: str


_BEGINNING: Final = BoardPlace(datetime.min.replace(tzinfo=UTC), UUID(int=0), "", "")


class BoardLine(NamedTuple):
    """One clock of one petition.

    Attributes:
        petition_id: Whose.
        number: Its number, if it has one.
        petition_type: Its type, or empty.
        clock: Which duty is timed.
        unit: Unit whose own clock it is, empty for the hub's, a leader's or a petitioner's.
        due_at: When it ends; where it stands still, when it would end without the pause.
        since: When it was started.
        holder: Who has the petition in hand now, or None once it has ended.
        holder_unit: Code of that unit, empty for everybody else.
        rule: Pack, type and limit as recorded, or None for a due that a person stated.
        calendar: Edition of the calendar it pins, or None.
        provisional: Whether a holiday notice still to come may move it.
        paused_at: From when it stands still (suspension, supplement), or None while it runs.
        spent_minutes: Minutes used up by the instant of the question, pauses left out: of
            working days at 24 hours, of office hours, or of every hour, as the clock counts;
            None where its calendar is not known here.
        whole_minutes: Minutes from start to due, counted in the same way.
        green_channel: Whether the petition goes ahead of others.
    """

    petition_id: UUID
    number: str | None
    petition_type: str
    clock: Clock
    unit: str
    due_at: datetime
    since: datetime
    holder: Holder | None
    holder_unit: str
    rule: str | None
    calendar: str | None
    provisional: bool
    paused_at: datetime | None
    spent_minutes: int | None = None
    whole_minutes: int | None = None
    green_channel: bool = False

    @property
    def place(self) -> BoardPlace:
        """Where the page after this line begins."""
        return BoardPlace(self.due_at, self.petition_id, self.clock, self.unit)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it runs past its due at an instant; an act at the due itself is on time."""
        return self.paused_at is None and at > self.due_at


def read_deadline_board(
    connection: Connection[Any],
    at: datetime,
    *,
    limit: int,
    after: BoardPlace = _BEGINNING,
    unit: str | None = None,
    clock: Clock | None = None,
    overdue: bool = False,
    viewer_units: Collection[str] = (),
) -> list[BoardLine]:
    """Return a page of running and paused clocks, next deadline first.

    Blocking: one query by index for each code of the unit, and a few for zone, roster,
    calendars and packs. A petition that is confidential is left out for the unit that it
    accuses; what else a caller may not know of is the caller's business
    (``domain.visibility.may_see``).

    Args:
        connection: Of a role that may read the read models and the log.
        at: Aware instant of the question: what is spent, and overdue, by then.
        limit: Most lines, 1 to ``PAGE_LEN_MAX``.
        after: Place of the last line already known.
        unit: Only the clocks of this unit, or of one it goes on for by then; empty for those
            that are no single unit's.
        clock: Only clocks of this kind.
        overdue: Only those that run past their due at ``at``.
        viewer_units: Codes of the office that the reader belongs to, none for no office.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "clock": clock,
        "overdue": overdue,
        "until": at if overdue else FOR_EVER,
        "viewer_units": sorted(viewer_units),
        "limit": limit,
        "after_due_at": after.due_at,
        "after_petition_id": after.petition_id,
        "after_clock": after.clock,
        "after_unit": after.unit,
    }
    units = office_codes(connection, unit, at)
    if units is None:
        rows = connection.execute(QUERIES["read_clocks"], parameters).fetchall()
    else:
        # One walk along the index for each: over an array of them all their clocks were read.
        rows = [
            row
            for code in units
            for row in connection.execute(
                QUERIES["read_unit_clocks"], parameters | {"unit": code}
            ).fetchall()
        ]
        rows = sorted(rows, key=_order)[:limit]
    if not rows:
        return []
    reference = ReferenceStreams(LogStreams(connection))
    measure = ClockMeasure(ledger_zone(connection), reference, PublishedCalendars(reference))
    return [_line(row, at, measure) for row in rows]


def _order(row: tuple[Any, ...]) -> BoardPlace:
    return BoardLine(*row[:-1]).place


def _line(row: tuple[Any, ...], at: datetime, measure: ClockMeasure) -> BoardLine:
    facts = decode_facts(row[-1])
    line = BoardLine(*row[:-1])._replace(
        clock=Clock(row[3]),
        holder=None if row[7] is None else Holder(row[7]),
        green_channel=facts.green_channel_at is not None,
    )
    calendar = line.calendar or facts.calendar
    if calendar is None:
        return line
    deadline = Deadline(line.clock, line.due_at, line.rule or "", calendar)
    spent, whole = measure.minutes(facts, deadline, line.since, at)
    return line._replace(spent_minutes=spent, whole_minutes=whole)
