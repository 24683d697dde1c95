"""Without this file handling times as of an earlier day would show what was only known later."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import Connection
from psycopg.rows import tuple_row

from domain.dimension import Dimension
from domain.measures import MEASURES
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.standing import effective_due, last_reply
from domain.succession import AS_DISPATCHED, Succession
from domain.vocabulary import Labelled
from ledger.queries import load_queries
from ledger.zone import ledger_zone
from projections.petition_facts import FOR_EVER, decode_facts
from projections.scope import Cohort, Scope
from projections.succession import read_succession

QUERIES: Final = load_queries("projections", "case_times")

_BASE: Final = MEASURES.index("base")
_CLOSED: Final = MEASURES.index("closed")


class ClockStart(Labelled):
    """The instant from which handling is counted."""

    SUBMISSION = "submission", "自提交起", "from submission"
    ACCEPTANCE = "acceptance", "自受理起", "from acceptance"


class CaseKey(Labelled):
    """What cases may be grouped by besides a dimension; no counters are kept by these."""

    LABEL = "label", "原类型", "type as stated"
    CATEGORY = "category", "类别", "category"
    YEAR = "year", "年份", "year"


class CaseTime(NamedTuple):
    """One petition of the base set: when it began, was due and was answered.

    Attributes:
        key: Its group.
        closed: Whether it is closed.
        submitted_at: Aware instant.
        accepted_at: Aware instant.
        due_at: First cycle's due with its extensions, None without a limit.
        replied_at: The last reply that stands, None without one.
        pauses: Suspensions by then; empty where the columns of the read model answered.
    """

    key: str
    closed: bool
    submitted_at: datetime
    accepted_at: datetime
    due_at: datetime | None
    replied_at: datetime | None
    pauses: tuple[tuple[datetime, datetime], ...] = ()

    def begun_at(self, start: ClockStart) -> datetime:
        """Return the aware instant from which its handling is counted."""
        return self.submitted_at if start is ClockStart.SUBMISSION else self.accepted_at


class CaseTimes(NamedTuple):
    """The petitions of a question.

    Attributes:
        position: Log place of the read model, 0 before its first event.
        cases: In no order.
        succession: Under which units they are listed.
    """

    position: int
    cases: list[CaseTime]
    succession: Succession


class _Row(NamedTuple):
    position: int
    key: str | None
    closed: bool
    submitted_at: datetime
    accepted_at: datetime
    due_at: datetime | None
    replied_at: datetime | None
    facts: bytes | None


def read_case_times(
    connection: Connection[Any],
    by: Dimension | CaseKey,
    *,
    scope: Scope,
    cohort: Cohort | None,
    as_of: datetime | None,
) -> CaseTimes:
    """Return the petitions of the base set with their times.

    Blocking, one statement and so one snapshot, and where units matter two more for their
    heirs. Without ``as_of`` the columns of the read model answer; with it each petition's
    facts are judged, some microseconds apiece.

    Args:
        connection: Of a role that may read the read models.
        by: Groups of the answer.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.
        as_of: Aware instant to judge at; None for all that is known.

    Raises:
        UnitSucceededError: the unit of the scope has an heir by then.
    """
    succession = AS_DISPATCHED
    if scope.needs_heirs(by if isinstance(by, Dimension) else Dimension.TOTAL):
        succession = read_succession(connection, scope.units_at or as_of, ledger_zone(connection))
    units = None if scope.unit is None else succession.codes(scope.unit)
    cursor = connection.cursor(row_factory=tuple_row, binary=True)
    cursor.execute(
        QUERIES["list_case_times"],
        {
            "by": by.value,
            "zone": ledger_zone(connection).key if by is CaseKey.YEAR else "UTC",
            "judge": as_of is not None,
            "units": None if units is None else sorted(units),
            "petition_type": scope.petition_type,
            "channel": scope.channel,
            "region": scope.region,
            "accepted_from": cohort.accepted_from if cohort else None,
            "accepted_before": cohort.accepted_before if cohort else None,
        },
        prepare=False,
    )
    position = 0
    cases: list[CaseTime] = []
    for row in map(_Row._make, cursor):
        position = row.position
        if row.key is None:
            continue
        if row.facts is None:
            cases.append(
                CaseTime(
                    succession.heir(row.key) if by is Dimension.UNIT else row.key,
                    row.closed,
                    row.submitted_at,
                    row.accepted_at,
                    row.due_at,
                    row.replied_at,
                )
            )
        else:
            facts = decode_facts(row.facts)
            for unit, case in _judged(facts, row.key, as_of or FOR_EVER):
                if units is None or unit in units:
                    key = succession.heir(unit) if by is Dimension.UNIT else row.key
                    cases.append(case._replace(key=key))
    return CaseTimes(position, cases, succession)


def _judged(facts: PetitionFacts, key: str, as_of: datetime) -> Iterator[tuple[str, CaseTime]]:
    for unit, vector in judge(facts, as_of).items():
        if not vector[_BASE] or facts.accepted_at is None:
            continue
        replies = (last_reply(cycle, as_of) for cycle in reversed(facts.cycles))
        reply = next((each for each in replies if each is not None), None)
        yield (
            unit,
            CaseTime(
                key,
                bool(vector[_CLOSED]),
                facts.submitted_at,
                facts.accepted_at,
                effective_due(facts.cycles[0], as_of),
                None if reply is None else reply.replied_at,
                tuple(
                    (pause.suspended_at, min(pause.ended_at, as_of))
                    for cycle in facts.cycles
                    for pause in cycle.pauses
                    if pause.suspended_at <= as_of
                ),
            ),
        )
