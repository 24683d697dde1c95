"""Without this file a host whose clock is wrong could write reminders of the wrong day."""

from datetime import datetime

from domain.guards import CLOCK_TOLERANCE
from domain.text import Text
from ledger.errors import LedgerError


class ClockWentBackError(LedgerError):
    """The host's clock, or the instant asked for, lies before what the ledger has seen."""

    code = "clock-went-back"

    def __init__(self, at: datetime, seen: datetime, what: Text) -> None:
        super().__init__(
            Text(
                f"时刻 {at.isoformat()} 早于{what.zh} {seen.isoformat()}。未作任何记录；"
                "请校准本机时钟（或改正 --at）后重试，届时会按顺序补齐。",
                f"The instant {at.isoformat()} lies before {what.en}, {seen.isoformat()}. Nothing "
                "was recorded; set the host's clock right (or --at) and run it again: it catches "
                "up in order.",
            )
        )


class InstantInFutureError(LedgerError):
    """The instant asked for has not come."""

    code = "instant-in-future"

    def __init__(self, at: datetime, now: datetime) -> None:
        super().__init__(
            Text(
                f"时刻 {at.isoformat()} 晚于当前时间 {now.isoformat()}。"
                "未作任何记录；请核对 --at。",
                f"The instant {at.isoformat()} lies after now, {now.isoformat()}. Nothing was "
                "recorded; check --at.",
            )
        )


def refuse_wrong_clock(
    at: datetime, now: datetime, recorded_at: datetime, acted_at: datetime | None
) -> None:
    """Refuse to act at an instant that cannot be; five minutes between clocks are lawful.

    Args:
        at: Instant that the clock is asked to act at.
        now: The host's clock.
        recorded_at: When the log's last event was recorded, by the database's clock.
        acted_at: Latest logical instant the clock has acted at, or None.

    Raises:
        ClockWentBackError: ``now`` is before ``recorded_at``, or ``at`` before ``acted_at``.
        InstantInFutureError: ``at`` is after ``now``.
    """
    if now < recorded_at - CLOCK_TOLERANCE:
        last = Text("日志最后一次记录时间", "the time of the log's last record")
        raise ClockWentBackError(now, recorded_at, last)
    if at > now + CLOCK_TOLERANCE:
        raise InstantInFutureError(at, now)
    if acted_at is not None and at < acted_at - CLOCK_TOLERANCE:
        done = Text("时钟上次处理到的时刻", "the instant the clock has acted at before")
        raise ClockWentBackError(at, acted_at, done)
