"""Without this file any unit could write into the record of another one's session."""

from abc import abstractmethod
from typing import ClassVar

from domain.course import refuse_state
from domain.resource import AggregateCommand
from domain.session import Session
from domain.session_terms import SessionState
from domain.situation import Situation
from domain.text import Text
from domain.unit_guard import unit_acting_for

SESSION: Text = Text("活动", "session")
PLANNED = (SessionState.SCHEDULED,)
UNDER_WAY = (SessionState.SCHEDULED, SessionState.HELD)
OVER = (SessionState.HELD,)


class SessionCommand(AggregateCommand[Session], frozen=True, kw_only=True):
    """A command of the host unit on its session.

    Attributes:
        from_states: States it may be given in.
    """

    from_states: ClassVar[tuple[SessionState, ...]]

    def decide(self, aggregate: Session, situation: Situation) -> None:
        """Check state and host, then this command's own guards.

        Raises:
            ImpossibleTransitionError: the state does not allow it.
            NotPermittedError: the actor is of another unit than the host.
            GuardError: a guard of this command.
        """
        refuse_state(self.label, aggregate.state, *self.from_states)
        self.refuse_actor(aggregate, situation)
        self.settle(aggregate, situation)

    def refuse_actor(self, aggregate: Session, situation: Situation) -> None:
        """Refuse whoever is not of the host unit, or of the one that goes on for it."""
        unit_acting_for(aggregate.host_unit, situation)

    @abstractmethod
    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Check this command's own guards and record its events."""
