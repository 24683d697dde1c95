"""What is presumed of the log follows from how it was left and from the batch alone."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from ledger.premise import LogEnd
from tests.integration.appending import ACT, one_event, stream

CLOCK = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
END = LogEnd("main", 7, CLOCK - timedelta(seconds=1), CLOCK, 100.0, is_ours=True)


def test_premise_names_what_a_batch_depends_on() -> None:
    """Position, the version before the first of each stream, keys and values, and the clock."""
    batch = [
        one_event(stream(1), 4, key="k", claims=["c"]),
        one_event(stream(1), 5),
        one_event(stream(2), 0),
    ]
    presumed = END.presume(batch, 100.5)
    assert presumed is not None
    premise, standing = presumed
    assert premise.position == standing.position == 7
    assert premise.versions == standing.versions == {stream(1): 3, stream(2): -1}
    assert premise.keys == [(ACT.actor_id, "k")]
    assert premise.claims == ["c"]
    assert premise.recorded_at == standing.recorded_at == CLOCK + timedelta(seconds=0.5)


@pytest.mark.parametrize(
    ("end", "now_s"),
    [
        (replace(END, is_ours=False), 100.5),
        (END, 111.0),
        (replace(END, recorded_at=CLOCK + timedelta(seconds=1)), 100.5),
    ],
    ids=["others append", "clock read long ago", "clock set back"],
)
def test_nothing_is_presumed_where_it_would_not_hold(end: LogEnd, now_s: float) -> None:
    """A round trip is not spent on what is likely to be refused."""
    assert end.presume([one_event(stream(1), 1)], now_s) is None
