"""Without this file a pack could state numbers that nobody can trace to a source."""

import msgspec

from domain.limit import Limit
from domain.text import Text
from domain.vocabulary import Clock, Complexity, Labelled, PetitionType


class ClockStart(Labelled):
    """The event that starts a clock; never a signature (domain.md decision 3)."""

    SUBMITTED = "petition.submitted", "提交时", "at submission"
    ACCEPTED = "petition.accepted", "受理时", "at acceptance"
    DISPATCHED = "petition.dispatched", "派单时", "at dispatch"
    INSTRUCTION_SOUGHT = "petition.instruction_sought", "请示时", "when instruction is sought"
    INSTRUCTION_GIVEN = "petition.instruction_given", "领导批示时", "at the leader's instruction"
    REPLY_APPROVED = "petition.reply_approved", "审核通过时", "at approval of the reply"


class CallbackMode(Labelled):
    """How many closed petitions are called back."""

    FULL = "full", "全量回访", "every petition"
    SAMPLED = "sampled", "抽样回访", "a drawn sample"
    NONE = "none", "不回访", "none"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule with its origin.

    Attributes:
        source: Where the number stands, or why it was chosen.
        assumed: Whether no source settles it; shown wherever the rule shows.
    """

    source: Text
    assumed: bool = False


class ClockRule(Rule, frozen=True, kw_only=True):
    """One clock of a petition type; exactly one of limit, ``per_item`` and ``unlimited`` holds.

    A rule that starts the same clock at a later event replaces a due that is not past.

    Attributes:
        clock: Which duty it times.
        starts_at: The event that starts it.
        limit: How long it runs.
        per_item: Whether the host unit proposes the due of each petition.
        unlimited: Whether the published rules name the duty and no number for it.
        complexity: Which petitions it is for; a clock without a rule of its own for the
            complex or difficult ones runs for them by the ordinary rule.
    """

    clock: Clock
    starts_at: ClockStart
    limit: Limit | None = None
    per_item: bool = False
    unlimited: bool = False
    complexity: Complexity = Complexity.ORDINARY


class TypeRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Clocks of one petition type.

    Attributes:
        petition_type: The type in our taxonomy.
        original_labels: The city's own words for it.
        assumed_labels: Those of them that no source puts under this type.
        clocks: Its clocks, at most one of each kind, start and complexity.
    """

    petition_type: PetitionType
    original_labels: tuple[str, ...] = ()
    assumed_labels: tuple[str, ...] = ()
    clocks: tuple[ClockRule, ...] = ()


class ExtensionRule(Rule, frozen=True, kw_only=True):
    """Extensions: requested before due, decided in time, told to the petitioner, capped.

    Attributes:
        cap: Most that one petition may be granted in all.
        count_max: Most grants per petition, at least 1.
        decide_within: From the request; silence after it is a refusal.
        inform_within: From the grant; untold, it does not count.
        total: Most that the limit and all grants may come to together, from the start of
            the clock; null where the cap alone holds.
    """

    cap: Limit
    count_max: int
    decide_within: Limit
    inform_within: Limit
    total: Limit | None = None


class ReturnRule(Rule, frozen=True, kw_only=True):
    """Returns of an assignment 退单.

    Attributes:
        window: From the dispatch.
        per_unit_max: Requests one unit may make per petition.
        forced_after: Approved returns after which the hub designates, not returnable.
    """

    window: Limit
    per_unit_max: int
    forced_after: int


class SupplementRule(Rule, frozen=True, kw_only=True):
    """How long the petitioner has to supply what was asked for; silence is a withdrawal."""

    answer_within: Limit


class ReopenRule(Rule, frozen=True, kw_only=True):
    """How long after closing the petitioner may have the petition reopened."""

    window: Limit


class CallbackRule(Rule, frozen=True, kw_only=True):
    """Callback after the reply; unreachable only after enough attempts on enough days."""

    mode: CallbackMode
    attempts_min: int
    days_min: int
