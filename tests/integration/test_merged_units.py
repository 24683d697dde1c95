"""Figures of merged units: from the day of the merger on its heir has them, and none is lost."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

import pytest
from psycopg import Connection

from domain.assessment import ExclusionReason, ScoreComponent
from domain.assessment_commands import AdjudicateAppeal, AppealAssessment
from domain.calendar_cn import find_calendar
from domain.counts import Counts, check_identities
from domain.custody import Charge, Custody
from domain.dimension import Dimension
from domain.limit import TimeUnit
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.rates import RATES
from domain.succession import UnitSucceededError
from domain.vocabulary import Holder
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from projections.backlog import read_backlog
from projections.case_statistics import (
    AnswerLimit,
    read_answered_within,
)
from projections.custody_sums import sum_custody
from projections.deadline_board import BoardLine, read_deadline_board
from projections.opened_score import CASES, EXCLUDED, open_score
from projections.promise_ledger import read_promises
from projections.rate_queries import CountsAnswer, read_counts
from projections.scope import Cohort, Scope
from projections.score_exclusions import read_excluded, read_exclusions
from projections.succession import read_succession
from projections.unit_score import rank_by_rate, read_unit_scores
from projections.upward_reports import read_upward_reports
from replay.exclusions import replay_excluded
from replay.figures import head_position, replay_counts
from tests.histories import START
from tests.integration.closed_times import closed_times
from tests.integration.government_log import life
from tests.integration.merged_log import (
    END,
    MERGED_AT,
    SHANGHAI,
    SPLIT_AT,
    TICK,
    append_merged,
    petitions,
)
from tests.integration.test_case_statistics import overdue_of
from tests.unit.resource_story import Deed

CLOSURE = RATES["closure_rate"]
PAIR = ("water", "power")
AS_DISPATCHED = Scope(as_dispatched=True)
INSTANTS = (MERGED_AT - TICK, MERGED_AT, SPLIT_AT - TICK, SPLIT_AT, END)
COHORT = Cohort(START, MERGED_AT)


@pytest.fixture(scope="module")
def known_before(module_database: Database) -> int:
    """Return the last position before anybody knew of a merger, in a projected ledger."""
    return append_merged(module_database)


@pytest.fixture
def connection(module_database: Database, known_before: int) -> Iterator[Connection[Any]]:
    """Yield a connection to the ledger in which units merged."""
    assert known_before
    with module_database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def read(
    connection: Connection[Any],
    as_of: datetime,
    scope: Scope | None = None,
    by: Dimension = Dimension.UNIT,
) -> CountsAnswer:
    """Return counts of the read models, by unit."""
    return read_counts(connection, by, as_of=as_of, zone=SHANGHAI, scope=scope or Scope())


def both(answer: CountsAnswer) -> Counts:
    """Return the sum of what water and power count for."""
    return reduce(add, (answer.rows[unit] for unit in PAIR))


def test_heir_has_the_figures_of_merged_units_from_the_day_on(
    connection: Connection[Any],
) -> None:
    """The day before A and B stand apart, on the day C has their sums; the total is the same."""
    before = read(connection, MERGED_AT - TICK)
    assert {*PAIR} <= before.rows.keys()
    assert "bureau" not in before.rows
    after, apart = read(connection, MERGED_AT), read(connection, MERGED_AT, AS_DISPATCHED)
    assert not {*PAIR} & after.rows.keys()
    assert "bureau" not in apart.rows
    assert after.rows["bureau"] == both(apart)
    a, b = (apart.rate(CLOSURE, unit) for unit in PAIR)
    assert min(a.d, b.d) > 0
    rate = after.rate(CLOSURE, "bureau")
    assert (rate.n, rate.d) == (a.n + b.n, a.d + b.d)
    assert after.total == apart.total
    check_identities(after.rows["bureau"])
    # A second before the day the verdicts are the same, and so are all sums.
    assert both(before)["received"] == both(apart)["received"] > 0


def test_heir_of_a_split_has_what_the_unit_was_dispatched(connection: Connection[Any]) -> None:
    """Gardens has all that parks had, roads only its own."""
    before, after = read(connection, SPLIT_AT - TICK), read(connection, SPLIT_AT)
    assert before.rows["parks"]["received"] == after.rows["gardens"]["received"] > 0
    assert "parks" not in after.rows
    apart = read(connection, SPLIT_AT, AS_DISPATCHED)
    assert after.rows["gardens"] == apart.rows["parks"]
    assert after.rows["roads"] == apart.rows["roads"]


@pytest.mark.parametrize("by", list(Dimension))
@pytest.mark.parametrize("cohort", [None, COHORT], ids=["all", "cohort"])
def test_replayed_counts_follow_the_same_heirs(
    connection: Connection[Any], by: Dimension, cohort: Cohort | None
) -> None:
    """Live and replayed counts agree before and after a merger, whatever is asked."""
    head = head_position(connection)
    scopes = [Scope(), Scope(unit="roads"), Scope(unit=""), Scope(unit="water", as_dispatched=True)]
    for as_of in INSTANTS:
        units = [Scope(unit="water" if as_of < MERGED_AT else "bureau")]
        units.append(Scope(unit="parks" if as_of < SPLIT_AT else "gardens", channel="web"))
        for scope in (*scopes, AS_DISPATCHED, *units):
            live = read_counts(
                connection, by, as_of=as_of, zone=SHANGHAI, scope=scope, cohort=cohort
            )
            replayed = replay_counts(
                connection, by, as_of=as_of, position=head, scope=scope, cohort=cohort
            )
            assert replayed == live


def test_counts_as_known_before_a_merger_follow_no_heir(
    connection: Connection[Any], known_before: int
) -> None:
    """Before anybody knew of the merger every unit stood for itself, whatever the day."""
    head = head_position(connection)
    for as_of in INSTANTS:
        known, later = (
            replay_counts(connection, Dimension.UNIT, as_of=as_of, position=position)
            for position in (known_before, head)
        )
        assert known.rows == read(connection, as_of, AS_DISPATCHED).rows
        assert known.total == later.total
        assert (known.rows == later.rows) == (as_of < MERGED_AT)


def test_scope_of_one_unit_holds_what_its_predecessors_were_dispatched(
    connection: Connection[Any],
) -> None:
    """The heir's total is its row; a merged unit has no figures of its own any more."""
    rows = read(connection, END).rows
    for by in (Dimension.TOTAL, Dimension.TYPE, Dimension.CHANNEL, Dimension.UNIT):
        answer = read(connection, END, Scope(unit="bureau"), by)
        assert answer.total == rows["bureau"]
    with pytest.raises(UnitSucceededError, match="bureau"):
        read(connection, END, Scope(unit="water"))
    with pytest.raises(UnitSucceededError):
        replay_counts(
            connection,
            Dimension.TOTAL,
            as_of=END,
            position=head_position(connection),
            scope=Scope(unit="water"),
        )
    apart = read(connection, END, Scope(unit="water", as_dispatched=True), Dimension.TOTAL)
    assert apart.total == read(connection, END, AS_DISPATCHED).rows["water"]


def test_figures_of_two_instants_can_be_of_the_same_units(connection: Connection[Any]) -> None:
    """For a comparison the units of the later instant report the earlier one too."""
    live = read(connection, MERGED_AT - TICK, Scope(units_at=MERGED_AT))
    assert live.rows["bureau"] == both(read(connection, MERGED_AT - TICK))
    replayed = replay_counts(
        connection,
        Dimension.UNIT,
        as_of=MERGED_AT - TICK,
        position=head_position(connection),
        scope=Scope(units_at=MERGED_AT),
    )
    assert replayed == live


def test_rankings_place_the_heir_and_not_the_merged_units(connection: Connection[Any]) -> None:
    """By score and by rate; as dispatched, the old units have places."""
    for scope, listed in ((Scope(), {"bureau", "gardens"}), (AS_DISPATCHED, {*PAIR, "parks"})):
        scores = read_unit_scores(connection, as_of=END, zone=SHANGHAI, scope=scope, cases_min=1)
        assert {line.unit for line in scores.ranked} == {"roads", *listed}
        ranking = rank_by_rate(read(connection, END, scope), CLOSURE, 1).ranking
        assert {line.key for line in ranking.ranked} - {""} == {"roads", *listed}


def _counted_for(unit: str) -> PetitionFacts:
    return next(
        facts
        for facts in petitions()
        if Counts(judge(facts, END).get(unit, Counts().vector))["base"]
    )


@pytest.mark.parametrize("appellant", ["water", "bureau"])
def test_upheld_appeal_takes_the_petition_out_of_the_heirs_score(
    database: Database, appellant: str
) -> None:
    """Whether the merged unit objected, or its heir; the opened score shows it once."""
    facts = _counted_for("water")
    appeal = AppealAssessment(
        petition_id=facts.petition_id, component=ScoreComponent.ONTIME, reason="派单错误"
    )
    decided = AdjudicateAppeal(
        excluded_by=ExclusionReason.WRONG_UNIT, panel=("r1", "r2", "r3"), note="情况属实"
    )
    deeds = Deed(appeal, Actor.DEPARTMENT_HEAD, unit=appellant), Deed(decided, Actor.REVIEWER)
    append_merged(database, *life(900, *deeds))
    with database.connect(Role.APP, autocommit=True) as connection:
        answer = read(connection, END)
        gone = [Counts(vector) for unit, vector in judge(facts, END).items() if unit in PAIR]
        assert read_excluded(connection, answer) == {"bureau": reduce(add, gone)}
        assert replay_excluded(connection, answer) == read_excluded(connection, answer)
        lines = open_score(connection, "bureau", answer, read_exclusions(connection))
        cases = sum(line.n for line in lines if line.part == CASES)
        scores = read_unit_scores(connection, as_of=END, zone=SHANGHAI, cases_min=1)
        (line,) = (line for line in scores.ranked if line.unit == "bureau")
        assert line.score.cases == cases == answer.rows["bureau"]["base"] - 1
        (out,) = (line for line in lines if line.part == EXCLUDED)
        assert out.petition_id == facts.petition_id
        apart = read_excluded(connection, read(connection, END, AS_DISPATCHED))
        assert set(apart) == ({"water"} if appellant == "water" else set())


@pytest.mark.parametrize("as_of", [END, None], ids=["judged", "columns"])
def test_case_statistics_follow_the_heirs(
    connection: Connection[Any], as_of: datetime | None
) -> None:
    """Handling times, shares answered in time and overdue counts: the heir has both units'."""
    limit = AnswerLimit(5, TimeUnit.CALENDAR_DAY, find_calendar("cn@2026"), SHANGHAI)

    def figures(scope: Scope) -> list[dict[str, int]]:
        by = Dimension.UNIT
        times = closed_times(connection, by, as_of=as_of or END, scope=scope)
        shares = read_answered_within(connection, by, limit, now=END, as_of=as_of, scope=scope)
        return [
            {unit: each.count for unit, each in times.items()},
            {unit: each.d for unit, each in shares.rows.items()},
            overdue_of(connection, by, now=END, as_of=as_of, scope=scope),
        ]

    merged, apart = figures(Scope()), figures(AS_DISPATCHED)
    of_heir = figures(Scope(unit="bureau"))
    for with_heir, as_sent, alone in zip(merged, apart, of_heir, strict=True):
        assert not {*PAIR, "parks"} & with_heir.keys()
        assert with_heir.get("bureau", 0) == sum(as_sent.get(unit, 0) for unit in PAIR)
        assert sum(with_heir.values()) == sum(as_sent.values())
        assert sum(alone.values()) == with_heir.get("bureau", 0)
    assert merged[0]["bureau"] > 0


def test_custody_counts_a_petition_of_two_merged_units_once(connection: Connection[Any]) -> None:
    """The heir has the minutes of both; without heirs each unit keeps its own."""

    def charge(facts: PetitionFacts) -> Custody:
        del facts
        parts = (Charge(Holder.UNIT, "water", 10), Charge(Holder.UNIT, "power", 5))
        return Custody(15, parts)

    connection.autocommit = False
    succession = read_succession(connection, END, SHANGHAI)
    sums = sum_custody(connection, START, END, charge, succession=succession)
    apart = sum_custody(connection, START, END, charge)
    (part,) = sums.parts
    assert (part.unit, part.petitions, part.minutes) == ("bureau", sums.petitions, sums.whole)
    assert sums.petitions > 0
    assert [(each.unit, each.petitions) for each in apart.parts] == [
        ("water", sums.petitions),
        ("power", sums.petitions),
    ]


def test_boards_of_the_heir_list_what_merged_units_left(connection: Connection[Any]) -> None:
    """Asked for the heir, or by an old code, a board lists the lines of one office."""
    boards = (read_backlog, read_promises, read_upward_reports, read_deadline_board)
    listed = 0
    for board in boards:
        every = board(connection, END, limit=500)
        office = [line for line in every if _unit(line) in {*PAIR, "bureau"}]
        for unit in ("bureau", "water"):
            assert board(connection, END, limit=500, unit=unit) == office
        early = board(connection, MERGED_AT - TICK, limit=500, unit="water")
        assert {_unit(line) for line in early} <= {"water"}
        listed += len({_unit(line) for line in office})
    assert listed >= len(boards)


def _unit(line: object) -> str:
    return str(getattr(getattr(line, "duty", line), "unit"))  # noqa: B009 - of several kinds


def test_deadline_board_of_an_office_is_walked_page_by_page(connection: Connection[Any]) -> None:
    """Pages of one line meet each clock of the merged units once, in order."""
    whole = read_deadline_board(connection, END, limit=500, unit="bureau")
    assert {line.unit for line in whole} == {*PAIR}
    walked: list[BoardLine] = []
    page = read_deadline_board(connection, END, limit=1, unit="bureau")
    while page:
        walked += page
        page = read_deadline_board(connection, END, limit=1, unit="bureau", after=page[-1].place)
    assert walked == whole
