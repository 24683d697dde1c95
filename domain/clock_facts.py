"""Without this file it would be forgotten by which rule and calendar a running clock was set."""

from datetime import datetime

import msgspec

from domain.deadlines import Deadline


class RecordedClock(msgspec.Struct, array_like=True):
    """The newest deadline that an event recorded for one clock of one unit.

    Attributes:
        at: Instant of the event, from which the deadline holds.
        version: Place of the event in its stream.
        unit: Unit whose own clock it is, empty for everybody else's.
        deadline: What was recorded.
    """

    at: datetime
    version: int
    unit: str
    deadline: Deadline
