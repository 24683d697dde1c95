"""Without this file facts, steps, roll-ups, worklists and deadlines could contradict each other.

They are one read model with one position: whatever changes a petition's facts changes
the sums it counts in, in the same transaction.
"""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from ledger.codec import DomainEvent
from ledger.zone import settle_zone
from projections.model import ReadModel
from projections.petition_facts import read_facts, replace_facts
from projections.petition_standing import BOARDS, Standing, nothing, standing_of
from projections.petition_steps import (
    PetitionStep,
    copy_steps,
    delete_steps,
    step_rows,
)
from projections.rates import RateChanges


class VersionGapError(Exception):
    """An event does not follow the facts it should change; rows and log disagree."""

    def __init__(self, event: PetitionEvent, version: int) -> None:
        super().__init__(
            f"version {event.originator_version} of {event.originator_id} does not follow "
            f"version {version} in petition_facts; rebuild the read models"
        )


class Petitions(ReadModel):
    """Tables petition_facts, petition_step, rate and ``BOARDS``."""

    name = "petitions"
    aggregates = (Petition.TOPIC,)
    tables = (
        "petition_facts",
        "petition_step",
        "rate",
        *(board.name for board in BOARDS),
    )

    def __init__(self, connection: Connection[Any]) -> None:
        super().__init__(connection)
        self._zone: ZoneInfo | None = None

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Fold the events, and replace what that changes; see the base class."""
        if self._zone is None:
            self._zone = settle_zone(self._connection)
        streams: dict[UUID, list[PetitionEvent]] = {}
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            streams.setdefault(event.originator_id, []).append(cast("PetitionEvent", event))
        known = read_facts(self._connection, streams)
        before = {petition_id: standing_of(facts) for petition_id, facts in known.items()}
        changed = {
            petition_id: fold_on(known.get(petition_id), stream)
            for petition_id, stream in streams.items()
        }
        after = {petition_id: standing_of(facts) for petition_id, facts in changed.items()}
        replace_facts(self._connection, before, changed.values())
        self._replace_steps(before, after, RateChanges(self._zone))
        self._replace_boards(before, after)

    def _replace_steps(
        self, before: dict[UUID, Standing], after: dict[UUID, Standing], rates: RateChanges
    ) -> None:
        gone: list[PetitionStep] = []
        new_steps: list[bytes] = []
        for petition_id, new in after.items():
            old = before.get(petition_id) or nothing(new.kind)
            moved = old.kind != new.kind
            removed = [step for step in old.steps if moved or step not in new.steps]
            added = [step for step in new.steps if moved or step not in old.steps]
            for step in removed:
                gone.append(PetitionStep(petition_id, step))
                rates.remove(old.kind, step)
            for step in added:
                rates.add(new.kind, step)
            new_steps += step_rows(petition_id, new.kind, added)
        delete_steps(self._connection, gone)
        copy_steps(self._connection, new_steps)
        rates.write(self._connection)

    def _replace_boards(self, before: dict[UUID, Standing], after: dict[UUID, Standing]) -> None:
        for place, board in enumerate(BOARDS):
            changed: list[UUID] = []
            rows: list[bytes] = []
            for petition_id, new in after.items():
                old = before.get(petition_id)
                if new.boards[place] != (old.boards[place] if old else []):
                    changed.append(petition_id)
                    rows += new.boards[place]
            board.replace_rows(self._connection, changed, rows)


def fold_on(facts: PetitionFacts | None, stream: Sequence[PetitionEvent]) -> PetitionFacts:
    """Return facts after the next events of one petition; the given facts are used up.

    Pure but for that.

    Args:
        facts: Facts before them, None if the first is a birth event.
        stream: At least one event, in order.

    Raises:
        VersionGapError: an event is missing or was applied before.
        ValueError: the stream does not start with a birth event, or is empty.
    """
    for event in stream:
        if facts is not None and event.originator_version != facts.version + 1:
            raise VersionGapError(event, facts.version)
        facts = fold(facts, event)
    if facts is None:
        raise ValueError("a petition has at least one event")
    return facts
