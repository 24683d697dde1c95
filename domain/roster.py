"""Without this file a petition could be sent to a unit that does not exist or is closed."""

import re
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.errors import DomainError
from domain.text import Text
from domain.vocabulary import Labelled

_UNIT_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class Tier(Labelled):
    """Level of a unit; a unit's parent is of its own tier or a higher one."""

    PROVINCE = "province", "省级", "province"
    CITY = "city", "市级", "city"
    COUNTY = "county", "区县级", "county"
    STATION = "station", "站点", "station"

    @property
    def rank(self) -> int:
        """0 for the highest."""
        return list(Tier).index(self)


class UnitKind(Labelled):
    """What a unit is for."""

    HUB = "hub", "枢纽", "hub"
    DEPARTMENT = "department", "部门", "department"
    TOWNSHIP = "township", "镇街", "township"
    PARK = "park", "园区", "park"
    SUPERVISION = "supervision", "督查室", "supervision office"
    ENTERPRISE_SERVICE = "enterprise_service", "企业服务机构", "enterprise service"
    OTHER = "other", "其他", "other"


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that may hold an assignment.

    Attributes:
        unit_id: Code slug, 1 to 40 of ``a-z 0-9 _ -``; never reused.
        name: Its name in both languages.
        tier: Its level.
        parent: Unit above it, or null for a top unit.
        kind: What it is for.
        duties: Catalogue tags of the matters it must handle.
    """

    unit_id: str
    name: Text
    tier: Tier
    parent: str | None
    kind: UnitKind
    duties: tuple[str, ...] = ()


class UnknownUnitError(DomainError):
    """A unit was named that the roster does not have."""

    code = "unknown-unit"


class UnitClosedError(DomainError):
    """A closed unit was to receive something."""

    code = "unit-closed"


class InvalidUnitError(DomainError):
    """A unit to be registered or closed breaks a rule of the roster."""

    code = "invalid-unit"


class RosterState:
    """The units known so far; changed only by the roster's events."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.closed: set[str] = set()

    def unit(self, unit_id: str) -> Unit:
        """Return a unit, open or closed.

        Raises:
            UnknownUnitError: the roster has no such unit.
        """
        if unit_id not in self.units:
            raise UnknownUnitError(
                Text(
                    f"名册中没有单位“{unit_id}”；未作任何更改，请核对代码或先登记该单位。",
                    f"the roster has no unit '{unit_id}'; nothing was changed, "
                    "check the code or register the unit first.",
                )
            )
        return self.units[unit_id]

    def open_unit(self, unit_id: str) -> Unit:
        """Return a unit that may receive something.

        Raises:
            UnknownUnitError: the roster has no such unit.
            UnitClosedError: it was closed.
        """
        unit = self.unit(unit_id)
        if unit_id in self.closed:
            raise UnitClosedError(
                Text(
                    f"单位“{unit.name.zh}”（{unit_id}）已撤销；未作任何更改，请改选在册单位。",
                    f"unit '{unit.name.en}' ({unit_id}) is closed; nothing was changed, "
                    "choose an open unit.",
                )
            )
        return unit

    def children(self, unit_id: str) -> list[str]:
        """Return the open units right below one, by code."""
        return sorted(
            unit.unit_id
            for unit in self.units.values()
            if unit.parent == unit_id and unit.unit_id not in self.closed
        )


class Roster(LedgerAggregate):
    """The units of one ledger."""

    TOPIC = "roster"

    def __init__(self, zone: str, name: Text) -> None:
        """Start without a unit.

        Args:
            zone: IANA zone of the ledger's days and hours.
            name: The jurisdiction's name.
        """
        self.zone = zone
        self.name = name
        self.pack_id: str | None = None
        self.state = RosterState()

    class Event(LedgerAggregate.Event):
        """Base of the roster's events."""

    class Created(Event, LedgerAggregate.Created):
        """建册: the ledger gets its roster."""

        TOPIC: ClassVar[str] = "roster.opened"
        zone: str
        name: Text

    class UnitRegistered(Event):
        """登记单位."""

        TOPIC: ClassVar[str] = "roster.unit_registered"
        unit: Unit

        def apply(self, aggregate: "Roster") -> None:
            """Add the unit."""
            aggregate.state.units[self.unit.unit_id] = self.unit

    class PackAdopted(Event):
        """采用规则包: petitions filed from now on pin this pack."""

        TOPIC: ClassVar[str] = "roster.pack_adopted"
        pack_id: str

        def apply(self, aggregate: "Roster") -> None:
            """Remember the pack in force."""
            aggregate.pack_id = self.pack_id

    class UnitClosed(Event):
        """撤销单位: it keeps its history and receives nothing any more."""

        TOPIC: ClassVar[str] = "roster.unit_closed"
        unit_id: str
        reason: str

        def apply(self, aggregate: "Roster") -> None:
            """Mark the unit closed."""
            aggregate.state.closed.add(self.unit_id)


def open_roster(roster_uuid: UUID, zone: str, name: Text, act: Act) -> Roster:
    """Return a new roster with its birth event pending."""
    return Roster.begin(Roster.Created, roster_uuid, act, zone=zone, name=name)


def register_unit(roster: Roster, unit: Unit, act: Act) -> None:
    """Add a unit to the roster.

    Raises:
        InvalidUnitError: the code is malformed or taken, or the parent's tier is lower.
        UnknownUnitError: the parent is not on the roster.
        UnitClosedError: the parent is closed.
    """
    if not _UNIT_ID.fullmatch(unit.unit_id):
        raise _refused(
            unit.unit_id,
            "代码须为 1 至 40 位小写字母、数字、_ 或 -",
            "a code is 1 to 40 of a-z 0-9 _ -",
        )
    if unit.unit_id in roster.state.units:
        raise _refused(unit.unit_id, "代码已被使用", "the code is taken")
    if unit.parent is not None:
        parent = roster.state.open_unit(unit.parent)
        if parent.tier.rank > unit.tier.rank:
            raise _refused(
                unit.unit_id,
                f"上级单位为{parent.tier.label.zh}，低于本单位的{unit.tier.label.zh}",
                f"its parent is of tier {parent.tier}, below {unit.tier}",
            )
    roster.record(Roster.UnitRegistered, act, unit=unit)


def adopt_pack(roster: Roster, pack_id: str, act: Act) -> None:
    """Make a published pack the one that petitions filed from now on pin."""
    roster.record(Roster.PackAdopted, act, pack_id=pack_id)


def close_unit(roster: Roster, unit_id: str, reason: str, act: Act) -> None:
    """Close a unit; its code is never used again.

    Raises:
        UnknownUnitError: it is not on the roster.
        UnitClosedError: it is closed already.
        InvalidUnitError: open units stand below it.
    """
    roster.state.open_unit(unit_id)
    below = roster.state.children(unit_id)
    if below:
        raise _refused(
            unit_id,
            f"其下仍有在册单位：{'、'.join(below)}",
            f"open units stand below it: {', '.join(below)}",
        )
    roster.record(Roster.UnitClosed, act, unit_id=unit_id, reason=reason)


def _refused(unit_id: str, zh: str, en: str) -> InvalidUnitError:
    return InvalidUnitError(
        Text(
            f"单位“{unit_id}”：{zh}；名册未更改，请修改后重试。",
            f"unit '{unit_id}': {en}; the roster is unchanged, correct it and try again.",
        )
    )
