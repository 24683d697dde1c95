"""The arithmetic of a growing log is that of a B-tree."""

from benchmarks.growth import Index


def test_levels_follow_from_entries_per_page() -> None:
    """Two hundred to a page: one page is a root, the next level comes at each power."""
    index = Index("event_pkey", 8_192 * 5_000, 5_000, 2)
    sizes = (200, 201, 40_000, 40_001, 8_000_000, 1_000_000_000)
    assert [index.level_at(size, 1_000_000) for size in sizes] == [0, 1, 1, 2, 2, 3]
