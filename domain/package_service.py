"""Without this file nobody could open a service package or give what it promises."""

from typing import ClassVar
from uuid import UUID

from domain.command import Line, Prose
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.package_items import (
    AddPackageItem,
    CompletePackageItem,
    promised,
    refuse_unless_open,
)
from domain.parties import CreditCodeText, Phone, enterprises
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.service_package import ItemNotes, ServicePackage
from domain.situation import Situation
from domain.text import Text


class OpenServicePackage(OpeningCommand[ServicePackage], frozen=True, kw_only=True):
    """Promise one enterprise some services, each with its unit and its limit."""

    label: ClassVar = Text("开立综合服务包", "open a service package")
    roles: ClassVar = who_may("OpenServicePackage")

    enterprise: CreditCodeText
    contact_name: Line
    contact_phone: Phone
    items: ItemNotes

    def create(self, aggregate_id: UUID, situation: Situation) -> ServicePackage:
        """Begin the package of the actor's unit."""
        (enterprise,) = enterprises((self.enterprise,))
        return ServicePackage.begin(
            ServicePackage.Created,
            aggregate_id,
            situation.act,
            enterprise=enterprise,
            unit=acting_unit(situation),
            contact_name=Personal(self.contact_name),
            contact_phone=Personal(self.contact_phone),
            items=tuple(promised(note, situation) for note in self.items),
        )


class ChangePackageContact(AggregateCommand[ServicePackage], frozen=True, kw_only=True):
    """Name somebody else the enterprise turns to."""

    label: ClassVar = Text("更换服务包联系人", "change the contact of the service package")
    path: ClassVar = "contacts"
    roles: ClassVar = who_may("ChangePackageContact")

    contact_name: Line
    contact_phone: Phone

    def decide(self, aggregate: ServicePackage, situation: Situation) -> None:
        """Record the contact."""
        refuse_unless_open(self.label, aggregate, situation)
        aggregate.record(
            ServicePackage.ContactChanged,
            situation.act,
            contact_name=Personal(self.contact_name),
            contact_phone=Personal(self.contact_phone),
        )


class CompleteServicePackage(AggregateCommand[ServicePackage], frozen=True, kw_only=True):
    """Say that the whole package is done."""

    label: ClassVar = Text("办结综合服务包", "complete the service package")
    path: ClassVar = "completion"
    roles: ClassVar = who_may("CompleteServicePackage")

    def decide(self, aggregate: ServicePackage, situation: Situation) -> None:
        """Record the end once every item is done."""
        refuse_unless_open(self.label, aggregate, situation)
        missing = len(aggregate.items) - len(aggregate.done)
        if missing:
            raise GuardError(
                "items-open",
                f"服务包还有 {missing} 项未办结；未作任何更改，请先办结各项。",
                f"{missing} items of the package are open; nothing was changed, complete them "
                "first.",
            )
        aggregate.record(ServicePackage.Completed, situation.act, enterprise=aggregate.enterprise)


class CancelServicePackage(AggregateCommand[ServicePackage], frozen=True, kw_only=True):
    """End the package undone."""

    label: ClassVar = Text("取消综合服务包", "cancel the service package")
    path: ClassVar = "cancellation"
    roles: ClassVar = who_may("CancelServicePackage")

    reason: Prose

    def decide(self, aggregate: ServicePackage, situation: Situation) -> None:
        """Record the end and why."""
        refuse_unless_open(self.label, aggregate, situation)
        aggregate.record(
            ServicePackage.Cancelled,
            situation.act,
            enterprise=aggregate.enterprise,
            reason=Personal(self.reason),
        )


SERVICE_PACKAGES = Resource(
    path="service-packages",
    label=Text("综合服务包", "service package"),
    aggregate=ServicePackage,
    opening=(OpenServicePackage,),
    commands=(
        AddPackageItem,
        CompletePackageItem,
        ChangePackageContact,
        CompleteServicePackage,
        CancelServicePackage,
    ),
)
