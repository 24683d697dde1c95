"""What the tables of the petitions model must hold, worked out without the model."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection, sql

from domain.deadline_lines import deadline_lines
from domain.measures import Delta
from domain.metrics import steps
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.standing import effective_due, ended_unanswered_at, last_reply, unit_at
from domain.tasks import tasks
from domain.tracked_promises import tracked_promises
from domain.upward_duties import upward_duties

Rows = dict[str, list[tuple[object, ...]]]
Cell = tuple[str, str, str, date]

SHANGHAI = ZoneInfo("Asia/Shanghai")
ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
TABLES = (
    "petition_facts",
    "petition_step",
    "rate",
    "worklist",
    "deadline_board",
    "promise",
    "backlog",
    "backlog_term",
    "upward_report",
    "confidential_petition",
    "public_list",
)


def expected_rows(events: Iterable[PetitionEvent], zone: ZoneInfo = SHANGHAI) -> Rows:
    """Return the rows of every table by folding each whole stream and summing up."""
    streams: dict[UUID, list[PetitionEvent]] = defaultdict(list)
    for event in events:
        streams[event.originator_id].append(event)
    rows: Rows = {name: [] for name in TABLES}
    rates: dict[Cell, int] = defaultdict(int)
    for stream in streams.values():
        facts = fold_all(stream)
        rows["petition_facts"].append(_facts_row(facts))
        rows["worklist"] += _task_rows(facts)
        rows["deadline_board"] += _clock_rows(facts)
        for name, found in _board_rows(facts).items():
            rows[name] += found
        kind, channel, region = _kind(facts)
        for at, unit, delta in steps(facts):
            step = (facts.petition_id, at, unit, kind, channel, region, facts.accepted_at)
            rows["petition_step"].append((*step, listed(delta)))
            day, change = at.astimezone(zone).date(), packed(delta)
            for whole, first in (("", day), ("/month", day.replace(day=1))):
                for name, key, subkey in cells_of(unit, kind, channel, region):
                    rates[name + whole, key, subkey, first] += change
            if facts.accepted_at is not None:
                local = facts.accepted_at.astimezone(zone)
                cohort, month = f"/month/{local.year}-{local.month}", day.replace(day=1)
                for name, key, subkey in cells_of(unit, kind, channel, region):
                    rates[name + cohort, key, subkey, month] += change
    rows["rate"] = [(*cell, Decimal(counts)) for cell, counts in rates.items() if counts]
    return _sorted(rows)


def cells_of(unit: str, kind: str, channel: str, region: str) -> list[tuple[str, str, str]]:
    """Return the groupings that count a step, each with its two keys."""
    return [
        ("unit", unit, ""),
        ("unit_type", unit, kind),
        ("channel", channel, ""),
        ("region", region, ""),
    ]


def listed(delta: Delta) -> bytes:
    """Return how a step lists what it changes: a byte for the place, two for the change."""
    return b"".join(bytes([place]) + change.to_bytes(2, signed=True) for place, change in delta)


def packed(delta: Delta) -> int:
    """Return the number that holds all measures, 32 bits each."""
    return sum(change << 32 * place for place, change in delta)


def stored_rows(connection: Connection[Any]) -> Rows:
    """Return the rows of every table but for the packed facts."""
    rows: Rows = {}
    for name in TABLES:
        query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))
        found = connection.execute(query).fetchall()
        rows[name] = [row[:-1] if name == "petition_facts" else row for row in found]
    return _sorted(rows)


def _sorted(rows: Rows) -> Rows:
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def _kind(facts: PetitionFacts) -> tuple[str, str, str]:
    kind = facts.petition_type
    return "" if kind is None else kind.value, facts.channel.value, facts.region or ""


def _facts_row(facts: PetitionFacts) -> tuple[object, ...]:
    replies = [reply for cycle in facts.cycles if (reply := last_reply(cycle, ALWAYS))]
    return (
        facts.petition_id,
        facts.version,
        facts.number,
        facts.state.value,
        unit_at(facts, ALWAYS),
        _kind(facts)[0],
        facts.type_label or "",
        facts.category or "",
        facts.channel.value,
        facts.region or "",
        facts.enterprise or "",
        facts.imported,
        facts.submitted_at,
        facts.accepted_at,
        effective_due(facts.cycles[0], ALWAYS) if facts.cycles else None,
        replies[-1].replied_at if replies else None,
        facts.cycles[-1].closed_at if facts.cycles else None,
    )


def _board_rows(facts: PetitionFacts) -> Rows:
    petition_id = facts.petition_id
    backlog: list[tuple[object, ...]] = []
    terms: list[tuple[object, ...]] = []
    for stay, listed in enumerate(facts.backlogs, 1):
        stands = listed.cleared_at is None and stay == len(facts.backlogs)
        ended_at = ended_unanswered_at(facts) if stands else None
        unit, listed_at, cleared_at = listed.unit, listed.listed_at, listed.cleared_at
        backlog.append((petition_id, stay, unit, listed_at, cleared_at, ended_at))
        terms += [
            (petition_id, stay, number, term.since, term.promised_at, term.review_due_at)
            for number, term in enumerate(listed.terms)
        ]
    return {
        "promise": [
            (petition_id, each.cycle, each.kind.value, *each[2:])
            for each in tracked_promises(facts)
        ],
        "backlog": backlog,
        "backlog_term": terms,
        "upward_report": [(petition_id, *each) for each in upward_duties(facts)],
        "confidential_petition": [(petition_id, facts.accused_unit)] * facts.confidential,
        "public_list": _public_rows(facts),
    }


def _public_rows(facts: PetitionFacts) -> list[tuple[object, ...]]:
    """Return what the public reads: the newest reply published, unless that has ended since."""
    if facts.confidential or facts.voided_at or facts.disposed_at:
        return []
    replies = [reply for cycle in facts.cycles for reply in cycle.replies]
    shown = [
        (facts.petition_id, reply.published_version, reply.unit, reply.published_at)
        for reply in replies
        if reply.published_at and not reply.unpublished_at and not reply.returned_at
    ]
    return [*shown[-1:]]


def _task_rows(facts: PetitionFacts) -> list[tuple[object, ...]]:
    kind = _kind(facts)[0]
    return [
        (unit, facts.petition_id, task.value, due_at, since, facts.number, kind)
        for unit, task, due_at, since in tasks(facts)
    ]


def _clock_rows(facts: PetitionFacts) -> list[tuple[object, ...]]:
    hidden = facts.accused_unit if facts.confidential else None
    caption = (facts.number, _kind(facts)[0], hidden)
    rows: list[tuple[object, ...]] = []
    for clock, unit, due_at, since, holder, holder_unit, deadline, paused_at in deadline_lines(
        facts
    ):
        why: tuple[object, ...] = (None, None, False)
        if deadline is not None:
            why = (deadline.rule, deadline.calendar, deadline.provisional)
        held = (None if holder is None else holder.value, holder_unit)
        line = (facts.petition_id, clock.value, unit, due_at, since, *held, *why, paused_at)
        rows.append((*line, *caption))
    return rows
