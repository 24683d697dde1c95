"""Without this file the quick, the full and the tested run would not be the same programs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """How much is measured.

    Attributes:
        rounds_len: Turns of each contender.
        turn_s: Seconds of a turn of P1.
        writers: Numbers of concurrent writers of P1.
        import_events_len: Events of a turn of P2.
        log_lens: Events in the log of P3, ascending.
        peer_events_len: Events of the peer's log in P3.
    """

    rounds_len: int
    turn_s: float
    writers: tuple[int, ...]
    import_events_len: int
    log_lens: tuple[int, ...]
    peer_events_len: int


QUICK = Sizes(3, 1.5, (1, 8, 32, 128), 30_000, (100_000, 1_000_000), 4_000)
FULL = Sizes(5, 5.0, (1, 8, 32, 128), 200_000, (100_000, 1_000_000, 10_000_000), 20_000)
