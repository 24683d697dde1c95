"""Without this file nobody could see what an enterprise asked for, and who looks after it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.enterprise import Enterprise, EnterpriseEvent
from domain.enterprise_terms import EnterpriseSize
from domain.vocabulary import PetitionState
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from projections.enterprise_rows import EnterpriseChanges
from projections.model import ReadModel
from projections.pages import refuse_page_len

QUERIES: Final = load_queries("projections", "enterprise_profile")


class EnterpriseProfile(NamedTuple):
    """One enterprise and what it asked for.

    Attributes:
        credit_code: Its code.
        enterprise_id: Its stream.
        name: Registered name.
        industry: As the city classifies it.
        size: By the national standard.
        region: Region, or empty.
        key_enterprise: Whether it is a key enterprise.
        liaison_unit: Unit of the government's fixed liaison, or None.
        chief_unit: Unit of the chief representative appointed last, or None.
        chief_from_on: First local day of that post, or None.
        chief_until_on: Last local day of it, or None.
        groups: Direct groups it is in now.
        petitions: How many of its petitions are in each state.
    """

    credit_code: str
    enterprise_id: UUID
    name: str
    industry: str
    size: EnterpriseSize
    region: str
    key_enterprise: bool
    liaison_unit: str | None
    chief_unit: str | None
    chief_from_on: date | None
    chief_until_on: date | None
    groups: tuple[str, ...]
    petitions: dict[PetitionState, int]


class EnterpriseProfiles(ReadModel):
    """Tables enterprise_profile and enterprise_group."""

    name = "enterprise_profile"
    aggregates = (Enterprise.TOPIC,)
    tables = ("enterprise_profile", "enterprise_group")

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter enterprises and what changes; see the base class."""
        changes = EnterpriseChanges()
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            changes.note(cast("EnterpriseEvent", event))
        for statement, rows in (
            (QUERIES["insert_profiles"], changes.recorded),
            (QUERIES["change_profiles"], list(changes.profiles.values())),
            (QUERIES["end_memberships"], changes.left),
            (QUERIES["insert_memberships"], list(changes.joined.values())),
        ):
            if rows:
                self._connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()})


def read_profile(
    connection: Connection[Any], credit_code: str, *, hidden_from: Collection[str] = ()
) -> EnterpriseProfile | None:
    """Return one enterprise, or None where it was never recorded. Blocking, one query.

    Args:
        connection: Of a role that may read the read models.
        credit_code: Its code.
        hidden_from: Codes of the office that is not told of petitions that accuse it.
    """
    parameters = {"credit_code": credit_code, "hidden_from": sorted(hidden_from)}
    row = connection.execute(QUERIES["read_profile"], parameters).fetchone()
    return None if row is None else _profile(row)


def read_profiles(
    connection: Connection[Any],
    *,
    limit: int,
    after_code: str = "",
    group: str | None = None,
    hidden_from: Collection[str] = (),
) -> list[EnterpriseProfile]:
    """Return a page of enterprises by code. Blocking, one query.

    Args:
        connection: Of a role that may read the read models.
        limit: Most enterprises, 1 to ``PAGE_LEN_MAX``.
        after_code: Last code already known, empty for the beginning.
        group: Only those in this direct group now.
        hidden_from: Codes of the office that is not told of petitions that accuse it.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "limit": limit,
        "after_code": after_code,
        "group_code": group,
        "hidden_from": sorted(hidden_from),
    }
    return [_profile(row) for row in connection.execute(QUERIES["read_profiles"], parameters)]


def count_members(connection: Connection[Any]) -> dict[str, int]:
    """Return how many enterprises are in each direct group now. Blocking, one query."""
    return dict(connection.execute(QUERIES["count_members"]).fetchall())


def _profile(row: tuple[Any, ...]) -> EnterpriseProfile:
    profile = EnterpriseProfile(*row)
    return profile._replace(
        size=EnterpriseSize(profile.size),
        groups=tuple(profile.groups),
        petitions={PetitionState(state): count for state, count in profile.petitions.items()},
    )
