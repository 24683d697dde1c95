"""Without this file an import on a slow disk would keep live appends waiting at every chunk."""

from typing import Final

HELD_AIM_S: Final = 0.1
"""Seconds that a chunk shall hold the append lock at most; 250 ms are promised."""

CHUNK_EVENTS_MIN: Final = 200
"""Below this the commit is most of the time, and smaller chunks gain nothing."""

CHUNK_EVENTS_BEGIN: Final = 1_000
"""Two chunks are made ready before anybody knows how fast the server is."""


class BulkPace:
    """How many events a chunk may have, by how long the chunks before it held the lock.

    Of the time from the question to the commit, what the next chunk was made ready in does not
    count. That hides a part of the server's time, which on one machine is no longer than the
    part that counts: the promise has room for both.

    Args:
        events_max: Most events of a chunk.
    """

    def __init__(self, events_max: int) -> None:
        self._events_max = events_max
        self.events_len = min(events_max, CHUNK_EVENTS_BEGIN)

    def note(self, events_len: int, held_s: float) -> None:
        """Take note of a chunk, and let the following ones be as long as fits.

        Growth is slower than decline: a quiet moment proves little.

        Args:
            events_len: Events that it had, at least 1.
            held_s: Seconds it took.
        """
        fitting_len = int(events_len * HELD_AIM_S / max(held_s, 1e-6))
        wanted_len = min(fitting_len, self.events_len * 2, self._events_max)
        self.events_len = max(wanted_len, min(CHUNK_EVENTS_MIN, self._events_max))
