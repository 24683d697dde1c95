"""Without this file the terminal would list no activity, inbox, message or scope."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from api.service_views import ActivityLine, InboxLine, MessageLine, ScopeLine
from commands.board_text import Asked, BoardList, columns
from commands.reading import Reading
from projections.activity_counts import read_counts
from projections.incomplete_scopes import read_incomplete_scopes
from projections.policy_inbox import read_inbox
from projections.sent_messages import list_messages


def _activities(reading: Reading, asked: Asked) -> list[ActivityLine]:
    first, last = asked.first or date.min, asked.last or date.max
    return [ActivityLine.of(count) for count in read_counts(reading.connection, first, last)]


def _inbox(reading: Reading, asked: Asked) -> list[InboxLine]:
    items = read_inbox(reading.connection, asked.account or "", limit=asked.limit)
    return [InboxLine.of(item) for item in items]


def _outbox(reading: Reading, asked: Asked) -> list[MessageLine]:
    messages = list_messages(reading.connection, limit=asked.limit)
    return [MessageLine.of(message) for message in messages]


def _scopes(reading: Reading, asked: Asked) -> list[ScopeLine]:
    scopes = read_incomplete_scopes(reading.connection)
    return [ScopeLine.of(scope) for scope in scopes if asked.unit in (None, scope.extent.unit)]


_NUMBER: Final = ("number", "编号", "number")
_UNIT: Final = ("unit", "单位", "unit")
_STATE: Final = ("state_label", "状态", "state")
SERVICES: Final[Mapping[str, BoardList]] = {
    "activities": BoardList(
        ("activity_counts",),
        columns(
            ("label", "事项", "act"),
            ("key", "类别", "key"),
            ("items", "次数", "items"),
            ("unit_times", "单位次", "unit-times"),
            ("person_times", "人次", "person-times"),
            ("amount_fen", "金额（分）", "fen"),
        ),
        _activities,
        frozenset({"first", "last"}),
    ),
    "inbox": BoardList(
        ("policies",),
        columns(
            ("pushed_at", "推送于", "pushed"),
            _NUMBER,
            ("title", "标题", "title"),
            _UNIT,
            ("valid_from", "施行", "valid from"),
            ("valid_until", "至", "until"),
            ("withdrawn_at", "废止于", "withdrawn"),
        ),
        _inbox,
        frozenset({"account"}),
    ),
    "outbox": BoardList(
        ("policies",),
        columns(
            ("created_at", "产生于", "created"),
            ("channel_label", "方式", "channel"),
            ("subscriber", "账号", "account"),
            _STATE,
            ("attempts", "次数", "attempts"),
            ("retry_at", "重试于", "retry"),
            ("failure", "原因", "failure"),
        ),
        _outbox,
        frozenset(),
    ),
    "scopes": BoardList(
        ("scopes",),
        columns(
            _UNIT,
            ("petition_type", "类型", "type"),
            ("channel", "渠道", "channel"),
            ("region", "区域", "region"),
            ("reason", "原因", "reason"),
        ),
        _scopes,
        frozenset({"unit"}),
    ),
}
