"""Without this file delays and what followed them would have no shape to rely on."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.figures import Share
from api.schemas import Count, Name, Token
from domain.roster import Tier
from projections.upward_reports import UpwardLine

Items = Meta(max_length=500)
Parts = Meta(max_length=100_000)


class StepView(msgspec.Struct, frozen=True):
    """One thing that had to follow a delay.

    Attributes:
        done_at: When it was done, or null.
        due_at: By when it was to be, null where nothing says so.
        in_time: Whether it was; null while that is open.
    """

    done_at: datetime | None
    due_at: datetime | None
    in_time: bool | None

    @classmethod
    def at(cls, as_of: datetime, done_at: datetime | None, due_at: datetime | None) -> "StepView":
        """Return how a step stands at an instant; done at the due is in time."""
        if done_at is not None:
            return cls(done_at, due_at, due_at is None or done_at <= due_at)
        return cls(None, due_at, False if due_at is not None and as_of > due_at else None)


class UpwardView(msgspec.Struct, frozen=True, kw_only=True):
    """One delay and its four steps: explained, petitioner informed, reported, acknowledged.

    Attributes:
        petition_id: The petition.
        number: Its number.
        cycle: Cycle of the petition.
        duty: Number within the cycle.
        unit: Unit whose delay it is.
        owed_from: From when the duty stands.
        explained: In writing, before the due.
        informed: The petitioner was told.
        reported: To the superior unit.
        acknowledged: Its receipt; no part of ``compliant``.
        target: The superior unit, or null.
        tier: Its tier, or null.
        compliant: Whether the first three were all in time.
    """

    petition_id: UUID
    number: Name | None
    cycle: Count
    duty: Count
    unit: Name
    owed_from: datetime
    explained: StepView
    informed: StepView
    reported: StepView
    acknowledged: StepView
    target: Name | None
    tier: Tier | None
    compliant: bool

    @classmethod
    def of(cls, line: UpwardLine, as_of: datetime) -> "UpwardView":
        """Return the view of a line at an instant."""
        duty = line.duty
        explained = StepView(duty.explained_at, None, not duty.explained_late)
        if duty.explained_at is None:
            # A report that explains nothing owed no explanation; a silent due did.
            explained = StepView.at(as_of, None, None if duty.reported_at else duty.owed_from)
        informed = StepView.at(as_of, duty.told_at, duty.inform_by)
        reported = StepView.at(as_of, duty.reported_at, duty.report_by)
        steps = (explained, informed, reported)
        return cls(
            petition_id=line.petition_id,
            number=line.number,
            cycle=duty.cycle,
            duty=duty.number,
            unit=duty.unit,
            owed_from=duty.owed_from,
            explained=explained,
            informed=informed,
            reported=reported,
            acknowledged=StepView.at(as_of, duty.acknowledged_at, duty.acknowledge_by),
            target=duty.target,
            tier=line.tier,
            compliant=all(step.done_at is not None and step.in_time for step in steps),
        )


class UnitShare(msgspec.Struct, frozen=True):
    """A rate of one unit."""

    unit: Name
    share: Share


class UpwardPage(msgspec.Struct, frozen=True, kw_only=True):
    """Delays, the oldest first, and the compliance of each unit at the instant."""

    unit: Name | None
    as_of: datetime
    compliance: Annotated[tuple[UnitShare, ...], Parts]
    items: Annotated[tuple[UpwardView, ...], Items]
    next_cursor: Token | None
    next: Token | None
