"""Without this file a board that everybody looks at would be read from the database for each."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final

BYTES_MAX: Final = 32 * 2**20
"""Most bytes of answers that one process keeps."""
AGE_MAX_S: Final = 60.0
"""Seconds an answer is kept: a read model that is made anew says the new at last by then."""


class KeptAnswers:
    """Answers under their tags, the last asked for kept longest. Safe from any thread.

    A tag names the question, what its asker may see and how far the read models have come,
    so that an answer under it is out of date only where a read model was mended at the same
    position. Answers with personal values do not belong here: they change without an event.

    Args:
        bytes_max: Most bytes of answers.
        get_s: A clock that only goes forward, in seconds.
    """

    def __init__(self, bytes_max: int = BYTES_MAX, get_s: Callable[[], float] = monotonic) -> None:
        self._bytes_max = bytes_max
        self._get_s = get_s
        self._bytes_len = 0
        self._answers: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def recall(self, tag: str) -> bytes | None:
        """Return the answer under a tag, or None."""
        with self._lock:
            if tag not in self._answers:
                return None
            kept_at_s, answer = self._answers[tag]
            if self._get_s() - kept_at_s > AGE_MAX_S:
                return None
            self._answers.move_to_end(tag)
            return answer

    def keep(self, tag: str, answer: bytes) -> None:
        """Keep an answer, and let those go that were asked for longest ago."""
        if len(answer) > self._bytes_max:
            return
        with self._lock:
            self._bytes_len += len(answer) - len(self._answers.pop(tag, (0.0, b""))[1])
            self._answers[tag] = self._get_s(), answer
            while self._bytes_len > self._bytes_max:
                _, (_, oldest) = self._answers.popitem(last=False)
                self._bytes_len -= len(oldest)
