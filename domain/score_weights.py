"""Without this file a ranking could be tried with weights that add up to nothing sensible."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from domain.errors import DomainError
from domain.rates import RATES
from domain.score_rules import CURRENT_SCORE, ScoreRules
from domain.text import Text

SCORABLE: Final = tuple(
    rate_id
    for rate_id in RATES
    if rate_id.partition(".")[0]
    in {
        "closure_rate",
        "ontime_rate",
        "satisfaction_rate",
        "resolution_rate",
        "response_rate",
        "sign_timeliness",
        "first_pass_rate",
        "upward_report_compliance",
    }
)
"""Rates of which more is better, so that a score may weigh them."""


class InvalidWeightsError(DomainError):
    """Weights of a score are no numbers, are negative, or do not add up to 1."""

    code = "invalid-weights"

    def __init__(self, zh: str, en: str) -> None:
        """Say what is wrong with them."""
        super().__init__(
            Text(
                f"权重不可用：{zh}；未计算任何得分，请修改权重文件。",
                f"the weights cannot be used: {en}; no score was computed, correct the file.",
            )
        )


def read_weights(stated: Mapping[str, object]) -> dict[str, Decimal]:
    """Return weights of the parts of a score, checked; pure.

    Args:
        stated: Identifier of a rate to its weight, an integer or an exact decimal.

    Raises:
        InvalidWeightsError: a rate is unknown or not one of which more is better, a weight
            is no number, zero or negative, or they do not add up to exactly 1.
    """
    weights = {rate_id: _weight(rate_id, value) for rate_id, value in stated.items()}
    unknown = [rate_id for rate_id in weights if rate_id not in SCORABLE]
    if unknown:
        known = ", ".join(SCORABLE)
        raise InvalidWeightsError(
            f"“{unknown[0]}”不能计入得分，可选：{known}",
            f"'{unknown[0]}' cannot be part of a score, choose from: {known}",
        )
    total = sum(weights.values(), Decimal(0))
    if total != 1:
        raise InvalidWeightsError(f"合计为 {total}，应为 1", f"they add up to {total}, not to 1")
    return weights


def weighed(weights: Mapping[str, Decimal]) -> ScoreRules:
    """Return the present rules of the score with other weights; pure.

    Args:
        weights: As ``read_weights`` returns them.
    """
    by_definition = {RATES[rate_id].reference: weight for rate_id, weight in weights.items()}
    return replace(CURRENT_SCORE, weights=by_definition)


def _weight(rate_id: str, value: object) -> Decimal:
    try:
        # A truth value is an integer to Python, and no weight to anybody else.
        weight = None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        weight = None
    if weight is None or not weight.is_finite():
        raise InvalidWeightsError(f"“{rate_id}”不是数字", f"'{rate_id}' is no number")
    if weight <= 0:
        raise InvalidWeightsError(
            f"“{rate_id}”为 {weight}，应大于 0", f"'{rate_id}' is {weight}, not above 0"
        )
    return weight
