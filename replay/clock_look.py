"""Without this file the clock would decide on read models that lag behind the log."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.act import Act
from domain.calendar_editions import edition_rank
from domain.clock_notes import OpenOrder, order_levels
from domain.clock_recounts import EditionNews, edition_news
from domain.clock_step import ClockStep, StepKind
from domain.clock_steps import due_steps
from domain.petition_facts import PetitionFacts
from domain.situation import Situation
from ledger.application import PetitionLedger
from ledger.lookup_errors import LedgerNotOpenedError
from ledger.queries import load_queries
from ledger.reference import PublishedCalendars, PublishedPacks, calendar_stream
from projections.array_text import as_uuid_array
from projections.current_facts import read_current_facts
from projections.petition_facts import decode_facts
from replay.clock_commands import CLOCK
from replay.kept_packs import KeptPacks

QUERIES: Final = load_queries("replay", "clock")

PAGE_LEN: Final = 500
"""Petitions in memory at a time while they are looked through."""


class ClockLook:
    """What falls due in one ledger by one instant. Blocking.

    Args:
        ledger: For rules and calendars.
        connection: Of the role tz_app, in autocommit mode.
        at: Aware instant of the question.
        now: The host's clock.

    Raises:
        LedgerNotOpenedError: the ledger has no roster, or no pack in force.
    """

    def __init__(
        self, ledger: PetitionLedger, connection: Connection[Any], at: datetime, now: datetime
    ) -> None:
        roster = ledger.reference.roster()
        if roster.pack_id is None:
            raise LedgerNotOpenedError
        self._connection = connection
        self._ledger = ledger
        self._editions: dict[str, Sequence[EditionNews]] = {}
        self.zone = ZoneInfo(roster.zone)
        self.situation = Situation(
            act=Act(actor_id=CLOCK.actor_id, actor_role=CLOCK.role, occurred_at=at),
            now=now,
            roster=roster,
            packs=KeptPacks(PublishedPacks(ledger.reference, roster.pack_id)),
            pack_id=roster.pack_id,
            fresh_number="",
            calendars=PublishedCalendars(ledger.reference),
        )

    def candidates(self) -> Iterator[list[PetitionFacts]]:
        """Yield the petitions that time may change, page by page, as the read model has them."""
        parameters: dict[str, object] = {"after": UUID(int=0), "limit": PAGE_LEN}
        while True:
            with self._connection.cursor(binary=True) as cursor:
                rows = cursor.execute(QUERIES["read_timed"], parameters).fetchall()
            if not rows:
                return
            yield [decode_facts(content) for _, content in rows]
            parameters["after"] = rows[-1][0]

    def facts(self, petition_ids: Collection[UUID]) -> dict[UUID, PetitionFacts]:
        """Return what the log itself says of petitions."""
        return read_current_facts(self._connection, petition_ids)

    def births(self, stream_ids: Collection[UUID]) -> dict[UUID, datetime]:
        """Return which streams have begun, and when that was recorded."""
        if not stream_ids:
            return {}
        parameters = {"stream_ids": as_uuid_array(stream_ids)}
        return dict(self._connection.execute(QUERIES["read_births"], parameters).fetchall())

    def steps(
        self,
        facts: PetitionFacts,
        known_since: datetime | None,
        orders: Sequence[tuple[UUID, str]] = (),
    ) -> list[ClockStep]:
        """Return what fell due for a petition; proposals are named whether raised or not.

        What somebody has acted on later than this instant waits for a later run.

        Args:
            facts: The petition.
            known_since: When the ledger recorded its first event, if it was imported.
            orders: From ``orders``.

        Raises:
            DomainError: its pack or calendar is not in the ledger.
        """
        if facts.changed_at > self.situation.act.occurred_at:
            return []
        noted = {(past.order_id, past.level.value) for past in facts.supervisions}
        levels: list[OpenOrder] = []
        for order_id, level in orders:
            # The order's own stream is read only where its present colour is not noted.
            if (order_id, level) not in noted:
                levels += order_levels(order_id, self._ledger.events_after(order_id, 0))
        return due_steps(facts, self.situation, self.editions, known_since, levels)

    def orders(self, petition_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
        """Return the open supervision orders on petitions, each with its present colour."""
        found: dict[UUID, list[tuple[UUID, str]]] = {}
        parameters = {"petition_ids": as_uuid_array(petition_ids)}
        rows = self._connection.execute(QUERIES["read_orders"], parameters)
        for petition_id, order_id, level in rows:
            found.setdefault(petition_id, []).append((order_id, level))
        return found

    def not_raised(self, steps: Sequence[ClockStep]) -> list[ClockStep]:
        """Return the steps without the proposals whose streams have begun."""
        named = [step.order_id for step in steps if step.kind is StepKind.PROPOSAL]
        begun = self.births(named)
        return [
            step
            for step in steps
            if step.kind is not StepKind.PROPOSAL or step.order_id not in begun
        ]

    def editions(self, calendar_id: str) -> Sequence[EditionNews]:
        """Return the editions of a calendar published in the ledger, in order; read once a run."""
        if calendar_id not in self._editions:
            events = self._ledger.events_after(calendar_stream(calendar_id), 0)
            news = edition_news(events, self.zone)
            self._editions[calendar_id] = sorted(news, key=lambda each: edition_rank(each.edition))
        return self._editions[calendar_id]
