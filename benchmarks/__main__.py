"""``python -m benchmarks``: measure the product, its peers and its limits in one run."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.arena import open_arena
from benchmarks.bench import Bench, set_up
from benchmarks.catalogue import BENCHMARKS, run_benchmark
from benchmarks.full_run import PART_NAMES, full_rows
from benchmarks.machine import read_machine
from benchmarks.notes import read_notes
from benchmarks.outcome import Outcome
from benchmarks.peers.installs import install_peers
from benchmarks.rounds import say
from benchmarks.rows import Row
from benchmarks.sizes import FULL, QUICK
from benchmarks.table import write_table

SEED: Final = 20260101
ROOT: Final = Path(__file__).parents[1]
NOTES: Final = ROOT / "docs" / "benchmark_notes.toml"
CACHE: Final = ROOT / ".bench"


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for; ends the program where it asks for nonsense."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="large sizes; about fifty minutes")
    names = sorted({*BENCHMARKS, *PART_NAMES})
    parser.add_argument("--only", choices=names, help="one benchmark alone")
    parser.add_argument(
        "--petitions", type=int, nargs="+", metavar="N", help="sizes of the full run's ledgers"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every round as JSON")
    parser.add_argument("--folder", type=Path, help="where the server's files shall lie")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random draws")
    asked = parser.parse_args(arguments)
    if asked.only and asked.only not in (PART_NAMES if asked.full else BENCHMARKS):
        parser.error(f"{asked.only} is no part of this run")
    return asked


def main(arguments: Sequence[str]) -> int:
    """Run, print the table, and return 0, or 1 where a benchmark could not run. Blocking.

    The JSON is written after each row, so that a run that is ended keeps what it had.
    """
    asked = read_arguments(arguments)
    started_at, started_at_s = datetime.now(UTC), perf_counter()
    sizes = FULL if asked.full else QUICK
    if asked.petitions:
        sizes = replace(sizes, petitions_lens=tuple(sorted(asked.petitions)))
    if not asked.full:
        install_peers(CACHE)
    rows: list[Row] = []
    with open_arena(asked.folder) as arena:
        say("Deciding the petitions of a city ...")
        bench = set_up(arena, sizes, asked.seed, CACHE)
        machine, server = read_machine(), arena.settings()

        def look() -> Outcome:
            took_s = round(perf_counter() - started_at_s, 1)
            settings = {} if asked.full else bench.settings
            return Outcome(
                started_at,
                took_s,
                machine,
                server,
                settings,
                asked.seed,
                sizes,
                tuple(rows),
                tuple(bench.growths),
            )

        for row in _measure(bench, asked):
            rows.append(row)
            if asked.json:
                look().write_json(asked.json)
        outcome = look()
    print(write_table([outcome], read_notes(NOTES)))
    return 1 if any(row.failure for row in rows) else 0


def _measure(bench: Bench, asked: argparse.Namespace) -> Iterator[Row]:
    if asked.full:
        yield from full_rows(bench, asked.only)
        return
    for name in [asked.only] if asked.only else sorted(BENCHMARKS):
        yield from run_benchmark(name, bench)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
