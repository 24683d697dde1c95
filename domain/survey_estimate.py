"""Without this file a unit with ten cases would weigh as much in a sample as one of a thousand.

Shares and variances are exact fractions; only roots are decimals, of 40 digits.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from domain.rate import Rate
from domain.wilson import PRECISION, Interval, wilson_share


class StratumTally(NamedTuple):
    """One stratum and its answers to one question.

    Attributes:
        name: Of the stratum.
        population: Petitions in the frame, N.
        drawn: Petitions drawn, n.
        answers: Valid answers, r.
        hits: Answers that count, such as "satisfied".
    """

    name: str
    population: int
    drawn: int
    answers: int
    hits: int


class Estimate(NamedTuple):
    """What a sample says of a share in the whole frame.

    Attributes:
        share: Design-weighted share; None without any answer.
        variance: Its estimated variance; None where a stratum has one answer only.
        interval: 95 % interval, or None where there is no variance.
        covered: Petitions in strata with an answer; the share is about these.
        population: Petitions in the frame.
        drawn: Petitions drawn.
        answers: Valid answers.
        hits: Answers that count.
    """

    share: Fraction | None
    variance: Fraction | None
    interval: Interval | None
    covered: int
    population: int
    drawn: int
    answers: int
    hits: int

    @property
    def printed(self) -> str | None:
        """The share in per cent, rounded half-up once; a share below 1 never reads 100."""
        return None if self.share is None else percent(self.share)

    @property
    def response_rate(self) -> Rate:
        """Answers of drawn."""
        return Rate(self.answers, self.drawn)

    @property
    def coverage(self) -> Rate:
        """Petitions that the share is about, of the frame."""
        return Rate(self.covered, self.population)

    @property
    def error_points(self) -> str | None:
        """The standard error in percentage points, two decimals."""
        if self.variance is None:
            return None
        with localcontext(prec=PRECISION):
            root = _decimal(self.variance).sqrt()
            return str((root * 100).quantize(Decimal("0.01"), ROUND_HALF_UP))


def estimate_share(strata: Sequence[StratumTally], population: int) -> Estimate:
    """Return the share in the frame that a stratified sample gives; pure and exact.

    p = Σ W p_h with W = N_h/N over the strata with an answer; variance Σ W² (1 − r_h/N_h)
    p_h (1 − p_h)/(r_h − 1). Answers are taken as a random part of their stratum's draw. The
    interval is Wilson's for the effective size p (1 − p)/variance; where every stratum is of
    one mind, which says nothing of the variance, for that of strata that do not differ. If
    everybody answered there is nothing left to estimate.

    Args:
        strata: Every stratum with what was answered.
        population: Petitions in the frame, those of no stratum included.

    Source:
        Cochran, Sampling Techniques, 3rd ed., §5.10; Franco, Little, Louis and Slud, JSSAM 7
        (2019), for Wilson's interval with an effective size.
    """
    heard = [stratum for stratum in strata if stratum.answers]
    covered = sum(stratum.population for stratum in heard)
    shares = [Fraction(each.hits, each.answers) for each in heard]
    share = sum(
        (p * Fraction(each.population, covered) for p, each in zip(shares, heard, strict=True)),
        Fraction(0),
    )
    spreads = [spread for each in heard if (spread := _spread(each, covered)) is not None]
    variance, interval = None, None
    if heard and len(spreads) == len(heard):
        variance = sum(
            (spread * p * (1 - p) for spread, p in zip(spreads, shares, strict=True)), Fraction(0)
        )
        interval = _interval(share, variance, sum(spreads, Fraction(0)))
    return Estimate(
        share if heard else None,
        variance,
        interval,
        covered,
        population,
        sum(stratum.drawn for stratum in strata),
        sum(stratum.answers for stratum in strata),
        sum(stratum.hits for stratum in strata),
    )


def percent(share: Fraction) -> str:
    """Return a share as a percentage with two decimals, rounded half-up once; pure."""
    return Rate(share.numerator, share.denominator).percent()


def _spread(stratum: StratumTally, covered: int) -> Fraction | None:
    """Return what a stratum's p (1 − p) is multiplied by; None where one answer is all."""
    left = 1 - Fraction(stratum.answers, stratum.population)
    if left == 0:
        return Fraction(0)
    if stratum.answers == 1:
        return None
    return Fraction(stratum.population, covered) ** 2 * left / (stratum.answers - 1)


def _interval(share: Fraction, variance: Fraction, spread: Fraction) -> Interval:
    if spread == 0:
        exact = _decimal(share)
        return Interval(exact, exact)
    size = share * (1 - share) / variance if variance else 1 / spread
    return wilson_share(_decimal(share), _decimal(size))


def _decimal(fraction: Fraction) -> Decimal:
    with localcontext(prec=PRECISION):
        return Decimal(fraction.numerator) / Decimal(fraction.denominator)
