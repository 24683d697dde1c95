"""Without this file the event-sourcing library could not keep its events in our log."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    Notification,
    StoredEvent,
    Subscription,
)
from psycopg import Connection

from domain.act import Act
from ledger.admission import Answer
from ledger.append import NO_POLICIES, Append, CommandKey, prepare_append
from ledger.appender import Appender
from ledger.bulk_append import append_in_bulk
from ledger.codec import EncodedEvent
from ledger.header import PolicyRef
from ledger.log_reader import LogReader
from ledger.mapper import LedgerStoredEvent
from ledger.polling import PollingSubscription
from ledger.queries import load_queries
from ledger.read_connections import ReadConnections
from ledger.waiting_line import AppenderLimits

QUERIES = load_queries("ledger", "recorder")

_VERSION_MAX = 2**31 - 1
_POSITION_MAX = 2**63 - 1

Connect = Callable[[], Connection[tuple[Any, ...]]]


class _OfThisProcess:
    """Connections and the appender thread, none of which survives a fork."""

    def __init__(self, connect: Connect, channel: str, limits: AppenderLimits | None) -> None:
        self.appender = Appender(connect, channel, limits)
        self.connections = ReadConnections(connect)
        self.log = LogReader(self.connections)


class LedgerRecorder(ApplicationRecorder):
    """Appends to and reads one ledger. Blocking, safe to share between threads.

    Args:
        ledger: Name of the ledger.
        connect: Returns a new connection in autocommit mode for role tz_app.
        channel: Channel of the hint to followers.
        limits: Bounds of the group commit.
    """

    def __init__(
        self,
        ledger: str,
        connect: Connect,
        channel: str,
        limits: AppenderLimits | None = None,
    ) -> None:
        self.ledger = ledger
        self._connect = connect
        self._channel = channel
        self._limits = limits
        self._of_process: dict[int, _OfThisProcess] = {}

    @property
    def log(self) -> LogReader:
        """Typed reading of the log."""
        return self._mine().log

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        act: Act | None = None,
        policy: PolicyRef | None = None,
        policies: Mapping[UUID, PolicyRef | None] = NO_POLICIES,
        command: CommandKey | None = None,
        claims: Iterable[str] = (),
        **others: object,
    ) -> Sequence[int]:
        """Record events together and return their positions.

        One transaction, shared with other callers' appends. Never retried here: a
        caller that gets ``OutcomeUnknownError`` asks by its idempotency key.

        Args:
            stored_events: The versions of each stream must be contiguous.
            act: Who caused them; required.
            policy: Policy pack they were judged by.
            policies: Policy packs of the streams that were judged by another one, or by none.
            command: Idempotency key and answer.
            claims: Values that must be unique in the ledger.
            others: Nothing but the library's ``tracking=None``; read models keep
                their own positions.

        Raises:
            LedgerError: as ``Appender.append`` and ``prepare_append`` say.
            TypeError: no act, or an argument not named here.
        """
        if not stored_events:
            return []
        others = {name: value for name, value in others.items() if value is not None}
        if act is None or others:
            raise TypeError(f"pass act=, as the header says who acted, and not {list(others)}")
        append = prepare_append(
            self.ledger,
            [_encoded(event, act) for event in stored_events],
            act=act,
            policy=policy,
            policies=policies,
            command=command,
            claims=claims,
        )
        return list(self.append(append))

    def append(self, append: Append) -> range:
        """Record a prepared append and return its positions; see ``Appender.append``."""
        return self._mine().appender.append(append)

    def append_bulk(self, appends: Iterable[Append]) -> Iterator[list[tuple[Append, Answer]]]:
        """Record many appends, chunk by chunk; see ``append_in_bulk``."""
        return append_in_bulk(self._connect, appends)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return part of one stream; the library's names, versions ``gt`` < v ≤ ``lte``."""
        query = QUERIES["select_latest_events"] if desc else QUERIES["select_events"]
        rows = self._mine().connections.fetch(
            query,
            {
                "originator_id": originator_id,
                "after_version": -1 if gt is None else gt,
                "last_version": _VERSION_MAX if lte is None else lte,
                "limit": limit,
            },
        )
        return [LedgerStoredEvent(*row) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return a page of the log in the library's form, by ascending position."""
        first_position = 0 if start is None else start
        rows = self._mine().connections.fetch(
            QUERIES["select_notifications"],
            {
                "first_position": first_position + (0 if inclusive_of_start else 1),
                "last_position": _POSITION_MAX if stop is None else stop,
                "topics": list(topics),
                "limit": limit,
            },
        )
        return [Notification(*row) for row in rows]

    def max_notification_id(self) -> int | None:
        """Return the last position, or None while the log is empty."""
        return self.log.read_position() or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Return an endless iterator over the log after a position, by polling."""
        return cast("Subscription[ApplicationRecorder]", PollingSubscription(self, gt, topics))

    def close(self) -> None:
        """Refuse waiting appends, end this process's thread, close its connections."""
        mine = self._of_process.pop(os.getpid(), None)
        if mine is not None:
            mine.appender.close()
            mine.connections.close()

    def _mine(self) -> _OfThisProcess:
        mine = self._of_process.get(os.getpid())
        if mine is None:
            # setdefault is atomic, and no lock can be inherited locked through a fork.
            mine = self._of_process.setdefault(
                os.getpid(), _OfThisProcess(self._connect, self._channel, self._limits)
            )
        return mine


def _encoded(event: StoredEvent, act: Act) -> EncodedEvent:
    ours = event if isinstance(event, LedgerStoredEvent) else None
    stream = event.originator_id
    return EncodedEvent(
        originator_id=stream if isinstance(stream, UUID) else UUID(stream),
        version=event.originator_version,
        topic=event.topic,
        schema_version=ours.schema_version if ours else 1,
        occurred_at=ours.occurred_at if ours else act.occurred_at,
        payload=event.state,
        personal=ours.personal if ours else (),
    )
