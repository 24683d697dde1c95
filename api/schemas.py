"""Without this file answers would have no shape that a client could rely on."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from domain.petition_facts import PetitionFacts
from domain.task import TaskKind
from domain.text import Text
from domain.vocabulary import Clock, PetitionState

Name = Annotated[str, Meta(max_length=200)]
Token = Annotated[str, Meta(max_length=1000)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Position = Annotated[int, Meta(ge=0, le=2**53, description="Place in the log.")]
Version = Annotated[int, Meta(ge=0, le=2**31 - 1, description="Place in the petition's stream.")]


class Label(msgspec.Struct, frozen=True):
    """What people call something, in both languages."""

    zh: Name
    en: Name

    @classmethod
    def of(cls, text: Text) -> "Label":
        """Return the label of a text."""
        return cls(text.zh, text.en)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a write led to.

    Attributes:
        petition_id: The petition.
        number: Its number, once it is registered.
        version: Its version after the write; send it as ``If-Match`` with the next one.
        state: Its state after the write; null in the rare case that it could not be read.
        state_label: What people call that state.
        first_position: Log place of the first event recorded.
        last_position: Log place of the last one; read with ``wait_for`` of this.
        replayed: Whether this is the answer to an earlier, equal request.
    """

    petition_id: UUID
    number: Name | None
    version: Version
    state: PetitionState | None
    state_label: Label | None
    first_position: Position
    last_position: Position
    replayed: bool


class ClockView(msgspec.Struct, frozen=True):
    """A deadline somebody is under.

    Attributes:
        clock: Which duty it times.
        label: What people call it.
        due_at: Aware instant.
        unit: Whose; null where it is not one unit's own.
        provisional: It was counted in a year without a holiday notice and may move.
    """

    clock: Clock
    label: Label
    due_at: datetime
    unit: Name | None
    provisional: bool


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a petition and how the petition stood after it.

    Attributes:
        position: Log place.
        version: Stream place.
        topic: Stable name of the act.
        label: What people call it.
        occurred_at: When it happened, as claimed.
        occurred_offset_min: Offset of the claimed local time from UTC, minutes.
        recorded_at: When the ledger recorded it.
        actor_id: Account that acted.
        actor_role: Role it acted in.
        actor_unit: Unit it acted for.
        on_behalf_of: Account it spoke for.
        backdated: Recorded more than 24 hours after it is said to have happened.
        state: State after it.
        running: Clocks that run after it.
        late: Clocks it ended after they were due.
        fields: What was recorded; a personal value is an object with its commitment, and
            with its value where the caller may see it.
    """

    position: Position
    version: Version
    topic: Name
    label: Label
    occurred_at: datetime
    occurred_offset_min: Annotated[int, Meta(ge=-840, le=840)]
    recorded_at: datetime
    actor_id: Name
    actor_role: Name
    actor_unit: Name | None
    on_behalf_of: Name | None
    backdated: bool
    state: PetitionState
    running: Annotated[tuple[ClockView, ...], Meta(max_length=100)]
    late: Annotated[tuple[Clock, ...], Meta(max_length=100)]
    fields: dict[str, Any]


class PetitionView(msgspec.Struct, frozen=True, kw_only=True):
    """A petition: what is true of it, and everything that happened, oldest first."""

    petition_id: UUID
    number: Name | None
    version: Version
    state: PetitionState
    state_label: Label
    facts: PetitionFacts
    timeline: Annotated[tuple[EntryView, ...], Meta(max_length=100_000)]


class PetitionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A petition in a list."""

    petition_id: UUID
    number: Name | None
    version: Version
    state: PetitionState
    state_label: Label


class PetitionList(msgspec.Struct, frozen=True):
    """The petitions that bear a number: one or none."""

    items: Annotated[tuple[PetitionLine, ...], Meta(max_length=1)]


class WorklistLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a unit owes; ``due_at`` is null where no clock runs.

    ``provisional`` says that ``due_at`` was counted in a year without a holiday notice and
    may move. ``green_channel`` says that it goes ahead of others.
    """

    unit: Name
    petition_id: UUID
    number: Name | None
    petition_type: Name
    task: TaskKind
    task_label: Label
    due_at: datetime | None
    provisional: bool
    since: datetime
    green_channel: bool


class WorklistPage(msgspec.Struct, frozen=True):
    """One page of what a unit owes, next deadline first."""

    unit: Name
    items: Annotated[tuple[WorklistLine, ...], Meta(max_length=500)]
    next_cursor: Token | None
    next: Token | None


class UnitLine(msgspec.Struct, frozen=True, kw_only=True):
    """One unit on the roster."""

    unit: Name
    name: Label
    tier: Name
    parent: Name | None
    kind: Name
    closed_at: datetime | None


class UnitList(msgspec.Struct, frozen=True):
    """The roster."""

    items: Annotated[tuple[UnitLine, ...], Meta(max_length=100_000)]
