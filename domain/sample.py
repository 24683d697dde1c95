"""Without this file nobody could show afterwards that a callback list was not chosen."""

from typing import ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.sample_strata import Stratum
from domain.sampling_frame import FrameQuestion
from domain.vocabulary import Labelled


class SampleState(Labelled):
    """How far a sample has come."""

    COMMITTED = "committed", "已承诺", "committed"
    DRAWN = "drawn", "已抽取", "drawn"
    CLOSED = "closed", "已结束", "closed"


class Sample(LedgerAggregate):
    """One sample of petitions: what it is drawn from, the sealed seed, and who was drawn."""

    TOPIC = "sample"

    def __init__(
        self,
        number: int,
        question: FrameQuestion,
        position: int,
        population: int,
        frame_sha256: str,
        strata: tuple[Stratum, ...],
        seed_sha256: str,
        committer_id: str,
    ) -> None:
        """Stand as committed to; see ``Created``."""
        self.number = number
        self.question = question
        self.position = position
        self.population = population
        self.frame_sha256 = frame_sha256
        self.strata = strata
        self.seed_sha256 = seed_sha256
        self.committer_id = committer_id
        self.seed: str | None = None
        self.entry_hash: str | None = None
        self.drawn: dict[str, tuple[UUID, ...]] = {}
        self.closed_position: int | None = None
        self.state = SampleState.COMMITTED

    class Event(LedgerAggregate.Event):
        """Base of the sample's events."""

    class Created(Event, LedgerAggregate.Created):
        """抽样承诺: the frame is fixed and the seed is sealed, before anybody can draw.

        Attributes:
            number: Its number in the ledger, from 1.
            question: Which petitions may be drawn.
            position: Log position at which the frame is read.
            population: Petitions in the frame, those that no stratum holds included.
            frame_sha256: Hash of the frame; see ``frame_digest``.
            strata: The strata with N and n.
            seed_sha256: SHA-256 of the seed.
            committer_id: Account that holds the seed.
        """

        TOPIC: ClassVar[str] = "sample.committed"
        number: int
        question: FrameQuestion
        position: int
        population: int
        frame_sha256: str
        strata: tuple[Stratum, ...]
        seed_sha256: str
        committer_id: str

    class Drawn(Event):
        """抽样: the seed is revealed; what is drawn of each stratum follows in the same append.

        Attributes:
            number: Number of the sample.
            seed: The seed, 64 hex digits.
            entry_hash: Leaf hash of the commitment's entry in the log.
            population: Petitions in all strata, N.
            size: Petitions drawn, n.
        """

        TOPIC: ClassVar[str] = "sample.drawn"
        number: int
        seed: str
        entry_hash: str
        population: int
        size: int

        def apply(self, aggregate: "Sample") -> None:
            """Keep what anybody needs to draw again."""
            aggregate.seed = self.seed
            aggregate.entry_hash = self.entry_hash
            aggregate.state = SampleState.DRAWN

    class StratumDrawn(Event):
        """层内抽取: the petitions drawn of one stratum, or a part of them, in order of rank."""

        TOPIC: ClassVar[str] = "sample.stratum_drawn"
        stratum: str
        population: int
        size: int
        petition_ids: tuple[UUID, ...]

        def apply(self, aggregate: "Sample") -> None:
            """Add the petitions to those drawn of the stratum."""
            before = aggregate.drawn.get(self.stratum, ())
            aggregate.drawn[self.stratum] = before + self.petition_ids

    class Closed(Event):
        """抽样结束: answers count up to this log position; an undrawn sample is given up.

        Attributes:
            number: Number of the sample.
            position: Last log position whose answers count.
            reason: Why.
        """

        TOPIC: ClassVar[str] = "sample.closed"
        number: int
        position: int
        reason: str

        def apply(self, aggregate: "Sample") -> None:
            """Fix up to where answers count."""
            aggregate.closed_position = self.position
            aggregate.state = SampleState.CLOSED


SampleEvent = Sample.Created | Sample.Drawn | Sample.StratumDrawn | Sample.Closed
"""Every event of a sample, for dispatch that type checking can close."""
