"""Without this file nobody could publish a year's holidays, or correct what was published."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.calendar_editions import next_edition, resolve_calendar
from domain.calendar_stream import CalendarStream
from domain.command import Code, Line
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.year_notice import YearNotice, check_notice

CalendarId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]{0,39}$(?!\n)")]
"""A calendar's code slug, 1 to 40 of ``a-z 0-9 _ -``, a letter first."""
Reference = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]{0,39}@[0-9]{1,4}(\.[0-9]{1,4})?$(?!\n)")]
"""An edition of a calendar, ``cn@2026`` or ``cn@2027.2``."""


class PublishCalendar(OpeningCommand[CalendarStream], frozen=True, kw_only=True):
    """Publish a calendar: a nation's on what is built in or alone, a region's on a nation's."""

    label: ClassVar = Text("发布日历", "publish a calendar")
    roles: ClassVar = who_may("PublishCalendar")

    calendar_id: CalendarId
    name: Text
    region: Line | None = None
    base: Reference | None = None
    effective_on: date
    notices: Annotated[tuple[YearNotice, ...], Meta(min_length=1, max_length=50)]
    approver_id: Code

    @property
    def stream_name(self) -> str:
        """The calendar's own: one id, one stream."""
        return f"calendar/{self.calendar_id}"

    def create(self, aggregate_id: UUID, situation: Situation) -> CalendarStream:
        """Return the calendar if its base exists and its notices hold together."""
        refuse_second_self(self.approver_id, situation)
        _check_base(self.calendar_id, self.region, self.base, situation.calendars)
        for notice in self.notices:
            check_notice(notice)
        newest = max(notice.year for notice in self.notices)
        return CalendarStream.begin(
            CalendarStream.Created,
            aggregate_id,
            situation.act,
            edition=next_edition(self.calendar_id, None, self.base, newest),
            base=self.base,
            effective_on=self.effective_on,
            approver_id=self.approver_id,
            calendar_id=self.calendar_id,
            name=self.name,
            region=self.region,
            notices=self.notices,
        )


class PublishYear(AggregateCommand[CalendarStream], frozen=True, kw_only=True):
    """Publish the holidays of a year that has none yet; provisional deadlines then settle."""

    label: ClassVar = Text("公布年度放假安排", "publish a year's holidays")
    path: ClassVar = "years"
    roles: ClassVar = who_may("PublishYear")

    notice: YearNotice
    base: Reference | None = None
    effective_on: date
    approver_id: Code

    def decide(self, aggregate: CalendarStream, situation: Situation) -> None:
        """Add an edition if the year was not settled before."""
        refuse_second_self(self.approver_id, situation)
        base = _next_base(aggregate, self.base, situation)
        check_notice(self.notice)
        year = self.notice.year
        if year in _settled_years(aggregate, year):
            raise GuardError(
                "year-already-published",
                f"{year} 年的放假安排已公布；未作任何更改，如有变动请登记“修订日历”。",
                f"the holidays of {year} are published already; nothing was changed, record a "
                "revision if they have changed.",
            )
        aggregate.record(
            CalendarStream.YearPublished,
            situation.act,
            edition=next_edition(aggregate.calendar_id, aggregate, base, year),
            base=base,
            effective_on=self.effective_on,
            approver_id=self.approver_id,
            notice=self.notice,
        )


class ReviseCalendar(AggregateCommand[CalendarStream], frozen=True, kw_only=True):
    """Add a later notice, or put a region on a newer base; no running clock is shortened."""

    label: ClassVar = Text("修订日历", "revise a calendar")
    path: ClassVar = "revisions"
    roles: ClassVar = who_may("ReviseCalendar")

    notice: YearNotice | None = None
    base: Reference | None = None
    effective_on: date
    reason: Line
    approver_id: Code

    def decide(self, aggregate: CalendarStream, situation: Situation) -> None:
        """Add an edition with the change; one that changes nothing is refused."""
        refuse_second_self(self.approver_id, situation)
        base = _next_base(aggregate, self.base, situation)
        if self.notice is None and self.base is None:
            raise GuardError(
                "nothing-revised",
                "未给出新的安排或新的基础日历；未作任何更改，请填写 notice 或 base。",
                "neither a notice nor a base was given; nothing was changed, fill in 'notice' "
                "or 'base'.",
            )
        if self.notice is not None:
            check_notice(self.notice)
        year = 0 if self.notice is None else self.notice.year
        aggregate.record(
            CalendarStream.Revised,
            situation.act,
            edition=next_edition(aggregate.calendar_id, aggregate, base, year),
            base=base,
            effective_on=self.effective_on,
            approver_id=self.approver_id,
            notice=self.notice,
            reason=self.reason,
        )


def _settled_years(stream: CalendarStream, year: int) -> frozenset[int]:
    """Return the years that a region's own notices, or a nation's calendar, settle already."""
    if stream.region is not None:
        notices = stream.editions[stream.latest].notices
        return frozenset(notice.year for notice in notices)
    reference = f"{stream.calendar_id}@{stream.latest}"
    # A nation's calendar builds on what is built in alone.
    known = {stream.calendar_id: stream}
    return frozenset({year} if resolve_calendar(reference, known).is_published(year) else ())


def _next_base(stream: CalendarStream, base: str | None, situation: Situation) -> str | None:
    if base is None:
        return stream.editions[stream.latest].base
    _check_base(stream.calendar_id, stream.region, base, situation.calendars)
    return base


def _check_base(
    calendar_id: str, region: str | None, base: str | None, calendars: Mapping[str, CalendarStream]
) -> None:
    if base is None:
        if region is None:
            return
        raise GuardError(
            "base-missing",
            "地方日历须以全国日历为基础；未作任何更改，请填写 base，例如 cn@2026。",
            "a region's calendar builds on its nation's; nothing was changed, fill in 'base', "
            "for example cn@2026.",
        )
    base_id = base.partition("@")[0]
    below = calendars.get(base_id)
    nested = below is not None and below.region is not None
    if nested or (region is not None and base_id == calendar_id):
        raise GuardError(
            "base-not-national",
            f"“{base}”不是全国日历；未作任何更改，请改用全国日历，例如 cn@2026。",
            f"'{base}' is no national calendar; nothing was changed, name one, for example "
            "cn@2026.",
        )
    resolve_calendar(base, calendars if region is not None else {})


CALENDARS = Resource(
    path="calendars",
    label=Text("日历", "calendar"),
    aggregate=CalendarStream,
    opening=(PublishCalendar,),
    commands=(PublishYear, ReviseCalendar),
)
"""Calendars as API and documentation see them (domain.md §4 row 43)."""
