"""Without this file a limit could be counted only while somebody acts, and never again."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.calendar_editions import newest_calendar
from domain.calendar_stream import CalendarStream
from domain.deadlines import Deadline, start_deadline
from domain.limit import Limit
from domain.pack_clocks import start_clocks
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.petition_facts import PetitionFacts
from domain.vocabulary import Clock, Complexity, PetitionType


class Timing(msgspec.Struct, frozen=True):
    """When an act happened, and the working days that its limits are counted by.

    Attributes:
        at: Aware instant of the act.
        calendars: Calendars published in the ledger by then, by id, beside those built in.
        fixed: The one calendar to count by, whatever a pack names; None in real life.
    """

    at: datetime
    calendars: Mapping[str, CalendarStream] = msgspec.field(default_factory=dict)
    fixed: Calendar | None = None

    def zone(self, pack: PackContent) -> ZoneInfo:
        """Return the zone of the pack's days and hours."""
        return ZoneInfo(pack.zone)

    def calendar(self, pack: PackContent) -> Calendar:
        """Return the newest edition of the pack's calendar that is effective on the act's day."""
        return self.newest(pack.calendar, pack)

    def newest(self, reference: str, pack: PackContent) -> Calendar:
        """Return the newest edition of a calendar that is effective on the act's day."""
        if self.fixed is not None:
            return self.fixed
        on = self.at.astimezone(self.zone(pack)).date()
        return newest_calendar(reference, self.calendars, on)

    def type_under(self, pack: PackContent, facts: PetitionFacts) -> PetitionType:
        """Return the type whose clocks the pack applies to the petition.

        An unstated type, and one that the pack does not know, is handled as the pack's
        first type; ``facts`` keep what was stated.
        """
        return known_type(pack, facts.petition_type)

    def clocks(
        self,
        pack: PackContent,
        petition_type: PetitionType,
        starts_at: ClockStart,
        complexity: Complexity = Complexity.ORDINARY,
    ) -> tuple[Deadline, ...]:
        """Return the deadlines that the act starts."""
        calendar, zone = self.calendar(pack), self.zone(pack)
        return start_clocks(pack, petition_type, starts_at, self.at, calendar, zone, complexity)

    def limited(
        self,
        pack: PackContent,
        clock: Clock,
        limit: Limit,
        name: str,
        start: datetime | None = None,
    ) -> Deadline:
        """Return a deadline of one of the pack's general rules, from ``start`` or the act on."""
        return start_deadline(
            clock,
            start or self.at,
            limit,
            f"{pack.reference}/{name}",
            self.calendar(pack),
            self.zone(pack),
            pack.business_hours,
        )


def known_type(pack: PackContent, petition_type: PetitionType | None) -> PetitionType:
    """Return the type if the pack knows it, else the pack's first type; pure."""
    known = [rules.petition_type for rules in pack.types]
    return petition_type if petition_type in known else known[0]
