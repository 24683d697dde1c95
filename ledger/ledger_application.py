"""Without this file every use case would have to get idempotency and races right by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import TypeVar, cast
from uuid import UUID, uuid5

import msgspec
from eventsourcing.application import Application
from eventsourcing.utils import Environment, EnvType

from domain.act import Act
from domain.aggregate import LedgerAggregate
from ledger.answers import Answers
from ledger.append import CommandKey, prepare_append
from ledger.codec import EventCodec
from ledger.database import Database
from ledger.errors import OutcomeUnknownError, StaleVersionError, VersionConflictError
from ledger.factory import LedgerFactory
from ledger.grounds import Grounds
from ledger.header import PolicyRef
from ledger.log_reader import LogReader
from ledger.mapper import LedgerMapper
from ledger.receipt import Receipt, outcome_bytes
from ledger.recorder import LedgerRecorder
from ledger.reference import ReferenceStreams
from ledger.remembered_streams import Events, RememberedStreams, fold_stream
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
        self._codec = EventCodec()
        self._streams = RememberedStreams()
        self.reference = ReferenceStreams(self)
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return the given variables alone; the library would add the process's own."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> LedgerFactory:
        """Return the factory of the ledger."""
        return LedgerFactory(env, self._database, self._limits)

    def construct_mapper(self) -> LedgerMapper:
        """Return the mapper to canonical payloads."""
        return LedgerMapper(self._codec)

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
        if upto_version is not None:
            # What was recorded stays as it was, so that a part that is known needs no read.
            events = self._streams.recall(originator_id) or ()
            if len(events) >= upto_version:
                return fold_stream(events[:upto_version])
        return fold_stream(self._read(originator_id, upto_version))

    def events_after(self, originator_id: UUID, version: int) -> Iterator[LedgerAggregate.Event]:
        """Yield the events of a stream later than a version, oldest first."""
        return cast("Iterator[LedgerAggregate.Event]", self.events.get(originator_id, gt=version))

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
        grounds: Grounds | None = None,
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
            grounds: Through which ``decide`` looks at roster, packs and calendars.

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
            grounds=grounds,
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
        grounds: Grounds | None = None,
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
            grounds: Through which ``decide`` looks at roster, packs and calendars.

        Raises:
            LedgerError: as ``execute``.
        """
        fingerprint = self._answers.fingerprint(request)
        grounds = grounds or Grounds(self.reference)
        # First from memory, which the append checks under its lock, then on what is read.
        for attempt in range(ATTEMPTS_MAX + 1):
            grounds.begin(reads=attempt > 0)
            try:
                aggregates = self._decide(originator_id, decide, expected_version, grounds)
                policies = {each.id: get_policy(each) for each in aggregates}
                receipt = self._append(aggregates, act, fingerprint, policies, claims, grounds)
            except OutcomeUnknownError as error:
                return self._answers.settle(act, fingerprint, error)
            except Exception as error:
                # An equal request may have been recorded before; then its answer is the
                # answer, and not that its own effect is in the way.
                if answer := self._answers.find(act, fingerprint):
                    return answer
                is_race = isinstance(error, VersionConflictError) and (
                    expected_version is None or error.originator_id != originator_id
                )
                if not grounds.may_mislead(error, originator_id) and (
                    not is_race or attempt == ATTEMPTS_MAX
                ):
                    raise
            else:
                if receipt is not None:
                    return receipt
                if answer := self._answers.find(act, fingerprint):
                    return answer
                if not grounds.remembered:
                    return self._unchanged(aggregates[0])
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
        grounds: Grounds,
    ) -> Receipt | None:
        """Return the receipt of what was decided, None where that is nothing."""
        first = aggregates[0]
        events = [event for each in aggregates for event in each.collect_events()]
        if not events:
            return None
        command = None
        if act.idempotency_key is not None:
            outcome = outcome_bytes(first.id, first.version)
            command = CommandKey(act.actor_id, act.idempotency_key, fingerprint, outcome)
        if act.correlation_id is None and len({event.originator_id for event in events}) > 1:
            joined = uuid5(first.id, f"together/{first.version}")
            act = msgspec.structs.replace(act, correlation_id=joined)
        recorder = self._ledger_recorder
        encoded = [self._codec.encode(event) for event in events]
        append = prepare_append(
            recorder.ledger, encoded, act=act, policies=policies, command=command, claims=claims
        )
        positions = recorder.append(grounds.witness(append))
        for event in encoded:
            # As it is read, in UTC and without personal values.
            decoded = self._codec.decode(
                event.topic,
                event.schema_version,
                event.originator_id,
                event.version,
                event.occurred_at.astimezone(UTC),
                event.payload,
            )
            recorded = cast("LedgerAggregate.Event", decoded)
            self._streams.add(recorded)
            self.reference.add(recorded)
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
        grounds: Grounds,
    ) -> Sequence[A]:
        events: Events | None = None
        if not grounds.reads:
            # To begin a stream nothing need be known: the append refuses it where there is one.
            events = () if expected_version == 0 else self._streams.recall(originator_id)
        if events is not None and expected_version in {None, len(events)}:
            grounds.remembered.add(originator_id)
        else:
            events = self._read(originator_id)
            self._streams.keep(originator_id, events)
        if expected_version is not None and expected_version != len(events):
            raise StaleVersionError(originator_id, expected_version, len(events))
        return decide(cast("A | None", fold_stream(events)))

    def _read(self, originator_id: UUID, upto_version: int | None = None) -> Events:
        return cast("Events", tuple(self.events.get(originator_id, lte=upto_version)))

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
