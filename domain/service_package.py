"""Without this file a promise tailored to one enterprise would be nobody's."""

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from domain.aggregate import LedgerAggregate
from domain.command import Code, Instant, Line
from domain.personal import Personal
from domain.vocabulary import Labelled


class PackageState(Labelled):
    """How far a service package has come."""

    OPEN = "open", "办理中", "open"
    DONE = "done", "已办结", "done"
    CANCELLED = "cancelled", "已取消", "cancelled"


class PackageItem(msgspec.Struct, frozen=True):
    """One service promised to the enterprise.

    Attributes:
        title: What; may name people, so it is personal.
        unit: Unit the enterprise turns to.
        due_at: Aware instant until which it is to be done.
    """

    title: Personal[str]
    unit: str
    due_at: Instant


class ItemNote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One service as a command states it; ``due_at`` is an aware instant."""

    title: Line
    unit: Code
    due_at: Instant


ItemNotes = Annotated[tuple[ItemNote, ...], Meta(min_length=1, max_length=200)]


class ServicePackage(LedgerAggregate):
    """A service package 综合服务包 tailored to one enterprise 一企一策."""

    TOPIC = "service_package"

    def __init__(self, enterprise: str, unit: str, items: tuple[PackageItem, ...]) -> None:
        """Start with its first items, none done."""
        self.enterprise = enterprise
        self.unit = unit
        self.items = list(items)
        self.done: set[int] = set()
        self.state = PackageState.OPEN

    class Event(LedgerAggregate.Event):
        """Base of the package's events."""

    class Created(Event, LedgerAggregate.Created):
        """开立服务包: a unit promises an enterprise some services."""

        TOPIC: ClassVar[str] = "service_package.opened"
        enterprise: str
        unit: str
        contact_name: Personal[str]
        contact_phone: Personal[str]
        items: tuple[PackageItem, ...]

    class ItemAdded(Event):
        """增加服务事项: one more service is promised."""

        TOPIC: ClassVar[str] = "service_package.item_added"
        item: PackageItem

        def apply(self, aggregate: "ServicePackage") -> None:
            """Add it behind the others."""
            aggregate.items.append(self.item)

    class ItemDone(Event):
        """服务事项办结: one service was given; items are numbered from 1."""

        TOPIC: ClassVar[str] = "service_package.item_done"
        item: int
        result: Personal[str]

        def apply(self, aggregate: "ServicePackage") -> None:
            """Tick it off."""
            aggregate.done.add(self.item)

    class ContactChanged(Event):
        """更换服务联系人: the enterprise turns to somebody else from now on."""

        TOPIC: ClassVar[str] = "service_package.contact_changed"
        contact_name: Personal[str]
        contact_phone: Personal[str]

        def apply(self, aggregate: "ServicePackage") -> None:
            """Change nothing that a decision reads."""

    class Completed(Event):
        """服务包办结: every item is done."""

        TOPIC: ClassVar[str] = "service_package.completed"
        enterprise: str

        def apply(self, aggregate: "ServicePackage") -> None:
            """Note the end."""
            aggregate.state = PackageState.DONE

    class Cancelled(Event):
        """服务包取消: it ends undone, for a reason."""

        TOPIC: ClassVar[str] = "service_package.cancelled"
        enterprise: str
        reason: Personal[str]

        def apply(self, aggregate: "ServicePackage") -> None:
            """Note the end."""
            aggregate.state = PackageState.CANCELLED
