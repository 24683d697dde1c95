"""Without this file the library's subscribers would wait for a hint that may be lost."""

import threading
from collections import deque
from collections.abc import Sequence

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

POLL_INTERVAL_S = 0.05
PAGE_LEN = 500


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Yields the log after a position, page by page, and waits for more.

    Polling alone: the library's own subscription stalls for ever on a lost NOTIFY.
    Blocking; ``stop`` may be called from another thread.
    """

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._page: deque[Notification] = deque()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End the iteration."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        """Return the next event, waiting for one to be recorded."""
        while not self._stopped.is_set():
            if self._page:
                notification = self._page.popleft()
                self._last_notification_id = notification.id
                return notification
            self._page.extend(
                self._recorder.select_notifications(
                    self._last_notification_id,
                    PAGE_LEN,
                    topics=self._topics,
                    inclusive_of_start=False,
                )
            )
            if not self._page:
                self._stopped.wait(POLL_INTERVAL_S)
        raise StopIteration
