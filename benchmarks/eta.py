"""Without this file nobody could tell a benchmark that takes long from one that hangs."""

from time import perf_counter
from typing import Final

from benchmarks.rounds import say

_TELL_EVERY_S: Final = 10.0


class Eta:
    """Says every ten seconds how far some work is, and when it will be done.

    Args:
        title: What is done.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._began_at_s = self._told_at_s = perf_counter()

    def tell(self, done: int, total: int) -> None:
        """Take note of how much is done, and of how much."""
        now_s = perf_counter()
        if now_s - self._told_at_s < _TELL_EVERY_S or not 0 < done <= total:
            return
        self._told_at_s = now_s
        left_s = (now_s - self._began_at_s) * (total - done) / done
        say(f"{self._title}: {done / total:.0%}, about {left_s:,.0f} s left")
