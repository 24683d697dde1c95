"""Without this file a promise made at the table would be forgotten at the door."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.command import Code, Instant, Prose
from domain.errors import GuardError
from domain.personal import Personal
from domain.role_table import who_may
from domain.session import Promise, Session
from domain.session_command import OVER, UNDER_WAY, SessionCommand
from domain.situation import Situation
from domain.text import Text
from domain.unit_guard import unit_acting_for


class MakeCommitment(SessionCommand, frozen=True, kw_only=True):
    """Put on record what a unit promised at the table, and by when."""

    label: ClassVar = Text("登记现场承诺", "record a commitment")
    path: ClassVar = "commitments"
    roles: ClassVar = who_may("MakeCommitment")
    from_states: ClassVar = UNDER_WAY

    owner_unit: Code
    text: Prose
    due_at: Instant
    petition_id: UUID | None = None

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record the promise under the next number.

        Raises:
            UnknownUnitError: the owner is not on the roster.
            UnitClosedError: it is closed.
            GuardError: ``commitment-in-the-past``.
        """
        situation.roster.state.open_unit(self.owner_unit)
        if self.due_at <= situation.act.occurred_at:
            raise GuardError(
                "commitment-in-the-past",
                "承诺期限须晚于当前时间；未作任何更改，请修改 due_at。",
                "a commitment is due after it is made; nothing was changed, correct 'due_at'.",
            )
        promise = Promise(
            number=len(aggregate.promises) + 1,
            owner_unit=self.owner_unit,
            text=Personal(self.text),
            due_at=self.due_at,
            petition_id=self.petition_id,
        )
        aggregate.record(Session.CommitmentMade, situation.act, promise=promise)


class FollowUpCommitment(SessionCommand, frozen=True, kw_only=True):
    """Say how far a promise has come; the unit that made it does so."""

    label: ClassVar = Text("跟踪承诺", "follow a commitment up")
    path: ClassVar = "follow-ups"
    roles: ClassVar = who_may("FollowUpCommitment")
    from_states: ClassVar = OVER

    number: Annotated[int, Meta(ge=1)]
    done: bool
    note: Prose

    def refuse_actor(self, aggregate: Session, situation: Situation) -> None:
        """Refuse whoever is not of the unit that made the promise."""
        if self.number > len(aggregate.promises):
            raise GuardError(
                "unknown-commitment",
                f"本场活动没有第 {self.number} 项承诺；未作任何更改，请核对编号。",
                f"the session has no commitment {self.number}; nothing was changed, check the "
                "number.",
            )
        unit_acting_for(aggregate.promises[self.number - 1].owner_unit, situation)

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record progress on a promise that is not kept yet.

        Raises:
            GuardError: ``commitment-kept``.
        """
        if self.number in aggregate.kept:
            raise GuardError(
                "commitment-kept",
                f"第 {self.number} 项承诺已兑现；未作任何更改，无需再跟踪。",
                f"commitment {self.number} is kept already; nothing was changed, there is "
                "nothing left to follow up.",
            )
        aggregate.record(
            Session.CommitmentFollowedUp,
            situation.act,
            number=self.number,
            done=self.done,
            note=Personal(self.note),
        )
