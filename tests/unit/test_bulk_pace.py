"""Tests of how long the chunks of an import may be."""

from ledger.bulk_pace import CHUNK_EVENTS_MIN, HELD_AIM_S, BulkPace


def test_chunks_get_shorter_where_they_hold_the_lock_too_long() -> None:
    """Half of the events hold it half as long."""
    pace = BulkPace(5_000)
    pace.note(1_000, 2 * HELD_AIM_S)
    assert pace.events_len == 500
    pace.note(500, 1.25 * HELD_AIM_S)
    assert pace.events_len == 400


def test_first_chunks_are_short_whatever_was_asked_for() -> None:
    """Nobody knows yet how fast the server is."""
    assert (BulkPace(5_000).events_len, BulkPace(50).events_len) == (1_000, 50)


def test_chunks_grow_again_by_twice_at_most() -> None:
    """Up to what was asked for."""
    pace = BulkPace(1_000)
    pace.note(1_000, 4 * HELD_AIM_S)
    assert pace.events_len == 250
    lens = []
    for _ in range(3):
        pace.note(250, HELD_AIM_S / 100)
        lens.append(pace.events_len)
    assert lens == [500, 1_000, 1_000]


def test_chunks_keep_a_least_length() -> None:
    """A disk that stalls does not turn an import into single appends."""
    pace, short = BulkPace(1_000), BulkPace(50)
    for each in (pace, short):
        each.note(50, 60.0)
    assert (pace.events_len, short.events_len) == (CHUNK_EVENTS_MIN, 50)
    pace.note(200, 0.0)
    assert pace.events_len == 2 * CHUNK_EVENTS_MIN
