"""Without this file counts of petitions would tell a unit of those that accuse it."""

from typing import Final

from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.binary_copy import as_uuid, as_word, row_start
from projections.petition_tables import PetitionTable

QUERIES: Final = load_queries("projections", "confidential_petitions")

_ROW_START: Final = row_start(2)


def confidential_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the row of a petition that its accused unit may not know of, if it is one; pure."""
    if not facts.confidential or facts.accused_unit is None:
        return []
    return [_ROW_START + as_uuid(facts.petition_id) + as_word(facts.accused_unit)]


CONFIDENTIAL_PETITIONS: Final = PetitionTable(
    "confidential_petition",
    confidential_rows,
    QUERIES["delete_confidential_petitions"],
    QUERIES["copy_confidential_petitions"],
)
