"""Without this file two of three cases would look like a rate."""

from domain.finding import Finding, Verdict
from domain.press_text import PrintedRate
from domain.rate import PUBLIC_CASES_MIN, Rate
from domain.text import Text
from domain.wilson import printed as print_limit
from domain.wilson import wilson


def small_sample(rate: PrintedRate, n: int, d: int) -> Finding:
    """Return the note that so few cases make no rate. Pure."""
    lower, upper = wilson(Rate(n, d))
    interval = f"{print_limit(lower)}–{print_limit(upper)}"
    text = Text(
        f"可以只有 {d} 件：少于 {PUBLIC_CASES_MIN} 件不宜公布比率或排名",
        f"may rest on {d} cases: below {PUBLIC_CASES_MIN} publish neither rate nor rank",
    )
    arithmetic = f"{n}/{d}: 95 % {interval}"
    return Finding("small-sample", Verdict.POSSIBLE, rate.subject, text, arithmetic)
