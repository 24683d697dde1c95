"""The measurement of a growing log runs, and its arithmetic is that of a B-tree."""

from pathlib import Path

from benchmarks.arena import Arena
from benchmarks.log_growth import Index, lines, measure_growth
from ledger.database import Database
from scenarios.decided_life import decide_lives
from scenarios.scenario import read_scenario


def test_growth_is_measured_at_each_size(database: Database, tmp_path: Path) -> None:
    """Every size has its rates, its sizes and the depth of both indexes."""
    lives = tuple(decide_lives(read_scenario("shuangliu")))
    # The second leaves room for what the writers of the first append meanwhile.
    sizes = (100, 5_000)
    growths = list(measure_growth(Arena(database, tmp_path), lives, sizes, turn_s=0.02))
    assert [growth.events_len >= size for growth, size in zip(growths, sizes, strict=True)]
    for growth in growths:
        names = [index.name for index in growth.indexes]
        assert names == ["event_originator_id_version_key", "event_pkey"]
        assert min(growth.import_rate, growth.append_rate, growth.table_bytes) > 0
    assert any("1,000,000,000" in line for line in lines(growths))


def test_levels_follow_from_entries_per_page() -> None:
    """Two hundred to a page: one page is a root, the next level comes at each power."""
    index = Index("event_pkey", 8_192 * 5_000, 5_000, 2)
    sizes = (200, 201, 40_000, 40_001, 8_000_000, 1_000_000_000)
    assert [index.level_at(size, 1_000_000) for size in sizes] == [0, 1, 1, 2, 2, 3]
