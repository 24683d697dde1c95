"""What a panel excludes leaves the score, live and in the log, and every score opens."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from commands.failures import Exit
from commands.main import run
from domain.assessment import ExclusionReason, ScoreComponent
from domain.assessment_commands import AdjudicateAppeal, AppealAssessment
from domain.counts import Counts
from domain.dimension import Dimension
from domain.metrics import judge
from domain.petition_fold import fold_all
from domain.score_rules import CURRENT_SCORE
from domain.scoring import unit_score
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from projections.opened_score import CASES, EXCLUDED, open_score
from projections.rate_queries import CountsAnswer, read_counts
from projections.scope import Cohort
from projections.score_exclusions import read_excluded, read_exclusions
from projections.unit_score import read_unit_scores
from replay.exclusions import replay_excluded
from tests.histories import START
from tests.integration.government_log import life
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.integration.test_report_command import connect_by
from tests.unit.resource_story import Deed

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
AS_OF: Final = START + timedelta(days=40)
EVENTS: Final = draw_log(23, 120)
PANEL: Final = ("r1", "r2", "r3")


def _excluded_petition() -> tuple[str, UUID]:
    """Return a unit and a petition that counts for it in the base set."""
    for petition_id in dict.fromkeys(event.originator_id for event in EVENTS):
        facts = fold_all(event for event in EVENTS if event.originator_id == petition_id)
        for unit, vector in judge(facts, AS_OF).items():
            if unit and Counts(vector)["base"]:
                return unit, petition_id
    raise AssertionError("no petition counts")


UNIT, PETITION = _excluded_petition()


def appeal(excluded_by: ExclusionReason | None) -> tuple[Deed, Deed]:
    """Return an objection of the unit and how the panel decided it."""
    return (
        Deed(
            AppealAssessment(
                petition_id=PETITION, component=ScoreComponent.ONTIME, reason="派单错误"
            ),
            Actor.DEPARTMENT_HEAD,
            unit=UNIT,
        ),
        Deed(
            AdjudicateAppeal(excluded_by=excluded_by, panel=PANEL, note="情况属实"),
            Actor.REVIEWER,
        ),
    )


@pytest.fixture
def connection(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection to a ledger in which one appeal was upheld and one was not."""
    upheld, rejected = appeal(ExclusionReason.WRONG_UNIT), appeal(None)
    recorder = open_recorder(database)
    append_events(recorder, EVENTS)
    append_events(recorder, [*life(900, *upheld), *life(901, *rejected)])
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as projecting:
        Engine(projecting, MODELS).catch_up()
    with database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def asked(connection: Connection[Any], cohort: Cohort | None = None) -> CountsAnswer:
    """Return the counts by unit."""
    return read_counts(connection, Dimension.UNIT, as_of=AS_OF, zone=SHANGHAI, cohort=cohort)


def test_upheld_appeal_takes_the_petition_out_of_that_score(connection: Connection[Any]) -> None:
    """Once, although two appeals name it; the rates of the unit keep it."""
    answer = asked(connection)
    facts = fold_all(event for event in EVENTS if event.originator_id == PETITION)
    gone = Counts(judge(facts, AS_OF)[UNIT])
    assert read_excluded(connection, answer) == {UNIT: gone}
    scores = read_unit_scores(connection, as_of=AS_OF, zone=SHANGHAI, cases_min=1)
    (line,) = (line for line in scores.ranked if line.unit == UNIT)
    assert line.score == unit_score(answer.rows[UNIT] - gone)
    assert line.score.cases == answer.rows[UNIT]["base"] - 1
    assert scores.excluded == {UNIT: 1}


def test_exclusion_follows_the_cohort(connection: Connection[Any]) -> None:
    """A petition of another period was never in the score."""
    later = Cohort(datetime(2090, 1, 1, tzinfo=UTC), datetime(2091, 1, 1, tzinfo=UTC))
    assert read_excluded(connection, asked(connection, later)) == {}


def test_exclusion_is_known_from_its_position_on(connection: Connection[Any]) -> None:
    """A report of an earlier position is computed as the score was then."""
    answer = asked(connection)
    head = len(EVENTS) + 4
    expected = read_excluded(connection, answer)
    decided = len(EVENTS) + 2
    for position, excluded in ((head, expected), (decided, expected), (decided - 1, {})):
        at = CountsAnswer(position, AS_OF, Dimension.UNIT, answer.scope, None, answer.rows)
        assert replay_excluded(connection, at) == excluded


def test_opened_score_sums_up_to_its_parts(connection: Connection[Any]) -> None:
    """The petitions listed behind each part add up to n, d and occurrences of the score."""
    answer = asked(connection)
    excluded = read_exclusions(connection)
    lines = open_score(connection, UNIT, answer, excluded)
    left = answer.rows[UNIT] - read_excluded(connection, answer)[UNIT]
    score = unit_score(left)
    assert sum(line.n for line in lines if line.part == CASES) == score.cases > 5
    for part in score.components:
        of_part = [line for line in lines if line.part == part.rate_id]
        assert sum(line.n for line in of_part) == part.rate.n
        assert sum(line.d or 0 for line in of_part) == part.rate.d
    for penalty in CURRENT_SCORE.penalties:
        times = sum(line.n for line in lines if line.part == penalty.penalty_id)
        assert times == score.occurrences[penalty.penalty_id]
    (out,) = (line for line in lines if line.part == EXCLUDED)
    assert out.petition_id == PETITION
    for line in lines:
        streams = {EVENTS[position - 1].originator_id for position in line.positions}
        assert streams == {line.petition_id}


def test_ranking_command_opens_a_score(
    connection: Connection[Any], database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table and the JSON name petitions and positions; an unknown unit is not found."""
    with database.connect(Role.PROJECTOR) as writer:
        writer.execute(
            "INSERT INTO unit (unit, name_zh, name_en, tier, kind) "
            "VALUES (%s, '水务局', 'Water', 'city', 'department')",
            [UNIT],
        )
    environ = connect_by(database)
    arguments = ["report", "ranking", "--open", UNIT, "--as-of", AS_OF.isoformat()]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["definitions"][0] == "unit_score@2"
    excluded = read_exclusions(connection)
    assert len(document["lines"]) == len(open_score(connection, UNIT, asked(connection), excluded))
    assert run(arguments, environ, version="0") == Exit.DONE
    assert "Water" in capsys.readouterr().out
    assert run(["report", "ranking", "--open", "nobody"], environ, version="0") == Exit.NOT_FOUND
