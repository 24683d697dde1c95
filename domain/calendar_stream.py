"""Without this file a newly published holiday would need a new release of the program."""

from datetime import date
from typing import ClassVar

import msgspec

from domain.aggregate import LedgerAggregate
from domain.text import Text
from domain.year_notice import YearNotice


class Edition(msgspec.Struct, frozen=True):
    """One edition of a calendar; it never changes once recorded.

    Attributes:
        base: Calendar it builds on, ``cn@2026``, or null for one that stands alone.
        notices: Its own notices in the order of publication.
        effective_on: First civil day whose acts count by it.
    """

    base: str | None
    notices: tuple[YearNotice, ...]
    effective_on: date


class CalendarStream(LedgerAggregate):
    """A calendar kept by its administrators: a nation's, or a region's on top of one."""

    TOPIC = "calendar"

    def __init__(self, calendar_id: str, name: Text, region: str | None) -> None:
        """Start without an edition; events add them in order.

        Args:
            calendar_id: Code slug before the ``@``.
            name: Name for people.
            region: Where it applies, null for the whole country.
        """
        self.calendar_id = calendar_id
        self.name = name
        self.region = region
        self.editions: dict[str, Edition] = {}

    @property
    def latest(self) -> str:
        """The name of the newest edition, ``2027`` or ``2027.2``."""
        return next(reversed(self.editions))

    class Event(LedgerAggregate.Event):
        """Base of the calendar's events.

        Attributes:
            edition: Name of the edition that the event adds.
            base: Calendar the edition builds on.
            effective_on: First civil day whose acts count by it.
            approver_id: Account of the second person.
        """

        edition: str
        base: str | None
        effective_on: date
        approver_id: str

        def add_edition(self, aggregate: "CalendarStream", notices: tuple[YearNotice, ...]) -> None:
            """Keep the edition beside the earlier ones, with all notices so far."""
            kept = aggregate.editions[aggregate.latest].notices if aggregate.editions else ()
            edition = Edition(self.base, (*kept, *notices), self.effective_on)
            aggregate.editions[self.edition] = edition

    class Created(Event, LedgerAggregate.Created):
        """发布: the calendar with its first edition."""

        TOPIC: ClassVar[str] = "calendar.published"
        calendar_id: str
        name: Text
        region: str | None
        notices: tuple[YearNotice, ...]

        def apply(self, aggregate: "CalendarStream") -> None:
            """Add the first edition."""
            self.add_edition(aggregate, self.notices)

    class YearPublished(Event):
        """公布年度安排: a year is settled; provisional deadlines in it become definite."""

        TOPIC: ClassVar[str] = "calendar.year_published"
        notice: YearNotice

        def apply(self, aggregate: "CalendarStream") -> None:
            """Add an edition with the year."""
            self.add_edition(aggregate, (self.notice,))

    class Revised(Event):
        """修订: a later notice, or another base; it never shortens a running clock."""

        TOPIC: ClassVar[str] = "calendar.revised"
        notice: YearNotice | None
        reason: str

        def apply(self, aggregate: "CalendarStream") -> None:
            """Add an edition with the change."""
            self.add_edition(aggregate, (self.notice,) if self.notice else ())
