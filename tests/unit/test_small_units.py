"""Units that few petitions have to do with stand in a process log as one."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from replay.ocel_sqlite import write_ocel_sqlite
from replay.process_case import ProcessAct, ProcessCase
from replay.process_objects import ObjectType, Qualifier, Relation
from replay.small_units import POOLED
from replay.xes import write_xes

START = datetime(2026, 9, 18, 1, tzinfo=UTC)
PETITIONS_MIN = 3


def _unit(code: str, qualifier: Qualifier = Qualifier.ACTOR) -> Relation:
    return Relation(ObjectType.UNIT, code, qualifier)


def _case(number: int, units: Iterable[str], own: ObjectType = ObjectType.PETITION) -> ProcessCase:
    """Return a stream of one act that names some units."""
    subject = Relation(own, str(UUID(int=number)), Qualifier.SUBJECT)
    topic = "petition.dispatched" if own is ObjectType.PETITION else "session.held"
    relations = (subject, *(_unit(code) for code in units))
    at = START + timedelta(hours=number)
    act = ProcessAct(
        number,
        topic,
        at,
        at,
        role="dispatcher",
        cycle=1,
        pack="",
        state="",
        working_minutes=None,
        late=False,
        backdated=False,
        relations=relations,
    )
    return ProcessCase(subject, [act])


def _log(counts: dict[str, int]) -> list[ProcessCase]:
    """Return petitions, so many for each unit."""
    units = [code for code, amount in counts.items() for _ in range(amount)]
    return [_case(number, [code]) for number, code in enumerate(units, 1)]


def _pool(path: Path, cases: list[ProcessCase]) -> tuple[frozenset[str], set[str]]:
    """Return which units were pooled, and the units of the file."""
    pooled = write_ocel_sqlite(path, cases, petitions_min=PETITIONS_MIN).pooled
    with closing(sqlite3.connect(path)) as database:
        units = database.execute("SELECT ocel_id FROM object WHERE ocel_type = 'unit'")
        return pooled, {code for (code,) in units}


@pytest.mark.parametrize(
    ("counts", "pooled"),
    [
        ({"busy": 3, "other": 4}, set()),
        ({"busy": 3, "quiet": 2, "rare": 1}, {"quiet", "rare"}),
        ({"busiest": 5, "busy": 3, "quiet": 2}, {"quiet", "busy"}),
        ({"only": 1}, {"only"}),
    ],
    ids=["none", "two", "one-gets-company", "one-of-one"],
)
def test_units_below_the_bound_are_pooled_and_never_alone(
    counts: dict[str, int], pooled: set[str], tmp_path: Path
) -> None:
    """Who has as many as the bound is named, but for the one that keeps another company."""
    found, units = _pool(tmp_path / "log.sqlite", _log(counts))
    assert found == pooled
    assert units == counts.keys() - pooled | ({POOLED} if pooled else set())


def test_session_on_many_petitions_makes_a_unit_no_larger(tmp_path: Path) -> None:
    """A unit with one petition is not named for sitting at a table with twenty."""
    session = _case(90, ["quiet", "rare"], ObjectType.SESSION)
    petitions = [
        Relation(ObjectType.PETITION, str(UUID(int=n)), Qualifier.CONCERNED) for n in range(1, 21)
    ]
    act = session.acts[0]
    session.acts[0] = act._replace(relations=(*act.relations, *petitions))
    cases = [*_log({"busy": 20, "quiet": 1, "rare": 1}), session]
    assert _pool(tmp_path / "log.sqlite", cases)[0] == {"quiet", "rare"}


def test_pooled_units_are_in_no_table_and_no_trace(tmp_path: Path) -> None:
    """Two of them in one act, or in one link, become one; nothing else is lost."""
    cases = [*_log({"busy": 4}), _case(9, ["quiet", "rare"])]
    petition = cases[-1].own
    cases[-1].links = {
        (petition, _unit("quiet", Qualifier.CONCERNED)): None,
        (petition, _unit("rare", Qualifier.CONCERNED)): None,
        (_unit("rare", Qualifier.CONCERNED), _unit("busy", Qualifier.CONCERNED)): None,
    }
    path, xes = tmp_path / "log.sqlite", tmp_path / "log.xes"
    pooled, _ = _pool(path, cases)
    assert pooled == {"quiet", "rare"}
    with closing(sqlite3.connect(path)) as database:
        acts = database.execute("SELECT * FROM event_object WHERE ocel_event_id = '9'").fetchall()
        links = database.execute("SELECT * FROM object_object").fetchall()
        (earliest,) = database.execute(
            "SELECT ocel_time FROM object_unit WHERE ocel_id = ?", [POOLED]
        ).fetchone()
    assert sorted(acts) == sorted([("9", petition.object_id, "subject"), ("9", POOLED, "actor")])
    assert sorted(links) == sorted(
        [(petition.object_id, POOLED, "concerned"), (POOLED, "busy", "concerned")]
    )
    assert earliest == "2026-09-18T02:00:00.000000Z"
    write_xes(xes, cases, pooled)
    for file in (path, xes):
        for unit in pooled:
            assert unit.encode() not in file.read_bytes()
    assert set(re.findall(r'org:resource" value="([^"]+)"', xes.read_text("utf-8"))) == {
        "busy",
        POOLED,
    }


def test_withheld_petitions_are_counted_and_lie_in_no_free_page(tmp_path: Path) -> None:
    """A tip-off that others mention is in no byte of the file."""
    cases = _log({"busy": 4})
    cases[0].is_confidential = True
    secret = cases[0].own
    mention = secret._replace(qualifier=Qualifier.CONCERNED)
    for case in cases[1:]:
        case.acts[0] = case.acts[0]._replace(relations=(*case.acts[0].relations, mention))
        case.links = {(case.own, mention._replace(qualifier=Qualifier.MERGED_INTO)): None}
    path = tmp_path / "log.sqlite"
    written = write_ocel_sqlite(path, cases)
    assert (written.events, written.withheld) == (3, 1)
    assert secret.object_id.encode() not in path.read_bytes()


def test_objects_are_found_by_their_ids(tmp_path: Path) -> None:
    """Else a log of many petitions would be read as a whole for each of them."""
    path = tmp_path / "log.sqlite"
    _pool(path, _log({"busy": 4}))
    with closing(sqlite3.connect(path)) as database:
        for table, column in (
            ("object_petition", "ocel_id"),
            ("event_object", "ocel_event_id"),
            ("object_object", "ocel_source_id"),
        ):
            query = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {column} = 'x'"  # noqa: S608 - names of ours
            assert all("SEARCH" in row[-1] for row in database.execute(query)), table
