"""Without this file nothing could be said of one run of a petition, from its start to its end."""

from datetime import datetime

import msgspec

from domain.deadlines import Deadline
from domain.joining_events import JoinedChild
from domain.reasons import ReopenReason, SuspensionReason
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    DueCause,
    Outcome,
    Resolution,
    Satisfaction,
)


class Extension(msgspec.Struct, omit_defaults=True):
    """One request for more time; it moves the due only from ``effective_at`` on.

    ``after_moves`` counts the moves of the due before that, which orders the two.
    """

    requested_at: datetime
    requester_id: str
    amount: int
    granted_at: datetime | None = None
    refused_at: datetime | None = None
    deadline: Deadline | None = None
    inform_by: datetime | None = None
    told_at: datetime | None = None
    effective_at: datetime | None = None
    after_moves: int = 0


class DueMove(msgspec.Struct, omit_defaults=True):
    """A change of the due that is no extension.

    Attributes:
        moved_at: From when it holds.
        cause: Why.
        original: The first due after it, on which ``ontime_rate.original`` rests.
        effective: The due in force after it.
        paused_at: For a pause, when the clock had stopped.
        resumed_at: For a pause, when it went on; never after the suspension's own limit.
        started: For an instruction, the deadline that it started.
        children: For a merger, the petitions that joined.
    """

    moved_at: datetime
    cause: DueCause
    original: Deadline | None
    effective: Deadline | None
    paused_at: datetime | None = None
    resumed_at: datetime | None = None
    started: Deadline | None = None
    children: tuple[JoinedChild, ...] = ()


class Pause(msgspec.Struct, omit_defaults=True):
    """One suspension; it ends by itself at ``until``."""

    suspended_at: datetime
    until: datetime
    reason: SuspensionReason
    resumed_at: datetime | None = None

    @property
    def ended_at(self) -> datetime:
        """When the clock went on, or will at the latest."""
        return self.until if self.resumed_at is None else min(self.resumed_at, self.until)


class Explanation(msgspec.Struct, omit_defaults=True):
    """One written explanation of delay, and by when the petitioner and the superior must know."""

    explained_at: datetime
    late: bool
    inform_by: datetime | None
    report_by: datetime | None
    told_at: datetime | None = None
    unit: str = ""


class UpwardReport(msgspec.Struct, omit_defaults=True):
    """One report to a superior unit, and its receipt."""

    reported_at: datetime
    target: str
    acknowledge_by: datetime | None = None
    acknowledged_at: datetime | None = None
    unit: str = ""


class Plan(msgspec.Struct, array_like=True):
    """What a unit committed itself to do, and by when."""

    committed_at: datetime
    unit: str
    due_at: datetime


class Reply(msgspec.Struct, omit_defaults=True):
    """One answer of a unit; returned or approved by review, or still waiting."""

    replied_at: datetime
    unit: str
    outcome: Outcome
    promise_due_at: datetime | None = None
    approved_at: datetime | None = None
    returned_at: datetime | None = None
    promise_kept_at: datetime | None = None
    promise_broken_at: datetime | None = None
    callback_required: bool = True
    published_at: datetime | None = None
    published_version: int | None = None
    unpublished_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether it was published, and neither taken down nor sent back since."""
        ended = self.unpublished_at is not None or self.returned_at is not None
        return self.published_at is not None and not ended


class Answer(msgspec.Struct, omit_defaults=True):
    """What a petitioner answered in one cycle, and to whom; no account is the contact person."""

    answered_at: datetime
    resolution: Resolution | None
    satisfaction: Satisfaction
    by_callback: bool
    third_party: bool
    petitioner: str | None = None


class Cycle(msgspec.Struct, omit_defaults=True):
    """One run from acceptance or reopening to closing; the first one's verdict stays."""

    started_at: datetime
    deadline: Deadline | None
    extensions: list[Extension] = []
    moves: list[DueMove] = []
    pauses: list[Pause] = []
    explanations: list[Explanation] = []
    upward_reports: list[UpwardReport] = []
    plans: list[Plan] = []
    replies: list[Reply] = []
    attempts: list[tuple[datetime, CallbackResult]] = []
    answers: list[Answer] = []
    dispatch_due_at: datetime | None = None
    callback_due_at: datetime | None = None
    callback_required: bool = True
    plan_due_at: datetime | None = None
    closed_at: datetime | None = None
    basis: CallbackBasis | None = None
    reopen_until: datetime | None = None
    reopened_for: ReopenReason | None = None

    @property
    def callback_answers(self) -> list[Answer]:
        """Answers to callbacks since the last reply was approved; rework makes earlier ones old."""
        approved_at = self.replies[-1].approved_at if self.replies else None
        if approved_at is None:
            return []
        return [
            answer
            for answer in self.answers
            if answer.by_callback and answer.answered_at >= approved_at
        ]

    @property
    def callback_attempts(self) -> list[tuple[datetime, CallbackResult]]:
        """Tries to call back since the last reply was approved."""
        approved_at = self.replies[-1].approved_at if self.replies else None
        if approved_at is None:
            return []
        return [attempt for attempt in self.attempts if attempt[0] >= approved_at]

    @property
    def pause(self) -> Pause | None:
        """The suspension that has not been ended, if any."""
        if self.pauses and self.pauses[-1].resumed_at is None:
            return self.pauses[-1]
        return None
