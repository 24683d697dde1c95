"""Without this file a due date would come without its reasons."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Token, Version
from domain.deadline_proof import DayCount
from domain.vocabulary import Clock, Holder
from projections.deadline_board import BoardLine
from projections.deadline_proofs import CountedDeadline


class ClockLine(msgspec.Struct, frozen=True, kw_only=True):
    """One clock of one petition, as ``BoardLine`` says it, with its labels."""

    petition_id: UUID
    number: Name | None
    petition_type: Name
    clock: Clock
    clock_label: Label
    unit: Name
    due_at: datetime
    since: datetime
    holder: Holder | None
    holder_label: Label | None
    holder_unit: Name
    rule: Name | None
    calendar: Name | None
    provisional: bool
    paused_at: datetime | None
    spent_minutes: Count | None
    whole_minutes: Count | None
    green_channel: bool
    overdue: bool

    @classmethod
    def of(cls, line: BoardLine, at: datetime) -> "ClockLine":
        """Return the view of a line at an instant."""
        return cls(
            **line._asdict(),
            clock_label=Label.of(line.clock.label),
            holder_label=None if line.holder is None else Label.of(line.holder.label),
            overdue=line.is_overdue(at),
        )


class ClockPage(msgspec.Struct, frozen=True, kw_only=True):
    """Clocks that run or stand still, next deadline first; `unit` is null for all units."""

    unit: Name | None
    as_of: datetime
    items: Annotated[tuple[ClockLine, ...], Meta(max_length=500)]
    next_cursor: Token | None
    next: Token | None


class DayView(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a count: whether it counts, why, and by which notice; "" is by no notice.

    Attributes:
        day: Civil day in the ledger's zone.
        number: Days counted so far, this one included.
        counted: Whether it counts, or a part of it.
        reason: Why it does or does not.
        notice: Document number of the holiday notice that decides it.
        minutes: Minutes of the limit used up by its end; 0 for limits in days.
    """

    day: date
    number: Count
    counted: bool
    reason: Label
    notice: Name
    minutes: Count

    @classmethod
    def of(cls, count: DayCount) -> "DayView":
        """Return the view of a day."""
        return cls(
            day=count.day,
            number=count.number,
            counted=count.counted,
            reason=Label.of(count.reason),
            notice=count.notice,
            minutes=count.minutes,
        )


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline as it was recorded, and how it was counted.

    Attributes:
        version: Place of the event that recorded it in the petition's stream.
        topic: What that event was.
        recorded_for: Unit whose own clock it is, or "".
        recorded_from: Instant of that event.
        due_at: The due.
        rule: Pack, type and limit.
        calendar: Edition it pins.
        provisional: Whether a notice still to come may move it.
        counted_from: Where the count starts, or null.
        limit: The allowance, or null where the rule names none.
        agrees: Whether counting again ends at ``due_at``; null where no count was made,
            because a person stated the due, or a pause or a merger moved it.
        days: Every day of the count; none where it does not agree.
    """

    version: Version
    topic: Name
    recorded_for: Name
    recorded_from: datetime
    due_at: datetime
    rule: Name
    calendar: Name
    provisional: bool
    counted_from: datetime | None
    limit: Label | None
    agrees: bool | None
    days: Annotated[tuple[DayView, ...], Meta(max_length=100_000)]

    @classmethod
    def of(cls, counted: CountedDeadline) -> "DeadlineView":
        """Return the view of a deadline."""
        recorded, deadline = counted.recorded, counted.recorded.deadline
        return cls(
            version=recorded.version,
            topic=counted.topic,
            recorded_for=recorded.unit,
            recorded_from=recorded.at,
            due_at=deadline.due_at,
            rule=deadline.rule,
            calendar=deadline.calendar,
            provisional=deadline.provisional,
            counted_from=counted.counted_from,
            limit=None if counted.limit is None else Label.of(counted.limit.label),
            agrees=counted.agrees,
            days=tuple(map(DayView.of, counted.days)),
        )


class DeadlinesView(msgspec.Struct, frozen=True, kw_only=True):
    """All deadlines of one clock of a petition, in the order in which they were recorded."""

    petition_id: UUID
    clock: Clock
    clock_label: Label
    deadlines: Annotated[tuple[DeadlineView, ...], Meta(max_length=1_000)]
