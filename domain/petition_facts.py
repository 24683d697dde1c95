"""Without this file nothing could be said of a petition but the list of its events."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.clock_facts import RecordedClock
from domain.cycle_facts import Cycle
from domain.deadlines import Deadline
from domain.life_facts import (
    Backlog,
    Child,
    GroupShare,
    Holding,
    Instruction,
    JointPetitioner,
    Merger,
    PolicyLimit,
    Reminder,
    Retention,
    Review,
    SupervisionNote,
    Withdrawal,
)
from domain.vocabulary import Channel, Complexity, PetitionState, PetitionType


class Assignment(msgspec.Struct, omit_defaults=True):
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
    plan_due_at: datetime | None = None
    planned_at: datetime | None = None
    return_rejected_at: datetime | None = None
    returned_at: datetime | None = None
    reported_at: datetime | None = None
    ended_at: datetime | None = None


class PetitionFacts(msgspec.Struct, omit_defaults=True):
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
    complexity: Complexity = Complexity.ORDINARY
    region: str | None = None
    enterprise: str | None = None
    number: str | None = None
    imported: bool = False
    owner_id: str | None = None
    contact_id: str | None = None
    joint: list[JointPetitioner] = []
    confidential: bool = False
    accused_unit: str | None = None
    accept_deadline: Deadline | None = None
    supplement_requested_at: datetime | None = None
    supplement_due_at: datetime | None = None
    accepted_at: datetime | None = None
    not_accepted_at: datetime | None = None
    refusal_lifted_at: datetime | None = None
    referred_out_at: datetime | None = None
    voided_at: datetime | None = None
    split_at: datetime | None = None
    split_from: UUID | None = None
    policy_pack: str | None = None
    policy_version: int | None = None
    calendar: str | None = None
    escalation_level: int = 0
    assignments: list[Assignment] = []
    cycles: list[Cycle] = []
    withdrawals: list[Withdrawal] = []
    instructions: list[Instruction] = []
    policy_limits: list[PolicyLimit] = []
    backlogs: list[Backlog] = []
    reviews: list[Review] = []
    reminders: list[Reminder] = []
    supervisions: list[SupervisionNote] = []
    mergers: list[Merger] = []
    children: list[Child] = []
    retention: Retention | None = None
    archived_at: datetime | None = None
    disposed_at: datetime | None = None
    holdings: list[Holding] = []
    clocks: list[RecordedClock] = []
    green_channel_at: datetime | None = None
    shares: list[GroupShare] = []

    @property
    def provisional_dues(self) -> frozenset[datetime]:
        """Dues of running clocks that a holiday notice still to come may move."""
        return frozenset(each.deadline.due_at for each in self.clocks if each.deadline.provisional)

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

    @property
    def contact(self) -> str | None:
        """Account of the person who speaks for all petitioners."""
        return self.contact_id or self.owner_id

    @property
    def parent_id(self) -> UUID | None:
        """The petition this one is merged into, if any."""
        if self.mergers and self.mergers[-1].parted_at is None:
            return self.mergers[-1].parent_id
        return None

    @property
    def child_ids(self) -> tuple[UUID, ...]:
        """The petitions that are merged into this one."""
        return tuple(child.joined.petition_id for child in self.children if child.parted_at is None)

    @property
    def instruction(self) -> Instruction | None:
        """The question to a leader that waits for its answer, if any."""
        if self.instructions and self.instructions[-1].given_at is None:
            return self.instructions[-1]
        return None

    def open_assignment(self, unit: str) -> Assignment | None:
        """Return the unit's assignment that has not ended, lead or co-handling."""
        for assignment in reversed(self.assignments):
            if assignment.unit == unit and assignment.ended_at is None:
                return assignment
        return None

    def speaks(self, account: str) -> bool:
        """Whether an account is one of the petitioners."""
        return account == self.owner_id or any(each.account == account for each in self.joint)
