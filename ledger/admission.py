"""Without this file one conflicting append would spoil the whole batch it travels in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from ledger.append import Append
from ledger.errors import ClaimTakenError, KeyTakenError, LedgerError, VersionConflictError
from ledger.head_state import HeadState, not_open

Answer = range | LedgerError
"""The positions an append was given, or why it was refused."""


class Standing(msgspec.Struct):
    """What the log holds, as read under the append lock, for the appends of one batch.

    Attributes:
        ledger: Name of the ledger.
        position: Last position given.
        recorded_at: Instant of this batch by the ledger's clock.
        versions: Latest version of each stream concerned; absent where it is empty.
        answered: Idempotency keys (actor, key) concerned that have an answer.
        claimed: Values concerned that are taken.
        state: Whether the ledger takes appends.
    """

    ledger: str
    position: int
    recorded_at: datetime
    versions: dict[UUID, int]
    answered: set[tuple[str, str]]
    claimed: set[str]
    state: HeadState = HeadState.OPEN


def admit(append: Append, standing: Standing) -> LedgerError | None:
    """Count an append into the standing, or return why it may not be recorded.

    Pure but for ``standing``, which changes only when the append is admitted, so
    that a later append of the batch is judged as if this one were committed.

    The key is judged before the versions: a repeated command finds its stream
    changed by itself, and must hear of its answer and not of a conflict, also while the
    ledger takes no more appends.
    """
    command = append.command
    if command and (command.actor_id, command.key) in standing.answered:
        return KeyTakenError(command.actor_id, command.key)
    if standing.state is not HeadState.OPEN:
        return not_open(standing.state)
    for step in append.steps:
        version = standing.versions.get(step.originator_id)
        if version is None:
            # The library lets a stream begin at 0 or at 1; a gap can never be lawful.
            if step.first_version > 1:
                return VersionConflictError(step.originator_id, step.first_version, 0)
        elif step.first_version != version + 1:
            return VersionConflictError(step.originator_id, step.first_version, version)
    taken = next((value for value in append.claims if value in standing.claimed), None)
    if taken is not None:
        return ClaimTakenError(taken)
    if command:
        standing.answered.add((command.actor_id, command.key))
    standing.versions.update((step.originator_id, step.last_version) for step in append.steps)
    standing.claimed.update(append.claims)
    standing.position += len(append.events)
    return None


def admit_all(appends: Sequence[Append], standing: Standing) -> list[Answer]:
    """Return one answer per append of a batch, and count the admitted ones.

    Pure but for ``standing``; one refusal changes nothing for the others.
    """
    answers: list[Answer] = []
    for append in appends:
        first_position = standing.position + 1
        refusal = admit(append, standing)
        answers.append(refusal or range(first_position, standing.position + 1))
    return answers
