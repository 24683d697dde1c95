"""Without this file every use case would have to get idempotency and races right by itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast
from uuid import UUID, uuid5

import msgspec
from eventsourcing.application import Application
from eventsourcing.utils import Environment, EnvType

from domain.act import Act
from domain.aggregate import LedgerAggregate
from ledger.answers import Answers
from ledger.append import CommandKey
from ledger.codec import EventCodec
from ledger.database import Database
from ledger.errors import OutcomeUnknownError, StaleVersionError, VersionConflictError
from ledger.factory import LedgerFactory
from ledger.header import PolicyRef
from ledger.log_reader import LogReader
from ledger.mapper import LedgerMapper
from ledger.receipt import Receipt, outcome_bytes
from ledger.recorder import LedgerRecorder
from ledger.waiting_line import AppenderLimits

A = TypeVar("A", bound=LedgerAggregate)

ATTEMPTS_MAX = 3
"""Tries of a command that names no version, when others append to its stream."""


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
        self._answers = Answers(lambda: self.reader)
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

    def load(self, originator_id: UUID, upto_version: int | None = None) -> LedgerAggregate | None:
        """Return an aggregate made from its events, or None where it has none.

        Args:
            originator_id: Its stream.
            upto_version: Last event to look at; None for all.

        Raises:
            PayloadError: a stored event cannot be read.
            LedgerUnavailableError: the database does not answer.
        """
        aggregate: LedgerAggregate | None = None
        # The library's projector checks each event against a protocol at run time,
        # which cost half of a command.
        for event in self.events.get(originator_id, lte=upto_version):
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

        def decide_alone(aggregate: A | None) -> Sequence[A]:
            return (decide(aggregate),)

        return self.execute_together(
            originator_id,
            decide_alone,
            act=act,
            request=request,
            expected_version=expected_version,
            claims=claims,
            get_policy=get_policy,
        )

    def execute_together(
        self,
        originator_id: UUID,
        decide: Callable[[A | None], Sequence[A]],
        *,
        act: Act,
        request: bytes,
        expected_version: int | None = None,
        claims: tuple[str, ...] = (),
        get_policy: Callable[[A], PolicyRef | None] = lambda _: None,
    ) -> Receipt:
        """Run one command that concerns several streams, and record all of it or nothing.

        One transaction and one append; events of several streams share a correlation id.
        A conflict on any stream records nothing. Where it is not the caller's own stream
        that moved, the command is decided again.

        Args:
            originator_id: Stream the command is given to.
            decide: Takes that stream's aggregate, or None, loads the others itself and
                returns them all, this one first; may run more than once.
            act: Who acts.
            request: Canonical bytes of the whole request, for the fingerprint.
            expected_version: Version of the first stream that the caller decided on.
            claims: Values that must be unique in the ledger, taken for the first stream.
            get_policy: Returns the policy pack an aggregate stands under.

        Raises:
            LedgerError: as ``execute``.
        """
        fingerprint = self._answers.fingerprint(request)
        if answer := self._answers.find(act, fingerprint):
            return answer
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                aggregates = self._decide(originator_id, decide, expected_version)
                policies = {each.id: get_policy(each) for each in aggregates}
                return self._append(aggregates, act, fingerprint, policies, claims)
            except OutcomeUnknownError as error:
                return self._answers.settle(act, fingerprint, error)
            except Exception as error:
                # An equal request may have been recorded since the look-up; then its
                # answer is the answer, and not that its own effect is in the way.
                if answer := self._answers.find(act, fingerprint):
                    return answer
                is_race = isinstance(error, VersionConflictError) and (
                    expected_version is None or error.originator_id != originator_id
                )
                if not is_race or attempt == ATTEMPTS_MAX:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def was_answered(self, act: Act, request: bytes) -> bool:
        """Return whether an equal request was recorded under the act's key. Blocking.

        Raises:
            KeyReusedError: the key belongs to another request.
        """
        return self._answers.find(act, self._answers.fingerprint(request)) is not None

    def _append(
        self,
        aggregates: Sequence[LedgerAggregate],
        act: Act,
        fingerprint: bytes,
        policies: Mapping[UUID, PolicyRef | None],
        claims: tuple[str, ...],
    ) -> Receipt:
        first = aggregates[0]
        events = [event for each in aggregates for event in each.collect_events()]
        if not events:
            return self._unchanged(first)
        command = None
        if act.idempotency_key is not None:
            outcome = outcome_bytes(first.id, first.version)
            command = CommandKey(act.actor_id, act.idempotency_key, fingerprint, outcome)
        if act.correlation_id is None and len({event.originator_id for event in events}) > 1:
            joined = uuid5(first.id, f"together/{first.version}")
            act = msgspec.structs.replace(act, correlation_id=joined)
        positions = self._ledger_recorder.insert_events(
            [self.mapper.to_stored_event(event) for event in events],
            act=act,
            policies=policies,
            command=command,
            claims=claims,
        )
        return Receipt(
            originator_id=first.id,
            version=first.version,
            first_position=positions[0],
            last_position=positions[-1],
            replayed=False,
        )

    def _decide(
        self,
        originator_id: UUID,
        decide: Callable[[A | None], Sequence[A]],
        expected_version: int | None,
    ) -> Sequence[A]:
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
