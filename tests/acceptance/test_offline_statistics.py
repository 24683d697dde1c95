"""An offline copy gives every figure of the ledger, and nothing that may not leave it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from commands.failures import Exit
from commands.main import run
from domain.confidentiality import MarkConfidential
from domain.dimension import Dimension
from domain.filing import SubmitPetition
from domain.period import read_period
from domain.rate import Rate
from domain.rates import RATES
from domain.roster_commands import ROSTERS, MergeUnits
from domain.vocabulary import Channel, PetitionType
from ledger.database import Database, Role
from ledger.reference import ROSTER_ID
from projections.rate_queries import CountsAnswer, read_counts
from projections.scope import Cohort
from replay.figures import head_position, replay_counts
from replay.lake import export_lake
from replay.lake_order import make_order
from replay.petition_records import petition_records
from replay.process_log import read_process
from replay.process_objects import Pseudonyms
from replay.streams import read_petitions
from scenarios.cast import ADMIN, INTAKE
from scenarios.player import open_stage
from scenarios.scenario import Scenario, read_scenario
from tests.acceptance.played_ledger import PlayedLedger, project
from tests.conftest import ServerUnderTest, _new_database
from tests.duckdb_answers import ask, columns_of
from tests.integration.test_report_command import connect_by

DOCUMENT = Path(__file__).parents[2] / "docs" / "OFFLINE.md"
AS_OF = "2019-12-01"
MERGER = MergeUnits(
    units=("water", "power"),
    successor="environment",
    effective_on=date(2019, 11, 1),
    document="示例编〔2019〕3号",
)
CANARY = "金丝雀-canary-13800138000"
SCENARIO: Scenario = read_scenario("shuangliu")


def read_queries() -> dict[str, str]:
    """Return the queries of the document by their names."""
    blocks = re.findall(r"```sql\n-- (\w+) --\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    return dict(blocks)


QUERIES = read_queries()


@pytest.fixture(scope="module")
def city(server_under_test: ServerUnderTest, shuangliu_name: str) -> Iterator[Database]:
    """Yield Shuangliu, two units merged, with two petitions more: canaries, and a tip-off."""
    with _new_database(server_under_test, shuangliu_name) as name:
        database = server_under_test.get_database(name)
        with open_stage(database) as (ledger, clock):
            played = PlayedLedger(database, ledger, clock, SCENARIO)
            clock.now = SCENARIO.as_of
            ledger.give(ROSTERS, ROSTER_ID, MERGER, ADMIN)
            played.file("canary", _petition(), INTAKE)
            tip_off = played.file("tip-off", _petition(), INTAKE)
            played.act(tip_off, INTAKE, MarkConfidential(reason=CANARY))
        project(database)
        yield database


def _petition() -> SubmitPetition:
    return SubmitPetition(
        channel=Channel.HOTLINE,
        petition_type=PetitionType.APPEAL,
        subject=CANARY,
        text=CANARY,
        petitioner_name=CANARY,
        petitioner_phone="13800138000",
    )


def export(database: Database, folder: Path, *options: str) -> int:
    """Run one export in this process."""
    environ = connect_by(database)
    return run(["export", "--parquet", str(folder), *options], environ, version="0")


@pytest.fixture
def copy(city: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the city's offline copy, confidential petitions too, and stand in it."""
    folder = tmp_path / "copy"
    assert export(city, folder, "--as-of", AS_OF, "--with-confidential") == Exit.DONE
    monkeypatch.chdir(folder)
    return folder


def counted(database: Database, by: Dimension) -> tuple[CountsAnswer, CountsAnswer]:
    """Return the counts of the read models, and those of a replay of the log."""
    with database.connect(Role.APP) as connection:
        live = read_counts(connection, by, as_of=SCENARIO.as_of, zone=SCENARIO.zone)
        position = head_position(connection)
        return live, replay_counts(connection, by, as_of=SCENARIO.as_of, position=position)


def rates_of(answer: CountsAnswer) -> dict[tuple[str, str], Rate]:
    """Return n and d of every rate by unit."""
    return {
        (unit, rate.reference): rate.of(counts)
        for unit, counts in answer.rows.items()
        for rate in RATES.values()
    }


def test_every_rate_is_the_same_live_replayed_and_offline(city: Database, copy: Path) -> None:
    """Identical integers for every metric from three sources."""
    del copy
    live, replayed = counted(city, Dimension.TOTAL)
    offline = {name: (n, d) for name, n, d in ask(QUERIES["every_rate"])}
    assert offline == {rate.reference: tuple(rate.of(live.total)) for rate in RATES.values()}
    assert live.total == replayed.total
    assert offline["closure_rate@1"] == (128, 130)


def test_every_rate_of_every_unit_is_the_same(city: Database, copy: Path) -> None:
    """Units too, petition by petition and assignment by assignment."""
    del copy
    live, replayed = counted(city, Dimension.UNIT)
    rows = ask(QUERIES["every_rate_by_unit"])
    offline = {(unit, name): (n, d) for unit, name, n, d in rows}
    expected = rates_of(live)
    # Groups for which nothing counts are absent from the ledger's answer.
    assert {place: pair for place, pair in offline.items() if place[0] in live.rows} == expected
    assert expected == rates_of(replayed)
    assert "environment" in live.rows
    assert not {"water", "power"} & set(live.rows)
    others = [pair for place, pair in offline.items() if place[0] not in live.rows]
    assert set(others) <= {(0, 0)}


@pytest.mark.parametrize("column", ["petition_type", "channel", "region"])
def test_rates_by_other_columns_are_the_same(city: Database, copy: Path, column: str) -> None:
    """The document says that the column may be replaced."""
    del copy
    by = {"petition_type": Dimension.TYPE}.get(column) or Dimension(column)
    live, _ = counted(city, by)
    in_turn = r"\bunit\b(?!, unit_as_dispatched)"
    query = re.sub(in_turn, column, QUERIES["every_rate_by_unit"])
    rows = ask(query)
    offline = {(key or "", name): (n, d) for key, name, n, d in rows if (key or "") in live.rows}
    assert offline == rates_of(live)


def test_cohort_and_printed_digits_are_those_of_the_reports(city: Database, copy: Path) -> None:
    """A cohort by dates of acceptance; digits rounded once from integers."""
    del copy
    with city.connect(Role.APP) as connection:
        zone = SCENARIO.zone
        cohort = Cohort(*read_period("2019").bounds(zone))
        answer = read_counts(
            connection, Dimension.TOTAL, as_of=SCENARIO.as_of, zone=zone, cohort=cohort
        )
    rate = RATES["closure_rate"]
    assert ask(QUERIES["closure_of_cohort"]) == [tuple(rate.of(answer.total))]
    ((n, d, percent),) = ask(QUERIES["printed_closure_rate"])
    assert (n, d, str(percent)) == (128, 130, "98.46")


def test_answers_and_events_are_all_there(city: Database, copy: Path) -> None:
    """Who gave no answer is counted by reason; events are the log, position by position."""
    del copy
    rows = ask(QUERIES["answers_by_reason"])
    assert {(row[0], row[1]): row[2] for row in rows}["satisfied", None] == 112
    assert all((satisfaction is None) != (reason is None) for satisfaction, reason, _ in rows)
    with city.connect(Role.APP) as connection:
        position = head_position(connection)
    topics = ask(QUERIES["acts_by_topic"])
    assert sum(row[1] for row in topics) == max(row[2] for row in topics) == position
    ((dense,),) = ask("SELECT count(DISTINCT position) FROM read_parquet('events/**/*.parquet')")
    assert dense == position


def test_confidential_petitions_stay_out_unless_asked_for(city: Database, tmp_path: Path) -> None:
    """Neither the petition nor one of its events; the manifest says that one is missing."""
    assert export(city, tmp_path / "open") == Exit.DONE
    assert export(city, tmp_path / "all", "--with-confidential") == Exit.DONE
    manifest = json.loads((tmp_path / "open" / "manifest.json").read_bytes())
    assert manifest["visibility"] == {
        "tier": "supervision",
        "with_confidential": False,
        "confidential_petitions_left_out": 1,
        "events_naming_them_left_out": 0,
        "personal_values": False,
    }
    hidden = ask(
        f"SELECT petition_id FROM read_parquet('{tmp_path}/all/petitions/**/*.parquet') "  # noqa: S608 - a path of the test's own
        "WHERE confidential"
    )
    assert len(hidden) == 1
    for table, column in (("petitions", "petition_id"), ("events", "originator_id")):
        files = f"read_parquet('{tmp_path}/open/{table}/**/*.parquet')"
        ids = ask(f"SELECT DISTINCT {column} FROM {files}")  # noqa: S608 - as above
        assert hidden[0] not in ids
    assert manifest["tables"]["events"]["rows_written"] == manifest["position"] - 2


def test_petition_marked_since_stays_out_of_what_was_known_before(
    city: Database, tmp_path: Path
) -> None:
    """An export of an earlier day tells of no petition that is confidential by now."""
    with city.connect(Role.APP) as connection:
        head = head_position(connection)
        last = connection.execute(
            "SELECT originator_id, topic FROM event WHERE position = %s", [head]
        ).fetchone()
        assert last is not None
        assert last[1] == "petition.marked_confidential"
        order = make_order(connection, head - 1, SCENARIO.as_of)
        spool = tmp_path / "rows"
        records = petition_records(connection, spool, order, lambda *_: None).table.records
        assert str(last[0]) not in {row[1] for row in records}
        lake = export_lake(connection, tmp_path / "lake", order, lambda *_: None)
        assert lake.withheld == 1
        assert lake.rows["petitions"] == len(records)
        whole = make_order(connection, head - 1, SCENARIO.as_of, with_confidential=True)
        assert not whole.withholds(next(read_petitions(connection, head - 1)))
        cases = read_process(connection, head - 1, Pseudonyms(b"key"), None)
        assert [case.own.object_id for case in cases if case.is_confidential] == [str(last[0])]


def test_event_that_names_a_withheld_petition_stays_out(city: Database, tmp_path: Path) -> None:
    """What was done about it elsewhere would tell that it is there, and whom it concerns."""
    with city.connect(Role.APP) as connection:
        position = head_position(connection)
        named = connection.execute(
            "SELECT petition.originator_id, count(DISTINCT event.position) FROM event"
            " JOIN event AS petition ON petition.topic = 'petition.submitted'"
            " AND petition.originator_id <> event.originator_id"
            " AND convert_from(event.payload, 'UTF8') LIKE '%' || petition.originator_id || '%'"
            " WHERE event.topic NOT LIKE 'petition.%'"
            " GROUP BY 1 ORDER BY 1 LIMIT 1"
        ).fetchone()
        assert named is not None
        secret, mentions = named
        order = make_order(connection, position, SCENARIO.as_of)
        order = replace(order, marked_since=frozenset({secret}))
        lake = export_lake(connection, tmp_path / "lake", order, lambda *_: None)
    files = f"read_parquet('{tmp_path}/lake/events/**/*.parquet')"
    query = f"SELECT count(*) FROM {files} WHERE payload LIKE '%{secret}%'"  # noqa: S608 - as above
    assert ask(query) == [(0,)]
    manifest = json.loads((tmp_path / "lake" / "manifest.json").read_bytes())
    assert manifest["visibility"]["events_naming_them_left_out"] >= mentions > 0
    assert manifest["tables"]["events"]["rows_written"] == lake.rows["events"] < position


def test_no_export_holds_a_personal_value(
    city: Database, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What people said and who they are stays in the ledger, whatever the format."""
    monkeypatch.chdir(tmp_path)
    for form in ("csv", "xlsx", "json", "parquet", "sav"):
        arguments = ["report", "closure", "--by", "unit", "--as-of", AS_OF, "--format", form]
        assert run([*arguments, "--out", f"a.{form}"], connect_by(city), version="0") == Exit.DONE
    texts = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    for table in ("petitions", "measures", "events"):
        rows = ask(f"SELECT * FROM read_parquet('{copy}/{table}/**/*.parquet')")  # noqa: S608 - as above
        texts.append(repr(rows).encode())
    for canary in (CANARY, "13800138000"):
        assert not any(canary.encode() in text for text in texts)
    assert any(b"petition.submitted" in text for text in texts)


def test_same_position_gives_the_same_files(city: Database, tmp_path: Path) -> None:
    """Byte for byte, so that two exports can be compared by their hashes."""
    for name in ("a", "b"):
        assert export(city, tmp_path / name, "--as-of", AS_OF) == Exit.DONE
    files = sorted(file.relative_to(tmp_path / "a") for file in (tmp_path / "a").rglob("*.*"))
    assert len(files) > 10
    for file in files:
        if file.is_dir():
            continue
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_full_folder_and_empty_past_are_refused(city: Database, tmp_path: Path) -> None:
    """Nothing is mixed, and nothing known is no export."""
    full = tmp_path / "full"
    full.mkdir()
    (full / "own.txt").write_text("mine")
    assert export(city, full) == Exit.REFUSED
    assert [file.name for file in full.iterdir()] == ["own.txt"]
    assert export(city, tmp_path / "past", "--known-at", "1999-01-01") == Exit.NOT_FOUND
    assert export(city, tmp_path / "future", "--as-of", "2999-01-01") == Exit.USAGE
    assert sorted(file.name for file in tmp_path.iterdir()) == ["full"]


def test_codebook_describes_every_column(copy: Path) -> None:
    """Name, label in both languages, type, codes; the columns of the files and no others."""
    package = json.loads((copy / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        assert all((copy / path).is_file() for path in paths)
        found = columns_of(
            f"SELECT * FROM read_parquet({[str(copy / path) for path in paths]}, "  # noqa: S608 - as above
            "hive_partitioning = true) LIMIT 0"
        )
        assert set(found) == set(fields)
        assert all(field["label"]["zh"] and field["label"]["en"] for field in fields.values())
    assert package["missing"]["unreached"] == {"zh": "未接通", "en": "not reached"}
