"""Without this file nobody could see which delays a superior unit has heard of, and confirmed."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from domain.roster import Tier
from domain.upward_duties import UpwardDuty, upward_duties
from ledger.queries import load_queries
from projections.binary_copy import (
    as_boolean,
    as_instant,
    as_integer,
    as_text,
    as_uuid,
    as_word,
    row_start,
)
from projections.pages import refuse_page_len
from projections.petition_tables import PetitionTable
from projections.succession import office_codes

QUERIES: Final = load_queries("projections", "upward_reports")

_ROW_START: Final = row_start(14)


class UpwardLine(NamedTuple):
    """One delay, and what had to follow it.

    Attributes:
        petition_id: The petition.
        number: Its number, if it has one.
        tier: Tier of the target, or None.
        duty: What was done, and by when it was to be.
    """

    petition_id: UUID
    number: str | None
    tier: Tier | None
    duty: UpwardDuty

    @property
    def place(self) -> "UpwardPlace":
        """Where the page after this line begins."""
        duty = self.duty
        return UpwardPlace(duty.owed_from, self.petition_id, duty.cycle, duty.number)


class UpwardPlace(NamedTuple):
    """A place in the order of delays, the oldest first."""

    owed_from: datetime
    petition_id: UUID
    cycle: int
    duty: int


_BEGINNING: Final = UpwardPlace(datetime.min.replace(tzinfo=UTC), UUID(int=0), 0, 0)


def read_upward_reports(
    connection: Connection[Any],
    at: datetime,
    *,
    limit: int,
    unit: str | None = None,
    after: UpwardPlace = _BEGINNING,
) -> list[UpwardLine]:
    """Return a page of delays that were explained, reported, or are late without, oldest first.

    Blocking, one query, and two more for the codes of a unit. Acts are listed as known now;
    ``at`` decides which dues have gone by. Sums at any earlier instant are those of
    ``upward_report_compliance``.

    Args:
        connection: Of a role that may read the read models.
        at: Aware instant of the question.
        limit: Most lines, 1 to ``PAGE_LEN_MAX``.
        unit: Only delays of this unit, or of one it goes on for by then.
        after: Place of the last line already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "at": at,
        "units": office_codes(connection, unit, at),
        "limit": limit,
        **{f"after_{name}": value for name, value in after._asdict().items()},
    }
    rows = connection.execute(QUERIES["read_upward_reports"], parameters)
    return [
        UpwardLine(petition_id, number, tier and Tier(tier), UpwardDuty(*duty))
        for petition_id, number, tier, *duty in rows
    ]


def upward_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the rows of one petition's delays; pure."""
    return [
        b"".join(
            (
                _ROW_START,
                as_uuid(facts.petition_id),
                as_integer(each.cycle),
                as_integer(each.number),
                as_word(each.unit),
                as_instant(each.owed_from),
                as_instant(each.explained_at),
                as_boolean(each.explained_late),
                as_instant(each.inform_by),
                as_instant(each.told_at),
                as_instant(each.report_by),
                as_instant(each.reported_at),
                as_text(each.target),
                as_instant(each.acknowledge_by),
                as_instant(each.acknowledged_at),
            )
        )
        for each in upward_duties(facts)
    ]


UPWARD_REPORTS: Final = PetitionTable(
    "upward_report", upward_rows, QUERIES["delete_upward_reports"], QUERIES["copy_upward_reports"]
)
