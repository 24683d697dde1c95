"""Files become events once, and every row is accounted for."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.petition_fold import fold_all
from domain.roster import Roster, Tier, Unit, UnitKind, UnknownUnitError
from domain.roster_changes import close_unit
from domain.text import Text
from domain.vocabulary import PetitionState
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.errors import LedgerUnavailableError
from ledger.foundation import open_ledger, register_units
from ledger.reference import ROSTER_ID
from ledger.zone import fix_zone, ledger_zone
from replay.imported_case import Origin, petition_id
from replay.known_cases import KnownCases, Standing
from replay.reject_reasons import Reason
from tests.integration.city_file import HEADER, MAPPING, MUST_EXIST, NOW, ROWS, Imports
from tests.programs import ROOT

PRINCIPAL = Origin("setup", "", None).principal


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Yield a ledger in which nothing was recorded."""
    with PetitionLedger(database, lambda: NOW) as ledger:
        yield ledger


@pytest.fixture
def imports(ledger: PetitionLedger, database: Database, tmp_path: Path) -> Imports:
    """Return imports into a new ledger."""
    return Imports(ledger, database, tmp_path)


def test_import_records_each_case_with_its_provenance(imports: Imports) -> None:
    """Events know source, file and row, who imported, and the case's own times."""
    summary = imports.run(*ROWS)
    assert (summary.rows, summary.accepted, summary.rejected) == (3, 3, 0)
    assert summary.events == {
        "roster.opened": 1,
        "roster.unit_registered": 2,
        "petition.case_imported": 3,
        "petition.imported_outcome": 2,
    }
    first, last = imports.ledger.reader.read_stream(petition_id("city", "3"))
    assert (first.actor_id, first.actor_role, first.idempotency_key) == (
        "import:city",
        "system",
        "import:city:3",
    )
    assert first.occurred_at == datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert first.correlation_id == last.correlation_id
    assert f'"file_sha256":"{summary.file_sha256}"'.encode() in first.payload
    assert b'"row":3' in first.payload
    assert summary.last_position == last.position == imports.position


def test_import_keeps_the_offset_of_each_event(imports: Imports) -> None:
    """A case created in winter and closed in summer is recorded with both offsets."""
    mapping = MAPPING.replace("Asia/Shanghai", "America/New_York")
    imports.run("1,jtj,甲,道路,2026-03-02,2026-07-02,", mapping=mapping)
    events = imports.ledger.reader.read_stream(petition_id("city", "1"))
    assert [event.occurred_offset_min for event in events] == [-300, -240]


def test_import_again_adds_nothing(imports: Imports) -> None:
    """The same file, a longer file and a shuffled file record each case once."""
    imports.run(*ROWS[:2])
    position = imports.position
    again = imports.run(*ROWS[:2])
    assert (again.accepted, again.already_there, imports.position) == (0, 2, position)
    longer = imports.run(*reversed(ROWS))
    assert (longer.accepted, longer.already_there, longer.rejected) == (1, 2, 0)
    assert imports.position == position + 2


def test_import_of_changed_content_is_rejected_and_the_record_stands(imports: Imports) -> None:
    """A case that was imported is history: another content is not silently taken or dropped."""
    imports.run(*ROWS)
    position = imports.position
    summary = imports.run(ROWS[0].replace("道路", "桥梁"), *ROWS[1:])
    assert imports.reasons() == [(1, Reason.CHANGED, "编号")]
    assert (summary.already_there, imports.position) == (2, position)


def test_import_takes_a_case_once_when_the_file_holds_it_twice(imports: Imports) -> None:
    """A repeated row is already there, a contradicting one is rejected; a dry run agrees."""
    rows = (ROWS[0], ROWS[0], ROWS[0].replace("道路", "桥梁"))
    dry = imports.run(*rows, is_dry=True)
    assert imports.reasons() == [(3, Reason.CHANGED, "编号")]
    summary = imports.run(*rows)
    assert imports.reasons() == [(3, Reason.CHANGED, "编号")]
    for counted in (dry, summary):
        assert (counted.accepted, counted.already_there, counted.rejected) == (1, 1, 1)


def test_dry_run_counts_and_records_nothing(imports: Imports) -> None:
    """A dry run says what would be recorded, and the log stays where it is."""
    dry = imports.run(*ROWS, "4,jtj,丁,道路,2026/03/02,,", is_dry=True)
    assert imports.position == 0
    assert imports.ledger.load(ROSTER_ID) is None
    assert (dry.accepted, dry.rejected_by_reason) == (3, {"unreadable-time": 1})
    assert (dry.first_position, dry.last_position) == (None, None)
    assert imports.run(*ROWS).events == dry.events


def test_bad_rows_do_not_stop_the_others(imports: Imports) -> None:
    """Rows before, between and after bad ones are imported; each bad one has its reason."""
    long = "长" * 19_999
    rows = (
        ROWS[0],
        "x,jtj,甲,道路,2026-03-02",
        ",jtj,甲,道路,2026-03-02,,",
        ROWS[1],
        "5,jtj,甲,道路,02.03.2026,,",
        "6,jtj,甲,道路,2026-03-02,2026-03-01,",
        "7,jtj,甲,道路,2027-03-02,,",
        "8,jtj,甲,道\0路,2026-03-02,,",
        f"9,jtj,甲,{long},2026-03-02,,",
        '10,jtj,"甲,道路,2026-03-02,,',
        ROWS[2],
    )
    summary = imports.run(*rows)
    assert imports.reasons() == [
        (2, Reason.RAGGED, None),
        (3, Reason.MISSING, "编号"),
        (5, Reason.UNREADABLE_TIME, "提交"),
        (6, Reason.CLOSED_BEFORE_CREATED, "办结"),
        (7, Reason.IN_FUTURE, "提交"),
        (8, Reason.NUL, "类别"),
        (10, Reason.UNREADABLE, None),
        (9, Reason.TOO_LONG, None),
    ]
    assert (summary.accepted, summary.rejected, summary.rows) == (3, 8, 11)


def test_new_units_are_registered_under_stated_names(imports: Imports) -> None:
    """A code keeps its stated name; a name without a code gets one that is always the same."""
    imports.run(*ROWS)
    units = imports.roster().state.units
    assert {unit.name.zh: unit.tier for unit in units.values()} == {
        "交通局": Tier.COUNTY,
        "住建局": Tier.COUNTY,
    }
    (code,) = units.keys() - {"jtj"}
    assert code.startswith("u-")
    imports.run("9,住建局,甲,供水,2026-03-02,,")
    assert imports.roster().state.units.keys() == {"jtj", code}


def test_units_that_must_exist_are_found_by_code_or_name(imports: Imports) -> None:
    """Units are never made up where the mapping forbids it; names of the roster are understood."""
    _open(imports, "jtj", "zjj")
    summary = imports.run(*ROWS, "4,卫健局,丁,医疗,2026-03-02,,", mapping=MUST_EXIST)
    assert summary.accepted == 3
    assert imports.reasons() == [(4, Reason.UNKNOWN_UNIT, "单位")]
    (event,) = imports.ledger.reader.read_stream(petition_id("city", "2"))
    assert b'"unit":"zjj"' in event.payload
    assert imports.roster().state.units.keys() == {"jtj", "zjj"}


def test_closed_unit_keeps_its_history_and_gets_no_open_case(imports: Imports) -> None:
    """A closed case of an abolished unit is history, an open one has nobody to handle it."""
    _open(imports, "jtj", "zjj")

    def decide(found: Roster | None) -> Roster:
        assert found is not None
        close_unit(found, "jtj", "撤并", PRINCIPAL.act(NOW))
        return found

    imports.ledger.execute(ROSTER_ID, decide, act=PRINCIPAL.act(NOW), request=b"")
    summary = imports.run(ROWS[0], "4,jtj,丁,道路,2026-03-02,,", mapping=MUST_EXIST)
    assert summary.accepted == 1
    assert imports.reasons() == [(2, Reason.UNIT_CLOSED, "单位")]


def test_parent_of_new_units_must_be_on_the_roster(imports: Imports) -> None:
    """A mistaken parent is refused before the first case is recorded."""
    mapping = MAPPING.replace('tier = "county"', 'tier = "county"\nparent = "zf"')
    for is_dry in (True, False):
        with pytest.raises(UnknownUnitError):
            imports.run(*ROWS, mapping=mapping, is_dry=is_dry)
    assert imports.position == 0


def test_number_that_another_petition_has_is_rejected(imports: Imports) -> None:
    """A stated number is unique in the ledger, whatever the source."""
    mapping = MAPPING.replace('name = "姓名"', 'number = "姓名"')
    summary = imports.run(*ROWS, "4,jtj,甲,道路,2026-03-02,,", mapping=mapping)
    assert summary.accepted == 3
    assert imports.reasons() == [(4, Reason.NUMBER_TAKEN, "姓名")]


def test_open_case_goes_on_from_dispatched(imports: Imports) -> None:
    """A city can move in with cases in flight, with the due they have."""
    imports.run(*ROWS)
    petition = imports.ledger.load(petition_id("city", "2"))
    assert petition is not None
    facts = fold_all(petition.history)  # type: ignore[attr-defined]
    assert facts.state is PetitionState.DISPATCHED
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == datetime(2026, 3, 5, 16, tzinfo=UTC)


def test_import_resumes_after_it_was_killed(imports: Imports) -> None:
    """What was recorded before kill -9 is found again; nothing is lost or recorded twice."""
    rows = [f"{number},jtj,甲,道路,2026-03-02,2026-03-03," for number in range(1, 8_001)]
    file, mapping = imports.folder / "cases.csv", imports.folder / "city.toml"
    file.write_text("\n".join((HEADER, *rows)), "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    conninfos = json.dumps({role: imports.database.conninfo(role) for role in Role})
    program = "tests.integration.importing"
    command = [sys.executable, "-m", program, conninfos, os.fspath(file), os.fspath(mapping)]
    with subprocess.Popen(command, cwd=ROOT) as importing:
        while imports.position < 2_000:
            assert importing.poll() is None
            time.sleep(0.02)
        importing.kill()
    recorded = imports.position
    assert recorded < 16_000
    summary = imports.run(*rows)
    assert summary.already_there == (recorded - 2) // 2
    assert summary.accepted + summary.already_there == 8_000
    assert imports.position == 16_002


def test_import_stops_with_the_cause_when_the_database_is_lost(
    imports: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost database is not a bad row: the import ends, and says that repeating it is safe."""

    def lose(*_: object) -> list[Standing]:
        raise LedgerUnavailableError("gone")

    monkeypatch.setattr(KnownCases, "compare", lose)
    with pytest.raises(LedgerUnavailableError):
        imports.run(*ROWS)
    assert imports.rejects == []


def test_first_import_fixes_the_zone_of_a_new_ledger(imports: Imports) -> None:
    """A ledger that begins with a file counts its days in that file's zone."""
    imports.run(*ROWS, mapping=MAPPING.replace("Asia/Shanghai", "Asia/Urumqi"))
    assert imports.roster().zone == "Asia/Urumqi"
    with imports.database.connect(Role.APP) as connection:
        assert ledger_zone(connection).key == "Asia/Urumqi"


def test_zone_that_was_fixed_before_stays(imports: Imports) -> None:
    """The file's zone says what its times mean, not when the ledger's days end."""
    with imports.database.connect(Role.APP) as connection:
        fix_zone(connection, "America/New_York")
    imports.run(*ROWS)
    assert imports.roster().zone == "America/New_York"
    (first, _) = imports.ledger.reader.read_stream(petition_id("city", "1"))
    assert first.occurred_at == datetime(2026, 3, 1, 16, tzinfo=UTC)


def _open(imports: Imports, *units: str) -> None:
    names = {"jtj": "交通局", "zjj": "住建局"}
    open_ledger(imports.ledger, "Asia/Shanghai", Text("市", "city"), PRINCIPAL, NOW)
    listed = [
        Unit(
            unit_id=unit,
            name=Text(names[unit], unit.upper()),
            tier=Tier.COUNTY,
            parent=None,
            kind=UnitKind.DEPARTMENT,
        )
        for unit in units
    ]
    register_units(imports.ledger, listed, PRINCIPAL, NOW)
