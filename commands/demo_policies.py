"""Without this file the demo would not show whom a policy reached."""

from collections import Counter
from typing import Any, Final

from psycopg import Connection

from commands.aligned import align
from commands.language import say
from domain.text import Text
from projections.outbox import BATCH_LEN_MAX, read_undelivered
from projections.pages import PAGE_LEN_MAX
from projections.policy_inbox import InboxItem, read_inbox
from projections.subscriptions import read_subscriptions
from scenarios.scenario import Scenario

_TITLE: Final = Text("政策匹配推送", "Policies pushed to subscribers")


def policy_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return what lies in each subscriber's workspace and what waits to be sent. Blocking."""
    subscribers = sorted({each.subscriber for each in read_subscriptions(connection)})
    if not subscribers:
        return []
    messages = read_undelivered(connection, scenario.as_of, limit=BATCH_LEN_MAX)
    waiting = Counter(message.subscriber for message in messages)
    head = [
        say(Text("订阅人", "subscriber")),
        say(Text("工作台", "workspace")),
        say(Text("待发邮件", "e-mails to send")),
        say(Text("政策", "policies")),
    ]
    rows = []
    for subscriber in subscribers:
        items = read_inbox(connection, subscriber, limit=PAGE_LEN_MAX)
        told = "；".join(_item(item, scenario) for item in items) or "–"
        rows.append([subscriber, str(len(items)), str(waiting[subscriber]), told])
    return [say(_TITLE), *align([head, *rows], right=frozenset({1, 2}))]


def _item(item: InboxItem, scenario: Scenario) -> str:
    published = item.pushed_at.astimezone(scenario.zone).date()
    if item.explained_at is None:
        state = Text(f"{published} 发布", f"published {published}")
    else:
        explained = item.explained_at.astimezone(scenario.zone).date()
        state = Text(
            f"{published} 发布，{explained} 宣贯", f"published {published}, explained {explained}"
        )
    return f"{item.number} {item.title}（{say(state)}）"
