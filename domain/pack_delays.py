"""Without this file a pack could not say what a unit owes when it cannot finish in time.

Explaining, reporting upward, filing, standing still and listing are five different
acts, and none of them is an extension (domain.md §1.5).
"""

from domain.limit import Limit
from domain.pack_rules import Rule
from domain.reasons import SuspensionReason


class DelayRule(Rule, frozen=True, kw_only=True):
    """A written explanation of delay 书面说明; it never moves the due.

    Attributes:
        lead: How long before the due it must be there at the latest; null means any
            moment before the due.
        inform_within: From the explanation until the petitioner is told; null where the
            rules name the duty and no number.
        report_upward: Whether the delay is reported to the superior unit as well.
        progress_required: Whether progress is reported until the petition is closed.
    """

    lead: Limit | None = None
    inform_within: Limit | None = None
    report_upward: bool
    progress_required: bool


class UpwardReportRule(Rule, frozen=True, kw_only=True):
    """A report to the superior unit 报备 and its receipt; null where no number is stated.

    Attributes:
        report_within: From the explanation of delay.
        acknowledge_within: From the report.
    """

    report_within: Limit | None = None
    acknowledge_within: Limit | None = None


class PolicyLimitRule(Rule, frozen=True, kw_only=True):
    """Filing 备案 of what policy forbids, after its reason was told to the petitioner.

    Attributes:
        file_within: From the explanation to the petitioner; null where no number is stated.
        closes: Whether the filing settles the petition.
    """

    file_within: Limit | None = None
    closes: bool = False


class SuspensionRule(Rule, frozen=True, kw_only=True):
    """Standing still 中止 for a listed reason.

    Attributes:
        reasons: The only reasons that count.
        longest: Longest single suspension; at its end the petition goes on by itself.
    """

    reasons: tuple[SuspensionReason, ...]
    longest: Limit


class BacklogRule(Rule, frozen=True, kw_only=True):
    """Backlog 挂账: open, dated and reviewed at least once in ``review_every``."""

    review_every: Limit
