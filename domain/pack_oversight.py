"""Without this file a pack could not say who looks after a petition that fell behind or ended."""

import msgspec

from domain.limit import Limit
from domain.pack_rules import Rule
from domain.vocabulary import Labelled, SupervisionLevel


class SupervisionStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of the ladder: its colour, and how long after the due it is proposed."""

    level: SupervisionLevel
    after_due: Limit


class SupervisionRule(Rule, frozen=True, kw_only=True):
    """Reminders before the due and supervision 督办 after it.

    Attributes:
        reminder_percents: Shares of the limit after which a reminder goes out, 1 to 99, rising.
        remind_before: How long before the due the last reminder goes out.
        steps: The ladder, the mildest first; an amount of 0 means at the due.
        red_on_breach: Which breach of one petition is red at once, at least 2.
    """

    reminder_percents: tuple[int, ...]
    remind_before: Limit
    steps: tuple[SupervisionStep, ...]
    red_on_breach: int


class ReviewRule(Rule, frozen=True, kw_only=True):
    """Review by the superior unit 复查, and re-review 复核 where there are two levels.

    Attributes:
        ask_within: From the written reply, or from the decision of the level before.
        decide_within: From the request.
        levels: After the last one the same facts are not accepted again; at least 1.
        hearing_counts: Whether the time of a hearing counts.
    """

    ask_within: Limit
    decide_within: Limit
    levels: int
    hearing_counts: bool = False


class ArchiveRule(Rule, frozen=True, kw_only=True):
    """Archiving; ``wait`` runs from the end of the reopening window, so it cannot come before."""

    wait: Limit


class RetentionClass(Labelled):
    """How long a file is kept, in the classes that offices use."""

    PERMANENT = "permanent", "永久", "permanent"
    LONG_TERM = "long_term", "长期", "long term"
    SHORT_TERM = "short_term", "短期", "short term"


class RetentionRule(Rule, frozen=True, kw_only=True):
    """How long a closed petition is kept before it may be disposed of.

    Attributes:
        retention_class: Its class.
        years: Whole calendar years after the year of closing; null for ever.
    """

    retention_class: RetentionClass
    years: int | None = None
