"""Without this file a rate at any instant but the end of a day could not be read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.metrics import Step
from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.array_text import as_uuid_array
from projections.binary_copy import (
    as_bytea,
    as_instant,
    as_uuid,
    as_word,
    copy_rows,
    row_start,
)
from projections.packed_vector import as_changes

QUERIES: Final = load_queries("projections", "petition_steps")

_ROW_START: Final = row_start(8)


class Kind(NamedTuple):
    """What all steps of one petition have in common: how reports may group them."""

    petition_type: str
    channel: str
    region: str
    accepted_at: datetime | None


class PetitionStep(NamedTuple):
    """A step and whose it is."""

    petition_id: UUID
    step: Step


def kind_of(facts: PetitionFacts) -> Kind:
    """Return how reports group a petition; pure."""
    return Kind(facts.petition_type or "", facts.channel, facts.region or "", facts.accepted_at)


def delete_steps(connection: Connection[Any], gone: Iterable[PetitionStep]) -> None:
    """Take steps back; blocking, one statement in the caller's transaction."""
    gone = list(gone)
    if gone:
        parameters = {
            "petition_ids": as_uuid_array(each.petition_id for each in gone),
            "instants": [each.step.at for each in gone],
            "units": [each.step.unit for each in gone],
        }
        connection.execute(QUERIES["delete_steps"], parameters)


def copy_steps(connection: Connection[Any], rows: Iterable[bytes]) -> None:
    """Write rows made by ``step_rows``. Blocking."""
    copy_rows(connection, QUERIES["copy_steps"], rows)


def step_rows(petition_id: UUID, kind: Kind, steps: Iterable[Step]) -> Iterable[bytes]:
    """Yield the rows of steps of one petition; pure.

    Args:
        petition_id: Whose.
        kind: What they have in common.
        steps: Of that petition.
    """
    start = _ROW_START + as_uuid(petition_id)
    middle = b"".join(
        (
            as_word(kind.petition_type),
            as_word(kind.channel),
            as_word(kind.region),
            as_instant(kind.accepted_at),
        )
    )
    for step in steps:
        delta = as_bytea(as_changes(step.delta))
        yield b"".join((start, as_instant(step.at), as_word(step.unit), middle, delta))
