"""Without this file each list would look up in its own way which petitions a caller may know of."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.principal import Principal
from domain.visibility import is_accused, may_see
from projections.petition_facts import read_facts


class Sight(NamedTuple):
    """What a caller may know of.

    Attributes:
        visible: Petitions that the caller may know of.
        accusing: Petitions that accuse the caller's own unit.
    """

    visible: AbstractSet[UUID]
    accusing: AbstractSet[UUID]


def look(connection: Connection[Any], caller: Principal, petition_ids: Collection[UUID]) -> Sight:
    """Return which of some petitions a caller may know of. Blocking, one query."""
    facts = read_facts(connection, petition_ids).values()
    return Sight(
        {each.petition_id for each in facts if may_see(caller, each)},
        {each.petition_id for each in facts if is_accused(caller, each)},
    )


def visible(
    connection: Connection[Any], caller: Principal, petition_ids: Collection[UUID]
) -> AbstractSet[UUID]:
    """Return those of some petitions that a caller may know of. Blocking, one query."""
    return look(connection, caller, petition_ids).visible
