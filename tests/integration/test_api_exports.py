"""Reports through the API as files: the bytes of the command line, and what they are of."""

import base64
import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from api.errors import RequestRefusedError
from api.file_question import MEDIA_TYPES, accepted
from commands.failures import Exit
from commands.main import run
from domain.report_kind import ReportKind
from domain.vocabulary import Role
from ledger.database import Database
from replay.export_file import Format
from replay.template_kinds import Template
from tests.api_clients import NOW, SUBMISSION, Api, running_api
from tests.integration.test_api_reads import dispatched
from tests.integration.test_api_reports import ORDER
from tests.integration.test_report_command import connect_by

AS_OF = "as_of=2026-09-21T01%3A00%3A00Z"


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with two petitions, one of them sent to a unit."""
    with running_api(database) as api:
        dispatched(api)
        api.file()
        api.project()
        yield api


def name_of(disposition: str) -> str:
    """Return the full name of a file from its header."""
    return unquote(disposition.partition("filename*=UTF-8''")[2])


@pytest.mark.parametrize("form", Format)
def test_rates_are_downloaded_in_every_format(api: Api, form: Format) -> None:
    """Type, name, SHA-256, position and number of records stand in the headers."""
    response = api.read(f"/v1/exports/rates?format={form}&{AS_OF}", Role.STATISTICIAN)
    assert response.status_code == 200, response.text
    headers = response.headers
    assert headers["Content-Type"].startswith(MEDIA_TYPES[form])
    digest = base64.b64encode(hashlib.sha256(response.content).digest()).decode()
    assert headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert (headers["Export-Rows"], headers["Ledger-Position"]) == ("3", "11")
    assert f'filename="closure-20260921.{form}"' in headers["Content-Disposition"]
    assert name_of(headers["Content-Disposition"]) == f"示例市_办结情况_截至20260921.{form}"
    assert headers["Cache-Control"] == "private, no-cache"


def test_download_has_the_bytes_of_the_command(
    api: Api, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One writer: the same question gives the same file from both, manifest and codebook too."""
    monkeypatch.chdir(tmp_path)
    environ = connect_by(database) | {"TAIZHANG_LANG": "zh"}
    for kind, form in (("closure", "csv"), ("satisfaction", "xlsx"), ("ontime", "json")):
        asked = f"kind={kind}&format={form}&bundle=true&{AS_OF}"
        response = api.read(f"/v1/exports/rates?{asked}", Role.STATISTICIAN)
        monkeypatch.setattr("commands.reading.datetime", _Clock)
        options = ("--as-of", "2026-09-21T01:00:00Z", "--by", "unit", "--format", form)
        assert run(["report", kind, *options], environ, version="0") == Exit.DONE
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            names = archive.namelist()
            assert len(names) == 3
            for name in names:
                assert archive.read(name) == (tmp_path / name).read_bytes(), name
        manifest = json.loads((tmp_path / names[1]).read_bytes())
        assert manifest["rows_expected"] == manifest["rows_written"] == 3


class _Clock:
    """The clock of the API, for the command."""

    @staticmethod
    def now(_: object) -> object:
        return NOW


def test_format_follows_accept_where_none_is_named() -> None:
    """The heaviest type there is; CSV for who takes anything; 406 for who takes none."""
    assert accepted("") is accepted("*/*") is Format.CSV
    assert accepted("text/html, application/pdf;q=0.5") is Format.PDF
    assert accepted("text/csv;q=0.1, application/json") is Format.JSON
    for nothing in ("text/html", "text/csv;q=0"):
        with pytest.raises(RequestRefusedError, match="Accept names no type"):
            accepted(nothing)


def test_accept_and_language_choose_the_file(api: Api) -> None:
    """Headers do what parameters do; an error is a problem in JSON all the same."""
    path = f"/v1/exports/rates?{AS_OF}"
    english = {"Accept": "text/csv", "Accept-Language": "en"}
    shown = api.read(path, Role.STATISTICIAN, **english)
    assert shown.text.startswith("unit,")
    assert name_of(shown.headers["Content-Disposition"]).startswith("Example-City_Closure_as-of")
    refused = api.read(path, Role.STATISTICIAN, Accept="image/png")
    assert (refused.status_code, refused.json()["code"]) == (406, "not-acceptable")
    unknown = api.read("/v1/exports/rates?kind=rates&metric=none", Role.STATISTICIAN)
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid-request")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_comes_in_three_encodings(api: Api, encoding: str) -> None:
    """The header says which characters; the text is the same."""
    asked = f"/v1/exports/rates?format=csv&encoding={encoding}&{AS_OF}"
    response = api.read(asked, Role.STATISTICIAN)
    rows = list(csv.reader(io.StringIO(response.content.decode(encoding), newline="")))
    assert rows[0][0] == "单位"
    assert rows[-1][0] == "合计"
    charset = "gb18030" if encoding == "gb18030" else "utf-8"
    assert f"charset={charset}" in response.headers["Content-Type"]


def test_ranking_is_downloaded_by_score_and_by_a_rate(api: Api) -> None:
    """The total has no ranking; the score ranks units alone."""
    for metric in ("unit_score", "closure_rate"):
        asked = f"/v1/exports/ranking?format=xlsx&metric={metric}&cases_min=1"
        response = api.read(asked, Role.LEADER)
        assert response.status_code == 200, response.text
        with CalamineWorkbook.from_filelike(io.BytesIO(response.content)) as book:
            assert "打印表" in book.sheet_names
    refused = api.read("/v1/exports/ranking?by=total", Role.LEADER)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-request")


def test_published_report_is_downloaded_with_its_number(api: Api) -> None:
    """Its digits are those it was published with; an unknown one is not there."""
    path = api.write("/v1/reports", ORDER, Role.STATISTICIAN).headers["Location"]
    report_id = path.rpartition("/")[2]
    found = api.read(f"/v1/exports/reports/{report_id}?format=json", Role.SUPERVISION)
    assert found.json()["manifest"]["report_number"] == 1
    assert name_of(found.headers["Content-Disposition"]).endswith("_v1.json")
    petition = api.file()
    missing = api.read(f"/v1/exports/reports/{petition}?format=json", Role.SUPERVISION)
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown-report")


@pytest.mark.parametrize("template", Template)
def test_forms_are_downloaded(api: Api, template: Template) -> None:
    """Every form of the command line, of a period that has begun."""
    path = f"/v1/exports/forms/{template}"
    response = api.read(f"{path}?period=2026&format=xlsx", Role.SUPERVISION)
    assert response.status_code == 200, response.text
    for question, code in (
        ("period=2027", "period-not-begun"),
        ("period=x", "no-period"),
        ("period=2026&as_of=2099-01-01T00%3A00%3A00Z", "invalid-request"),
    ):
        refused = api.read(f"{path}?{question}", Role.SUPERVISION)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    if not template.is_of_rates:
        refused = api.read(f"{path}?period=2026&{AS_OF}", Role.SUPERVISION)
        assert refused.json()["code"] == "present-form"


def test_downloads_are_for_who_may_read_the_figures(api: Api) -> None:
    """Petitioners get none; a form of a board is for who may read the board."""
    for path in ("rates", "ranking", "forms/closure-monthly?period=2026"):
        refused = api.read(f"/v1/exports/{path}", Role.PETITIONER)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    ledger = "/v1/exports/forms/supervision-ledger?period=2026"
    assert api.read(ledger, Role.INTAKE).status_code == 403
    assert api.read("/v1/supervision-ledger", Role.INTAKE).status_code == 403
    assert api.client.get("/v1/exports/rates").status_code == 401


@pytest.mark.parametrize("kind", ReportKind)
def test_no_download_holds_a_personal_value(api: Api, kind: ReportKind) -> None:
    """What the petitioner said and who they are is in no file."""
    response = api.read(f"/v1/exports/rates?kind={kind}&format=json&bundle=true", Role.SUPERVISION)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        for name in archive.namelist():
            for field in ("subject", "text", "petitioner_name", "petitioner_phone"):
                assert str(SUBMISSION[field]).encode() not in archive.read(name)
