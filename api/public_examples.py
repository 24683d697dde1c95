"""Without this file the documentation would not show what a public reply looks like."""

from datetime import UTC, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from api.examples import EXAMPLE_ID, example_instant
from api.public_views import PublicPage, PublicReplyView
from projections.public_list import PublicLine

_AT: Final = example_instant().astimezone(UTC)
_DAY: Final = timedelta(days=1)

PUBLIC_PAGE: Final = PublicPage(
    unit=None,
    items=(
        PublicReplyView.of(
            PublicLine(
                EXAMPLE_ID,
                12,
                "transport",
                _AT + 9 * _DAY,
                "20260901000042",
                "suggestion",
                "建议",
                "east",
                _AT,
                _AT + 7 * _DAY,
                "厂区门口增设车位",
                "厂区门口已增设车位三十个，欢迎使用。",
            ),
            ZoneInfo("Asia/Shanghai"),
        ),
    ),
    next_cursor=None,
    next=None,
)
