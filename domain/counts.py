"""Without this file nothing would notice that the counts behind a rate do not add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from domain.errors import DomainError
from domain.measures import MEASURES
from domain.text import Text

_INDEX = {name: place for place, name in enumerate(MEASURES)}

_PARTS = (
    ("closed", "base"),
    ("reopened", "base"),
    ("extended", "base"),
    ("base", "accepted"),
    ("ontime_closed_n", "ontime_closed_d"),
    ("ontime_closed_d", "base"),
    ("ontime_effective_n", "ontime_effective_d"),
    ("ontime_effective_d", "base"),
    ("ontime_original_n", "ontime_original_d"),
    ("ontime_original_d", "base"),
    ("resolved", "resolution_answers"),
    ("ontime_explained", "ontime_effective_d"),
    ("ontime_effective_n", "ontime_explained"),
    ("delay_explained", "upward_d"),
    ("upward_n", "upward_d"),
    ("upward_d", "base"),
    ("suspended", "base"),
    ("backlog", "base"),
    ("policy_limited", "base"),
    ("supervised", "base"),
    ("promise_open", "closed"),
    ("withdrawals_contested", "withdrawals_checked"),
    ("claimed_n", "claimed_d"),
    ("claimed_d", "base"),
    ("claim_pairs", "claimed_d"),
    ("claim_pairs", "resolution_answers"),
    ("claim_pairs_claimed", "claim_pairs"),
    ("claim_pairs_resolved", "claim_pairs"),
    ("claim_pairs_agreed", "claim_pairs_claimed"),
    ("claim_pairs_agreed", "claim_pairs_resolved"),
    ("third_pairs", "claimed_d"),
    ("third_pairs", "third_resolution_answers"),
    ("third_pairs_claimed", "third_pairs"),
    ("third_pairs_resolved", "third_pairs"),
    ("third_pairs_agreed", "third_pairs_claimed"),
    ("third_pairs_agreed", "third_pairs_resolved"),
    ("answer_pairs", "resolution_answers"),
    ("answer_pairs", "third_resolution_answers"),
    ("answer_pairs_resolved", "answer_pairs"),
    ("answer_pairs_third", "answer_pairs"),
    ("answer_pairs_agreed", "answer_pairs_resolved"),
    ("answer_pairs_agreed", "answer_pairs_third"),
    ("callback_due", "base"),
    ("callback_attempted", "callback_due"),
    ("callback_done", "callback_attempted"),
    ("callback_answered", "callback_done"),
    ("false_closures", "closings"),
    ("third_satisfied", "third_answers"),
    ("third_resolved", "third_resolution_answers"),
    ("first_pass_n", "first_pass_d"),
    ("first_pass_d", "base"),
    ("signed_n", "signed_d"),
    ("signed_d", "assigned"),
    ("response_n", "response_d"),
    ("response_d", "assigned"),
    ("returned", "assigned"),
)
"""Pairs of a part and the whole it can never exceed."""


class CountsDisagreeError(DomainError):
    """Counts that must add up do not; no rate may be printed from them."""

    code = "counts-disagree"

    def __init__(self, rule: str, left: int, right: int) -> None:
        """Name the broken rule and both sides of it."""
        super().__init__(
            Text(
                f"计数不平：{rule}（{left} 与 {right}）。日志未改动；"
                "请运行 taizhang replay verify 查明原因，再重建读模型。",
                f"The counts do not add up: {rule} ({left} against {right}). The log is unchanged; "
                "run taizhang replay verify, then rebuild the read models.",
            )
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums of what petitions count for, in the order of ``MEASURES``.

    Attributes:
        vector: One integer per measure.
    """

    vector: tuple[int, ...] = (0,) * len(MEASURES)

    def __getitem__(self, measure: str) -> int:
        """Return one sum by the name of its measure."""
        return self.vector[_INDEX[measure]]

    def __add__(self, other: Self) -> Self:
        """Return the sums over both sets of petitions."""
        return type(self)(tuple(a + b for a, b in zip(self.vector, other.vector, strict=True)))

    def __sub__(self, other: Self) -> Self:
        """Return the sums over these petitions without some of them."""
        return type(self)(tuple(a - b for a, b in zip(self.vector, other.vector, strict=True)))

    def total(self, measures: Iterable[str]) -> int:
        """Return the sum of several measures."""
        return sum(self[measure] for measure in measures)

    @property
    def is_empty(self) -> bool:
        """Whether nothing counts here; such a group equals an absent one."""
        return not any(self.vector)

    @property
    def pending(self) -> int:
        """Petitions received whose acceptance nobody has decided yet (domain.md decision 10)."""
        ended = ("not_accepted", "referred_out", "ended_before", "accepted")
        return self["received"] - self.total(ended)

    @property
    def open(self) -> int:
        """Accepted petitions somebody still owes an answer."""
        return self["base"] - self["closed"]

    @property
    def withdrawn_before_reply(self) -> int:
        """Accepted petitions outside the base set by a verified withdrawal."""
        return self["accepted"] - self.total(("base", "voided", "merged"))

    @property
    def answerable(self) -> int:
        """Petitions whose petitioner may answer: the base and every merged one."""
        return self.total(("base", "merged", "ended_before"))


def check_identities(counts: Counts) -> None:
    """Refuse counts that break an identity of domain.md.

    Pure.

    Raises:
        CountsDisagreeError: an integer is negative, a part exceeds its whole, or the
            received are not the sum of their fates.

    Source:
        domain.md decision 10 and §5, "Identity checks".
    """
    for measure in MEASURES:
        if counts[measure] < 0:
            raise CountsDisagreeError(f"{measure} ≥ 0", counts[measure], 0)
    for part, whole in _PARTS:
        if counts[part] > counts[whole]:
            raise CountsDisagreeError(f"{part} ≤ {whole}", counts[part], counts[whole])
    answers = counts.total(("satisfied", "basically_satisfied", "dissatisfied"))
    for name, given in (
        ("satisfaction answers", answers),
        ("resolution answers", counts["resolution_answers"]),
        ("third-party answers", counts["third_answers"]),
    ):
        if given > counts.answerable:
            raise CountsDisagreeError(f"{name} ≤ base + merged", given, counts.answerable)
    coloured = counts.total(("supervised_orange", "supervised_red"))
    if coloured > counts["supervised"]:
        raise CountsDisagreeError(
            "supervised_orange + supervised_red ≤ supervised", coloured, counts["supervised"]
        )
    fates = counts.total(("not_accepted", "referred_out", "ended_before", "accepted"))
    if counts.pending < 0:
        raise CountsDisagreeError(
            "received = pending + not_accepted + referred_out + ended_before + accepted",
            counts["received"],
            fates,
        )
    if not 0 <= counts.withdrawn_before_reply <= counts["withdrawn"]:
        raise CountsDisagreeError(
            "accepted = base + withdrawn before reply + voided + merged",
            counts["accepted"],
            counts.total(("base", "withdrawn", "voided", "merged")),
        )
