"""Without this file a score could not leave out what a panel excluded for a published reason."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, assert_never, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.assessment import (
    AppealState,
    AssessmentAppeal,
    AssessmentEvent,
    ExclusionReason,
    ScoreComponent,
)
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from projections.model import ReadModel
from projections.pages import refuse_page_len
from projections.succession import office_codes

QUERIES: Final = load_queries("projections", "assessment_appeals")


Row = dict[str, object]


class AppealLine(NamedTuple):
    """One objection to a score.

    Attributes:
        appeal_id: Its stream.
        unit: Unit that objects.
        petition_id: Petition it is about.
        component: Part of the score.
        state: How far it has come.
        appealed_at: Aware instant.
        decided_at: Aware instant, or None.
        excluded_by: Published reason for which the petition leaves the score, or None.
    """

    appeal_id: UUID
    unit: str
    petition_id: UUID
    component: ScoreComponent
    state: AppealState
    appealed_at: datetime
    decided_at: datetime | None
    excluded_by: ExclusionReason | None

    @property
    def place(self) -> "AppealPlace":
        """Where the page after this line begins."""
        return AppealPlace(self.appealed_at, self.appeal_id)


class AppealPlace(NamedTuple):
    """A place in the order of appeals, the latest first."""

    appealed_at: datetime
    appeal_id: UUID


_LATEST: Final = AppealPlace(datetime.max.replace(tzinfo=UTC), UUID(int=0))


class AssessmentAppeals(ReadModel):
    """Table assessment_appeal."""

    name = "assessment_appeals"
    aggregates = (AssessmentAppeal.TOPIC,)
    tables = ("assessment_appeal",)

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter appeals and decisions; see the base class."""
        appealed: list[Row] = []
        decided: list[Row] = []
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            match appeal_event := cast("AssessmentEvent", event):
                case AssessmentAppeal.Created():
                    appealed.append(_appealed(appeal_event))
                case AssessmentAppeal.Adjudicated():
                    decided.append(_decided(appeal_event))
                case _:
                    assert_never(appeal_event)
        for statement, rows in (
            (QUERIES["insert_appeals"], appealed),
            (QUERIES["decide_appeals"], decided),
        ):
            if rows:
                self._connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()})


def read_appeals(
    connection: Connection[Any],
    *,
    limit: int,
    unit: str | None = None,
    before: AppealPlace = _LATEST,
) -> list[AppealLine]:
    """Return a page of appeals, the latest first.

    Blocking, one query, and two more for the codes of a unit.

    Args:
        connection: Of a role that may read the read models.
        limit: Most appeals, 1 to ``PAGE_LEN_MAX``.
        unit: Only those of this unit, or of one it goes on for.
        before: Place of the last appeal already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "units": office_codes(connection, unit, None),
        "limit": limit,
        "before_appealed_at": before.appealed_at,
        "before_appeal_id": before.appeal_id,
    }
    return [
        AppealLine(*row)._replace(
            component=ScoreComponent(row[3]),
            state=AppealState(row[4]),
            excluded_by=row[7] and ExclusionReason(row[7]),
        )
        for row in connection.execute(QUERIES["read_appeals"], parameters)
    ]


def _appealed(event: AssessmentAppeal.Created) -> Row:
    return {
        "appeal_id": event.originator_id,
        "unit": event.unit,
        "petition_id": event.petition_id,
        "component": event.component,
        "state": AppealState.APPEALED,
        "appealed_at": event.timestamp,
    }


def _decided(event: AssessmentAppeal.Adjudicated) -> Row:
    excluded = event.excluded_by is not None
    return {
        "appeal_id": event.originator_id,
        "state": AppealState.EXCLUDED if excluded else AppealState.REJECTED,
        "decided_at": event.timestamp,
        "excluded_by": event.excluded_by,
    }
