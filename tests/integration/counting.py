"""A tiny aggregate for tests of commands: it counts, and remembers one name."""

from typing import ClassVar
from uuid import UUID

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.errors import GuardError
from domain.personal import Personal


class Counter(LedgerAggregate):
    """Counts up to a limit."""

    TOPIC = "test_counter"

    def __init__(self) -> None:
        """Begin at zero."""
        self.total = 0

    class Event(LedgerAggregate.Event):
        """Base of the counter's events."""

    class Created(Event, LedgerAggregate.Created):
        """The counter is begun."""

        TOPIC: ClassVar[str] = "test_counter.begun"
        name: Personal[str]

    class Counted(Event):
        """The counter goes up."""

        TOPIC: ClassVar[str] = "test_counter.counted"
        step: int

        def apply(self, aggregate: "Counter") -> None:
            """Add the step."""
            aggregate.total += self.step


def begin(aggregate_id: UUID, act: Act) -> Counter:
    """Return a new counter."""
    return Counter.begin(Counter.Created, aggregate_id, act, name=Personal("示例"))


def count(counter: Counter | None, act: Act, *, step: int = 1, total_max: int = 100) -> Counter:
    """Return the counter, gone up by a step.

    Raises:
        GuardError: there is no counter, or it would exceed its limit.
    """
    if counter is None or counter.total + step > total_max:
        raise GuardError("limit-reached", "已到上限", "the limit is reached")
    if step:
        counter.record(Counter.Counted, act, step=step)
    return counter
