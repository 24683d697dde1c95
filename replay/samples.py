"""Without this file no sample could be drawn from the log, checked by it, or evaluated."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from domain.sample import Sample
from domain.sample_commitment import sample_stream_name
from domain.sample_redraw import find_faults
from domain.sample_report import SampleReport, report_sample
from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from ledger.reference import named_stream
from replay.figures import head_position
from replay.recorded import load_recorded
from replay.streams import read_named_petitions, read_petitions

QUERIES: Final = load_queries("replay", "samples")


class NotDrawnError(LedgerError):
    """A sample that was not drawn has neither a list nor answers."""

    code = "sample-not-drawn"

    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                f"第 {number} 号抽样尚未抽取，无可核验或推算；未返回任何结果，请先抽取样本。",
                f"sample {number} was not drawn, so there is nothing to check or estimate; "
                "nothing was returned, draw it first.",
            )
        )


def read_samples(connection: Connection[Any], after: int = 0) -> Iterator[Sample]:
    """Yield the samples after a number, oldest first. Blocking, one query each."""
    for number in count(after + 1):
        sample = find_sample(connection, number)
        if sample is None:
            return
        yield sample


def find_sample(connection: Connection[Any], number: int) -> Sample | None:
    """Return a sample by its number, or None. Blocking, one query."""
    return load_sample(connection, named_stream(sample_stream_name(number)))


def load_sample(connection: Connection[Any], sample_id: UUID) -> Sample | None:
    """Return a sample from its own stream, or None. Blocking, one query."""
    return load_recorded(connection, Sample, sample_id)


def entry_hash(connection: Connection[Any], stream: UUID, version: int) -> bytes:
    """Return the leaf hash of an event, 32 bytes. Blocking, one query.

    Raises:
        LookupError: there is no such event.
    """
    parameters = {"originator_id": stream, "version": version}
    row = connection.execute(QUERIES["read_leaf_hash"], parameters).fetchone()
    if row is None:
        raise LookupError(f"no event {version} of {stream}")
    return bytes(row[0])


def verify_sample(connection: Connection[Any], sample: Sample) -> tuple[Text, ...]:
    """Draw a sample again from the log and return what differs; none is right.

    Blocking; folds the log up to the sample's position and reads no read model.

    Raises:
        NotDrawnError: nobody drew it yet.
        UnreplayableEventError: an event cannot be read or applied.
    """
    if sample.seed is None:
        raise NotDrawnError(sample.number)
    leaf = entry_hash(connection, sample.id, Sample.INITIAL_VERSION).hex()
    return find_faults(sample, read_petitions(connection, sample.position), leaf)


def evaluate_sample(connection: Connection[Any], sample: Sample) -> SampleReport:
    """Return the answers to a drawn sample and what they say of its frame. Blocking.

    Answers count up to the position at which it was closed, or up to the head of the log.

    Raises:
        NotDrawnError: nobody drew it yet.
        UnreplayableEventError: an event cannot be read or applied.
    """
    if sample.seed is None:
        raise NotDrawnError(sample.number)
    position = sample.closed_position or head_position(connection)
    named = [each for ids in sample.drawn.values() for each in ids]
    before = list(read_named_petitions(connection, sample.position, named))
    after = read_named_petitions(connection, position, named)
    return report_sample(sample, position, before, after)
