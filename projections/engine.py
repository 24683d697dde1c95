"""Without this file read models would stand still while the log grows."""

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from psycopg import Connection

from projections.decoding import Batch, LoggedEvent, read_batch
from projections.model import ModelFactory
from projections.positions import (
    ModelStatus,
    PositionMovedError,
    add_models,
    move_position,
    statuses,
    stop_model,
)

BATCH_LEN: Final = 2_000
_END: Final = 2**63 - 1


class Engine:
    """Brings read models up to the log, each batch exactly once.

    Rows and position are written in one transaction per model and batch. A model that
    fails stops visibly and alone; lost connections are the caller's. Blocking, for one
    thread.

    Args:
        connection: In autocommit mode, of the role tz_projector.
        factories: The read models.
        batch_len: Most events per transaction, 1 to ``BATCH_LEN_MAX``.
    """

    def __init__(
        self,
        connection: Connection[Any],
        factories: Sequence[ModelFactory],
        *,
        batch_len: int = BATCH_LEN,
    ) -> None:
        self._connection = connection
        self._factories = {factory.name: factory for factory in factories}
        self._models = {name: factory(connection) for name, factory in self._factories.items()}
        self._aggregates = {
            aggregate for model in self._models.values() for aggregate in model.aggregates
        }
        self._batch_len = batch_len
        add_models(connection, list(self._models))

    def catch_up(self, upto_position: int = _END) -> int:
        """Apply all there is, and return how many events were read.

        Args:
            upto_position: Last position to apply.
        """
        total = 0
        while read := self.step(upto_position):
            total += read
        return total

    def step(self, upto_position: int = _END) -> int:
        """Apply one batch to every running model that lacks it.

        Returns:
            How many events were read; 0 once all running models have caught up.

        Raises:
            psycopg.OperationalError: the database went away; nothing is half written.
        """
        running = {
            status.model: status.position
            for status in statuses(self._connection)
            if status.model in self._models and _is_running(status)
        }
        if not running:
            return 0
        after = min(running.values())
        batch = read_batch(
            self._connection,
            after,
            upto_position,
            batch_len=self._batch_len,
            aggregates=self._aggregates,
        )
        if batch is None:
            return 0
        # In the order of the factories: the roster comes before what is counted by its zone.
        for name in self._models:
            position = running.get(name, batch.last_position)
            if position < batch.last_position:
                self._advance(name, position, batch)
        return batch.last_position - after

    def _advance(self, name: str, after: int, batch: Batch) -> None:
        events = batch.select(self._models[name].aggregates, after)
        try:
            self._apply(name, after, batch.last_position, events)
        except psycopg.OperationalError:
            raise
        except PositionMovedError:
            self._renew(name)
        except Exception:  # noqa: BLE001 - whatever it is, the event that causes it is found next
            self._renew(name)
            self._isolate(name, after, batch.last_position, events)

    def _isolate(self, name: str, after: int, last: int, events: list[LoggedEvent]) -> None:
        """Apply a failed batch event by event up to the one that cannot be applied."""
        single = [(event.position, [event]) for event in events]
        if not events or events[-1].position < last:
            single.append((last, []))
        for position, part in single:
            try:
                self._apply(name, after, position, part)
            except psycopg.OperationalError:
                raise
            except PositionMovedError:
                return
            except Exception as cause:  # noqa: BLE001 - recorded where health shows it
                self._renew(name)
                stop_model(self._connection, name, after, position, cause)
                return
            after = position

    def _apply(self, name: str, after: int, last: int, events: list[LoggedEvent]) -> None:
        with self._connection.transaction():
            move_position(self._connection, name, after, last)
            if events:
                self._models[name].apply([event.open() for event in events])

    def _renew(self, name: str) -> None:
        self._models[name] = self._factories[name](self._connection)


def _is_running(status: ModelStatus) -> bool:
    return status.stopped_position is None
