"""``python -m benchmarks.publish RUN.json …``: write the documentation's figures from runs."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.__main__ import NOTES
from benchmarks.document import write_document, write_measured
from benchmarks.growth import write_growth
from benchmarks.notes import read_notes
from benchmarks.outcome import read_outcome
from benchmarks.table import merge_rows, write_circumstances, write_table

DOCS: Final = Path(__file__).parents[1] / "docs"


def main(arguments: Sequence[str]) -> int:
    """Write BENCHMARKS.md with its chart, and GROWTH.md where a run measured growth; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publish", description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN.json", help="the latest last")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder of the documents")
    asked = parser.parse_args(arguments)
    outcomes = [read_outcome(path) for path in asked.runs]
    rows = [row for row, _ in merge_rows(outcomes)]
    table = write_table(outcomes, read_notes(NOTES))
    write_document(asked.docs / "BENCHMARKS.md", table, rows)
    for outcome in outcomes:
        if outcome.growths:
            measured = f"{write_circumstances(outcome)}\n{write_growth(outcome.growths)}"
            write_measured(asked.docs / "GROWTH.md", measured)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
