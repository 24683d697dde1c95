"""Without this file nobody could say what petitions are about now and were not before."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.demand_grouping import DemandGrouping
from domain.hot_terms import PETITIONS_MIN, HotTerm, TermCount, TopicOrder, weigh_terms
from ledger.queries import load_queries
from projections.array_text import as_uuid_array
from replay.demand_scope import WHOLE_LEDGER, DemandScope

QUERIES: Final = load_queries("replay", "demand_topics")

EXAMPLES_LEN: Final = 3

Stretch = tuple[datetime, datetime]
"""The first aware instant that belongs to a period, and the first one after."""


class _Standing(msgspec.Struct):
    """What of a petition's facts keeps it out of an analysis."""

    confidential: bool = False
    voided_at: datetime | None = None
    split_at: datetime | None = None


_STANDING: Final = msgspec.msgpack.Decoder(_Standing)


class TextCounts(NamedTuple):
    """How many petitions of a period an answer rests on.

    Attributes:
        with_text: Their words are counted.
        without_text: No text was given, it is erased, or it was not read yet.
        left_out: Confidential, voided or split into others; nothing of them is counted.
    """

    with_text: int
    without_text: int
    left_out: int


class TopicGroup(NamedTuple):
    """The words of one group, the most outstanding first."""

    key: str
    now_len: int
    before_len: int
    terms: tuple[HotTerm, ...]


class Topics(NamedTuple):
    """What petitions of a period are about.

    Attributes:
        now: What it rests on.
        before: What it is compared with, or None.
        groups: By key.
        numbers: Numbers of the examples that have one.
    """

    now: TextCounts
    before: TextCounts | None
    groups: tuple[TopicGroup, ...]
    numbers: Mapping[UUID, str]


def read_topics(
    connection: Connection[Any],
    now: Stretch,
    before: Stretch | None,
    *,
    by: DemandGrouping = DemandGrouping.TOTAL,
    scope: DemandScope = WHOLE_LEDGER,
    order: TopicOrder = TopicOrder.LOG_ODDS,
    petitions_min: int = PETITIONS_MIN,
    terms_max: int = 20,
) -> Topics:
    """Return the words that stand out among the petitions filed in a period.

    Blocking, in the caller's snapshot. Counts petitions, not occurrences. No count is
    stored: what is erased, or marked confidential, is gone from the next answer.

    Args:
        connection: Of the role tz_app.
        now: The period.
        before: What to compare with, if anything.
        by: Groups, each compared with itself.
        scope: Which petitions are meant.
        order: Which words go first.
        petitions_min: Words of fewer petitions now are not listed, at least ``PETITIONS_MIN``.
        terms_max: Words per group.

    Raises:
        ValueError: ``petitions_min`` is below ``PETITIONS_MIN``.
    """
    if petitions_min < PETITIONS_MIN:
        raise ValueError(f"petitions_min {petitions_min} is below {PETITIONS_MIN}")
    asked = _Asked()
    now_counts = asked.read(connection, now, scope.parameters(by), is_now=True)
    before_counts = None
    if before is not None:
        before_counts = asked.read(connection, before, scope.parameters(by), is_now=False)
    counts: dict[str, list[TermCount]] = {}
    parameters = asked.parameters() | {"examples": EXAMPLES_LEN, "petitions_min": petitions_min}
    for key, *count in connection.execute(QUERIES["count_terms"], parameters, prepare=False):
        term, now_n, before_n, examples = count
        counts.setdefault(key, []).append(TermCount(term, now_n, before_n, tuple(examples)))
    groups = tuple(
        TopicGroup(
            key,
            now_len,
            asked.lens[key, False],
            weigh_terms(counts.get(key, ()), now_len, asked.lens[key, False], order)[:terms_max],
        )
        for (key, is_now), now_len in sorted(asked.lens.items())
        if is_now
    )
    return Topics(now_counts, before_counts, groups, _numbers(connection, groups))


class _Asked:
    """The petitions whose words are counted, in the order of their filing."""

    def __init__(self) -> None:
        self.lens: Counter[tuple[str, bool]] = Counter()
        self._rows: list[tuple[UUID, str, bool]] = []

    def read(
        self,
        connection: Connection[Any],
        stretch: Stretch,
        parameters: dict[str, object],
        *,
        is_now: bool,
    ) -> TextCounts:
        without_text = left_out = 0
        since, before = stretch
        parameters |= {"since": since, "before": before}
        rows_len = len(self._rows)
        for petition_id, key, facts, has_words in connection.execute(
            QUERIES["read_petitions"], parameters, prepare=False
        ):
            standing = _STANDING.decode(facts)
            if standing.confidential or standing.voided_at or standing.split_at:
                left_out += 1
            elif has_words:
                self._rows.append((petition_id, key, is_now))
                self.lens[key, is_now] += 1
            else:
                without_text += 1
        return TextCounts(len(self._rows) - rows_len, without_text, left_out)

    def parameters(self) -> dict[str, object]:
        return {
            "petition_ids": as_uuid_array(row[0] for row in self._rows),
            "keys": [row[1] for row in self._rows],
            "are_now": [row[2] for row in self._rows],
        }


def _numbers(connection: Connection[Any], groups: tuple[TopicGroup, ...]) -> dict[UUID, str]:
    examples = {each for group in groups for term in group.terms for each in term.examples}
    parameters = {"petition_ids": as_uuid_array(sorted(examples))}
    return dict(connection.execute(QUERIES["read_numbers"], parameters).fetchall())
