"""Without this file each benchmark of reading would have to write a million events first."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from math import inf
from time import perf_counter

from benchmarks.arena import LIMITS, Arena
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.generator import EncodedLife, LifeSource, prepare_life
from benchmarks.rounds import say
from benchmarks.rows import LateError
from ledger.append import Append
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from scenarios.scenario import Scenario

_CHUNK_EVENTS_LEN = 50_000


class History:
    """One log of whole petitions that only grows.

    Attributes:
        stop_at_s: Reading of ``perf_counter`` after which it grows no further.

    Args:
        arena: Where it lies.
        scenario: Whose units and rules it begins with.
        source: Where its petitions come from.
    """

    def __init__(self, arena: Arena, scenario: Scenario, source: LifeSource) -> None:
        self._arena = arena
        self._scenario = scenario
        self._source = source
        self._database: Database | None = None
        self.stop_at_s = inf

    def grow(self, events_len: int) -> Database:
        """Return its ledger once it has at least so many events. Blocking.

        Raises:
            LateError: the time was up before; what was written stays.
        """
        for _rate in self.fill(events_len):
            pass
        database = self._open()
        with database.connect(Role.OWNER, autocommit=True) as connection:
            connection.execute(LIMITS["analyze_log"])
        return database

    def fill(self, events_len: int) -> Iterator[float]:
        """Yield the events per second of each import that it takes to get so far. Blocking.

        Raises:
            LateError: as ``grow``.
        """
        with closing(open_recorder(self._open())) as recorder:
            while (position := recorder.log.read_position()) < events_len:
                if perf_counter() > self.stop_at_s:
                    raise LateError
                lives = self._source.draw_events(min(_CHUNK_EVENTS_LEN, events_len - position))
                rate = import_lives(recorder, list(lives))
                say(f"Filling the log: {position:,}/{events_len:,} at {rate:,.0f}/s")
                yield rate

    def _open(self) -> Database:
        if self._database is None:
            database = self._arena.open_ledger("history")
            found_ledger(database, self._scenario).close()
            self._database = database
        return self._database


def import_lives(recorder: LedgerRecorder, lives: Iterable[EncodedLife]) -> float:
    """Record lives by the production bulk append, and return the events per second. Blocking.

    Raises:
        LedgerError: an append was refused.
    """
    started_at_s = perf_counter()
    events_len = sum(len(append.events) for append in _append_all(recorder, lives))
    return events_len / (perf_counter() - started_at_s)


def _append_all(recorder: LedgerRecorder, lives: Iterable[EncodedLife]) -> Iterator[Append]:
    appends = (prepare_life(recorder.ledger, life) for life in lives)
    for append, answer in chain.from_iterable(recorder.append_bulk(appends)):
        if not isinstance(answer, range):
            raise answer
        yield append
