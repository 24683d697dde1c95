"""Without this file the documentation would not show inbox, activities and messages."""

from datetime import UTC, date
from typing import Final
from uuid import UUID

from api.examples import EXAMPLE_ID, example_instant
from api.service_views import (
    ActivityCountsView,
    ActivityLine,
    InboxLine,
    InboxPage,
    MessageLine,
    MessagePage,
)
from domain.subscription import PushChannel
from projections.activity_counts import ActivityCount
from projections.policy_inbox import InboxItem
from projections.sent_messages import SentMessage

_AT: Final = example_instant().astimezone(UTC)
_ON: Final = date(2026, 9, 1)
_OTHER_ID: Final = UUID("5e0a64b2-9a57-4c52-8f0b-6f6d0f3b7a10")

INBOX_PAGE: Final = InboxPage(
    items=(
        InboxLine.of(
            InboxItem(
                policy_id=_OTHER_ID,
                number="示例〔2026〕3号",
                title="稳岗返还办法",
                unit="hub",
                sha256="0" * 64,
                valid_from=_ON,
                valid_until=None,
                pushed_at=_AT,
                explained_at=None,
                withdrawn_at=None,
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
ACTIVITY_COUNTS: Final = ActivityCountsView(
    since=_ON,
    until=None,
    items=(ActivityLine.of(ActivityCount("grant.awarded", "", 18, 0, 0, 537_000_000)),),
)
MESSAGE_PAGE: Final = MessagePage(
    items=(
        MessageLine.of(
            SentMessage(
                _OTHER_ID,
                PushChannel.EMAIL,
                "firm-1",
                "policy.published",
                EXAMPLE_ID,
                _AT,
                1,
                _AT,
                None,
                _AT,
                None,
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
