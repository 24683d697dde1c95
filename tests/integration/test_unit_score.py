"""Without this file a unit could lead a ranking by luck."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection
from psycopg.rows import TupleRow

from domain.cycle_facts import Answer, Cycle, Reply
from domain.dimension import Dimension
from domain.petition_facts import Assignment, PetitionFacts
from domain.rates import RATES
from domain.vocabulary import Channel, Outcome, PetitionState, Satisfaction
from ledger.database import Database, Role
from projections.rate_queries import read_counts
from projections.scope import EVERYTHING, Scope
from projections.unit_score import rank_by_rate, read_unit_names, read_unit_scores
from tests.integration.petition_rows import START, insert_petitions, make_facts

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
LATER: Final = START + timedelta(days=400)


def rated(number: int, unit: str, satisfaction: Satisfaction) -> PetitionFacts:
    """Return a closed petition with an answer."""
    at = START + timedelta(hours=1)
    cycle = Cycle(START, None)
    cycle.replies.append(Reply(at, unit, Outcome.RESOLVED))
    cycle.answers.append(Answer(at, None, satisfaction, by_callback=True, third_party=False))
    cycle.closed_at = at
    return PetitionFacts(
        petition_id=UUID(int=number + 1),
        version=5,
        state=PetitionState.CLOSED,
        state_since=at,
        submitted_at=START,
        changed_at=at,
        channel=Channel.WEB,
        accepted_at=START,
        assignments=[
            Assignment(
                unit=unit,
                lead=True,
                dispatched_at=START,
                sign_due_at=None,
                contact_due_at=None,
                return_until=None,
            )
        ],
        cycles=[cycle],
    )


def satisfied(shares: dict[str, tuple[int, int]]) -> list[PetitionFacts]:
    """Return petitions of which n of d of each unit were found satisfactory."""
    petitions: list[PetitionFacts] = []
    for unit, (n, d) in shares.items():
        for place in range(d):
            answer = Satisfaction.SATISFIED if place < n else Satisfaction.DISSATISFIED
            petitions.append(rated(len(petitions), unit, answer))
    return petitions


@pytest.fixture
def connection(database: Database) -> Iterator[Connection[TupleRow]]:
    """Yield a connection to a ledger with units of very different size."""
    shares = {
        "small": (22, 22),
        "large": (980, 1000),
        "twin-a": (30, 40),
        "twin-b": (30, 40),
        "few": (9, 9),
    }
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, satisfied(shares), SHANGHAI)
        writer.execute(
            "INSERT INTO unit (unit, name_zh, name_en, tier, kind) "
            "VALUES ('large', '住建局', 'Housing', 'city', 'department')"
        )
        writer.commit()
    with database.connect(Role.APP) as reader:
        yield reader


def test_unit_scores_never_let_a_small_sample_lead(connection: Connection[TupleRow]) -> None:
    """22 of 22 stands below 980 of 1,000; equals share a place; nine cases have none."""
    scores = read_unit_scores(connection, as_of=LATER, zone=SHANGHAI)
    assert [(line.rank, line.unit) for line in scores.ranked] == [
        (1, "large"),
        (2, "small"),
        (3, "twin-a"),
        (3, "twin-b"),
    ]
    assert [(line.rank, line.unit) for line in scores.unranked] == [(None, "few")]


def test_unit_scores_also_rank_inside_volume_groups(connection: Connection[TupleRow]) -> None:
    """A unit is compared with units of like volume too."""
    scores = read_unit_scores(connection, as_of=LATER, zone=SHANGHAI)
    groups = {
        line.unit: (line.group.en if line.group else None, line.group_rank)
        for line in (*scores.ranked, *scores.unranked)
    }
    assert groups == {
        "large": ("1000 cases or more", 1),
        "small": ("10–49 cases", 1),
        "twin-a": ("10–49 cases", 2),
        "twin-b": ("10–49 cases", 2),
        "few": (None, None),
    }


def test_unit_scores_say_what_is_missing(connection: Connection[TupleRow]) -> None:
    """Components nobody could be measured by are named, their weight is carried by the rest."""
    scores = read_unit_scores(connection, as_of=LATER, zone=SHANGHAI)
    assert scores.ranked[1].score.missing == (
        "response_rate",
        "ontime_rate.original",
        "resolution_rate.petitioner",
        "first_pass_rate",
    )
    assert str(scores.ranked[1].score.points) == "85.13"


def test_rank_by_rate_compares_the_rate_alone(connection: Connection[TupleRow]) -> None:
    """The plain ranking puts 22 of 22 first, for that is what its reader asked for."""
    counts = read_counts(connection, Dimension.UNIT, as_of=LATER, zone=SHANGHAI)
    found = rank_by_rate(counts, RATES["satisfaction_rate.strict"])
    assert [line.key for line in found.ranking.ranked] == ["small", "large", "twin-a", "twin-b"]
    assert found.rates["large"] == (980, 1000)


def test_hub_is_listed_without_a_rank(database: Database) -> None:
    """Petitions that nobody was ordered to handle belong to no unit that could be ranked."""
    random = Random(5)  # noqa: S311 - a repeatable case
    petitions = [make_facts(random, number) for number in range(300)]
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, petitions, SHANGHAI)
    with database.connect(Role.APP) as reader:
        scores = read_unit_scores(reader, as_of=LATER, zone=SHANGHAI, cases_min=1)
    assert "" in [line.unit for line in scores.unranked]


def test_unit_names_come_in_both_languages(connection: Connection[TupleRow]) -> None:
    """The roster gives the names that a ranking shows."""
    assert read_unit_names(connection) == {"large": ("住建局", "Housing")}


def test_score_leaves_out_what_a_panel_excluded_and_no_rate_does(
    database: Database,
) -> None:
    """In the unit's own score alone, also as of before the decision; a rejected appeal is none."""
    petitions = satisfied({"appealing": (10, 11), "other": (10, 11)})
    unhappy = UUID(int=11)
    decided_at = START + timedelta(days=30)
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        insert_petitions(connection, petitions, SHANGHAI)
        connection.execute(
            """
            INSERT INTO assessment_appeal (
                appeal_id, unit, petition_id, component, state, appealed_at, decided_at, excluded_by
            )
            VALUES
                (%(first)s, 'appealing', %(petition)s, 'satisfaction', 'excluded', %(at)s, %(at)s,
                 'wrong_unit'),
                (%(second)s, 'other', %(rejected)s, 'satisfaction', 'rejected', %(at)s, %(at)s,
                 NULL)
            """,
            {
                "first": UUID(int=901),
                "second": UUID(int=902),
                "petition": unhappy,
                "rejected": UUID(int=22),
                "at": decided_at,
            },
        )
        _check_exclusion(connection, decided_at)


def _check_exclusion(connection: Connection[TupleRow], decided_at: datetime) -> None:
    def cases(as_of: datetime, scope: Scope = EVERYTHING) -> dict[str, int]:
        scores = read_unit_scores(connection, as_of=as_of, zone=SHANGHAI, scope=scope)
        return {line.unit: line.score.cases for line in (*scores.ranked, *scores.unranked)}

    before = cases(decided_at - timedelta(seconds=1))
    after = cases(LATER)
    assert before["appealing"] == before["other"] - 1
    assert after["appealing"] == after["other"] - 1
    elsewhere = Scope(channel="phone")
    assert cases(LATER, elsewhere) == {}
    counts = read_counts(connection, Dimension.UNIT, as_of=LATER, zone=SHANGHAI)
    assert counts.rows["appealing"] == counts.rows["other"]
