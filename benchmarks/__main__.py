"""``python -m benchmarks``: measure P1, P2 and P3 against their peers and limits in one run."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import Final

from benchmarks.application_commands import application_command_rows
from benchmarks.arena import open_arena
from benchmarks.bench import Bench, set_up
from benchmarks.document import write_document
from benchmarks.history_import import history_import_rows
from benchmarks.machine import read_machine
from benchmarks.model_rebuild import model_rebuild_rows
from benchmarks.outcome import Outcome
from benchmarks.rounds import Row, failed_row, say
from benchmarks.single_commands import single_command_rows
from benchmarks.sizes import FULL, QUICK

Rows = Callable[[Bench], Iterator[Row]]

BENCHMARKS: Final[Mapping[str, tuple[tuple[str, Rows], ...]]] = MappingProxyType(
    {
        "P1": (
            ("recorder level", single_command_rows),
            ("application level", application_command_rows),
        ),
        "P2": (("import", history_import_rows),),
        "P3": (("rebuild", model_rebuild_rows),),
    }
)
SEED: Final = 20260101
_WHERE: Final = ("HOST", "PORT", "DBNAME", "USER", "PASSWORD")


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for; ends the program where it asks for nonsense."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="large sizes; takes hours")
    parser.add_argument("--only", choices=sorted(BENCHMARKS), help="one benchmark alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every round as JSON")
    parser.add_argument("--document", type=Path, metavar="FILE", help="write the table there")
    parser.add_argument("--folder", type=Path, help="where the server's files shall lie")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random draws")
    return parser.parse_args(arguments)


def run_benchmark(name: str, bench: Bench) -> Iterator[Row]:
    """Yield the rows of a benchmark; what cannot run says why instead. Blocking."""
    for work, rows in BENCHMARKS[name]:
        try:
            yield from rows(bench)
        except Exception as error:  # noqa: BLE001 - the others shall run all the same
            yield failed_row(name, work, "", error)


def main(arguments: Sequence[str]) -> int:
    """Run, print the table, and return 0, or 1 where a benchmark could not run. Blocking."""
    asked = read_arguments(arguments)
    started_at, started_at_s = datetime.now(UTC), perf_counter()
    sizes = FULL if asked.full else QUICK
    with open_arena(asked.folder) as arena:
        say("Deciding the petitions of a city ...")
        bench = set_up(arena, sizes, asked.seed)
        names = [asked.only] if asked.only else sorted(BENCHMARKS)
        rows = tuple(row for name in names for row in run_benchmark(name, bench))
        peer = {
            name: value for name, value in arena.peer_env().items() if not name.endswith(_WHERE)
        }
        outcome = Outcome(
            started_at,
            round(perf_counter() - started_at_s, 1),
            read_machine(),
            arena.settings(),
            peer,
            asked.seed,
            sizes,
            rows,
        )
    print(outcome.table())
    if asked.json:
        outcome.write_json(asked.json)
    if asked.document:
        write_document(asked.document, outcome)
    return 1 if any(row.failure for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
