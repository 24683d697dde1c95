"""Process logs of played cities, read back by other means than those that wrote them."""

import hashlib
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from psycopg import Connection

from commands.failures import Exit
from commands.main import run
from domain.declare import check
from domain.errors import GuardError
from ledger.database import Database, Role
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from projections.log_streams import LogStreams
from projections.petition_facts import read_facts
from replay.figures import head_position
from replay.ocel import EVENT_ATTRIBUTES
from replay.ocel_json import write_ocel_json
from replay.ocel_sqlite import write_ocel_sqlite
from replay.process_case import ProcessCase
from replay.process_export import ProcessOrder, export_process
from replay.process_objects import ObjectType, Pseudonyms
from replay.small_units import POOLED
from replay.xes import write_xes
from scenarios.pack_files import read_pack
from scenarios.scenario import read_scenario
from tests.acceptance.played_ledger import played_city
from tests.integration.test_report_command import connect_by

CITIES = ("guangyuan", "langfang", "quanzhou")
ACCUSED_SECRET = "倾向性条款"
AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
XES = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module", params=CITIES)
def city(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Yield the ledger of a played city."""
    with played_city(read_scenario(request.param)) as database:
        yield database


@pytest.fixture
def cases(city: Database) -> list[ProcessCase]:
    """Return every stream of the city's process log."""
    with city.connect(Role.APP) as connection:
        return list(ProcessOrder(*_asked(connection)).read())


def _asked(connection: Connection[Any]) -> tuple[Connection[Any], int, Pseudonyms, PinnedHours]:
    """Return what every process log of these tests is made from."""
    office = PinnedHours(ReferenceStreams(LogStreams(connection)), AS_OF)
    return connection, head_position(connection), Pseudonyms(b"key"), office


@pytest.fixture
def sqlite(cases: list[ProcessCase], tmp_path: Path) -> Path:
    """Return the log as OCEL 2.0 in SQLite."""
    path = tmp_path / "log.sqlite"
    write_ocel_sqlite(path, cases)
    return path


_UNITS = "SELECT ocel_id FROM object WHERE ocel_type = 'unit'"


def shown(cases: list[ProcessCase]) -> list[ProcessCase]:
    """Return the cases that anybody may know of."""
    return [case for case in cases if not case.is_confidential]


def test_city_breaks_no_rule(cases: list[ProcessCase]) -> None:
    """What the guards let pass agrees with the rules that tools check."""
    petitions = [case for case in cases if case.own.type is ObjectType.PETITION]
    topics = [[act.topic.removeprefix("petition.") for act in case.acts] for case in petitions]
    assert {rule: found for rule, found in check(topics).items() if found} == {}


def test_both_forms_of_ocel_hold_the_same_log(
    cases: list[ProcessCase], sqlite: Path, tmp_path: Path
) -> None:
    """Every act once, in the order of the log, with equal attributes and relations."""
    target = tmp_path / "log.json"
    write_ocel_json(sqlite, target)
    document = json.loads(target.read_text("utf-8"))
    acts = sorted((act for case in shown(cases) for act in case.acts), key=lambda act: act.position)
    assert [event["id"] for event in document["events"]] == [str(act.position) for act in acts]
    known = {each["id"]: each["type"] for each in document["objects"]}
    with closing(sqlite3.connect(sqlite)) as database:
        assert len(known) == database.execute("SELECT count(*) FROM object").fetchone()[0]
        for event, act in zip(document["events"], acts, strict=True):
            assert event["type"] == act.topic
            assert datetime.fromisoformat(event["time"]) == act.at
            assert event["time"].endswith("Z")
            values = {each["name"]: each["value"] for each in event["attributes"]}
            absent = {"working_minutes"} if act.working_minutes is None else set()
            assert list(values) == [name for name in EVENT_ATTRIBUTES if name not in absent]
            assert values.get("working_minutes") == act.working_minutes
            assert (values["position"], values["cycle"], values["late"]) == (
                *act[0:1],
                act.cycle,
                act.late,
            )
            related = {(each["objectId"], each["qualifier"]) for each in event["relationships"]}
            assert related
            assert {object_id for object_id, _ in related} <= set(known)
            stored = database.execute(
                "SELECT ocel_object_id, ocel_qualifier FROM event_object WHERE ocel_event_id = ?",
                (event["id"],),
            )
            assert related == set(stored)
    declared = {each["name"] for each in document["eventTypes"]}
    assert declared == {act.topic for act in acts}
    assert {each["name"] for each in document["objectTypes"]} == {kind.value for kind in ObjectType}


def test_petition_objects_carry_their_states_with_instants(
    cases: list[ProcessCase], sqlite: Path, tmp_path: Path
) -> None:
    """The last state of each petition is the state after its last act."""
    target = tmp_path / "log.json"
    write_ocel_json(sqlite, target)
    objects = {each["id"]: each for each in json.loads(target.read_text("utf-8"))["objects"]}
    for case in shown(cases):
        if case.own.type is ObjectType.PETITION:
            states = [
                each["value"]
                for each in objects[case.own.object_id]["attributes"]
                if each["name"] == "state"
            ]
            assert states[0] == "submitted"
            assert states[-1] == case.acts[-1].state


def test_minutes_between_acts_sum_to_what_custody_charges(
    city: Database, cases: list[ProcessCase]
) -> None:
    """What the log says of a wait is working time by the pack, and never counted twice."""
    with city.connect(Role.APP) as connection:
        office = PinnedHours(ReferenceStreams(LogStreams(connection)), AS_OF)
        facts = read_facts(
            connection,
            {UUID(case.own.object_id) for case in cases if case.own.type is ObjectType.PETITION},
        )
        for case in cases:
            if case.own.type is not ObjectType.PETITION:
                assert {act.working_minutes for act in case.acts} == {None}
                continue
            known = facts[UUID(case.own.object_id)]
            minutes = [act.working_minutes or 0 for act in case.acts]
            assert minutes[0] == 0
            whole = office.minutes(known, case.acts[0].at, case.acts[-1].at)
            # Each wait is cut down to whole minutes, and a late entry waits for nothing.
            late = any(act.at < before.at for before, act in pairwise(case.acts))
            assert late or whole - len(minutes) < sum(minutes) <= whole


def test_units_with_few_petitions_stand_as_one(
    cases: list[ProcessCase], sqlite: Path, tmp_path: Path
) -> None:
    """Neither form of the log names them, and no unit is alone in the pool."""
    pooled_log, xes = tmp_path / "pooled.sqlite", tmp_path / "pooled.xes"
    written = write_ocel_sqlite(pooled_log, cases, petitions_min=10)
    touched: dict[str, set[str]] = defaultdict(set)
    for case in shown(cases):
        for act in case.acts:
            for unit in (each for each in act.relations if each.type is ObjectType.UNIT):
                touched[unit.object_id] |= {
                    each.object_id for each in act.relations if each == case.own
                } - ({case.own.object_id} if case.own.type is not ObjectType.PETITION else set())
    few = {unit for unit, petitions in touched.items() if len(petitions) < 10}
    assert len(written.pooled) != 1
    assert few <= written.pooled
    assert len(written.pooled) == max(len(few), 2 if few else 0)
    with closing(sqlite3.connect(sqlite)) as full, closing(sqlite3.connect(pooled_log)) as pooled:
        named = {unit for (unit,) in full.execute(_UNITS)}
        assert {unit for (unit,) in pooled.execute(_UNITS)} == named - written.pooled | (
            {POOLED} if written.pooled else set()
        )
        count = "SELECT count(*) FROM event"
        assert pooled.execute(count).fetchone() == full.execute(count).fetchone()
    write_xes(xes, cases, written.pooled)
    resources = set(re.findall(r'org:resource" value="([^"]+)"', xes.read_text("utf-8")))
    assert not resources & written.pooled


def test_xes_holds_one_trace_per_petition(cases: list[ProcessCase], tmp_path: Path) -> None:
    """Acts of a trace stand in the order of the stream, with offset and microseconds."""
    target = tmp_path / "log.xes"
    written = write_xes(target, cases)
    root = ET.parse(target).getroot()  # noqa: S314 - our own file
    traces = root.findall(f"{XES}trace")
    petitions = [case for case in shown(cases) if case.own.type is ObjectType.PETITION]
    assert written == len(traces) == len(petitions)
    for trace, case in zip(traces, petitions, strict=True):
        names = [
            each.get("value")
            for event in trace.findall(f"{XES}event")
            for each in event.findall(f"{XES}string")
            if each.get("key") == "concept:name"
        ]
        assert names == [act.topic for act in case.acts]


def test_logs_hold_no_confidential_petition_and_no_credit_code(
    city: Database, cases: list[ProcessCase], sqlite: Path, tmp_path: Path
) -> None:
    """Neither the case nor a mention of it, nor who an enterprise is."""
    json_log, xes = tmp_path / "log.json", tmp_path / "log.xes"
    write_ocel_json(sqlite, json_log)
    write_xes(xes, cases)
    hidden = [case.own.object_id for case in cases if case.is_confidential]
    with city.connect(Role.APP) as connection:
        codes = connection.execute(
            "SELECT DISTINCT convert_from(payload, 'UTF8')::jsonb ->> 'enterprise' FROM event"
            " WHERE topic = 'petition.submitted'"
        ).fetchall()
    for path in (sqlite, json_log, xes):
        text = path.read_bytes()
        for secret in [*hidden, *(code for (code,) in codes if code), ACCUSED_SECRET]:
            assert secret.encode() not in text


def test_guangyuan_has_a_petition_to_hide_and_langfang_enterprises(
    cases: list[ProcessCase], city: Database
) -> None:
    """The tests above look at something."""
    hidden = sum(case.is_confidential for case in cases)
    types = Counter(
        relation.type for case in cases for act in case.acts for relation in act.relations
    )
    assert (hidden > 0) == (city.ledger == "demo_guangyuan")
    assert types[ObjectType.PETITION]
    assert types[ObjectType.UNIT]
    assert types[ObjectType.ENTERPRISE]


def test_pseudonyms_differ_between_ledgers() -> None:
    """One firm has one name in a ledger and another name elsewhere."""
    assert Pseudonyms(b"a").of("91510100MA0000001X") == Pseudonyms(b"a").of("91510100MA0000001X")
    assert Pseudonyms(b"a").of("91510100MA0000001X") != Pseudonyms(b"b").of("91510100MA0000001X")


def test_export_holds_logs_models_rules_and_limits(city: Database, tmp_path: Path) -> None:
    """The folder is complete or not there, and its manifest names every file with its digest."""
    pack = read_pack("s2_quanzhou")
    folder = tmp_path / "out" / "process"
    with city.connect(Role.APP) as connection:
        order = ProcessOrder(*_asked(connection))
        done = export_process(folder, order, [pack])
        with pytest.raises(GuardError) as refused:
            export_process(folder, order, [pack])
    assert refused.value.code == "folder-exists"
    assert done.broken == {}
    assert [each.name for each in folder.parent.iterdir()] == ["process"]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["events"] == done.events > manifest["traces"] == done.traces > 0
    assert set(manifest["files"]) == {each.name for each in folder.iterdir()} - {"manifest.json"}
    assert manifest["event_types"]["petition.accepted"]["zh"]
    assert "OCEL repeats none" in manifest["notes"][0]["en"]
    with closing(sqlite3.connect(folder / "log.ocel.sqlite")) as database:
        topics = {row[0] for row in database.execute("SELECT ocel_type FROM event")}
        approved = database.execute(
            "SELECT DISTINCT ocel_type FROM event JOIN event_object ON ocel_event_id = ocel_id"
            " WHERE ocel_qualifier = 'approver'"
        ).fetchall()
        units = {unit for (unit,) in database.execute(_UNITS)}
    resources = set(re.findall(r'org:resource" value="([^"]+)"', (folder / "log.xes").read_text()))
    assert manifest["small_units"]["petitions_min"] == 10
    assert (POOLED in units) == (manifest["small_units"]["pooled"] > 0)
    assert resources <= units
    assert topics <= set(manifest["event_types"])
    assert ("petition.reply_approved",) in approved
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    limits = json.loads((folder / "allowed_times.json").read_text("utf-8"))["allowed_times"]
    replies = {
        each["petition_type"]: (each["limit"]["amount"], each["limit"]["unit"])
        for each in limits
        if each["clock"] == "reply"
    }
    assert replies["consultation"] == (2, "working_day")
    assert replies["appeal"] == (10, "working_day")
    assert len(json.loads((folder / "rules.json").read_text("utf-8"))["rules"]) >= 15


def test_command_writes_the_process_log(
    city: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what it wrote, and refuses a folder that is there and options without meaning."""
    environ = connect_by(city) | {"TAIZHANG_LEDGER": city.ledger}
    folder = tmp_path / "process"
    arguments = ["export", "--process", str(folder)]
    assert run(arguments, environ, version="0") == Exit.DONE
    shown = capsys.readouterr()
    assert shown.out.strip() == str(folder)
    assert "acts that break a rule: 0" in shown.err
    assert (folder / "manifest.json").is_file()
    assert run(arguments, environ, version="0") == Exit.REFUSED
    named = ["export", "--process", str(tmp_path / "named"), "--with-small-units"]
    assert run(named, environ, version="0") == Exit.DONE
    members = [
        json.loads((each / "manifest.json").read_text("utf-8"))["small_units"]
        for each in (folder, tmp_path / "named")
    ]
    assert [each["petitions_min"] for each in members] == [10, 0]
    assert members[0]["pooled"] > 1
    assert members[1]["pooled"] == 0
    assert run([*arguments, "--with-confidential"], environ, version="0") == Exit.USAGE
    assert run(["export"], environ, version="0") == Exit.USAGE
