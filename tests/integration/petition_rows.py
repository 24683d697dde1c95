"""Without this file tests of the read side would need the engine that writes its tables."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from domain.cycle_facts import Answer, Cycle, Reply
from domain.deadlines import Deadline
from domain.metrics import steps
from domain.petition_facts import Assignment, PetitionFacts
from domain.standing import effective_due, last_reply, unit_at
from domain.vocabulary import Channel, Clock, Outcome, PetitionState, PetitionType, Satisfaction
from tests.petition_tables import listed, packed

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2100, 1, 1, tzinfo=UTC)


def make_facts(random: Random, number: int) -> PetitionFacts:
    """Return the facts of one petition of the first half of 2026, open or answered."""
    at = START + timedelta(minutes=random.randrange(180 * 1440))
    unit = f"unit-{random.randrange(5)}"
    facts = PetitionFacts(
        petition_id=UUID(int=number + 1),
        version=3,
        state=PetitionState.IN_PROGRESS,
        state_since=at,
        submitted_at=at,
        changed_at=at,
        channel=random.choice([Channel.PHONE, Channel.WEB]),
        petition_type=random.choice([PetitionType.APPEAL, PetitionType.CONSULTATION, None]),
        region=random.choice(["east", "west", None]),
        number=f"N-{number:06d}",
    )
    if random.random() < 0.1:
        facts.state = PetitionState.SUBMITTED
        return facts
    facts.accepted_at = at + timedelta(minutes=random.randrange(600))
    facts.cycles.append(make_cycle(random, facts, unit))
    return facts


def make_cycle(random: Random, facts: PetitionFacts, unit: str) -> Cycle:
    """Return the first cycle of accepted facts, and dispatch them to a unit."""
    accepted_at = facts.accepted_at or facts.submitted_at
    deadline = Deadline(Clock.REPLY, accepted_at + timedelta(days=10), "test@1/appeal", "cn@2026")
    facts.assignments.append(
        Assignment(
            unit=unit,
            lead=True,
            dispatched_at=accepted_at,
            sign_due_at=accepted_at + timedelta(days=1),
            contact_due_at=None,
            return_until=None,
        )
    )
    cycle = Cycle(accepted_at, deadline)
    if random.random() < 0.8:
        replied_at = accepted_at + timedelta(minutes=random.randrange(20 * 1440))
        facts.assignments[-1].signed_at = min(replied_at, accepted_at + timedelta(hours=30))
        cycle.replies.append(Reply(replied_at, unit, Outcome.RESOLVED))
        facts.state = PetitionState.REPLIED
        if random.random() < 0.8:
            cycle.closed_at = replied_at + timedelta(minutes=random.randrange(3000))
            facts.state = PetitionState.CLOSED
            cycle.answers.append(
                Answer(cycle.closed_at, None, random.choice(list(Satisfaction)), True, False)  # noqa: FBT003
            )
    return cycle


def insert_petitions(
    connection: Connection[TupleRow], petitions: Iterable[PetitionFacts], zone: ZoneInfo
) -> None:
    """Fill petition_facts, petition_step and rate, and set the position to the last of them."""
    petitions = list(petitions)
    _copy(connection, "petition_facts", (_facts_row(facts) for facts in petitions))
    _copy(connection, "petition_step", (row for facts in petitions for row in _step_rows(facts)))
    rates: dict[tuple[object, ...], int] = {}
    for facts in petitions:
        for step in steps(facts):
            day, change = step.at.astimezone(zone).date(), packed(step.delta)
            for cell in _cells(facts, step.unit):
                month = day.replace(day=1)
                wholes = [(*cell, day), (f"{cell[0]}/month", *cell[1:], month)]
                if facts.accepted_at is not None:
                    local = facts.accepted_at.astimezone(zone)
                    cohort = f"{cell[0]}/month/{local.year}-{local.month}"
                    wholes.append((cohort, *cell[1:], month))
                for whole in wholes:
                    rates[whole] = rates.get(whole, 0) + change
    _copy(connection, "rate", ((*key, counts) for key, counts in rates.items() if counts))
    connection.execute(
        "INSERT INTO projection (model, position, updated_at) VALUES ('petitions', %s, %s)",
        (len(petitions), START),
    )
    connection.commit()


def _cells(facts: PetitionFacts, unit: str) -> Iterator[tuple[str, str, str]]:
    yield "unit", unit, ""
    yield "unit_type", unit, facts.petition_type or ""
    yield "channel", facts.channel, ""
    yield "region", facts.region or "", ""


def _facts_row(facts: PetitionFacts) -> tuple[object, ...]:
    replies = [reply for cycle in facts.cycles if (reply := last_reply(cycle, END)) is not None]
    return (
        facts.petition_id,
        facts.version,
        facts.number,
        facts.state.value,
        unit_at(facts, END),
        facts.petition_type or "",
        "",
        "",
        facts.channel.value,
        facts.region or "",
        "",
        facts.imported,
        facts.submitted_at,
        facts.accepted_at,
        effective_due(facts.cycles[0], END) if facts.cycles else None,
        replies[-1].replied_at if replies else None,
        facts.cycles[-1].closed_at if facts.cycles else None,
        msgspec.msgpack.encode(facts),
    )


def _step_rows(facts: PetitionFacts) -> Iterator[tuple[object, ...]]:
    for step in steps(facts):
        yield (
            facts.petition_id,
            step.at,
            step.unit,
            facts.petition_type or "",
            facts.channel.value,
            facts.region or "",
            facts.accepted_at,
            listed(step.delta),
        )


def _copy(connection: Connection[TupleRow], table: str, rows: Iterable[tuple[object, ...]]) -> None:
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
