"""Without this file a soak would end with a table and no verdict."""

from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

P99_MAX_S: Final = 0.150
LAG_MAX_S: Final = 2.0
"""Events that this many seconds bring may be missing in a read model, and no more later on."""
MEMORY_GROWTH_MAX: Final = 1.05
MEMORY_SLACK_MIB: Final = 8.0
"""What caches still fill up with after the first quarter."""
RATE_LEAST: Final = 0.95


class Sample(NamedTuple):
    """What was seen in one part of the run.

    Attributes:
        at_s: Seconds since its beginning.
        rate: Commands answered per second.
        p99_s: Of their latencies.
        lag: Events that the slowest read model lacked at its end.
        api_mib, projector_mib: Resident memory at its end.
    """

    at_s: float
    rate: float
    p99_s: float
    lag: int
    api_mib: float
    projector_mib: float


def broken_bounds(
    samples: Sequence[Sample],
    rate_asked: float,
    latencies_s: Sequence[float],
    failures: Sequence[str],
) -> list[str]:
    """Return a sentence per bound that broke, none where the soak passed. Pure.

    Args:
        samples: Of equal parts of the run, at least four.
        rate_asked: Commands per second.
        latencies_s: Of all commands that were answered.
        failures: Why others were not.
    """
    quarter = len(samples) // 4
    early, late = samples[quarter : 2 * quarter], samples[-quarter:]
    said = [f"a command failed, one of {len(failures)}: {why}" for why in failures[:1]]
    whole = p99(latencies_s)
    if whole > P99_MAX_S:
        said.append(f"p99 {whole * 1000:.0f} ms is over {P99_MAX_S * 1000:.0f} ms")
    rate = sum(sample.rate for sample in samples) / len(samples)
    if rate < rate_asked * RATE_LEAST:
        said.append(f"{rate:.0f} commands/s were answered of {rate_asked:.0f} asked")
    lag = median(sample.lag for sample in late)
    if lag > max(median(sample.lag for sample in early), rate_asked * LAG_MAX_S):
        said.append(f"read models fell behind by {lag:.0f} events")
    for name in ("api_mib", "projector_mib"):
        before = median(getattr(sample, name) for sample in early)
        after = median(getattr(sample, name) for sample in late)
        if after > before * MEMORY_GROWTH_MAX + MEMORY_SLACK_MIB:
            said.append(f"{name} grew from {before:.0f} to {after:.0f}")
    return said


def p99(latencies_s: Sequence[float]) -> float:
    """Return the 99th percentile, infinite where nothing was answered. Pure."""
    ordered = sorted(latencies_s)
    return ordered[int(len(ordered) * 0.99)] if ordered else float("inf")
