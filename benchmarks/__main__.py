"""``python -m benchmarks``: measure the product, its peers and its limits in one run."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.arena import open_arena
from benchmarks.bench import set_up
from benchmarks.catalogue import BENCHMARKS, run_benchmark
from benchmarks.document import write_document
from benchmarks.machine import read_machine
from benchmarks.notes import read_notes
from benchmarks.outcome import Outcome
from benchmarks.peers.installs import install_peers
from benchmarks.rounds import say
from benchmarks.sizes import FULL, QUICK
from benchmarks.table import write_table

SEED: Final = 20260101
ROOT: Final = Path(__file__).parents[1]
NOTES: Final = ROOT / "docs" / "benchmark_notes.toml"
CACHE: Final = ROOT / ".bench"


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for; ends the program where it asks for nonsense."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="large sizes; takes hours")
    parser.add_argument("--only", choices=sorted(BENCHMARKS), help="one benchmark alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every round as JSON")
    parser.add_argument("--document", type=Path, metavar="FILE", help="write table and chart there")
    parser.add_argument("--folder", type=Path, help="where the server's files shall lie")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random draws")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Run, print the table, and return 0, or 1 where a benchmark could not run. Blocking."""
    asked = read_arguments(arguments)
    notes = read_notes(NOTES)
    started_at, started_at_s = datetime.now(UTC), perf_counter()
    sizes = FULL if asked.full else QUICK
    install_peers(CACHE)
    with open_arena(asked.folder) as arena:
        say("Deciding the petitions of a city ...")
        bench = set_up(arena, sizes, asked.seed, CACHE)
        names = [asked.only] if asked.only else sorted(BENCHMARKS)
        rows = tuple(row for name in names for row in run_benchmark(name, bench))
        outcome = Outcome(
            started_at,
            round(perf_counter() - started_at_s, 1),
            read_machine(),
            arena.settings(),
            bench.settings,
            asked.seed,
            sizes,
            rows,
        )
    table = write_table(outcome, notes)
    print(table)
    if asked.json:
        outcome.write_json(asked.json)
    if asked.document:
        write_document(asked.document, table, rows)
    return 1 if any(row.failure for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
