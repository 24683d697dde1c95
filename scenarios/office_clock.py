"""Without this file the acts of a play would happen at night, on holidays or out of order."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from domain.calendar import Calendar

MORNING = (time(9), time(11, 30))
AFTERNOON = (time(14), time(17, 30))


class OfficeClock:
    """The time of one petition's life; it only goes forward, by working days and minutes.

    Args:
        start: Aware local time of the first act.
        calendar: Working days.
        zone: Of the office.
        rng: Decides the minutes.
    """

    def __init__(self, start: datetime, calendar: Calendar, zone: ZoneInfo, rng: Random) -> None:
        self.now = start
        self._calendar = calendar
        self._zone = zone
        self._rng = rng

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()

    def soon(self, least_min: int = 5, most_min: int = 20) -> datetime:
        """Go some minutes on, and return the time."""
        self.now += timedelta(minutes=self._rng.randint(least_min, most_min))
        return self.now

    def later(self, days: int, hours: tuple[time, time] = MORNING) -> datetime:
        """Go to a working day some working days on, and return the time."""
        return self.on(self.workday(days), hours)

    def on(self, day: date, hours: tuple[time, time] = MORNING) -> datetime:
        """Go to a day, or only some minutes on where its hours are past; return the time."""
        first, last = (datetime.combine(day, end, self._zone) for end in hours)
        minutes = int((last - first) / timedelta(minutes=1))
        at = first + timedelta(minutes=self._rng.randint(0, minutes))
        if at <= self.now:
            return self.soon()
        self.now = at
        return at

    def workday(self, days: int) -> date:
        """Return the day that lies some working days after today; today itself for 0."""
        return self._calendar.add_working_days(self.today, days) if days else self.today
