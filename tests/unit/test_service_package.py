"""Without this file a service package could be called done with half of it open."""

from datetime import timedelta

from msgspec.structs import replace

from domain.package_items import AddPackageItem, CompletePackageItem
from domain.package_service import (
    CancelServicePackage,
    ChangePackageContact,
    CompleteServicePackage,
    OpenServicePackage,
)
from domain.service_package import PackageState, ServicePackage
from domain.vocabulary import Role
from tests.unit.given_when_then import START
from tests.unit.resource_story import HEAD, LIVES, OPEN_PACKAGE, Deed, Life, item

CALL = Deed(ChangePackageContact(contact_name="x", contact_phone="010 1"), Role.HANDLER)
DONE = Deed(CompletePackageItem(item=1, result="x"), Role.HANDLER)
COMPLETE = Deed(CompleteServicePackage(), Role.HANDLER)
CANCEL = Deed(CancelServicePackage(reason="x"), HEAD)
ADD = Deed(AddPackageItem(item=item("water")), Role.HANDLER)


def opening(**fields: object) -> Deed:
    """Return the opening of a package that differs in some fields."""
    assert isinstance(OPEN_PACKAGE.command, OpenServicePackage)
    return Deed(replace(OPEN_PACKAGE.command, **fields), Role.HANDLER)


def test_package_is_done_once_every_item_is() -> None:
    """Each item is ticked off by its number."""
    life = Life().do(*LIVES["package"])
    assert isinstance(life.aggregate, ServicePackage)
    assert life.aggregate.done == {1, 2}
    assert life.aggregate.state is PackageState.DONE


def test_completion_is_refused_when_an_item_is_open() -> None:
    """A promise that was not kept does not vanish with its package."""
    life = Life().do(OPEN_PACKAGE, ADD, DONE)
    life.refuses(COMPLETE, "items-open")
    life.do(Deed(CompletePackageItem(item=2, result="x"), Role.HANDLER), COMPLETE)


def test_item_is_refused_when_there_is_none_open_of_its_number() -> None:
    """Numbers go from 1, and an item is done once."""
    life = Life().do(OPEN_PACKAGE)
    life.refuses(Deed(CompletePackageItem(item=2, result="x"), Role.HANDLER), "no-open-item")
    life.do(DONE).refuses(DONE, "no-open-item")


def test_item_is_completed_by_its_own_unit_or_the_one_in_charge() -> None:
    """A third unit has no say."""
    second = CompletePackageItem(item=2, result="x")
    life = Life().do(OPEN_PACKAGE, ADD)
    life.refuses(Deed(second, Role.HANDLER, "roads"), "not-permitted")
    life.do(Deed(second, Role.HANDLER, "water"))


def test_package_is_refused_when_the_enterprise_or_a_unit_does_not_exist() -> None:
    """One package is for one enterprise, by its credit code."""
    Life().refuses(opening(enterprise="91510100MA0000010X"), "invalid-credit-code")
    Life().refuses(opening(items=(item("nowhere"),)), "unknown-unit")
    Life().refuses(opening(items=(item("closed"),)), "unit-closed")


def test_item_is_refused_when_it_is_due_before_it_is_promised() -> None:
    """A limit lies ahead."""
    past = item(due_at=START - timedelta(days=1))
    Life().refuses(opening(items=(past,)), "due-in-the-past")
    Life().do(OPEN_PACKAGE).refuses(
        Deed(AddPackageItem(item=past), Role.HANDLER), "due-in-the-past"
    )


def test_package_commands_are_refused_when_it_ended() -> None:
    """Done and cancelled are both final."""
    for life in (Life().do(*LIVES["package"]), Life().do(OPEN_PACKAGE, CANCEL)):
        for deed in (ADD, DONE, CALL, COMPLETE, CANCEL):
            life.refuses(deed, "impossible-transition")


def test_package_commands_are_refused_when_another_unit_gives_them() -> None:
    """A package is its unit's."""
    life = Life().do(OPEN_PACKAGE, DONE)
    for deed in (ADD, CALL, COMPLETE, CANCEL):
        life.refuses(Deed(deed.command, deed.role, "roads"), "not-permitted")
