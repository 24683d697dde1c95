"""Without this file the quick, the full and the tested run would not be the same programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sizes:
    """How much is measured, and how long it may take.

    Attributes:
        rounds_len: Turns of each contender.
        turn_s: Seconds of a turn of P1, P5 and P7.
        writers: Numbers of concurrent writers of P1.
        import_events_len: Events of a turn of P2, or of the full run's import.
        log_lens: Events in the log of P3, ascending.
        peer_events_len: Events of the peer's log in P3.
        petitions_lens: Petitions in the ledger of P4, and in those of the full run, ascending.
        clients_len: Concurrent clients of P5.
        verified_events_len: Events in the log of P6.
        appended_per_s: Events per second that P7 appends.
        replayed_events_len: Events in the log of P8.
        budgets_s: Per benchmark the seconds after which it begins no further round; one
            that is not named may take as long as it needs.
    """

    rounds_len: int
    turn_s: float
    writers: tuple[int, ...]
    import_events_len: int
    log_lens: tuple[int, ...]
    peer_events_len: int
    petitions_lens: tuple[int, ...]
    clients_len: int
    verified_events_len: int
    appended_per_s: int
    replayed_events_len: int
    budgets_s: Mapping[str, float] = field(default_factory=dict)


QUICK = Sizes(
    rounds_len=3,
    turn_s=0.8,
    writers=(1, 8, 32, 128),
    import_events_len=20_000,
    log_lens=(1_000, 10_000, 100_000, 300_000),
    peer_events_len=3_000,
    petitions_lens=(1_000, 10_000),
    clients_len=32,
    verified_events_len=300_000,
    appended_per_s=500,
    replayed_events_len=300_000,
    # Ten minutes in all, with half a minute for setting up.
    budgets_s={
        "P1": 160.0,
        "P2": 60.0,
        "P3": 130.0,
        "P4": 80.0,
        "P5": 40.0,
        "P6": 20.0,
        "P7": 30.0,
        "P8": 45.0,
    },
)
FULL = Sizes(
    rounds_len=1,
    turn_s=2.0,
    writers=(),
    import_events_len=400_000,
    log_lens=(),
    peer_events_len=0,
    petitions_lens=(10_000, 100_000, 1_000_000),
    clients_len=0,
    verified_events_len=0,
    appended_per_s=0,
    replayed_events_len=0,
)
"""A petition has some thirteen events; see ``full_run.py``. What is 0 is not measured."""
