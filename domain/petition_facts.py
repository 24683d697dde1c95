"""Without this file nothing could be said of a petition but the list of its events."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.deadlines import Deadline
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    Channel,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    Satisfaction,
    WithdrawalCheck,
)


class Assignment(msgspec.Struct):
    """One unit's order to act; it ends by return, transfer or the closing of the petition."""

    unit: str
    lead: bool
    dispatched_at: datetime
    sign_due_at: datetime | None
    contact_due_at: datetime | None
    return_until: datetime | None
    returnable: bool = True
    signed_at: datetime | None = None
    handler_id: str | None = None
    contacted_at: datetime | None = None
    return_rejected_at: datetime | None = None
    returned_at: datetime | None = None
    reported_at: datetime | None = None
    ended_at: datetime | None = None


class Extension(msgspec.Struct):
    """One request for more time; it moves the due only from ``effective_at`` on."""

    requested_at: datetime
    requester_id: str
    amount: int
    granted_at: datetime | None = None
    refused_at: datetime | None = None
    deadline: Deadline | None = None
    inform_by: datetime | None = None
    told_at: datetime | None = None
    effective_at: datetime | None = None


class Reply(msgspec.Struct):
    """One answer of a unit; returned or approved by review, or still waiting."""

    replied_at: datetime
    unit: str
    outcome: Outcome
    promise_due_at: datetime | None = None
    approved_at: datetime | None = None
    returned_at: datetime | None = None


class Answer(msgspec.Struct):
    """What a petitioner answered in one cycle, and to whom."""

    answered_at: datetime
    resolution: Resolution | None
    satisfaction: Satisfaction
    by_callback: bool
    third_party: bool


class Cycle(msgspec.Struct):
    """One run from acceptance or reopening to closing; the first one's verdict stays."""

    started_at: datetime
    deadline: Deadline | None
    extensions: list[Extension] = []
    replies: list[Reply] = []
    attempts: list[tuple[datetime, CallbackResult]] = []
    answers: list[Answer] = []
    callback_due_at: datetime | None = None
    callback_required: bool = True
    plan_due_at: datetime | None = None
    closed_at: datetime | None = None
    basis: CallbackBasis | None = None
    reopen_until: datetime | None = None

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


class Withdrawal(msgspec.Struct):
    """One withdrawal and what its independent check found."""

    withdrawn_at: datetime
    asked_by_unit: bool
    check: WithdrawalCheck = WithdrawalCheck.UNVERIFIED
    checked_at: datetime | None = None
    state_before: PetitionState = PetitionState.SUBMITTED


class PetitionFacts(msgspec.Struct):
    """All that is true of one petition, every fact with its instant.

    Read by the guards, by ``metrics`` and by the read models. Instants are
    aware UTC; lists are in the order of the stream.
    """

    petition_id: UUID
    version: int
    state: PetitionState
    state_since: datetime
    submitted_at: datetime
    changed_at: datetime
    channel: Channel
    petition_type: PetitionType | None = None
    type_label: str | None = None
    category: str | None = None
    region: str | None = None
    enterprise: str | None = None
    number: str | None = None
    imported: bool = False
    owner_id: str | None = None
    accept_deadline: Deadline | None = None
    supplement_requested_at: datetime | None = None
    supplement_due_at: datetime | None = None
    accepted_at: datetime | None = None
    not_accepted_at: datetime | None = None
    referred_out_at: datetime | None = None
    voided_at: datetime | None = None
    policy_pack: str | None = None
    policy_version: int | None = None
    calendar: str | None = None
    escalation_level: int = 0
    assignments: list[Assignment] = []
    cycles: list[Cycle] = []
    withdrawals: list[Withdrawal] = []

    @property
    def cycle(self) -> Cycle:
        """The running or last cycle; only after acceptance."""
        return self.cycles[-1]

    @property
    def lead(self) -> Assignment | None:
        """The lead assignment that has not ended, if any."""
        for assignment in reversed(self.assignments):
            if assignment.lead and assignment.ended_at is None:
                return assignment
        return None

    def open_assignment(self, unit: str) -> Assignment | None:
        """Return the unit's assignment that has not ended, lead or co-handling."""
        for assignment in reversed(self.assignments):
            if assignment.unit == unit and assignment.ended_at is None:
                return assignment
        return None
