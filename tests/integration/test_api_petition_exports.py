"""Large exports: ordered, made in another process, fetched by who asked for them."""

import base64
import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from api import exports
from api.export_files import EXPIRY, MEMORY, ExportFiles, ExportRequest
from api.export_state import ExportState
from api.exports import Exports
from domain.principal import Principal
from domain.vocabulary import Role
from ledger.database import Database
from replay import petition_export
from replay.export_csv import Encoding
from replay.export_errors import RowsLostError
from replay.export_file import Format
from replay.petition_export import PetitionOrder, export_petitions
from replay.record_tables import RecordTable
from tests.api_clients import NOW, SUBMISSION, Api, running_api
from tests.integration.export_workers import die, last_long
from tests.integration.test_api_reads import ACCEPTANCE, dispatched
from tests.programs import wait_until

PATH = "/v1/exports/petitions"
READER = Principal(actor_id="st-1", role=Role.STATISTICIAN)


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with three petitions, one of the bureau, one confidential."""
    with running_api(database) as api:
        dispatched(api)
        api.file()
        path = f"/v1/petitions/{api.file()}"
        body = {"reason": "涉及举报"}
        marked = api.write(f"{path}/confidentiality", body, Role.INTAKE, version=1)
        assert marked.status_code == 200, marked.text
        yield api


def ask(api: Api, role: Role = Role.STATISTICIAN, **order: str) -> str:
    """Ask for an export and return where its progress is read."""
    response = api.write(PATH, order, role)
    assert response.status_code == 202, response.text
    assert response.headers["Retry-After"] == "2"
    return str(response.headers["Location"])


def wait(api: Api, path: str, role: Role = Role.STATISTICIAN) -> dict[str, Any]:
    """Return an export once nothing more comes of it."""
    wait_until(lambda: api.read(path, role).json()["state"] not in {"queued", "running"})
    view: dict[str, Any] = api.read(path, role).json()
    return view


def records(content: bytes) -> list[dict[str, str]]:
    """Return the records of the CSV in an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".csv"))
        text = archive.read(name).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_export_is_ordered_followed_and_fetched(api: Api) -> None:
    """Every record is in the archive, with manifest and codebook, and no personal value."""
    path = ask(api, format="csv")
    view = wait(api, path)
    assert (view["state"], view["rows"], view["done"], view["total"]) == ("done", 2, 3, 3)
    response = api.read(view["file"], Role.STATISTICIAN)
    assert response.headers["Content-Type"] == "application/zip"
    digest = hashlib.sha256(response.content)
    assert digest.hexdigest() == view["sha256"]
    shown = base64.b64encode(digest.digest()).decode()
    assert response.headers["Repr-Digest"] == f"sha-256=:{shown}:"
    assert len(response.content) == view["size_bytes"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        file, manifest_name, codebook = archive.namelist()
        manifest = json.loads(archive.read(manifest_name))
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert file.startswith("示例市_诉求逐件记录_截至20260921")
    assert manifest["rows_expected"] == manifest["rows_written"] == view["rows"]
    assert manifest["position"] == view["position"]
    assert codebook.endswith(".datapackage.json")
    for field in ("subject", "text", "petitioner_name", "petitioner_phone"):
        assert str(SUBMISSION[field]).encode() not in texts


def test_timeline_is_ordered_too(api: Api) -> None:
    """A row each time a petition changed hands, with the working minutes in between."""
    petition = f"/v1/petitions/{api.file(occurred_at=_before(hours=4))}"
    for place, (path, body, role) in enumerate(
        (
            ("registration", {}, Role.INTAKE),
            ("acceptance", ACCEPTANCE, Role.INTAKE),
            ("dispatches", {"lead": "bureau"}, Role.DISPATCHER),
        ),
        1,
    ):
        dated = {**body, "occurred_at": _before(hours=4 - place)}
        written = api.write(f"{petition}/{path}", dated, role, version=place)
        assert written.status_code == 200, written.text
    view = wait(api, ask(api, table="timeline", format="csv"))
    assert (view["table"], view["state"]) == ("timeline", "done")
    found = records(api.read(view["file"], Role.STATISTICIAN).content)
    assert [(row["序"], row["持有人"], row["承办单位"], row["工作分钟"]) for row in found] == [
        ("1", "hub", "", "180"),
        ("2", "unit", "bureau", "60"),
    ]


def _before(hours: int) -> str:
    return (NOW - timedelta(hours=hours)).isoformat()


def test_same_key_is_one_export(api: Api) -> None:
    """A repeated order is the first one; a different one with its key is refused."""
    first = api.write(PATH, {"format": "sav"}, Role.STATISTICIAN, key="one")
    again = api.write(PATH, {"format": "sav"}, Role.STATISTICIAN, key="one")
    assert first.headers["Location"] == again.headers["Location"]
    other = api.write(PATH, {"format": "dta"}, Role.STATISTICIAN, key="one")
    assert other.json()["code"] == "idempotency-key-reused"
    assert wait(api, first.headers["Location"])["state"] == "done"


def test_export_holds_what_the_caller_may_see(api: Api) -> None:
    """A handler gets the petitions of the own unit; the confidential one is in nobody's."""
    for role, numbers in ((Role.HANDLER, 1), (Role.SUPERVISION, 2)):
        view = wait(api, ask(api, role, format="csv"), role)
        found = records(api.read(view["file"], role).content)
        assert len(found) == view["rows"] == numbers
        assert {row["保密"] for row in found} == {"false"}
    refused = api.write(PATH, {}, Role.PETITIONER)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")


def test_export_is_its_requesters_alone(api: Api) -> None:
    """To others there is no such export, whatever they ask of it."""
    path = ask(api)
    wait(api, path)
    headers = api.headers(Role.STATISTICIAN, account="st-other")
    for method, each in (("GET", path), ("GET", f"{path}/file"), ("DELETE", path)):
        refused = api.client.request(method, each, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown-export")
    assert api.read(f"{path}/file", Role.STATISTICIAN).status_code == 200


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"format": "docx"}, "invalid-body"),
        ({"as_of": "2026-09-01T00:00:00"}, "invalid-body"),
        ({"as_of": "2099-01-01T00:00:00Z"}, "invalid-request"),
        ({"unit": "bureau"}, "invalid-body"),
    ],
)
def test_order_that_makes_no_sense_is_refused(api: Api, order: dict[str, str], code: str) -> None:
    """Nothing is begun."""
    refused = api.write(PATH, order, Role.STATISTICIAN)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_running_export_is_cancelled_and_holds_nobody_up(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests are answered beside it; its process ends and the next one begins."""
    monkeypatch.setattr(exports, "work_on", last_long)
    running, queued = ask(api), ask(api)
    wait_until(lambda: api.read(running, Role.STATISTICIAN).json()["done"] == 1)
    view = api.read(running, Role.STATISTICIAN).json()
    assert (view["state"], view["total"]) == ("running", 2)
    assert api.read(queued, Role.STATISTICIAN).json()["state"] == "queued"
    assert api.read("/v1/rates", Role.STATISTICIAN).status_code == 200
    third = api.write(PATH, {}, Role.STATISTICIAN)
    assert (third.status_code, third.json()["code"]) == (429, "too-many-exports")
    assert third.headers["Retry-After"] == "30"
    unready = api.read(f"{running}/file", Role.STATISTICIAN)
    assert (unready.status_code, unready.json()["code"]) == (409, "export-not-ready")
    for path in (queued, running):
        headers = api.headers(Role.STATISTICIAN)
        assert api.client.delete(path, headers=headers).json()["state"] == "cancelled"
    monkeypatch.undo()
    assert wait(api, ask(api))["state"] == "done"


def test_export_whose_process_dies_has_failed(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so in both languages, and has no file."""
    monkeypatch.setattr(exports, "work_on", die)
    path = ask(api)
    view = wait(api, path)
    assert view["state"] == "failed"
    assert view["problem"]["zh"].startswith("导出进程意外结束")
    assert api.read(f"{path}/file", Role.STATISTICIAN).status_code == 409


def test_export_that_cannot_be_written_says_why(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the writers refuse is the export's own failure, in their words; no file is left."""

    def lose(*_: object, **__: object) -> None:
        raise RowsLostError(3, 2)

    monkeypatch.setattr(petition_export, "export_document", lose)
    now = datetime.now(UTC)
    result = export_petitions(
        api.database, tmp_path, order_of(now), lambda _, __: None, lambda: now
    )
    assert result.file is None
    assert result.problem is not None
    assert result.problem[0] == "rows-lost"
    assert list(tmp_path.iterdir()) == []


def test_export_of_what_was_known_before_the_first_event_is_empty(api: Api) -> None:
    """Its manifest says so: no rows expected, none written."""
    view = wait(api, ask(api, known_at="1999-01-01T00:00:00Z"))
    assert (view["state"], view["rows"], view["position"]) == ("done", 0, 0)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        """Begin now, as the worker's own clock does."""
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        """Return the time that was set."""
        return self.now


def order_of(now: datetime) -> PetitionOrder:
    """Return an order of the statistician."""
    return PetitionOrder(
        table=RecordTable.PETITIONS,
        form=Format.CSV,
        encoding=Encoding.UTF_8,
        language="zh",
        as_of=now,
        known_at=None,
        reader=READER,
    )


def test_finished_export_survives_a_restart_and_expires(api: Api, tmp_path: Path) -> None:
    """Another server finds it and its file for a day, then that it has expired, then nothing."""
    clock = Clock()
    before = Exports(api.database, tmp_path, clock)
    made = before.start(order_of(clock.now), "one", b"{}")
    wait_until(lambda: not before.find("st-1", made.export_id).state.is_open)
    before.close()
    after = Exports(api.database, tmp_path, clock)
    found = after.find("st-1", made.export_id)
    file = after.file_of(found)
    assert found.state is ExportState.DONE
    assert file is not None
    assert file.exists()
    clock.now += EXPIRY + timedelta(minutes=5)
    assert after.find("st-1", made.export_id).state is ExportState.EXPIRED
    assert not file.exists()
    clock.now += MEMORY
    after.start(order_of(clock.now), "two", b"{}")
    assert not file.parent.exists()
    after.close()


def test_unfinished_export_is_found_interrupted_after_a_restart(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for what no server works on; what was half made is removed."""
    monkeypatch.setattr(exports, "work_on", last_long)
    clock = Clock()
    before = Exports(api.database, tmp_path, clock)
    made = before.start(order_of(clock.now), "one", b"{}")
    folder = tmp_path / str(made.export_id)
    wait_until((folder / ".work-x").exists)
    after = Exports(api.database, tmp_path, clock)
    assert after.find("st-1", made.export_id).state is ExportState.RUNNING
    before.close()
    found = after.find("st-1", made.export_id)
    assert found.state is ExportState.INTERRUPTED
    assert after.file_of(found) is None
    assert not (folder / ".work-x").exists()
    after.close()


def test_export_of_a_killed_server_is_interrupted(tmp_path: Path) -> None:
    """A lock that nobody holds any more is as good as none."""
    files = ExportFiles(tmp_path)
    now, gone, export_id = datetime.now(UTC), uuid4(), uuid4()
    (tmp_path / "servers" / str(gone)).touch()
    request = ExportRequest(order=order_of(now), requested_at=now, server=gone, fingerprint="")
    files.add(export_id, request)
    assert files.read(export_id, request, now).state is ExportState.INTERRUPTED
    assert files.folder_of(export_id).stat().st_mode & 0o077 == 0
    files.close()
