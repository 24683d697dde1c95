"""Without this file each office would find anew an answer that another one gave before."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.likeness import Likeness
from domain.petition_facts import PetitionFacts
from domain.rounding import Rounding
from domain.standing import last_reply
from domain.vocabulary import Outcome
from projections.kept_timelines import Timeline
from projections.petition_facts import FOR_EVER
from projections.timeline import read_timeline
from replay.demand_documents import WordsPlace, read_place
from replay.demand_nearest import find_nearest, may_be_shown, weigh_words

SHARED_LEN: Final = 8
MATCHES_MAX: Final = 50

_REPLIES: Final = {
    "petition.reply_submitted": "text",
    "petition.answered_on_spot": "text",
    "petition.imported_outcome": "reply",
}


class Match(NamedTuple):
    """A petition like the one asked about.

    Attributes:
        facts: What is true of it now, from the log itself.
        likeness: Score and words in common, the weightiest first.
        outcome: Of its last reply that was not returned, or None.
        time_to_reply: From filing to that reply, or None.
        reply: Its text, where it may be shown and is not erased.
    """

    facts: PetitionFacts
    likeness: Likeness
    outcome: Outcome | None
    time_to_reply: timedelta | None
    reply: str | None


class Similar(NamedTuple):
    """The petitions most like a text.

    Attributes:
        place: How far the words are.
        terms_len: Words of the question that tell petitions apart.
        matches: The most alike first.
    """

    place: WordsPlace
    terms_len: int
    matches: tuple[Match, ...]


def find_similar(
    connection: Connection[Any],
    words: Mapping[str, int],
    *,
    petition_id: UUID | None = None,
    may_see: Callable[[PetitionFacts], bool] = lambda _: True,
    open_personal: bool = False,
    matches_max: int = 10,
) -> Similar:
    """Return the petitions whose words are most like a text's.

    Blocking, in the caller's snapshot. Confidential, voided and split petitions are never
    among them, by the log itself and not by a read model that may be behind.

    Args:
        connection: Of the role tz_app.
        words: Of the question, from ``count_words``.
        petition_id: The petition they are of, which is left out.
        may_see: Whether the reader may know of a petition.
        open_personal: Whether to show replies and words in common; the caller answers for
            who reads them.
        matches_max: At most so many, 1 to ``MATCHES_MAX``.

    Raises:
        NoWordsError: the words were never read.
    """
    place = read_place(connection)
    question = weigh_words(connection, words, place.documents)
    found = _matches(connection, question, petition_id, may_see, open_personal=open_personal)
    return Similar(place, len(question), tuple(islice(found, matches_max)))


def read_question(connection: Connection[Any], petition_id: UUID) -> tuple[Timeline, list[str]]:
    """Return a petition and what of its subject and text is not erased. Blocking.

    Raises:
        PetitionNotFoundError: there is no such petition.
    """
    timeline = read_timeline(connection, petition_id, open_personal=True)
    fields = timeline.entries[0].fields
    opened = (_value(fields.get(name)) for name in ("subject", "text"))
    return timeline, [text for text in opened if text is not None]


def _matches(
    connection: Connection[Any],
    question: Mapping[str, float],
    petition_id: UUID | None,
    may_see: Callable[[PetitionFacts], bool],
    *,
    open_personal: bool,
) -> Iterator[Match]:
    for candidate, likeness in find_nearest(connection, question, petition_id, may_see):
        timeline = read_timeline(connection, candidate, open_personal=open_personal)
        if may_be_shown(timeline.facts) and may_see(timeline.facts):
            shown = likeness if open_personal else likeness._replace(shared=())
            yield _match(timeline, shown._replace(shared=shown.shared[:SHARED_LEN]))


def days_printed(waited: timedelta | None) -> str | None:
    """Return a time in days of 24 hours with one decimal, rounded half up; pure."""
    if waited is None:
        return None
    tenths = Rounding.HALF_UP.divide(max(waited, timedelta()) // timedelta(seconds=1), 8_640)
    return f"{tenths // 10}.{tenths % 10}"


def _match(timeline: Timeline, likeness: Likeness) -> Match:
    facts = timeline.facts
    replies = (last_reply(cycle, FOR_EVER) for cycle in reversed(facts.cycles))
    reply = next((each for each in replies if each is not None), None)
    if reply is None:
        return Match(facts, likeness, None, None, None)
    waited = reply.replied_at - facts.submitted_at
    return Match(facts, likeness, reply.outcome, waited, _reply(timeline, reply.replied_at))


def _reply(timeline: Timeline, replied_at: datetime) -> str | None:
    for entry in reversed(timeline.entries):
        field = _REPLIES.get(entry.topic)
        is_imported = entry.topic == "petition.imported_outcome"
        if field is not None and (is_imported or entry.occurred_at == replied_at):
            return _value(entry.fields.get(field))
    return None


def _value(sealed: object) -> str | None:
    value = sealed.get("value") if isinstance(sealed, dict) else None
    return value if isinstance(value, str) else None
