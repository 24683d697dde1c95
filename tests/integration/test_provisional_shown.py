"""A due that may still move says so wherever it is read."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from commands.failures import Exit
from commands.main import run
from domain.acceptance import AcceptPetition
from domain.filing import RegisterPetition, SubmitPetition
from domain.principal import Principal
from domain.vocabulary import Channel, PetitionType, Role
from ledger.application import PetitionLedger
from ledger.database import Database
from tests.api_clients import Api, running_api
from tests.integration.test_report_command import connect_by

NEW_YEAR_EVE = datetime(2026, 12, 31, 1, 0, tzinfo=UTC)
INTAKE = Principal(actor_id="intake-1", role=Role.INTAKE)


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def test_provisional_due_is_marked_in_api_worklist_and_terminal(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten working days from New Year's Eve reach a year whose notice is not published."""
    petition_id = uuid4()
    submission = SubmitPetition(
        channel=Channel.ONE_CLICK_LETTER,
        petition_type=PetitionType.APPEAL,
        subject="厂区门口停车位不足",
        text="请协调增设车位。",
        petitioner_name="示例诉求人",
    )
    acceptance = AcceptPetition(petition_type=PetitionType.APPEAL, category="parking")
    with PetitionLedger(api.database, lambda: NEW_YEAR_EVE) as ledger:
        ledger.submit(petition_id, submission, INTAKE)
        for command in (RegisterPetition(), acceptance):
            ledger.apply(petition_id, command, INTAKE)
    api.project()
    entries = api.read(f"/v1/petitions/{petition_id}", Role.SUPERVISION).json()["timeline"]
    (reply,) = (each for each in entries[-1]["running"] if each["clock"] == "reply")
    assert reply["provisional"]
    tasks = api.read("/v1/worklist?unit=", Role.SUPERVISION).json()["items"]
    dated = [each for each in tasks if each["due_at"] is not None]
    assert all(each["provisional"] is each["due_at"].startswith("2027") for each in dated)
    environ = connect_by(api.database)
    shown = ["petition", "show", str(petition_id)]
    assert run([*shown, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert any(each["provisional"] for each in document["entries"][-1]["running"])
    for language, mark in (("zh", "（暂定）"), ("en", "(provisional)")):
        assert run(shown, environ | {"TAIZHANG_LANG": language}, version="0") == Exit.DONE
        assert mark in capsys.readouterr().out
