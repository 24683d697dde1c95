"""Without this file each list would look up in its own way which petitions a caller may know of."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.principal import Principal
from domain.visibility import is_accused, may_see
from projections.petition_facts import read_facts


def visible(
    connection: Connection[Any], caller: Principal, petition_ids: Collection[UUID]
) -> AbstractSet[UUID]:
    """Return those of some petitions that a caller may know of. Blocking, one query."""
    facts = read_facts(connection, petition_ids)
    return {each.petition_id for each in facts.values() if may_see(caller, each)}


def hidden(
    connection: Connection[Any], caller: Principal, petition_ids: Collection[UUID]
) -> AbstractSet[UUID]:
    """Return those of some petitions that accuse the caller's own unit. Blocking, one query."""
    facts = read_facts(connection, petition_ids)
    return {each.petition_id for each in facts.values() if is_accused(caller, each)}
