"""Tests of how several runs become documents; nothing here is timed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.document import BEGIN, END
from benchmarks.growth import Growth, Index
from benchmarks.machine import read_machine
from benchmarks.outcome import Outcome, read_outcome
from benchmarks.publish import main
from benchmarks.rows import Figures, Goal, Row
from benchmarks.sizes import FULL, QUICK, Sizes

SMALL = "ours at 10,000"
GROWTHS = (
    Growth(130_000, 40_000, 900, 0.5, 63_000_000, (Index("event_pkey", 3_000_000, 360, 1),)),
    Growth(
        13_000_000,
        38_000,
        800,
        9.0,
        6_300_000_000,
        (Index("event_pkey", 3 * 10**8, 36_000, 2),),
    ),
)


def _row(benchmark: str, work: str, figure: float, size: int | None = None) -> Row:
    figures = Figures({"ours": [figure]})
    return Row(benchmark, work, "events/s", figures, size=size, series="rebuild")


def _write(path: Path, sizes: Sizes, rows: tuple[Row, ...], growths: tuple[Growth, ...]) -> str:
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    run = Outcome(at, 12.5, read_machine(), {"fsync": "on"}, {}, 7, sizes, rows, growths)
    run.write_json(path)
    assert read_outcome(path) == run
    return str(path)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a folder with both documents, whose figures are old."""
    for name in ("BENCHMARKS.md", "GROWTH.md"):
        (tmp_path / name).write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    return tmp_path


def test_runs_share_one_table_and_what_both_measured_stands_there_once(docs: Path) -> None:
    """Rows stand by benchmark, the later run's in the place of the earlier one's."""
    small = _row("P3", "rebuild, 1,000 events", 40_000, 1_000)
    quick = _write(docs / "a.json", QUICK, (small, _row("P3", "both", 1), _row("P7", "lag", 2)), ())
    large = _row("P3", "rebuild, 13,000,000 events", 50_000, 13_000_000)
    full = _write(docs / "b.json", FULL, (large, _row("P3", "both", 3)), GROWTHS)
    assert main([quick, full, "--docs", str(docs)]) == 0
    text = (docs / "BENCHMARKS.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| P")]
    assert [row.split(",")[0] for row in rows] == [
        "| P3 | rebuild",
        "| P3 | both",
        "| P3 | rebuild",
        "| P7 | lag",
    ]
    assert "(1 of 3 rounds) | 40,000 |" in rows[0]
    assert rows[2].startswith("| P3 | rebuild, 13,000,000 events, events/s | 50,000 |")
    assert "| 3 |" in rows[1]
    assert "old" not in text
    assert (docs / "BENCHMARKS.svg").is_file()


def test_growth_is_written_with_what_follows_from_it(docs: Path) -> None:
    """A line per ledger, and the arithmetic that goes on from the largest."""
    full = _write(docs / "b.json", FULL, (_row("P3", "rebuild", 1, 10),), GROWTHS)
    main([full, "--docs", str(docs)])
    text = (docs / "GROWTH.md").read_text("utf-8")
    assert "| 13,000,000 | 38,000 | 800 | 485 | 9.0 | 2 |" in text
    assert "Continued from 13,000,000 to 1,000,000,000 events" in text
    assert "- the table: 451 GiB" in text
    assert "the same arithmetic gives 1, 2" in text
    assert text.startswith("before\n")


def test_document_of_growth_stays_where_no_run_measured_it(docs: Path) -> None:
    """The quick run says nothing about growth."""
    quick = _write(docs / "a.json", QUICK, (_row("P3", "rebuild", 1),), ())
    main([quick, "--docs", str(docs)])
    assert "old" in (docs / "GROWTH.md").read_text("utf-8")


def test_ratio_of_another_size_says_which_way_it_goes(docs: Path) -> None:
    """What a reader divides by what stands beside the figure."""
    figures = Figures({"ours": [9.0], SMALL: [6.0]})
    row = Row("P4", "ranking", "ms", figures, (Goal(1.5, against=SMALL),))
    main([_write(docs / "b.json", FULL, (row,), ()), "--docs", str(docs)])
    text = (docs / "BENCHMARKS.md").read_text("utf-8")
    assert "9.00<br>at 10,000 6.00 (above: 1.50 ×)" in text
