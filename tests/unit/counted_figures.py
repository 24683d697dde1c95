"""Figures of a made-up log, for decisions that publish them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from domain.counts import Counts
from domain.measures import MEASURES
from domain.petition_facts import PetitionFacts
from domain.published_report import PublishedReport
from domain.report_cells import Figures
from domain.report_question import ReportQuestion
from domain.sample import Sample
from domain.text import Text
from tests.unit.drawable_petitions import waiting


def counts(**measures: int) -> Counts:
    """Return counts; measures that are not named are 0."""
    return Counts(tuple(measures.get(name, 0) for name in MEASURES))


@dataclass
class CountedFigures:
    """A log of which only its figures are known.

    Attributes:
        rows: Counts by group.
        withheld: Why a group, or None for the total, has no rate.
        position: Its head; what was known earlier is half of it.
        reports: Reports published before, by number.
        excluded: What appeals took out of scores, by unit.
        asked: Every question it was asked, with its position.
        known: All that is known of petitions.
        samples: Samples committed to before, by number.
    """

    rows: Mapping[str, Counts]
    withheld: Mapping[str | None, Text] = field(default_factory=dict)
    position: int = 1_000
    reports: Mapping[int, PublishedReport] = field(default_factory=dict)
    excluded: Mapping[str, Counts] = field(default_factory=dict)
    asked: list[tuple[ReportQuestion, int]] = field(default_factory=list)
    known: Iterable[PetitionFacts] = ()
    samples: Mapping[int, Sample] = field(default_factory=dict)

    def position_known_at(self, known_at: datetime | None) -> int:
        """Return the head, or half of it."""
        return self.position if known_at is None else self.position // 2

    def figures(self, question: ReportQuestion, position: int) -> Figures:
        """Return the rows, whatever is asked."""
        self.asked.append((question, position))
        return Figures(position, self.rows, self.withheld, self.excluded)

    def find_report(self, number: int) -> PublishedReport | None:
        """Return a report published before."""
        return self.reports.get(number)

    def find_sample(self, number: int) -> Sample | None:
        """Return a sample committed to before."""
        return self.samples.get(number)

    def petitions(
        self, position: int, only: frozenset[UUID] | None = None
    ) -> Iterable[PetitionFacts]:
        """Return what is known, at whatever position."""
        del position
        return [facts for facts in self.known if only is None or facts.petition_id in only]

    def entry_hash(self, stream: UUID, version: int) -> bytes:
        """Return a hash that differs from event to event."""
        return sha256(f"{stream}:{version}".encode()).digest()


COUNTED = CountedFigures(
    {
        "bureau": counts(received=131, accepted=130, base=130, closed=128),
        "roads": counts(received=3, accepted=3, base=3, closed=2),
    },
    known=(*map(waiting, range(1, 7)), *(waiting(number, "roads") for number in range(7, 10))),
)
