"""Without this file no figure could be had as it was known on an earlier day.

``recorded_at`` never decreases along the log, so all that was known at an instant is a
prefix of it, and one position says which.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.counts import Counts
from domain.dimension import Dimension
from domain.extent import Extent
from domain.petition_facts import PetitionFacts
from domain.scope import Scope as ScopeStream
from domain.scope import ScopeEvent
from domain.succession import Succession
from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from projections.incomplete_scopes import IncompleteScope
from projections.rate_queries import CountsAnswer, read_counts
from projections.scope import EVERYTHING, Cohort, Scope
from replay.collection import no_collection
from replay.recorded import read_recorded
from replay.streams import read_petitions
from replay.succession import replay_succession
from replay.tally import Tally

QUERIES: Final = load_queries("replay", "figures")


def position_known_at(connection: Connection[Any], known_at: datetime) -> int:
    """Return the last position recorded at or before an instant, 0 where there is none.

    Blocking; about two dozen reads by key in a log of ten million events.

    Args:
        connection: One snapshot of the role tz_app.
        known_at: Aware instant of the ledger's clock.
    """

    def recorded_at(position: int) -> datetime:
        row = connection.execute(QUERIES["read_recorded_at"], {"position": position}).fetchone()
        return cast("tuple[datetime]", row)[0]

    return bisect_right(range(1, head_position(connection) + 1), known_at, key=recorded_at)


def head_position(connection: Connection[Any]) -> int:
    """Return the last position of the log, 0 where it is empty. Blocking, one query."""
    (position,) = cast("tuple[int]", connection.execute(QUERIES["read_head"]).fetchone())
    return position


def counts_known_at(
    connection: Connection[Any],
    by: Dimension,
    *,
    as_of: datetime,
    zone: ZoneInfo,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
    known_at: datetime | None = None,
) -> CountsAnswer:
    """Return counts of the read models, or of the log as it was known at an instant.

    Blocking; with ``known_at`` it folds the whole log.

    Raises:
        NothingKnownError: the first event came later.
        UnreplayableEventError: an event cannot be read or applied.
        UnitSucceededError: the unit of the scope has an heir by then.
    """
    if known_at is None:
        return read_counts(connection, by, as_of=as_of, zone=zone, scope=scope, cohort=cohort)
    position = position_known_at(connection, known_at)
    if position == 0:
        raise NothingKnownError
    return replay_counts(connection, by, as_of=as_of, position=position, scope=scope, cohort=cohort)


class NothingKnownError(LedgerError):
    """The question is about a time before anything was on record."""

    code = "nothing-known"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "此时账上还没有任何事件；未返回任何结果，请将 known_at 改到首个事件之后。",
                "nothing was on record by then; nothing was returned, move 'known_at' past the "
                "first event.",
            )
        )


def replay_counts(
    connection: Connection[Any],
    by: Dimension,
    *,
    as_of: datetime,
    position: int,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> CountsAnswer:
    """Return what every group counts for at an instant, by what the log knew at a position.

    Blocking; folds every petition of the log, and reads no read model. Where the position
    is that of the read models it equals ``projections.rate_queries.read_counts``.

    Args:
        connection: Of the role tz_app; nobody else may use it meanwhile.
        by: Groups of the answer.
        as_of: Aware instant; acts at that very instant count.
        position: Last position that counts.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
        UnitSucceededError: the unit of the scope has an heir by then.

    Source:
        domain.md §5, "Variants" and "known-at", and decision 8.
    """
    succession = replay_succession(connection, by, scope, as_of=as_of, position=position)
    petitions = read_petitions(connection, position)
    with no_collection():
        rows = count_petitions(
            petitions, by, as_of=as_of, succession=succession, scope=scope, cohort=cohort
        )
    incomplete = incomplete_scopes(connection, position)
    return CountsAnswer(position, as_of, by, scope, cohort, rows, incomplete, succession)


def count_petitions(
    petitions: Iterable[PetitionFacts],
    by: Dimension,
    *,
    as_of: datetime,
    succession: Succession,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> dict[str, Counts]:
    """Return the sums of what petitions count for, by group; pure.

    Raises:
        UnitSucceededError: the unit of the scope has an heir by then.
    """
    tally = Tally(by, as_of, succession, scope, cohort)
    for facts in petitions:
        tally.add(facts)
    return tally.rows()


def incomplete_scopes(connection: Connection[Any], position: int) -> tuple[IncompleteScope, ...]:
    """Return the scopes whose intake was last declared incomplete, the first declared first."""
    extents: dict[UUID, Extent] = {}
    incomplete: dict[UUID, IncompleteScope] = {}
    for recorded in read_recorded(connection, ScopeStream, position):
        event, stream = cast("ScopeEvent", recorded), recorded.originator_id
        if isinstance(event, ScopeStream.Created):
            extents[stream] = event.extent
        incomplete.pop(stream, None)
        if not event.intake_complete:
            incomplete[stream] = IncompleteScope(extents[stream], event.reason)
    return tuple(incomplete.values())
