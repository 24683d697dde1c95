"""Without this file a report would not know over which petitions it may give no rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.extent import Extent
from domain.scope import Scope, ScopeEvent
from domain.succession import AS_DISPATCHED, Succession
from domain.text import Text
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from projections.model import ReadModel

QUERIES: Final = load_queries("projections", "incomplete_scopes")

Row = dict[str, object]


@dataclass(frozen=True)
class IncompleteScope:
    """Petitions of which not all are on record, and why."""

    extent: Extent
    reason: str


class IncompleteScopes(ReadModel):
    """Table scope_declaration."""

    name = "scopes"
    aggregates = (Scope.TOPIC,)
    tables = ("scope_declaration",)

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter and revise declarations; see the base class."""
        declared: list[Row] = []
        revised: dict[UUID, Row] = {}
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            _note(cast("ScopeEvent", event), declared, revised)
        for statement, rows in (
            (QUERIES["insert_scopes"], declared),
            (QUERIES["revise_scopes"], list(revised.values())),
        ):
            if rows:
                self._connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()})


def read_incomplete_scopes(connection: Connection[Any]) -> tuple[IncompleteScope, ...]:
    """Return the scopes over which no rate may be given, as declared last. Blocking, one query.

    Source:
        domain.md decision 11.
    """
    rows = connection.execute(QUERIES["read_incomplete_scopes"])
    return tuple(
        IncompleteScope(
            Extent(unit=unit, petition_type=petition_type, channel=channel, region=region), reason
        )
        for unit, petition_type, channel, region, reason in rows
    )


def withheld_text(
    scopes: Sequence[IncompleteScope], extent: Extent, succession: Succession = AS_DISPATCHED
) -> Text | None:
    """Return why no rate over these petitions is given, or None where one may be. Pure.

    One incomplete part is enough: what it lacks is missing from every sum it enters, also
    where the sum is an heir's.
    """
    reasons = dict.fromkeys(
        scope.reason for scope in scopes if _under_heirs(scope.extent, succession).meets(extent)
    )
    if not reasons:
        return None
    zh, en = "；".join(reasons), "; ".join(reasons)
    return Text(f"收件不完整，不计算比率：{zh}", f"intake is incomplete, no rate is given: {en}")


def _under_heirs(extent: Extent, succession: Succession) -> Extent:
    if extent.unit is None:
        return extent
    return msgspec.structs.replace(extent, unit=succession.heir(extent.unit))


def _note(event: ScopeEvent, declared: list[Row], revised: dict[UUID, Row]) -> None:
    row: Row = {
        "scope_id": event.originator_id,
        "intake_complete": event.intake_complete,
        "reason": event.reason,
        "declared_at": event.timestamp,
    }
    match event:
        case Scope.Created():
            declared.append(row | msgspec.structs.asdict(event.extent))
        case Scope.Revised():
            revised[event.originator_id] = row
        case _:
            assert_never(event)
