"""Without this file a rule could not say how much time it allows, or how that time counts."""

from collections.abc import Sequence
from datetime import time

import msgspec

from domain.errors import DomainError
from domain.text import Text
from domain.vocabulary import Labelled

AMOUNT_MAX = 10_000


class TimeUnit(Labelled):
    """How a limit counts; there is no default unit, a pack must say it."""

    WORKING_DAY = "working_day", "个工作日", "working days"
    CALENDAR_DAY = "calendar_day", "日（自然日）", "calendar days"
    WALL_HOUR = "wall_hour", "小时（不停表）", "hours, nights and holidays included"
    WORKING_HOUR = "working_hour", "个工作小时", "working hours"
    ON_SPOT = "on_spot", "现场（当日）", "on the spot, the same day"


class Roll(Labelled):
    """What becomes of a calendar-day limit that ends on a rest day."""

    ANY_REST_DAY = "any_rest_day", "遇休息日顺延", "rolls off any rest day"
    HOLIDAYS_ONLY = "holidays_only", "仅遇法定节假日放假顺延", "rolls off public holidays only"
    NONE = "none", "不顺延", "never rolls"


class Limit(msgspec.Struct, frozen=True):
    """An allowance of time.

    Attributes:
        amount: 0 to ``AMOUNT_MAX`` of ``unit``; ignored for ``on_spot``.
        unit: How the amount counts.
        roll: Where a calendar-day limit may end; other units never end on a rest day.
        close_of_business: Local end of the last day; null means 24:00. Hours ignore it.
    """

    amount: int
    unit: TimeUnit
    roll: Roll = Roll.ANY_REST_DAY
    close_of_business: time | None = None

    def __str__(self) -> str:
        """Return ``10 working_day``, as rules are written in deadlines."""
        return "on_spot" if self.unit is TimeUnit.ON_SPOT else f"{self.amount} {self.unit}"

    @property
    def label(self) -> Text:
        """The limit in words of both languages."""
        if self.unit is TimeUnit.ON_SPOT:
            return self.unit.label
        return Text(f"{self.amount}{self.unit.label.zh}", f"{self.amount} {self.unit.label.en}")


class BusinessPeriod(msgspec.Struct, frozen=True):
    """One stretch of office hours on every working day, in local time; start before end."""

    start: time
    end: time


class InvalidLimitError(DomainError):
    """A limit is negative, too large, or counts office hours that nobody stated."""

    code = "invalid-limit"


def half_limit(limit: Limit) -> Limit:
    """Return the limit of a reopened petition: half, rounded up, in the same unit; pure.

    ``on_spot`` becomes 1 working day [assumed], and no half is less than 1.

    Source:
        domain.md, decision 7.
    """
    if limit.unit is TimeUnit.ON_SPOT:
        return Limit(1, TimeUnit.WORKING_DAY, limit.roll, limit.close_of_business)
    return msgspec.structs.replace(limit, amount=max(1, (limit.amount + 1) // 2))


def check_limit(limit: Limit, business_hours: Sequence[BusinessPeriod]) -> None:
    """Refuse an allowance that no clock could run by; pure.

    Raises:
        InvalidLimitError: the amount is outside 0 to ``AMOUNT_MAX``, or working
            hours are asked for without office hours that run forward.
    """
    if not 0 <= limit.amount <= AMOUNT_MAX:
        raise InvalidLimitError(
            Text(
                f"时限 {limit.amount} 不在 0 至 {AMOUNT_MAX} 之间；未作任何更改，请修改规则包。",
                f"the limit {limit.amount} is outside 0 to {AMOUNT_MAX}; "
                "nothing was changed, correct the policy pack.",
            )
        )
    forward = all(period.start < period.end for period in business_hours)
    if limit.unit is TimeUnit.WORKING_HOUR and not (business_hours and forward):
        raise InvalidLimitError(
            Text(
                "按工作小时计时须写明办公时间；未作任何更改，请在规则包中补充。",
                "a limit in working hours needs office hours; "
                "nothing was changed, state them in the policy pack.",
            )
        )
