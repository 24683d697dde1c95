"""Without this file every petition would have to be compared with every other one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from domain.likeness import Likeness, compare, weigh_question
from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.petition_facts import read_facts

QUERIES: Final = load_queries("replay", "demand_nearest")

HEAVY_TERMS_LEN: Final = 12
"""A petition is looked at if it has one of so many of the question's heaviest words."""
NEAREST_LEN: Final = 5_000
"""Most petitions looked at, the most alike first."""

_FIRST_LOOK_LEN: Final = 50


def weigh_words(
    connection: Connection[Any], words: Mapping[str, int], documents_len: int
) -> dict[str, float]:
    """Return the words of a text that tell petitions apart, weighed by the ledger's own.

    Blocking, one query.

    Args:
        connection: Of the role tz_app.
        words: Of the text, from ``count_words``.
        documents_len: Petitions that have words on record.
    """
    rows = connection.execute(QUERIES["count_documents"], {"terms": list(words)}, prepare=False)
    return weigh_question(words, dict(rows.fetchall()), documents_len)


def find_nearest(
    connection: Connection[Any],
    question: Mapping[str, float],
    petition_id: UUID | None,
    may_see: Callable[[PetitionFacts], bool],
) -> Iterator[tuple[UUID, Likeness]]:
    """Yield the petitions most like a question that a reader may see, the most alike first.

    Blocking. It looks further and further, since a handler may see little of the nearest.
    The server narrows down, ``compare`` decides. What the read model says of a petition may
    be behind: look again before it is shown.

    Args:
        connection: Of the role tz_app.
        question: From ``weigh_words``.
        petition_id: Left out.
        may_see: Whether the reader may know of a petition.
    """
    limit, seen = _FIRST_LOOK_LEN, set[UUID]()
    while question and limit <= NEAREST_LEN:
        nearest = _read_nearest(connection, question, petition_id, limit)
        new = [each for each in nearest if each[0] not in seen]
        facts = read_facts(connection, [candidate for candidate, _ in new])
        for candidate, likeness in new:
            seen.add(candidate)
            known = facts.get(candidate)
            if known is None or (may_be_shown(known) and may_see(known)):
                yield candidate, likeness
        if len(nearest) < limit:
            return
        limit *= 10


def may_be_shown(facts: PetitionFacts) -> bool:
    """Return whether anybody may be told of a petition as one like another; pure."""
    return not facts.confidential and facts.voided_at is None and facts.split_at is None


def _read_nearest(
    connection: Connection[Any],
    question: Mapping[str, float],
    petition_id: UUID | None,
    limit: int,
) -> list[tuple[UUID, Likeness]]:
    parameters = {
        "terms": list(question),
        "weights": list(question.values()),
        "heavy_terms": list(question)[:HEAVY_TERMS_LEN],
        "petition_id": petition_id,
        "limit": limit,
    }
    rows = connection.execute(QUERIES["read_nearest"], parameters, prepare=False)
    nearest = [
        (candidate, compare(question, dict(zip(terms, counts, strict=True))))
        for candidate, terms, counts in rows
    ]
    return sorted(nearest, key=lambda each: (-each[1].score, each[0]))
