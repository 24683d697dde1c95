"""Without this file what leaders, reviewers and the archive did would leave no fact."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.joining_events import JoinedChild
from domain.pack_oversight import RetentionClass
from domain.vocabulary import (
    Clock,
    Holder,
    PetitionState,
    ReviewResult,
    SupervisionLevel,
    WithdrawalCheck,
)


class Withdrawal(msgspec.Struct, omit_defaults=True):
    """One withdrawal and what its independent check found."""

    withdrawn_at: datetime
    asked_by_unit: bool
    check: WithdrawalCheck = WithdrawalCheck.UNVERIFIED
    checked_at: datetime | None = None
    state_before: PetitionState = PetitionState.SUBMITTED


class Instruction(msgspec.Struct, omit_defaults=True):
    """One question put to a leader, and its answer."""

    sought_at: datetime
    due_at: datetime | None = None
    given_at: datetime | None = None


class PolicyLimit(msgspec.Struct, omit_defaults=True):
    """One filing of what policy forbids; in time if ``filed_at`` is not after ``due_at``."""

    filed_at: datetime
    told_at: datetime
    due_at: datetime | None = None


class BacklogTerm(msgspec.Struct, array_like=True):
    """What was promised for a listed petition from an instant on, by the listing or a review."""

    since: datetime
    promised_at: datetime
    review_due_at: datetime | None


class Backlog(msgspec.Struct, omit_defaults=True):
    """One stay on the backlog list; ``terms`` has the listing's first, then one per review."""

    listed_at: datetime
    promised_at: datetime
    review_due_at: datetime | None = None
    reviewed_at: datetime | None = None
    cleared_at: datetime | None = None
    unit: str = ""
    terms: list[BacklogTerm] = []


class Review(msgspec.Struct, omit_defaults=True):
    """One request to a superior unit; ``cycle`` counts the cycles there were, 0 for a refusal."""

    level: int
    cycle: int
    asked_at: datetime
    due_at: datetime | None = None
    unit: str | None = None
    decided_at: datetime | None = None
    result: ReviewResult | None = None


class Reminder(msgspec.Struct, omit_defaults=True):
    """One reminder that went out."""

    issued_at: datetime
    clock: Clock
    due_at: datetime
    unit: str | None = None


class SupervisionNote(msgspec.Struct, omit_defaults=True):
    """A supervision order on this petition, with its colour from an instant on."""

    noted_at: datetime
    order_id: UUID
    level: SupervisionLevel


class Merger(msgspec.Struct, omit_defaults=True):
    """A stay of this petition under another one."""

    parent_id: UUID
    merged_at: datetime
    state_before: PetitionState
    parted_at: datetime | None = None


class Child(msgspec.Struct, omit_defaults=True):
    """A petition that was merged into this one."""

    joined: JoinedChild
    joined_at: datetime
    parted_at: datetime | None = None


class JointPetitioner(msgspec.Struct, omit_defaults=True):
    """One more person behind a petition; an account, never a name."""

    account: str
    added_at: datetime


class GroupShare(msgspec.Struct, omit_defaults=True):
    """A direct group whose members of then may follow the petition; accounts, never names."""

    group: str
    shared_at: datetime
    members: tuple[str, ...]


class Retention(msgspec.Struct, omit_defaults=True):
    """How long the file is kept; no last day is for ever."""

    retention_class: RetentionClass
    set_at: datetime
    keep_until: date | None = None


class Holding(msgspec.Struct, array_like=True):
    """From when on somebody had the petition in hand; nobody once it has ended."""

    since: datetime
    holder: Holder | None
    unit: str
