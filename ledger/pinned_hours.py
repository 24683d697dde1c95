"""Without this file nobody could charge a petition's time by the hours and days it goes by."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.calendar_editions import newest_calendar
from domain.custody import Custody, Stint, custody, minutes_between, stints
from domain.office_hours import OfficeHours
from domain.petition_facts import PetitionFacts
from ledger.lookup_errors import LedgerNotOpenedError
from ledger.reference import PublishedCalendars, PublishedPacks, ReferenceStreams


class PinnedHours:
    """Charges petitions' working time, each by the pack it pinned, else by the one in force.

    The latter holds before acceptance, for an imported case, and where its pack is not here.

    Blocking at the first petition of each pack version; for one question, by one thread.

    Args:
        reference: Roster, packs and calendars.
        as_of: Aware instant up to which time is charged; the newest edition of each
            calendar effective on its day counts.

    Raises:
        LedgerNotOpenedError: the ledger has no roster, or no pack in force.
    """

    def __init__(self, reference: ReferenceStreams, as_of: datetime) -> None:
        pack_id = reference.roster().pack_id
        if pack_id is None:
            raise LedgerNotOpenedError
        self._pack_id = pack_id
        self._packs = PublishedPacks(reference, pack_id)
        self._calendars = PublishedCalendars(reference)
        self._as_of = as_of
        self._known: dict[tuple[str | None, int | None], OfficeHours] = {}

    def charge(self, facts: PetitionFacts) -> Custody:
        """Return who had a petition for how many working minutes.

        Raises:
            DayOutOfRangeError: an instant is outside the calendar.
        """
        return custody(facts, self._as_of, *self._hours_of(facts))

    def stints(self, facts: PetitionFacts) -> Iterator[Stint]:
        """Yield every stretch in which somebody had a petition, oldest first.

        Raises:
            DayOutOfRangeError: an instant is outside the calendar.
        """
        return stints(facts, self._as_of, *self._hours_of(facts))

    def minutes(self, facts: PetitionFacts, since: datetime, until: datetime) -> int:
        """Return the whole working minutes of a stretch by the hours of a petition.

        Raises:
            DayOutOfRangeError: an instant is outside the calendar.
        """
        return minutes_between(since, until, *self._hours_of(facts))

    def _hours_of(self, facts: PetitionFacts) -> OfficeHours:
        key = (facts.policy_pack, facts.policy_version)
        hours = self._known.get(key)
        if hours is None:
            hours = self._known[key] = self._hours(*key)
        return hours

    def _hours(self, pack_id: str | None, version: int | None) -> OfficeHours:
        pinned = self._packs.get(pack_id or "")
        if pinned is None or version is None:
            pack = self._packs[self._pack_id].latest
        else:
            pack = pinned.pack_at(version)
        zone = ZoneInfo(pack.zone)
        on = self._as_of.astimezone(zone).date()
        calendar = newest_calendar(pack.calendar, self._calendars, on)
        return OfficeHours(calendar, zone, pack.business_hours)
