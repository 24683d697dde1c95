"""Without this file a worklist would not say what kind of thing is owed, nor by whom."""

from datetime import datetime
from typing import NamedTuple

from domain.measures import UNDISPATCHED
from domain.vocabulary import Labelled

HUB = UNDISPATCHED
"""Unit key of the hub's own work."""


class TaskKind(Labelled):
    """What somebody owes next; the stored value never changes."""

    TO_ACCEPT = "to_accept", "待受理", "to accept"
    TO_SUPPLEMENT = "to_supplement", "待补正", "awaiting supplement"
    TO_DISPATCH = "to_dispatch", "待派单", "to dispatch"
    TO_SIGN = "to_sign", "待签收", "to sign"
    TO_CONTACT = "to_contact", "待联系", "to contact"
    TO_HANDLE = "to_handle", "待办", "to handle"
    TO_REPORT = "to_report", "协办", "to report"
    TO_DECIDE_RETURN = "to_decide_return", "退单待审", "to decide return"
    TO_DECIDE_EXTENSION = "to_decide_extension", "延期待审", "to decide extension"
    TO_INFORM = "to_inform", "待告知延期", "to inform of delay"
    TO_REVIEW = "to_review", "待审核", "to review"
    TO_CALL_BACK = "to_call_back", "待回访", "to call back"
    TO_CLOSE = "to_close", "待办结", "to close"
    TO_INSTRUCT = "to_instruct", "待批示", "to instruct"
    TO_REPORT_UPWARD = "to_report_upward", "待报备", "to report upward"
    TO_RESUME = "to_resume", "待恢复", "to resume"
    TO_REVIEW_BACKLOG = "to_review_backlog", "挂账待复核", "to review the backlog"
    TO_KEEP_PROMISE = "to_keep_promise", "承诺待兑现", "to keep a promise"
    TO_DECIDE_REVIEW = "to_decide_review", "复查复核待决定", "to decide a review"
    TO_VERIFY_WITHDRAWAL = "to_verify_withdrawal", "撤回待核实", "to verify withdrawal"


class Task(NamedTuple):
    """One thing one unit owes.

    Attributes:
        unit: Code of the unit, ``HUB`` for the hub.
        kind: What is owed.
        due_at: Aware instant, or None where no clock runs.
        since: Aware instant from which it is owed.
    """

    unit: str
    kind: TaskKind
    due_at: datetime | None
    since: datetime
