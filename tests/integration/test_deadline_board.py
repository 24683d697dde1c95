"""Tests of the deadline board: which clocks run out next, in whose hands, and why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.confidentiality import MarkConfidential
from domain.reasons import SuspensionReason
from domain.suspensions import SuspendPetition
from domain.vocabulary import Clock, Holder, PetitionType, Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.database import Role as Login
from projections.deadline_board import (
    QUERIES,
    BoardLine,
    read_deadline_board,
)
from projections.engine import Engine
from projections.models import MODELS
from projections.pages import PAGE_LEN_MAX
from tests.histories import START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.integration.opened_ledger import (
    FRIDAY,
    HostClock,
    accepted,
    dispatched,
    opened_ledger,
    person,
    signed,
    submitted,
)

DAY = timedelta(days=1)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return an opened ledger with the plain pack in force."""
    with opened_ledger(database, HostClock(FRIDAY + 3 * DAY)) as ledger:
        yield ledger


def board(database: Database, at: datetime, **filters: object) -> list[BoardLine]:
    """Return the board's first page, brought up to date."""
    with database.connect(Login.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    with database.connect(Login.APP) as connection:
        return read_deadline_board(connection, at, limit=PAGE_LEN_MAX, **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [1, 3, PAGE_LEN_MAX])
def test_pages_join_to_the_whole_board_in_order(database: Database, limit: int) -> None:
    """However it is cut, every clock comes once, the earliest due first."""
    recorder = open_recorder(database)
    append_events(recorder, draw_log(52, 60))
    recorder.close()
    board(database, START)
    with database.connect(Login.APP) as connection:
        for unit in (None, "", "water", "roads"):
            lines: list[BoardLine] = []
            page = read_deadline_board(connection, START, limit=limit, unit=unit)
            while page:
                lines += page
                last = page[-1].place
                page = read_deadline_board(connection, START, limit=limit, unit=unit, after=last)
            query = "SELECT count(*) FROM deadline_board WHERE unit = %s OR %s::text IS NULL"
            assert connection.execute(query, [unit, unit]).fetchone() == (len(lines),)
            assert lines
            assert [line.place for line in lines] == sorted({line.place for line in lines})


def test_line_says_who_holds_it_why_and_how_much_is_spent(
    database: Database, ledger: PetitionLedger
) -> None:
    """Of ten working days from a Friday on, the make-up Sunday is the first."""
    petition_id = signed(ledger, FRIDAY)
    (line,) = board(database, FRIDAY + 5 * DAY, clock=Clock.REPLY)
    assert line.petition_id == petition_id
    assert (line.unit, line.holder, line.holder_unit) == ("bureau", Holder.UNIT, "bureau")
    assert (line.rule, line.calendar) == ("plain@1/appeal: 10 working_day", "cn@2026")
    assert (line.provisional, line.paused_at) == (False, None)
    assert line.since == FRIDAY
    # Friday from nine, the make-up Sunday, Monday, Tuesday, and Wednesday up to nine.
    assert line.spent_minutes == 60 * (15 + 24 + 24 + 24 + 9)
    assert line.whole_minutes == 60 * (15 + 10 * 24)
    assert not line.is_overdue(line.due_at)
    assert line.is_overdue(line.due_at + timedelta(microseconds=1))


def test_every_clock_with_a_rule_names_it(database: Database, ledger: PetitionLedger) -> None:
    """Units' clocks and the hub's alike; before acceptance the petition is in the hub's hands."""
    submitted(ledger, FRIDAY)
    dispatched(ledger, FRIDAY, "bureau", ("roads",))
    lines = board(database, FRIDAY)
    found = {(line.clock, line.unit): (line.holder, line.rule) for line in lines}
    assert found[Clock.ACCEPT, ""] == (Holder.HUB, "plain@1/consultation: 1 working_day")
    assert found[Clock.SIGN, "roads"] == (Holder.UNIT, "plain@1/appeal: 1 working_day")
    assert all(line.rule and line.calendar for line in lines)
    assert {line.clock for line in lines} == {
        Clock.ACCEPT,
        Clock.REPLY,
        Clock.SIGN,
        Clock.CONTACT,
    }


def test_filters_are_unit_kind_and_overdue(database: Database, ledger: PetitionLedger) -> None:
    """An act at the due itself is on time, so a clock is overdue only after it."""
    dispatched(ledger, FRIDAY, "bureau", ("roads",))
    due_at = board(database, FRIDAY, clock=Clock.SIGN)[0].due_at
    assert {line.unit for line in board(database, FRIDAY, unit="roads")} == {"roads"}
    kinds = board(database, FRIDAY, unit="roads", clock=Clock.SIGN)
    assert [line.clock for line in kinds] == [Clock.SIGN]
    assert board(database, due_at, overdue=True) == []
    late = board(database, due_at + timedelta(seconds=1), clock=Clock.SIGN, overdue=True)
    assert sorted(line.unit for line in late) == ["bureau", "roads"]


def test_suspended_clock_stands_still_and_is_never_overdue(
    database: Database, ledger: PetitionLedger
) -> None:
    """What is spent stays as it was when the petition was suspended."""
    petition_id = signed(ledger, FRIDAY)
    at = FRIDAY + 3 * DAY
    command = SuspendPetition(
        reason=SuspensionReason.PETITIONER_MATERIAL,
        asked_by="handler-1",
        note="待补材料。",
        occurred_at=at,
    )
    ledger.apply(petition_id, command, person(Role.DISPATCHER, "hub"))
    lines = {line.clock: line for line in board(database, at + 20 * DAY)}
    reply = lines[Clock.REPLY]
    assert (reply.paused_at, reply.holder) == (at, Holder.PETITIONER)
    assert reply.spent_minutes == 60 * (15 + 24 + 9)
    assert reply.whole_minutes == 60 * (15 + 10 * 24)
    assert not reply.is_overdue(at + 60 * DAY)
    assert lines[Clock.SUSPENSION].paused_at is None
    overdue = board(database, at + 60 * DAY, overdue=True)
    assert Clock.REPLY not in {line.clock for line in overdue}


def test_confidential_petition_is_never_on_the_board_of_whom_it_accuses(
    database: Database, ledger: PetitionLedger
) -> None:
    """Neither over all units nor under its own filter; everybody else sees it."""
    shown = dispatched(ledger, FRIDAY, "bureau")
    secret = accepted(ledger, FRIDAY, petition_type=PetitionType.APPEAL)
    mark = MarkConfidential(accused_unit="roads", reason="举报。", occurred_at=FRIDAY)
    ledger.apply(secret, mark, person(Role.DISPATCHER, "hub"))
    viewers = (((), True), (("bureau",), True), (("roads",), False), (("heir", "roads"), False))
    for viewer, is_seen in viewers:
        for filters in ({}, {"unit": ""}):
            lines = board(database, FRIDAY, viewer_units=viewer, **filters)
            assert (secret in {line.petition_id for line in lines}) is is_seen
        lines = board(database, FRIDAY, viewer_units=viewer)
        assert shown in {line.petition_id for line in lines}


def test_hottest_pages_are_read_by_index(database: Database) -> None:
    """At fifty thousand clocks a page is found by index, without sorting them all."""
    with database.connect(Login.PROJECTOR, autocommit=True) as connection:
        connection.execute(
            """INSERT INTO deadline_board (petition_id, clock, unit, due_at, since, holder_unit,
                provisional, petition_type)
            SELECT gen_random_uuid(), 'reply', 'u' || n %% 60,
                %s + n * interval '1 minute', %s, '', false, 'appeal'
            FROM generate_series(1, 50000) AS n""",
            [START, START],
        )
        connection.execute(
            """INSERT INTO petition_facts (petition_id, version, state, unit, petition_type,
                type_label, category, channel, region, enterprise, imported, submitted_at, facts)
            SELECT petition_id, 1, '', '', '', '', '', '', '', '', false, due_at, ''
            FROM deadline_board"""
        )
        connection.execute("ANALYZE deadline_board, petition_facts")
        parameters: dict[str, object] = {
            "unit": "u7",
            "clock": None,
            "overdue": False,
            "until": datetime(9999, 1, 1, tzinfo=UTC),
            "viewer_units": [],
            "after_due_at": START,
            "after_petition_id": UUID(int=0),
            "after_clock": "",
            "after_unit": "",
            "limit": 50,
        }
        for name, index in (
            ("read_clocks", "deadline_board_due_at_idx"),
            ("read_unit_clocks", "deadline_board_unit_due_at_idx"),
        ):
            plan = connection.execute(b"EXPLAIN " + QUERIES[name].encode(), parameters).fetchall()
            text = "\n".join(row[0] for row in plan)
            assert index in text
            assert "Seq Scan" not in text


def test_page_length_is_bounded(database: Database) -> None:
    """A page of no or too many lines is refused."""
    with database.connect(Login.APP) as connection:
        for limit in (0, PAGE_LEN_MAX + 1):
            with pytest.raises(ValueError, match="limit"):
                read_deadline_board(connection, START, limit=limit)
