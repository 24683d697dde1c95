"""Without this file a published figure would not say which petitions it is about."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from domain.dimension import Dimension
from domain.extent import Extent
from domain.report_kind import ReportKind
from domain.rounding import Rounding


class ReportQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What a report answers.

    Attributes:
        kind: Which report.
        by: What its rows are grouped by.
        extent: Which petitions are meant.
        period: Statistical period as asked for, or None for all petitions.
        month_start_day: Day on which a statistical month begins.
        accepted_from: First instant of the period, or None.
        accepted_before: First instant after it, or None.
        as_of: Instant the petitions are judged at.
        known_at: Instant up to which the ledger's knowledge counts, or None for all.
        zone: Zone of the ledger's days.
        cases_min: Below this denominator no digits are printed.
        rounding: How quotients become digits.
        metrics: What is asked for, of a report on chosen rates.
        is_public: Whether small cells are suppressed, and few cases have no rate.
        as_dispatched: Whether a merged unit keeps what it was dispatched; otherwise its heir
            reports that.
    """

    kind: ReportKind
    by: Dimension
    extent: Extent
    period: str | None
    month_start_day: int
    accepted_from: datetime | None
    accepted_before: datetime | None
    as_of: datetime
    known_at: datetime | None
    zone: str
    cases_min: int
    rounding: Rounding
    metrics: tuple[str, ...] = ()
    is_public: bool = False
    as_dispatched: bool

    @property
    def as_of_day(self) -> date:
        """The local day of its as-of, which decides on definitions."""
        return self.as_of.astimezone(ZoneInfo(self.zone)).date()
