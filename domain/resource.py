"""Without this file every new aggregate would need routes, roles and order checks of its own."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.command import Command
from domain.guards import refuse_disorder, refuse_future, refuse_role
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Role

A = TypeVar("A", bound=LedgerAggregate)


class OpeningCommand(Command, Generic[A], frozen=True, kw_only=True):
    """A command that begins an aggregate."""

    path: ClassVar[str] = ""

    @property
    def stream_name(self) -> str | None:
        """Name the aggregate's id follows from, or None where the id is drawn; pure."""
        return None

    def begin(self, aggregate_id: UUID, situation: Situation) -> A:
        """Return a new aggregate with its first event pending; pure.

        Raises:
            NotPermittedError: the role may not give it.
            GuardError: ``date-in-future``, or a guard of this command.
        """
        refuse_role(self.label, self.roles, situation)
        refuse_future(situation.act.occurred_at, situation)
        return self.create(aggregate_id, situation)

    @abstractmethod
    def create(self, aggregate_id: UUID, situation: Situation) -> A:
        """Check this command's own guards and return the aggregate it begins."""


class AggregateCommand(Command, Generic[A], frozen=True, kw_only=True):
    """A command on an aggregate that exists."""

    def apply(self, aggregate: A, situation: Situation) -> None:
        """Check role and order, then decide; pending events are added on success.

        Pure: the aggregate is changed in memory only.

        Raises:
            NotPermittedError: the role may not give it.
            LateEntryOrderError: the claimed time precedes the aggregate's latest act.
            GuardError: a guard of this command failed; its ``code`` says which.
        """
        refuse_role(self.label, self.roles, situation)
        refuse_disorder(aggregate.modified_on, situation)
        self.decide(aggregate, situation)

    @abstractmethod
    def decide(self, aggregate: A, situation: Situation) -> None:
        """Check this command's own guards and record its events."""


@dataclass(frozen=True)
class Resource:
    """An aggregate as API, scenarios and documentation see it.

    Attributes:
        path: Its collection below ``/v1``, a plural noun.
        label: What people call one of them.
        aggregate: Its class.
        opening: Commands that begin one; the first has the path ``""``.
        commands: Commands on one, in the order of its life.
        hidden_from: Roles of staff that may not read one.
    """

    path: str
    label: Text
    aggregate: type[LedgerAggregate]
    opening: tuple[type[OpeningCommand[Any]], ...]
    commands: tuple[type[AggregateCommand[Any]], ...]
    hidden_from: frozenset[Role] = frozenset()

    @property
    def unknown_code(self) -> str:
        """Code of the error that there is none of an id."""
        return f"unknown-{self.aggregate.TOPIC.replace('_', '-')}"
