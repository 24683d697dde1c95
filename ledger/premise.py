"""Without this file no append could travel before the log was read, in one round trip."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace
from psycopg import postgres

from ledger.admission import Standing
from ledger.append import Append
from ledger.binary_fields import (
    as_array,
    as_bigint,
    as_instant,
    as_integer,
    as_parameter,
    as_text,
    as_uuid,
    as_word,
)

PREMISE_S: Final = 0.25
"""How long after its instant a batch may still be recorded that travels before the log was read.

Whoever asks what became of it, and does not find it, asks again after this time.
"""

_CLOCK_GOOD_S: Final = 10.0
_INTEGER: Final = postgres.types["int4"].oid
_TEXT: Final = postgres.types["text"].oid
_UUID: Final = postgres.types["uuid"].oid
_ALWAYS: Final = (as_bigint(-(2**63)), as_bigint(2**63 - 1))


class Premise(NamedTuple):
    """What must be true of the log, or the server records nothing of a batch.

    Attributes:
        position: Its last position.
        versions: Latest version of streams, one below the first for a stream that is empty.
        keys: Idempotency keys (actor, key) without an answer.
        claims: Values that are not taken.
        recorded_at: Aware instant that the server's clock has reached, and passed by at most
            ``PREMISE_S``; None where the clock does not matter.
    """

    position: int
    versions: dict[UUID, int] = {}  # noqa: RUF012 - a default that is only read
    keys: Sequence[tuple[str, str]] = ()
    claims: Sequence[str] = ()
    recorded_at: datetime | None = None

    @property
    def parameters(self) -> dict[str, bytes]:
        """What ``record_batch`` is told of it."""
        good_from, good_until = _ALWAYS
        if self.recorded_at is not None:
            good_from = as_instant(self.recorded_at)
            good_until = as_instant(self.recorded_at + timedelta(seconds=PREMISE_S))
        return {
            "after_position": as_parameter(as_bigint(self.position)),
            "good_from": as_parameter(good_from),
            "good_until": as_parameter(good_until),
            "originator_ids": as_array(_UUID, [as_uuid(stream) for stream in self.versions]),
            "first_versions": as_array(
                _INTEGER, [as_integer(version + 1) for version in self.versions.values()]
            ),
            "actor_ids": as_array(_TEXT, [as_word(actor_id) for actor_id, _ in self.keys]),
            "keys": as_array(_TEXT, [as_text(key) for _, key in self.keys]),
            "claim_values": as_array(_TEXT, [as_text(value) for value in self.claims]),
        }


class LogEnd(msgspec.Struct, frozen=True):
    """The end of the log as this appender left it, and what time its server has.

    Attributes:
        ledger: Name of the ledger.
        position: Last position.
        recorded_at: Instant of the last batch.
        clock: The server's clock when it was read.
        clock_read_at_s: When that was, by the monotonic clock of this process.
        is_ours: Whether it was found, when last read, as this session had left it: where
            others append as well, presuming would only cost a round trip.
    """

    ledger: str
    position: int
    recorded_at: datetime
    clock: datetime
    clock_read_at_s: float
    is_ours: bool

    def moved(self, standing: Standing) -> "LogEnd":
        """Return the end after a batch; pure."""
        return replace(self, position=standing.position, recorded_at=standing.recorded_at)

    def presume(self, appends: Sequence[Append], now_s: float) -> tuple[Premise, Standing] | None:
        """Return what must be true of the log for a batch, and the log as it then is.

        None where others append as well, and where the server's clock was read long ago or
        set back. Pure.

        Args:
            appends: Of one batch.
            now_s: By the monotonic clock.
        """
        since_s = now_s - self.clock_read_at_s
        # The server wrote its clock down before it was read, so this never gets ahead of it.
        now = self.clock + timedelta(seconds=since_s)
        if not self.is_ours or since_s > _CLOCK_GOOD_S or now < self.recorded_at:
            return None
        versions: dict[UUID, int] = {}
        for append in appends:
            for step in append.steps:
                versions.setdefault(step.originator_id, step.first_version - 1)
        premise = Premise(
            position=self.position,
            versions=versions,
            keys=[
                (append.command.actor_id, append.command.key)
                for append in appends
                if append.command
            ],
            claims=[value for append in appends for value in append.claims],
            recorded_at=now,
        )
        return premise, Standing(self.ledger, self.position, now, dict(versions), set(), set())
