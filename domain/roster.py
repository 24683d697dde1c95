"""Without this file a petition could be sent to a unit that does not exist or is closed."""

from datetime import date
from typing import ClassVar

import msgspec
from msgspec.structs import replace

from domain.aggregate import LedgerAggregate
from domain.delegations import Delegation
from domain.errors import DomainError
from domain.succession import Heir, predecessors, resolve_heir
from domain.text import Text
from domain.vocabulary import Labelled


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
        self.heirs: dict[str, Heir] = {}
        self.duties_to_attend: dict[date, frozenset[str]] = {}
        self.delegations: list[Delegation] = []

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
        """Return the open units right below one, by code; heirs take over what stood below."""
        return sorted(
            unit.unit_id
            for unit in self.units.values()
            if unit.unit_id not in self.closed and self.parent(unit.unit_id) == unit_id
        )

    def parent(self, unit_id: str) -> str | None:
        """Return the unit above one, which is its first parent or that one's heir.

        Raises:
            UnknownUnitError: the roster has no such unit.
        """
        parent = self.unit(unit_id).parent
        return None if parent is None else self.resolve(parent, date.max)

    def resolve(self, unit_id: str, on: date) -> str:
        """Return the unit that stands for one on a local day: itself, or its heir by then."""
        return resolve_heir(self.heirs, unit_id, on)

    def predecessors(self, unit_id: str, on: date) -> frozenset[str]:
        """Return the merged or split units that one stands for on a local day."""
        return predecessors(self.heirs, unit_id, on)

    def duty_to_attend(self, on: date) -> frozenset[str]:
        """Return the units bound to attend sessions on a local day, as of that day."""
        since = max((day for day in self.duties_to_attend if day <= on), default=None)
        listed = frozenset() if since is None else self.duties_to_attend[since]
        return frozenset(self.resolve(unit, on) for unit in listed)


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

    class UnitsMerged(Event):
        """并入: units end and another one goes on for them; their codes stay readable."""

        TOPIC: ClassVar[str] = "roster.units_merged"
        units: tuple[str, ...]
        successor: str
        effective_on: date
        document: str

        def apply(self, aggregate: "Roster") -> None:
            """Close the units and remember who goes on for them."""
            aggregate.state.closed.update(self.units)
            heir = Heir(self.successor, self.effective_on)
            aggregate.state.heirs.update(dict.fromkeys(self.units, heir))

    class UnitSplit(Event):
        """拆分: a unit gives matters to others, and ends unless it is its own heir."""

        TOPIC: ClassVar[str] = "roster.unit_split"
        unit: str
        into: tuple[str, ...]
        heir: str
        effective_on: date
        document: str

        def apply(self, aggregate: "Roster") -> None:
            """Close the unit and remember who goes on for it, unless it goes on itself."""
            if self.heir != self.unit:
                aggregate.state.closed.add(self.unit)
                aggregate.state.heirs[self.unit] = Heir(self.heir, self.effective_on)

    class DutyToAttendSet(Event):
        """参会单位名单: the units bound to attend sessions from a local day on, all of them."""

        TOPIC: ClassVar[str] = "roster.duty_to_attend_set"
        units: tuple[str, ...]
        effective_on: date

        def apply(self, aggregate: "Roster") -> None:
            """Keep the list beside the earlier ones."""
            aggregate.state.duties_to_attend[self.effective_on] = frozenset(self.units)

    class DelegationGranted(Event):
        """代理授权: somebody may act in another one's role for a while."""

        TOPIC: ClassVar[str] = "roster.delegation_granted"
        delegation: Delegation

        def apply(self, aggregate: "Roster") -> None:
            """Add the delegation."""
            aggregate.state.delegations.append(self.delegation)

    class DelegationEnded(Event):
        """终止代理授权: it holds no longer, before its time is over."""

        TOPIC: ClassVar[str] = "roster.delegation_ended"
        number: int

        def apply(self, aggregate: "Roster") -> None:
            """Let the delegation end now; what was done under it stands."""
            ended = aggregate.state.delegations[self.number - 1]
            aggregate.state.delegations[self.number - 1] = replace(ended, ends_at=self.timestamp)
