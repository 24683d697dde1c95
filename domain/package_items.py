"""Without this file a service package could promise what no unit owes, or be done by nobody."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import Prose
from domain.course import refuse_state
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.kin import same_office
from domain.parties import open_units, refuse_other_unit
from domain.personal import Personal
from domain.resource import AggregateCommand
from domain.role_table import who_may
from domain.service_package import ItemNote, PackageItem, PackageState, ServicePackage
from domain.situation import Situation
from domain.text import Text


class AddPackageItem(AggregateCommand[ServicePackage], frozen=True, kw_only=True):
    """Promise one more service."""

    label: ClassVar = Text("增加服务包事项", "add an item to the service package")
    path: ClassVar = "items"
    roles: ClassVar = who_may("AddPackageItem")

    item: ItemNote

    def decide(self, aggregate: ServicePackage, situation: Situation) -> None:
        """Record the item."""
        refuse_unless_open(self.label, aggregate, situation)
        item = promised(self.item, situation)
        aggregate.record(ServicePackage.ItemAdded, situation.act, item=item)


class CompletePackageItem(AggregateCommand[ServicePackage], frozen=True, kw_only=True):
    """Say what was done about one item; by the item's unit or the package's."""

    label: ClassVar = Text("办结服务包事项", "complete an item of the service package")
    path: ClassVar = "items-done"
    roles: ClassVar = who_may("CompletePackageItem")

    item: Annotated[int, Meta(ge=1, le=10_000)]
    result: Prose

    def decide(self, aggregate: ServicePackage, situation: Situation) -> None:
        """Record the result."""
        refuse_state(self.label, aggregate.state, PackageState.OPEN)
        if self.item > len(aggregate.items) or self.item in aggregate.done:
            raise GuardError(
                "no-open-item",
                f"服务包没有待办的第 {self.item} 项；未作任何更改，请核对序号。",
                f"the package has no open item {self.item}; nothing was changed, check its number.",
            )
        doing = aggregate.items[self.item - 1].unit
        if not same_office(doing, acting_unit(situation), situation):
            refuse_other_unit(aggregate.unit, situation)
        result = Personal(self.result)
        aggregate.record(ServicePackage.ItemDone, situation.act, item=self.item, result=result)


def refuse_unless_open(label: Text, package: ServicePackage, situation: Situation) -> None:
    """Refuse a package that ended, or an actor of another unit than the package's.

    Raises:
        ImpossibleTransitionError: it ended.
        NotPermittedError: the actor's account is bound to another unit.
    """
    refuse_state(label, package.state, PackageState.OPEN)
    refuse_other_unit(package.unit, situation)


def promised(note: ItemNote, situation: Situation) -> PackageItem:
    """Return an item as an event records it; pure.

    Raises:
        UnknownUnitError: the roster has no such unit.
        UnitClosedError: it was closed.
        GuardError: ``due-in-the-past``.
    """
    (unit,) = open_units((note.unit,), situation)
    if note.due_at < situation.act.occurred_at:
        raise GuardError(
            "due-in-the-past",
            "服务事项的期限早于承诺时间；未作任何更改，请修改 due_at。",
            "the item is due before it is promised; nothing was changed, correct 'due_at'.",
        )
    return PackageItem(Personal(note.title), unit, note.due_at)
