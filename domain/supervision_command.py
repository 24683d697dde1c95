"""Without this file an office could supervise itself, or a unit answer for another one."""

from abc import abstractmethod
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.course import refuse_state
from domain.errors import GuardError, NotPermittedError
from domain.kin import kin_of_actor
from domain.resource import AggregateCommand
from domain.situation import Situation
from domain.supervision import SupervisionOrder
from domain.supervision_terms import SupervisionState
from domain.text import Text
from domain.vocabulary import Role

ORDER = Text("督办单", "supervision order")
OPEN = (SupervisionState.OPEN,)
PROPOSED = (SupervisionState.PROPOSED,)

Citations = Annotated[
    tuple[
        Annotated[
            str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[1-9][0-9]*$(?!\n)")
        ],
        ...,
    ],
    Meta(min_length=1, max_length=200),
]
"""Events an order rests on, each as ``originator:version``; at least one."""
Petitions = Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=200)]
"""Petitions an order is about, 1 to 200."""


class SupervisionCommand(AggregateCommand[SupervisionOrder], frozen=True, kw_only=True):
    """A command on a supervision order.

    Attributes:
        from_states: States it may be given in.
    """

    from_states: ClassVar[tuple[SupervisionState, ...]] = OPEN

    def decide(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Check the state, then this command's own guards.

        Raises:
            ImpossibleTransitionError: the state does not allow it.
            NotPermittedError: the actor's unit is under supervision itself.
            GuardError: a guard of this command.
        """
        refuse_state(self.label, aggregate.state, *self.from_states)
        if situation.act.actor_role is Role.SUPERVISION:
            refuse_own_unit(aggregate.unit, situation)
        self.settle(aggregate, situation)

    @abstractmethod
    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Check this command's own guards and record its events."""


def refuse_own_unit(unit: str, situation: Situation) -> None:
    """Refuse an officer whose own unit is to be supervised.

    Raises:
        NotPermittedError: it is the actor's unit, or has gone into it.
    """
    if unit in kin_of_actor(situation):
        raise NotPermittedError(
            Text(
                f"督查人员不能督办本单位“{unit}”；未作任何更改，请由其他单位的督查人员办理。",
                f"an officer may not supervise their own unit '{unit}'; nothing was changed, let "
                "an officer of another unit do it.",
            )
        )


def refuse_past_due(due_at: datetime, situation: Situation) -> None:
    """Refuse an order that is due before it is given.

    Raises:
        GuardError: ``order-in-the-past``.
    """
    if due_at <= situation.act.occurred_at:
        raise GuardError(
            "order-in-the-past",
            "督办期限须晚于当前时间；未作任何更改，请修改 due_at。",
            "an order is due after it is given; nothing was changed, correct 'due_at'.",
        )
