"""Without this file petitions on the same facts, or of several people, would stay apart."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import Petitioner, PetitionEventBase
from domain.vocabulary import CallbackBasis, Outcome


class JoinedChild(msgspec.Struct, frozen=True):
    """A petition that was merged, with the first due and the due in force that it brings."""

    petition_id: UUID
    number: str | None
    original: Deadline | None
    effective: Deadline | None


class JoiningEvent(PetitionEventBase):
    """Base of merging, splitting and joint petitions; one event in each stream concerned."""


class Merged(JoiningEvent):
    """并案: this petition is handled with its parent; its petitioner still gets an answer."""

    TOPIC: ClassVar[str] = "petition.merged"
    parent_id: UUID
    parent_number: str | None
    reason: Personal[str]


class ChildrenJoined(JoiningEvent):
    """并入: petitions on the same facts join this one, which keeps the earliest due.

    ``deadlines`` are the first due and the due in force after it, in this order.
    """

    TOPIC: ClassVar[str] = "petition.children_joined"
    children: tuple[JoinedChild, ...]
    deadlines: tuple[Deadline, ...]


class Unmerged(JoiningEvent):
    """拆案: the petition goes on by itself, on its own due."""

    TOPIC: ClassVar[str] = "petition.unmerged"
    parent_id: UUID
    reason: Personal[str]


class ChildParted(JoiningEvent):
    """拆出: a child leaves this petition; ``deadlines`` as in ``ChildrenJoined``."""

    TOPIC: ClassVar[str] = "petition.child_parted"
    petition_id: UUID
    deadlines: tuple[Deadline, ...]


class ReplyShared(JoiningEvent):
    """并案答复: the parent's approved reply, given to this petitioner as well."""

    TOPIC: ClassVar[str] = "petition.reply_shared"
    class_version: ClassVar[int] = 2
    parent_id: UUID
    unit: str
    outcome: Outcome
    replied_at: datetime
    callback_required: bool
    deadlines: tuple[Deadline, ...]
    text: Personal[str] | None = None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Add the text, which stood in the parent's reply alone."""
        state.update(text=None)


class ClosedWithParent(JoiningEvent):
    """随并案办结: the parent is closed, and this callback is settled."""

    TOPIC: ClassVar[str] = "petition.closed_with_parent"
    parent_id: UUID
    basis: CallbackBasis
    reopen_until: datetime | None


class ReopenedWithParent(JoiningEvent):
    """随并案重办: the parent is opened again."""

    TOPIC: ClassVar[str] = "petition.reopened_with_parent"
    parent_id: UUID


class Split(JoiningEvent):
    """分拆: several matters in one; each goes on as a petition of its own, this one ends."""

    TOPIC: ClassVar[str] = "petition.split"
    children: tuple[UUID, ...]
    reason: Personal[str]


class JointPetitionerAdded(JoiningEvent):
    """联名: one more person stands behind the petition; one of all is the contact."""

    TOPIC: ClassVar[str] = "petition.joint_petitioner_added"
    account: str
    petitioner: Petitioner
    contact: bool


AnyJoiningEvent = (
    Merged
    | ChildrenJoined
    | Unmerged
    | ChildParted
    | ReplyShared
    | ClosedWithParent
    | ReopenedWithParent
    | Split
    | JointPetitionerAdded
)
"""Every joining event, for dispatch that type checking can close."""
