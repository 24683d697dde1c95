"""A soak passes where nothing grows and nobody waits, and each bound that breaks is named."""

import pytest

from benchmarks.soak_bounds import Sample, broken_bounds

STEADY = [Sample(4.0 * number, 300, 0.05, 60, 90, 55) for number in range(1, 31)]
QUICK = [0.05] * 9_000


def _grown(field: str, step: float) -> list[Sample]:
    """Return samples whose field grows by a step from each to the next."""
    return [
        sample._replace(**{field: getattr(sample, field) + step * number})
        for number, sample in enumerate(STEADY)
    ]


def test_steady_soak_passes() -> None:
    """Nothing grew, nobody waited."""
    assert broken_bounds(STEADY, 300, QUICK, []) == []


def test_warming_up_is_no_growth() -> None:
    """What the first quarter takes is not held against the rest."""
    warming = [STEADY[0]._replace(api_mib=30)] * 7 + STEADY[7:]
    assert broken_bounds(warming, 300, QUICK, []) == []


@pytest.mark.parametrize(
    ("samples", "latencies_s", "failures", "said"),
    [
        (_grown("api_mib", 1.0), QUICK, [], "api_mib grew"),
        (_grown("projector_mib", 1.0), QUICK, [], "projector_mib grew"),
        (_grown("lag", 50), QUICK, [], "fell behind"),
        ([sample._replace(rate=200) for sample in STEADY], QUICK, [], "200 commands/s"),
        (STEADY, [0.05] * 980 + [0.2] * 20, [], "p99 200 ms"),
        (STEADY, [], [], "p99 inf"),
        (STEADY, QUICK, ["503 busy", "503 again"], "one of 2: 503 busy"),
    ],
)
def test_bound_that_breaks_is_named(
    samples: list[Sample], latencies_s: list[float], failures: list[str], said: str
) -> None:
    """One sentence, about that bound alone."""
    (sentence,) = broken_bounds(samples, 300, latencies_s, failures)
    assert said in sentence
