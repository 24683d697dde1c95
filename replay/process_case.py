"""Without this file the forms of a process log would each say what a stream went through."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from replay.process_objects import Relation


class ProcessAct(NamedTuple):
    """One event of a process log.

    Attributes:
        position: Log place; its id.
        topic: Stable name of the act; its type.
        at: Aware instant at which it is said to have happened.
        recorded_at: Aware instant at which the ledger recorded it.
        role: Role of the actor.
        cycle: Which handling of the petition, from 1; 0 where none runs.
        pack: Policy pack and version, or empty.
        state: State after it, or empty where it has none.
        working_minutes: Whole ones since the act before it on its petition, by the hours of the
            pack; 0 for the first act, None where there are no such hours.
        late: Whether it ended a clock after its due.
        backdated: Whether it was recorded more than a day later.
        relations: What it was done to.
    """

    position: int
    topic: str
    at: datetime
    recorded_at: datetime
    role: str
    cycle: int
    pack: str
    state: str
    working_minutes: int | None
    late: bool
    backdated: bool
    relations: tuple[Relation, ...]


class AttributeChange(NamedTuple):
    """A value that an attribute of the stream's own object took at an instant."""

    attribute: str
    at: datetime
    value: str


@dataclass
class ProcessCase:
    """One stream as a process log shows it.

    Attributes:
        own: What it is about.
        acts: Its events, oldest first.
        changes: Attributes of its object, in the order in which they changed.
        links: Which object belongs to which other, and how.
        is_confidential: Whether nobody may know of it.
    """

    own: Relation
    acts: list[ProcessAct] = field(default_factory=list)
    changes: list[AttributeChange] = field(default_factory=list)
    links: dict[tuple[Relation, Relation], None] = field(default_factory=dict)
    is_confidential: bool = False
