"""Without this file a command would be decided on rules that nobody checks at its append."""

from uuid import UUID

from msgspec.structs import replace

from domain.aggregate import LedgerAggregate
from ledger.append import Append, StreamStep
from ledger.errors import VersionConflictError
from ledger.reference import ReferenceReading, ReferenceStreams


class Grounds(ReferenceReading):
    """What one command is decided on beside its own stream. For one thread.

    A first decision takes roster, packs and calendars as this process remembers them, which
    costs no read. The append then checks under its lock that none of them has moved, so
    that a decision stands on the newest ones whichever process changed them. Where anything
    fails that was decided from memory, it is decided again on what is read.

    Args:
        reference: Roster, packs and calendars of this process.

    Attributes:
        reads: Whether everything is read, and nothing taken from memory.
        remembered: Streams that the decision took from memory, maybe its own among them.
    """

    def __init__(self, reference: ReferenceStreams) -> None:
        self._reference = reference
        self._seen: dict[UUID, int] = {}
        self.reads = False
        self.remembered: set[UUID] = set()

    def begin(self, *, reads: bool) -> None:
        """Begin a decision, from memory or with everything read."""
        self.reads = reads
        self.remembered.clear()
        self._seen.clear()

    def may_mislead(self, error: Exception, own: UUID) -> bool:
        """Return whether a decision may have failed because of what was remembered.

        Args:
            error: How it failed.
            own: The stream that the command was given to.
        """
        if isinstance(error, VersionConflictError) and error.originator_id == own:
            return own in self.remembered
        return bool(self.remembered)

    def witness(self, append: Append) -> Append:
        """Return an append that is admitted only while nothing that was looked at has moved."""
        own = {step.originator_id for step in append.steps}
        # A step without events: its stream must be at the version that was seen.
        unmoved = (
            StreamStep(stream, version + 1, version)
            for stream, version in self._seen.items()
            if stream not in own
        )
        return replace(append, steps=(*append.steps, *unmoved))

    def read(self, originator_id: UUID) -> LedgerAggregate | None:
        """Return the aggregate of a stream, or None where it has no events. Blocking at most."""
        aggregate = self._recall_or_read(originator_id)
        # Another thread may bring it up to date meanwhile; then the append is refused.
        self._seen[originator_id] = 0 if aggregate is None else aggregate.version
        return aggregate

    def _recall_or_read(self, originator_id: UUID) -> LedgerAggregate | None:
        if not self.reads:
            try:
                aggregate = self._reference.recall(originator_id)
            except KeyError:
                pass
            else:
                self.remembered.add(originator_id)
                return aggregate
        return self._reference.read(originator_id)
