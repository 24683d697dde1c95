"""Without this file no report could call a unit by its name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple, assert_never, cast

from psycopg import Connection

from domain.roster import Roster, Tier, Unit, UnitKind
from domain.succession import Heir
from domain.text import Text
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from ledger.zone import prefer_zone
from projections.model import ReadModel

QUERIES: Final = load_queries("projections", "units")

RosterEvent = (
    Roster.Created
    | Roster.UnitRegistered
    | Roster.PackAdopted
    | Roster.UnitClosed
    | Roster.UnitsMerged
    | Roster.UnitSplit
    | Roster.DutyToAttendSet
    | Roster.DelegationGranted
    | Roster.DelegationEnded
)


class ListedUnit(NamedTuple):
    """One unit of the roster.

    Attributes:
        unit: Its code.
        name: Its name in both languages.
        tier: Its level.
        parent: Code of the unit above it.
        kind: What it is for.
        closed_at: Aware instant of its closing, None while it is open.
        heir: Code of the unit that goes on for it, and the local day since when.
    """

    unit: str
    name: Text
    tier: Tier
    parent: str | None
    kind: UnitKind
    closed_at: datetime | None
    heir: Heir | None


class Units(ReadModel):
    """Tables unit and attendance_duty."""

    name = "units"
    aggregates = (Roster.TOPIC,)
    tables = ("unit", "attendance_duty")

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter, close and merge units, and list who must attend; see the base class."""
        changes = _Changes()
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            changes.note(cast("RosterEvent", event))
        if changes.zone is not None:
            prefer_zone(self._connection, changes.zone)
        self._write(changes)

    def _write(self, changes: "_Changes") -> None:
        if changes.registered:
            self._connection.execute(QUERIES["upsert_units"], _columns(changes.registered))
        if changes.closed:
            closed = {"units": list(changes.closed), "instants": list(changes.closed.values())}
            self._connection.execute(QUERIES["close_units"], closed)
        if changes.heirs:
            successors, days = zip(*changes.heirs.values(), strict=True)
            heirs = {"units": list(changes.heirs), "successors": successors, "days": days}
            self._connection.execute(QUERIES["set_heirs"], {k: list(v) for k, v in heirs.items()})
        if changes.duties:
            rows = [(day, unit) for day, units in changes.duties.items() for unit in units]
            duties = {"days": [day for day, _ in rows], "units": [unit for _, unit in rows]}
            self._connection.execute(QUERIES["delete_duties"], {"days": list(changes.duties)})
            self._connection.execute(QUERIES["insert_duties"], duties)


@dataclass
class _Changes:
    """What a batch changes on the roster; of two lists for one day the later counts."""

    zone: str | None = None
    registered: dict[str, Unit] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)
    heirs: dict[str, Heir] = field(default_factory=dict)
    duties: dict[date, tuple[str, ...]] = field(default_factory=dict)

    def note(self, event: RosterEvent) -> None:
        match event:
            case Roster.Created():
                self.zone = event.zone
            case Roster.UnitRegistered():
                self.registered[event.unit.unit_id] = event.unit
            case Roster.UnitClosed():
                self.closed[event.unit_id] = event.timestamp
            case Roster.UnitsMerged():
                self._succeed(event.units, Heir(event.successor, event.effective_on), event)
            case Roster.UnitSplit():
                ended = () if event.heir == event.unit else (event.unit,)
                self._succeed(ended, Heir(event.heir, event.effective_on), event)
            case Roster.DutyToAttendSet():
                self.duties[event.effective_on] = event.units
            case Roster.PackAdopted() | Roster.DelegationGranted() | Roster.DelegationEnded():
                pass
            case _:
                assert_never(event)

    def _succeed(self, ended: tuple[str, ...], heir: Heir, event: Roster.Event) -> None:
        self.closed |= dict.fromkeys(ended, event.timestamp)
        self.heirs |= dict.fromkeys(ended, heir)


def read_units(connection: Connection[Any]) -> list[ListedUnit]:
    """Return the roster by code. Blocking, one query."""
    return [
        ListedUnit(
            unit,
            Text(name_zh, name_en),
            Tier(tier),
            parent,
            UnitKind(kind),
            closed_at,
            None if successor is None else Heir(successor, succeeded_on),
        )
        for (
            unit,
            name_zh,
            name_en,
            tier,
            parent,
            kind,
            closed_at,
            successor,
            succeeded_on,
        ) in connection.execute(QUERIES["read_units"])
    ]


def read_heirs(connection: Connection[Any]) -> dict[str, Heir]:
    """Return who goes on for each unit that merged or split; blocking, one query.

    With ``resolve_heir`` a figure by unit becomes one by the units of any local day.
    """
    return {unit: Heir(*heir) for unit, *heir in connection.execute(QUERIES["read_heirs"])}


def _columns(registered: dict[str, Unit]) -> dict[str, list[str | None]]:
    units = registered.values()
    return {
        "units": [unit.unit_id for unit in units],
        "names_zh": [unit.name.zh for unit in units],
        "names_en": [unit.name.en for unit in units],
        "tiers": [unit.tier.value for unit in units],
        "parents": [unit.parent for unit in units],
        "kinds": [unit.kind.value for unit in units],
    }
