'''Without this file every benchmark would be given its circumstances in another order.

A benchmark is a function of a module of its own, listed in ``catalogue.py``; it takes a
``Bench`` and yields the rows it measured::

    def report_query_rows(bench: Bench) -> Iterator[Row]:
        """Yield a row per number of petitions. Blocking."""
        for petitions_len in bench.sizes.petitions_lens:
            figures = bench.alternate(
                [Contender("ours", ...), Contender("plain SQL", ...)], title="P4 ..."
            )
            yield Row("P4", f"... of {petitions_len:,} petitions", "ms", figures,
                      (Goal(10), Goal(1.5, against="ours at 10,000")),
                      size=petitions_len, series="ranking p99")

- A contender's turn returns one figure in the row's unit. Where a turn gives several (a
  rate and a p99), the benchmark keeps the others itself, ``Figures(rounds)`` in a row of
  their own.
- How much is measured stands in ``sizes.py`` alone, and so does the time that each
  benchmark has; ``bench.alternate`` begins no further round once it is up, or once a row's
  share of it is, where ``rows_left`` says how many rows are to come. A benchmark with much
  to prepare asks ``bench.is_late()`` before it goes on to a larger size, and yields
  ``failed_row("P4", work, LateError())`` instead.
- ``bench.history.grow(n)`` gives the one log that P3 and later share, with at least ``n``
  events of whole petitions, or raises ``LateError`` once the time is up, and the rest of the
  benchmark with it unless it is caught. They leave the log as they found it, read models
  rebuilt or not.
- Whoever runs a contender with settings of its own says them in ``bench.settings``.
- A contender that cannot run raises in its turn; its reason stands in the table. The same
  where ours fails ends the benchmark: its row says so, and the program ends with 1.
- Reasons for a goal that is not met are written by hand in ``docs/benchmark_notes.toml``.
'''

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from time import perf_counter

from benchmarks.arena import Arena
from benchmarks.generator import LifeSource
from benchmarks.growth import Growth
from benchmarks.history import History
from benchmarks.peer import peer_settings
from benchmarks.rounds import Contender, alternate
from benchmarks.rows import Figures
from benchmarks.sizes import Sizes
from scenarios.decided_life import Life, decide_lives
from scenarios.scenario import Scenario, read_scenario

CITY = "shuangliu"


@dataclass(frozen=True)
class Bench:
    """What every benchmark is given.

    Attributes:
        arena: Where it is measured.
        sizes: How much.
        seed: What its random draws begin with.
        scenario: Whose units, rules and petitions.
        lives: The scenario's petitions, decided.
        history: The log that benchmarks of reading share.
        cache: Folder in which peers are installed once.
        settings: Per contender its version and settings by name; benchmarks add to it.
        growths: What the log of each ledger of the full run takes; the run adds to it.
        stop_at_s: Reading of ``perf_counter`` at which the benchmark's time is up.
    """

    arena: Arena
    sizes: Sizes
    seed: int
    scenario: Scenario
    lives: tuple[Life, ...]
    history: History
    cache: Path
    settings: dict[str, dict[str, str]] = field(default_factory=dict)
    growths: list[Growth] = field(default_factory=list)
    stop_at_s: float = inf

    def source(self) -> LifeSource:
        """Return petitions that begin anew with the seed."""
        return LifeSource(self.lives, self.seed)

    def alternate(
        self, contenders: Sequence[Contender], *, title: str, rows_left: int = 1
    ) -> Figures:
        """Let contenders take turns, each after a checkpoint. Blocking.

        Result and errors as ``rounds.alternate``.

        Args:
            contenders: In the order of their turns.
            title: What is measured.
            rows_left: How many rows, this one included, share the time that is left.
        """
        now_s = perf_counter()
        return alternate(
            contenders,
            self.sizes.rounds_len,
            title=title,
            before_turn=self.arena.write_checkpoint,
            stop_at_s=now_s + (self.stop_at_s - now_s) / rows_left,
        )

    def is_late(self) -> bool:
        """Return whether the benchmark's time is up."""
        return perf_counter() > self.stop_at_s


def set_up(arena: Arena, sizes: Sizes, seed: int, cache: Path) -> Bench:
    """Return a bench with the petitions of a whole city, decided in memory."""
    scenario = read_scenario(CITY)
    lives = tuple(decide_lives(scenario))
    history = History(arena, scenario, LifeSource(lives, seed))
    settings = {"eventsourcing": peer_settings(arena.peer_env())}
    return Bench(arena, sizes, seed, scenario, lives, history, cache, settings)
