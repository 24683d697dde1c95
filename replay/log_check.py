"""Without this file nobody would notice that the log itself was tampered with."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from psycopg import Connection

from domain.text import Text
from ledger.header import RecordedEvent
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.log_reader import LogReader
from ledger.personal import commit_to
from ledger.queries import load_queries
from replay.finding import Fault, Finding

QUERIES: Final = load_queries("replay", "log_check")

PAGE_LEN: Final = 5_000


class LogCheck:
    """Reads the whole log as an outsider would, and believes no row of it.

    Blocking; memory is bounded by the page. ``position`` is the last event found right.

    Args:
        reader: Reads events.
        connection: Autocommit connection of the role tz_app, for personal values.
        streams: Autocommit connection of the role tz_projector, for one long query.
    """

    def __init__(
        self, reader: LogReader, connection: Connection[Any], streams: Connection[Any]
    ) -> None:
        self._reader = reader
        self._connection = connection
        self._streams = streams
        self.position = 0
        self._recorded_at = datetime.min.replace(tzinfo=UTC)

    def run(self, progress: Callable[[int, int], None]) -> Finding | None:
        """Return the first fault of the log, or None.

        Args:
            progress: Takes how many events are done, and of how many.
        """
        ledger, end, recorded_at = self._read_head()
        while self.position < end:
            after = self.position
            page = self._reader.read_log(after, min(PAGE_LEN, end - after))
            for event in page:
                finding = self._check_event(event, ledger)
                if finding is not None:
                    return finding
            if not page:
                return _gap(self.position + 1)
            finding = self._check_commitments(page)
            if finding is not None:
                return finding
            progress(self.position, end)
        if end and self._recorded_at != recorded_at:
            return _head_differs(end)
        return self._check_streams(end) or self._check_tail(end)

    def _read_head(self) -> tuple[str, int, datetime]:
        ((ledger, position, recorded_at),) = self._connection.execute(QUERIES["read_head"])
        return ledger, position, recorded_at

    def _check_event(self, event: RecordedEvent, ledger: str) -> Finding | None:
        if event.position != self.position + 1:
            return _gap(self.position + 1)
        if event.ledger != ledger or leaf_hash(leaf_bytes(event, event.payload)) != event.leaf_hash:
            return _leaf_differs(event.position)
        if event.recorded_at < self._recorded_at:
            return _clock_backwards(event.position)
        self.position = event.position
        self._recorded_at = event.recorded_at
        return None

    def _check_commitments(self, page: list[RecordedEvent]) -> Finding | None:
        payloads = {event.position: event.payload for event in page}
        parameters = {"after": page[0].position - 1, "upto": page[-1].position}
        rows = self._connection.execute(QUERIES["read_personal_values"], parameters)
        for position, originator_id, version, path, salt, value in rows:
            stored = _find(msgspec.json.decode(payloads[position]), path)
            if stored != commit_to(salt, originator_id, version, path, value):
                return _commitment_differs(position, path)
        return None

    def _check_streams(self, end: int) -> Finding | None:
        found = self._streams.execute(QUERIES["find_broken_stream"], {"upto": end}).fetchone()
        if found is None:
            return None
        position, originator_id, version, previous = found
        return Finding(
            Fault.VERSION_GAP,
            Text(
                f"第 {position} 号事件是 {originator_id} 的第 {version} 版，其前应为第 "
                f"{version - 1} 版，实为第 {previous} 版或位置在后。",
                f"Event {position} is version {version} of {originator_id}; the one before it "
                f"is version {previous}, or stands later in the log.",
            ),
            position=position,
        )

    def _check_tail(self, end: int) -> Finding | None:
        # Appends go on while we read; whatever lies past the head we saw must follow it.
        later = self._reader.read_log(end, 1)
        _, now, _ = self._read_head()
        return _head_differs(end) if later and now == end else None


def _find(payload: object, path: str) -> object:
    """Return the commitment at a JSON pointer, or None where there is none."""
    place = payload
    for part in path.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(place, dict):
            place = place.get(name)
        elif isinstance(place, list) and name.isdigit() and int(name) < len(place):
            place = place[int(name)]
        else:
            return None
    return place.get("commitment") if isinstance(place, dict) else None


def _gap(position: int) -> Finding:
    text = Text(
        f"日志缺第 {position} 号事件。",
        f"The log has no event {position}.",
    )
    return Finding(Fault.POSITION_GAP, text, position=position)


def _leaf_differs(position: int) -> Finding:
    text = Text(
        f"第 {position} 号事件与其哈希不符：事件头或内容被改动。",
        f"Event {position} does not match its hash: its header or payload was changed.",
    )
    return Finding(Fault.LEAF_DIFFERS, text, position=position)


def _clock_backwards(position: int) -> Finding:
    text = Text(
        f"第 {position} 号事件的记录时间早于前一事件。",
        f"Event {position} was recorded before the event in front of it.",
    )
    return Finding(Fault.CLOCK_BACKWARDS, text, position=position)


def _head_differs(position: int) -> Finding:
    text = Text(
        f"日志末尾标记（第 {position} 号）与最后一个事件不符。",
        f"The head of the log ({position}) does not match the last event.",
    )
    return Finding(Fault.HEAD_DIFFERS, text, position=position)


def _commitment_differs(position: int, path: str) -> Finding:
    text = Text(
        f"第 {position} 号事件 {path} 的个人信息与日志中的承诺不符。",
        f"The personal value {path} of event {position} does not open its commitment.",
    )
    return Finding(Fault.COMMITMENT_DIFFERS, text, position=position)
