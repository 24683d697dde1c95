"""Tests of the worklist: what a unit owes, next deadline first."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.task import TaskKind
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from projections.pages import PAGE_LEN_MAX
from projections.worklist import WorklistItem, read_worklist
from tests.histories import START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder


@pytest.mark.parametrize("limit", [1, 3, 7, PAGE_LEN_MAX])
def test_pages_join_to_the_whole_list_in_order(database: Database, limit: int) -> None:
    """However it is cut, every item comes once: by deadline, then what has none."""
    recorder = open_recorder(database)
    append_events(recorder, draw_log(51, 60))
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    with database.connect(Role.APP) as connection:
        units = [row[0] for row in connection.execute("SELECT DISTINCT unit FROM worklist")]
        assert "" in units
        for unit in units:
            items: list[WorklistItem] = []
            page = read_worklist(connection, unit, limit=limit)
            while page:
                items += page
                page = read_worklist(connection, unit, limit=limit, after=page[-1].place)
            row = connection.execute("SELECT count(*) FROM worklist WHERE unit = %s", [unit])
            assert row.fetchone() == (len(items),)
            assert len(set(items)) == len(items)
            assert items == sorted(items, key=_order)


def _order(item: WorklistItem) -> tuple[object, ...]:
    never = START + timedelta(days=10_000)
    return item.due_at is None, item.due_at or never, item.petition_id, item.task


def test_hottest_page_is_read_by_index(database: Database) -> None:
    """At fifty thousand tasks a page is found by index, without sorting them all."""
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        connection.execute(
            """INSERT INTO worklist (unit, petition_id, task, due_at, since, petition_type)
            SELECT 'u' || n %% 60, gen_random_uuid(), %s,
                %s + n * interval '1 minute', %s, 'appeal'
            FROM generate_series(1, 50000) AS n""",
            [TaskKind.TO_HANDLE, START, START],
        )
        connection.execute("ANALYZE worklist")
        from projections.worklist import QUERIES

        parameters = {
            "unit": "u7",
            "after_due_at": START,
            "after_petition_id": UUID(int=0),
            "after_task": "",
            "limit": 50,
        }
        plan = connection.execute(
            b"EXPLAIN " + QUERIES["read_dated_tasks"].encode(), parameters
        ).fetchall()
    text = "\n".join(row[0] for row in plan)
    assert "worklist_unit_due_at_petition_id_idx" in text
    assert "Seq Scan" not in text


def test_page_length_is_bounded(database: Database) -> None:
    """A page of no or too many items is refused."""
    with database.connect(Role.APP) as connection:
        for limit in (0, PAGE_LEN_MAX + 1):
            with pytest.raises(ValueError, match="limit"):
                read_worklist(connection, "", limit=limit)
