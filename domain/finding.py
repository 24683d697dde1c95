"""Without this file a contradiction would be a sentence that no program could act on."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.fractions import Found
from domain.text import Text
from domain.vocabulary import Labelled


class Verdict(Labelled):
    """What the figures allow one to say, the mildest first."""

    CONSISTENT = "consistent", "一致", "consistent"
    POSSIBLE = "possible", "可能", "possible"
    IMPOSSIBLE = "impossible", "不可能", "impossible"
    CONTRADICTION = "contradiction", "相互矛盾", "contradiction"

    @property
    def is_wrong(self) -> bool:
        """Whether at least one published figure must be wrong, or means something else."""
        return self in {Verdict.IMPOSSIBLE, Verdict.CONTRADICTION}


@dataclass(frozen=True)
class Finding:
    """One statement about published figures.

    Attributes:
        code: Stable identifier, kebab-case.
        verdict: What it comes to.
        subject: Which figures it is about.
        text: The finding.
        arithmetic: The sum or division behind it, the same in every language.
        found: The fractions, where it lists any.
    """

    code: str
    verdict: Verdict
    subject: str
    text: Text
    arithmetic: str
    found: Found | None = None


def worst(findings: Iterable[Finding]) -> Verdict:
    """Return the gravest verdict; nothing found is consistent. Pure."""
    order = list(Verdict)
    return max((each.verdict for each in findings), key=order.index, default=Verdict.CONSISTENT)
