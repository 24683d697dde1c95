"""Without this file every use case would have to get idempotency and races right by itself."""

from collections.abc import Callable
from hmac import digest
from time import monotonic, sleep
from typing import TypeVar, cast
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.utils import Environment, EnvType

from domain.act import Act
from domain.aggregate import LedgerAggregate
from ledger.append import CommandKey
from ledger.canonical import canonical_bytes
from ledger.codec import EventCodec
from ledger.database import Database
from ledger.errors import (
    KeyReusedError,
    LedgerUnavailableError,
    OutcomeUnknownError,
    StaleVersionError,
    VersionConflictError,
)
from ledger.factory import LedgerFactory
from ledger.header import PolicyRef
from ledger.log_reader import GivenAnswer, LogReader
from ledger.mapper import LedgerMapper
from ledger.recorder import LedgerRecorder
from ledger.waiting_line import AppenderLimits

A = TypeVar("A", bound=LedgerAggregate)

ATTEMPTS_MAX = 3
"""Tries of a command that names no version, when others append to its stream."""

SETTLE_TIMEOUT_S = 10.0
SETTLE_INTERVAL_S = 0.2


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a command led to.

    Attributes:
        originator_id: Stream.
        version: Its version after the command.
        first_position: Log place of the command's first event.
        last_position: Log place of its last event.
        replayed: Whether this is the answer to an earlier, equal request.
    """

    originator_id: UUID
    version: int
    first_position: int
    last_position: int
    replayed: bool


class _Outcome(msgspec.Struct, frozen=True):
    originator_id: UUID
    version: int


class LedgerApplication(Application[UUID]):
    """Base of the applications of one ledger: load, decide, record, answer. Blocking.

    Safe to share between threads. Without snapshots and without the process's
    environment: what it needs comes in as arguments.

    Args:
        database: Where the ledger is; left open.
        limits: Bounds of the group commit.
    """

    def __init__(self, database: Database, limits: AppenderLimits | None = None) -> None:
        self._database = database
        self._limits = limits
        self._fingerprint_key: bytes | None = None
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return the given variables alone; the library would add the process's own."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> LedgerFactory:
        """Return the factory of the ledger."""
        return LedgerFactory(env, self._database, self._limits)

    def construct_mapper(self) -> LedgerMapper:
        """Return the mapper to canonical payloads."""
        return LedgerMapper(EventCodec())

    @property
    def reader(self) -> LogReader:
        """Typed reading of the log, of personal values and of answers."""
        return self._ledger_recorder.log

    @property
    def _ledger_recorder(self) -> LedgerRecorder:
        return cast("LedgerRecorder", self.recorder)

    def load(self, originator_id: UUID) -> LedgerAggregate | None:
        """Return an aggregate made from all its events, or None where it has none.

        Raises:
            PayloadError: a stored event cannot be read.
            LedgerUnavailableError: the database does not answer.
        """
        aggregate: LedgerAggregate | None = None
        # The library's projector checks each event against a protocol at run time,
        # which cost half of a command.
        for event in self.events.get(originator_id):
            aggregate = cast("LedgerAggregate.Event", event).mutate(aggregate)
        return aggregate

    def execute(
        self,
        originator_id: UUID,
        decide: Callable[[A | None], A],
        *,
        act: Act,
        request: bytes,
        expected_version: int | None = None,
        claims: tuple[str, ...] = (),
        get_policy: Callable[[A], PolicyRef | None] = lambda _: None,
    ) -> Receipt:
        """Run one command once, and record what it decides.

        One transaction. With an idempotency key in ``act``, an equal request gets
        the first answer for the life of the ledger, also after a lost connection.

        Args:
            originator_id: Stream the command is about.
            decide: Takes the aggregate, or None where the stream is empty, and
                returns it with new events; may run more than once.
            act: Who acts.
            request: Canonical bytes of the whole request, for the fingerprint.
            expected_version: Version the caller decided on, 0 for a new stream;
                None to decide on whatever is there.
            claims: Values that must be unique in the ledger.
            get_policy: Returns the policy pack the decided aggregate stands under.

        Raises:
            StaleVersionError: the stream is not at ``expected_version``.
            VersionConflictError: somebody else appended in between.
            KeyReusedError: the key belongs to another request.
            ClaimTakenError: a claimed value is taken.
            EventTooLargeError, UnstorableTextError, UncanonicalValueError: bad values.
            LedgerUnavailableError: nothing was recorded.
            OutcomeUnknownError: the connection broke during the commit, and there is
                no key to ask by or the database stays away.
        """
        fingerprint = digest(self._secret(), request, "sha256")
        if answer := self._find_answer(act, fingerprint):
            return answer
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                aggregate = self._decide(originator_id, decide, expected_version)
                return self._append(
                    aggregate, act, fingerprint, policy=get_policy(aggregate), claims=claims
                )
            except OutcomeUnknownError as error:
                return self._settle(act, fingerprint, error)
            except Exception as error:
                # An equal request may have been recorded since the look-up; then its
                # answer is the answer, and not that its own effect is in the way.
                if answer := self._find_answer(act, fingerprint):
                    return answer
                is_race = isinstance(error, VersionConflictError) and expected_version is None
                if not is_race or attempt == ATTEMPTS_MAX:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _append(
        self,
        aggregate: LedgerAggregate,
        act: Act,
        fingerprint: bytes,
        *,
        policy: PolicyRef | None,
        claims: tuple[str, ...],
    ) -> Receipt:
        events = aggregate.collect_events()
        if not events:
            return self._unchanged(aggregate)
        command = None
        if act.idempotency_key is not None:
            outcome = canonical_bytes(_Outcome(aggregate.id, aggregate.version))
            command = CommandKey(act.actor_id, act.idempotency_key, fingerprint, outcome)
        positions = self._ledger_recorder.insert_events(
            [self.mapper.to_stored_event(event) for event in events],
            act=act,
            policy=policy,
            command=command,
            claims=claims,
        )
        return Receipt(
            originator_id=aggregate.id,
            version=aggregate.version,
            first_position=positions[0],
            last_position=positions[-1],
            replayed=False,
        )

    def _decide(
        self, originator_id: UUID, decide: Callable[[A | None], A], expected_version: int | None
    ) -> A:
        aggregate = self.load(originator_id)
        version = aggregate.version if aggregate else 0
        if expected_version is not None and expected_version != version:
            raise StaleVersionError(originator_id, expected_version, version)
        return decide(cast("A | None", aggregate))

    def _unchanged(self, aggregate: LedgerAggregate) -> Receipt:
        """Return the receipt of a command that had nothing to record: the stream's end."""
        last = self.reader.read_stream(aggregate.id)[-1]
        return Receipt(
            originator_id=aggregate.id,
            version=last.version,
            first_position=last.position,
            last_position=last.position,
            replayed=False,
        )

    def _find_answer(self, act: Act, fingerprint: bytes) -> Receipt | None:
        if act.idempotency_key is None:
            return None
        given = self.reader.find_answer(act.actor_id, act.idempotency_key)
        if given is None:
            return None
        return _receipt(given, act.idempotency_key, fingerprint, replayed=True)

    def _settle(self, act: Act, fingerprint: bytes, unknown: OutcomeUnknownError) -> Receipt:
        """Return the answer of a command whose commit was cut off, if it was recorded."""
        if act.idempotency_key is None:
            raise unknown
        given = self._await_answer(act.actor_id, act.idempotency_key, unknown)
        if given is None:
            raise LedgerUnavailableError("the connection broke before the commit") from unknown
        return _receipt(given, act.idempotency_key, fingerprint, replayed=False)

    def _await_answer(
        self, actor_id: str, key: str, unknown: OutcomeUnknownError
    ) -> GivenAnswer | None:
        give_up_at_s = monotonic() + SETTLE_TIMEOUT_S
        while True:
            try:
                return self.reader.settle_answer(actor_id, key)
            except LedgerUnavailableError:
                if monotonic() > give_up_at_s:
                    raise unknown from None
                sleep(SETTLE_INTERVAL_S)

    def _secret(self) -> bytes:
        if self._fingerprint_key is None:
            self._fingerprint_key = self.reader.read_secret("fingerprint")
        return self._fingerprint_key


def _receipt(given: GivenAnswer, key: str, fingerprint: bytes, *, replayed: bool) -> Receipt:
    if given.fingerprint != fingerprint:
        raise KeyReusedError(key)
    outcome = msgspec.json.decode(given.outcome, type=_Outcome)
    return Receipt(
        originator_id=outcome.originator_id,
        version=outcome.version,
        first_position=given.first_position,
        last_position=given.last_position,
        replayed=replayed,
    )
