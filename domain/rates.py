"""Without this file a percentage would have no definition that anybody could look up."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.counts import Counts
from domain.errors import DomainError
from domain.rate import Rate, WithheldRate
from domain.text import Text


@dataclass(frozen=True)
class RateDefinition:
    """What one rate counts: sums of measures over sums of measures.

    Attributes:
        rate_id: Stable identifier, printed beside every figure.
        label: What a clerk calls it.
        numerator: Measures that are added.
        denominator: Measures that are added.
        less: Measures taken off the numerator.
        version: Raised when the same identifier begins to count differently.
    """

    rate_id: str
    label: Text
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    less: tuple[str, ...] = ()
    version: int = 1

    @property
    def reference(self) -> str:
        """Identifier and version, as ``closure_rate@1``."""
        return f"{self.rate_id}@{self.version}"

    @property
    def formula(self) -> str:
        """How it is computed, by the names of measures."""
        above = " + ".join(self.numerator) + "".join(f" − {each}" for each in self.less)
        below = " + ".join(self.denominator)
        return f"({above}) ÷ ({below})"

    def of(self, counts: Counts) -> Rate:
        """Return the rate of these counts; withheld where they make no share. Pure."""
        rate = self.sums(counts)
        return rate if rate.is_share else WithheldRate(NO_SHARE)

    def sums(self, counts: Counts) -> Rate:
        """Return numerator and denominator whatever they are. Pure."""
        n = counts.total(self.numerator) - counts.total(self.less)
        return Rate(n, counts.total(self.denominator))


NO_SHARE = Text("分子不在 0 与分母之间", "the numerator is not between 0 and the denominator")
"""Why a rate of some counts is withheld; only a definition of the ledger's own can be so."""

_VALID_ANSWERS = ("satisfied", "basically_satisfied", "dissatisfied")

BUILT_IN_RATES = (
    RateDefinition("closure_rate", Text("办结率", "closure rate"), ("closed",), ("base",)),
    RateDefinition(
        "ontime_rate.closed",
        Text("按时办结率（已办结口径）", "on-time rate, of the closed"),
        ("ontime_closed_n",),
        ("ontime_closed_d",),
    ),
    RateDefinition(
        "ontime_rate.effective",
        Text("按时办结率", "on-time rate"),
        ("ontime_effective_n",),
        ("ontime_effective_d",),
    ),
    RateDefinition(
        "ontime_rate.original",
        Text("按原时限办结率", "on-time rate by the first due"),
        ("ontime_original_n",),
        ("ontime_original_d",),
    ),
    RateDefinition(
        "ontime_rate.explained",
        Text("按时办结率（含书面说明）", "on-time rate, explained delays included"),
        ("ontime_explained",),
        ("ontime_effective_d",),
    ),
    RateDefinition(
        "satisfaction_rate.strict",
        Text("满意率", "satisfaction rate"),
        ("satisfied",),
        _VALID_ANSWERS,
    ),
    RateDefinition(
        "satisfaction_rate.lenient",
        Text("满意率（含基本满意）", "satisfaction rate, basically satisfied included"),
        ("satisfied", "basically_satisfied"),
        _VALID_ANSWERS,
    ),
    RateDefinition(
        "satisfaction_rate.all",
        Text("满意率（全量口径）", "satisfaction rate, of all accepted"),
        ("satisfied", "basically_satisfied"),
        ("base",),
    ),
    RateDefinition(
        "satisfaction_rate.all_strict",
        Text("满意率（全量口径，仅满意）", "satisfaction rate, satisfied of all accepted"),
        ("satisfied",),
        ("base",),
    ),
    RateDefinition(
        "resolution_rate.petitioner",
        Text("解决率", "resolution rate by the petitioner"),
        ("resolved",),
        ("resolution_answers",),
    ),
    RateDefinition(
        "response_rate", Text("响应率", "response rate"), ("response_n",), ("response_d",)
    ),
    RateDefinition(
        "sign_timeliness", Text("及时签收率", "timely signing"), ("signed_n",), ("signed_d",)
    ),
    RateDefinition("return_rate", Text("退单率", "return rate"), ("returned",), ("assigned",)),
    RateDefinition(
        "return_rate.rejected",
        Text("退单驳回率", "rejected share of decided returns"),
        ("returns_rejected",),
        ("returned", "returns_rejected"),
    ),
    RateDefinition(
        "first_pass_rate",
        Text("一次办结率", "first-pass rate"),
        ("first_pass_n",),
        ("first_pass_d",),
    ),
    RateDefinition(
        "reopen_rate",
        Text("重办率", "reopening rate"),
        ("first_pass_d",),
        ("first_pass_d",),
        less=("first_pass_n",),
    ),
    RateDefinition("extension_rate", Text("延期率", "extension rate"), ("extended",), ("base",)),
    RateDefinition(
        "resolution_rate.claimed",
        Text("自报解决率", "resolution rate as claimed by the unit"),
        ("claimed_n",),
        ("claimed_d",),
    ),
    RateDefinition(
        "claim_gap.claimed",
        Text("自报解决率（同件）", "claimed as resolved, of the same items"),
        ("claim_pairs_claimed",),
        ("claim_pairs",),
    ),
    RateDefinition(
        "claim_gap.petitioner",
        Text("诉求人认可解决率（同件）", "resolved by the petitioner, of the same items"),
        ("claim_pairs_resolved",),
        ("claim_pairs",),
    ),
    RateDefinition(
        "claim_gap.third_party_claimed",
        Text("自报解决率（第三方同件）", "claimed as resolved, of what a third party judged"),
        ("third_pairs_claimed",),
        ("third_pairs",),
    ),
    RateDefinition(
        "claim_gap.third_party_found",
        Text("第三方认定解决率（同件）", "resolved by a third party, of the same items"),
        ("third_pairs_resolved",),
        ("third_pairs",),
    ),
    RateDefinition(
        "answer_gap.petitioner",
        Text("诉求人认可解决率（第三方同件）", "resolved by the petitioner, where both answered"),
        ("answer_pairs_resolved",),
        ("answer_pairs",),
    ),
    RateDefinition(
        "answer_gap.third_party",
        Text("第三方认定解决率（诉求人同件）", "resolved by a third party, where both answered"),
        ("answer_pairs_third",),
        ("answer_pairs",),
    ),
    RateDefinition(
        "callback_rate", Text("回访率", "callback rate"), ("callback_done",), ("callback_due",)
    ),
    RateDefinition(
        "callback_reach",
        Text("回访有效率", "callback reach"),
        ("callback_answered",),
        ("callback_attempted",),
    ),
    RateDefinition(
        "satisfaction_rate.third_party",
        Text("第三方满意率", "satisfaction rate by a third party"),
        ("third_satisfied",),
        ("third_answers",),
    ),
    RateDefinition(
        "resolution_rate.third_party",
        Text("第三方解决率", "resolution rate by a third party"),
        ("third_resolved",),
        ("third_resolution_answers",),
    ),
    RateDefinition(
        "upward_report_compliance",
        Text("报备合规率", "upward report compliance"),
        ("upward_n",),
        ("upward_d",),
    ),
    RateDefinition(
        "supervision_rate", Text("督办率", "supervision rate"), ("supervised",), ("base",)
    ),
    RateDefinition("backlog_count", Text("挂账数", "backlog"), ("backlog",), ("base",)),
    RateDefinition(
        "suspension_count", Text("中止数", "suspended petitions"), ("suspended",), ("base",)
    ),
    RateDefinition(
        "policy_limit_count",
        Text("政策受限数", "petitions limited by policy"),
        ("policy_limited",),
        ("base",),
    ),
    RateDefinition(
        "open_promise_count",
        Text("承诺待兑现数", "closed with an open promise"),
        ("promise_open",),
        ("closed",),
    ),
    RateDefinition(
        "withdrawal_contest_rate",
        Text("撤回存疑率", "withdrawal contest rate"),
        ("withdrawals_contested",),
        ("withdrawals_checked",),
    ),
)

RATES: Mapping[str, RateDefinition] = {each.rate_id: each for each in BUILT_IN_RATES}
"""Every rate that is built in, by identifier; ``metric_catalogue`` has the ledger's own too.

Source: domain.md §5 and decisions 8, 13, 14.
"""

_VERSIONS: Mapping[str, RateDefinition] = {each.reference: each for each in BUILT_IN_RATES}


class UnknownDefinitionError(DomainError):
    """A figure was computed by a definition that this program does not have."""

    code = "unknown-definition"

    def __init__(self, reference: str) -> None:
        """Name the definition."""
        super().__init__(
            Text(
                f"本程序没有定义 {reference}，无法重算；已发布的数字未改动，请换用有该定义的版本。",
                f"this program has no definition {reference}, so nothing can be computed; what was "
                "published is unchanged, use a release that has it.",
            )
        )


def find_built_in(reference: str) -> RateDefinition | None:
    """Return a definition of the program itself, or None; pure."""
    return _VERSIONS.get(reference)


def find_version(reference: str) -> RateDefinition:
    """Return a built-in definition as it was at a version, such as ``closure_rate@1``; pure.

    Raises:
        UnknownDefinitionError: there is none.
    """
    definition = _VERSIONS.get(reference)
    if definition is None:
        raise UnknownDefinitionError(reference)
    return definition
