"""What accuses a unit shows itself to that unit on no read path, in no citation and in no count."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.json import decode, encode
from msgspec.structs import replace

from api.position_watcher import PositionWatcher
from commands.act_catalogue import PETITIONS
from commands.failures import Exit
from commands.main import run
from domain.catalogue import RESOURCES
from domain.command import Command
from domain.delegation_commands import GrantDelegation
from domain.principal import Principal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.roster import Tier, Unit, UnitKind
from domain.roster_commands import ROSTERS, MergeUnits
from domain.text import Text
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import register_units
from ledger.reference import ROSTER_ID
from tests.api_clients import ADMIN, NOW, START, Api, running_api
from tests.integration.test_report_command import connect_by
from tests.unit import government_lives, resource_story
from tests.unit.given_when_then import DAY, MINUTE
from tests.unit.given_when_then import START as TOLD_FROM
from tests.unit.resource_story import PETITION, Deed

ACCUSED = "depot"
SECRET = {"confidential": True, "accused_unit": ACCUSED, "subject": "举报仓储站"}
KIND = {"petition_type": "appeal", "category": "storage"}
STAFF = (Role.INTAKE, Role.HANDLER, Role.SUPERVISION, Role.STATISTICIAN)
"""One role of each kind of sight; unit tests have every role."""
LIVES = {**resource_story.LIVES, **government_lives.LIVES}
CITING: Mapping[str, tuple[Deed, ...]] = {
    name: deeds
    for name, deeds in LIVES.items()
    if any(str(PETITION) in encode(deed.command).decode() for deed in deeds)
}
FEED = "/v1/events?limit=500"


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with all units that the told lives name, and the accused one."""
    with running_api(database) as api:
        known = api.services.ledger.reference.roster().state.units
        wanted = {"roads", "water", "watch", ACCUSED} - set(known)
        units = [
            Unit(
                unit_id=unit_id,
                name=Text(f"示例{unit_id}", unit_id),
                tier=Tier.CITY,
                parent=None,
                kind=UnitKind.DEPARTMENT,
            )
            for unit_id in sorted(wanted)
        ]
        register_units(api.services.ledger, units, ADMIN, START)
        yield api


def _about(command: Command, petition_id: str) -> Any:  # noqa: ANN401 - of the command's own type
    text = encode(command).decode().replace(str(PETITION), petition_id)
    return decode(text, type=type(command))


def _resource_of(command: Command) -> Resource:
    return next(each for each in RESOURCES if type(command) in each.opening)


def _tell(ledger: PetitionLedger, name: str, petition_id: str) -> tuple[Resource, UUID]:
    """Let a told life happen in a ledger, about a petition of it."""
    at, opened = TOLD_FROM, uuid4()
    resource = _resource_of(CITING[name][0].command)
    for deed in CITING[name]:
        at = deed.command.occurred_at or at + MINUTE
        command = replace(_about(deed.command, petition_id), occurred_at=at)
        principal = deed.principal
        match command:
            case OpeningCommand():
                opened = ledger.open(resource, opened, command, principal).originator_id
            case AggregateCommand():
                ledger.give(resource, opened, command, principal)
    return resource, opened


def _merge(api: Api, at: datetime, ledger: PetitionLedger | None = None) -> int:
    """Let the accused unit go into another one, and return the last position."""
    merger = MergeUnits(
        units=(ACCUSED,), successor="roads", effective_on=START.date(), document="编〔2026〕2号"
    )
    ledger = ledger or api.services.ledger
    receipt = ledger.give(ROSTERS, ROSTER_ID, replace(merger, occurred_at=at), ADMIN)
    return receipt.last_position


def test_lives_cite_petitions_of_many_kinds() -> None:
    """A new kind that cites petitions joins by being told."""
    assert {"session", "supervision", "bulletin", "visit", "commendation", "appeal"} <= set(CITING)


@pytest.mark.parametrize("name", sorted(CITING))
def test_citation_of_a_hidden_petition_is_shown_to_everybody_but_the_accused(
    api: Api, name: str
) -> None:
    """The accused unit reads the rest of a life, or hears that there is none such."""
    secret, other = api.file(**SECRET), api.file()
    ledger = api.services.ledger
    resource, about_secret = _tell(ledger, name, secret)
    # What has a number of its own, such as a circular, can be told once in a ledger.
    is_numbered = any(deed.command.claims for deed in CITING[name])
    about_other = None if is_numbered else _tell(ledger, name, other)[1]
    begins_with_it = str(PETITION) in encode(CITING[name][0].command).decode()
    for role in STAFF:
        for unit, is_open in ((None, True), ("hub", True), (ACCUSED, False)):
            read = api.read(f"/v1/{resource.path}/{about_secret}", role, unit)
            assert read.status_code == (404 if begins_with_it and not is_open else 200)
            assert (secret in read.text) is is_open, (role, unit)
        if about_other is not None:
            shown = api.read(f"/v1/{resource.path}/{about_other}", role, ACCUSED)
            assert other in shown.text


def test_feed_withholds_every_event_about_a_hidden_petition(api: Api) -> None:
    """Its own events and those that cite it are places in the log, on the page and as lines."""
    secret = api.file(**SECRET)
    other = api.file()
    similar = {"similar": [secret]}
    path = f"/v1/petitions/{other}/registration"
    assert api.write(path, similar, Role.INTAKE, version=1).status_code == 200
    for name in sorted(CITING):
        _tell(api.services.ledger, name, secret)
    for role in (Role.SUPERVISION, Role.STATISTICIAN, Role.ADMIN, Role.SYSTEM):
        told = api.read(FEED, role, "hub").json()["items"]
        known = api.read(FEED, role, ACCUSED)
        lines = api.read(FEED, role, ACCUSED, Accept="application/x-ndjson").text
        assert secret not in known.text + lines
        items = known.json()["items"]
        assert len(items) == len(told) == len(lines.splitlines())
        assert sum(each["type"] == "withheld" for each in items) == sum(
            secret in encode(each).decode() for each in told
        )


def test_petition_that_cites_a_hidden_one_is_shown_without_that(api: Api) -> None:
    """A clerk had looked at similar petitions; the accused unit sees that, and not which."""
    secret, other = api.file(**SECRET), api.file()
    path = f"/v1/petitions/{other}/registration"
    api.write(path, {"similar": [secret]}, Role.INTAKE, version=1)
    for unit, is_open in (("hub", True), (ACCUSED, False)):
        read = api.read(f"/v1/petitions/{other}", Role.SUPERVISION, unit)
        assert read.status_code == 200
        assert (secret in read.text) is is_open
        known = {"If-None-Match": read.headers["ETag"]}
        again = api.read(f"/v1/petitions/{other}", Role.SUPERVISION, unit, **known)
        assert again.status_code == (304 if is_open else 200)


def test_hidden_petition_is_unknown_to_the_accused_and_to_its_heir(api: Api) -> None:
    """By id, by number, in the worklist and as the object of a command; as if it were not."""
    secret = api.file(**SECRET)
    path = f"/v1/petitions/{secret}/registration"
    assert api.write(path, {}, Role.INTAKE, version=1).status_code == 200
    api.project()
    number = api.read(f"/v1/petitions/{secret}", Role.SUPERVISION).json()["number"]
    for merged in (False, True):
        if merged:
            _merge(api, NOW)
        for role in STAFF:
            for unit in (ACCUSED, "roads") if merged else (ACCUSED,):
                if api.services.ledger.reference.roster().state.closed >= {unit}:
                    continue
                assert api.read(f"/v1/petitions/{secret}", role, unit).status_code == 404
                found = api.read(f"/v1/petitions?number={number}", role, unit)
                assert found.json()["items"] == []
                if role not in {Role.HANDLER, Role.DEPARTMENT_HEAD}:
                    tasks = api.read("/v1/worklist?unit=", role, unit)
                    assert secret not in tasks.text
    nowhere = str(uuid4())
    for version in (1, 2, 3):
        answers = []
        for petition_id in (secret, nowhere):
            path = f"/v1/petitions/{petition_id}/acceptance"
            refused = api.write(path, KIND, Role.INTAKE, version=version, unit="roads")
            answers.append((refused.status_code, refused.text.replace(petition_id, "")))
        assert answers[0] == answers[1]


def test_heir_by_a_merger_of_another_process_is_known_to_who_waits_for_it(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read that names the merger's position is answered by the new roster, however soon."""
    secret = api.file(**SECRET)
    path = f"/v1/petitions/{secret}"
    assert api.read(path, Role.REVIEWER, "roads").status_code == 200
    monkeypatch.setattr(PositionWatcher, "is_fresh", True)
    with monkeypatch.context() as blind, closing(PetitionLedger(api.database, lambda: NOW)) as far:
        blind.setattr(PositionWatcher, "_look", lambda *_: None)
        merged_at = _merge(api, NOW, far)
    # The watcher has not looked since the merger: for this read it is not relied upon.
    assert api.read(f"{path}?wait_for={merged_at}", Role.REVIEWER, "roads").status_code == 404
    assert api.read(path, Role.REVIEWER, "roads").status_code == 404


def test_heir_by_a_merger_of_this_process_is_known_at_once(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever recorded the merger here finds it in force, whatever the watcher has seen."""
    path = f"/v1/petitions/{api.file(**SECRET)}"
    assert api.read(path, Role.REVIEWER, "roads").status_code == 200
    monkeypatch.setattr(PositionWatcher, "is_fresh", True)
    monkeypatch.setattr(PositionWatcher, "_look", lambda *_: None)
    _merge(api, NOW)
    assert api.read(path, Role.REVIEWER, "roads").status_code == 404


def test_refusal_to_read_a_hidden_petition_is_that_of_a_petition_that_is_not(api: Api) -> None:
    """Word for word, so that nobody learns from an answer that there is an accusation."""
    secret, nowhere = api.file(**SECRET), str(uuid4())
    api.project()
    for role in STAFF:
        for place in ("", "/timeline", "/similar"):
            hidden, absent = (
                api.read(f"/v1/petitions/{petition_id}{place}", role, ACCUSED)
                for petition_id in (secret, nowhere)
            )
            assert hidden.status_code == absent.status_code
            assert hidden.text.replace(secret, "") == absent.text.replace(nowhere, ""), place


def test_figures_have_no_group_that_an_accusation_made(api: Api) -> None:
    """Rates and rankings count a petition for its handlers and never for whom it accuses."""
    api.file(**SECRET)
    api.project()
    for question in ("rates?by=unit", "ranking", "ranking?by=unit&metric=closure_rate"):
        read = api.read(f"/v1/{question}", Role.STATISTICIAN, ACCUSED)
        assert read.status_code == 200, read.text
        assert ACCUSED not in read.text


def test_worklist_of_an_heir_holds_what_the_merged_unit_left(api: Api) -> None:
    """Its handlers find the task and may open the petition."""
    petition_id = api.file()
    for place, (command, body, role) in enumerate(
        (
            ("registration", {}, Role.INTAKE),
            ("acceptance", KIND, Role.INTAKE),
            ("dispatches", {"lead": ACCUSED}, Role.DISPATCHER),
        ),
        1,
    ):
        path = f"/v1/petitions/{petition_id}/{command}"
        assert api.write(path, body, role, version=place).status_code == 200
    _merge(api, NOW)
    api.project()
    for unit, is_theirs in (("roads", True), ("bureau", False)):
        tasks = api.read("/v1/worklist", Role.HANDLER, unit)
        assert (petition_id in tasks.text) is is_theirs
        # Whoever sees every unit's work finds it in the same place.
        asked = api.read(f"/v1/worklist?unit={unit}", Role.SUPERVISION)
        assert (petition_id in asked.text) is is_theirs
        read = api.read(f"/v1/petitions/{petition_id}", Role.HANDLER, unit)
        assert read.status_code == (200 if is_theirs else 404)
    signature = {"handler_id": "roads-1", "handler_name": "示例承办人"}
    path = f"/v1/petitions/{petition_id}/signatures"
    assert api.write(path, signature, Role.HANDLER, version=4, unit="bureau").status_code == 422
    assert api.write(path, signature, Role.HANDLER, version=4, unit="roads").status_code == 200


def test_lent_role_opens_nothing_to_the_accused(api: Api) -> None:
    """Somebody of the accused unit acts for the hub by delegation, on every petition but that."""
    secret, other = api.file(**SECRET), api.file()
    for petition_id in (secret, other):
        for place, (command, body) in enumerate((("registration", {}), ("acceptance", KIND)), 1):
            path = f"/v1/petitions/{petition_id}/{command}"
            assert api.write(path, body, Role.INTAKE, version=place).status_code == 200
    lending = GrantDelegation(
        to_account="lent-1", starts_at=START, ends_at=NOW + DAY, occurred_at=START
    )
    lender = Principal(actor_id="dispatcher-1", role=Role.DISPATCHER, unit="hub")
    api.services.ledger.give(ROSTERS, ROSTER_ID, lending, lender)
    for petition_id, status in ((secret, 412), (other, 200)):
        path = f"/v1/petitions/{petition_id}/dispatches"
        order = {"lead": "bureau"}
        answer = api.write(path, order, Role.INTAKE, version=3, unit=ACCUSED, account="lent-1")
        assert answer.status_code == status, answer.text
    assert api.read(f"/v1/petitions/{secret}", Role.INTAKE, ACCUSED).status_code == 404


def test_terminal_finds_no_hidden_petition(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    """A command given by `taizhang act` with a key of the accused unit ends as not found."""
    secret = api.file(**SECRET)
    roster = api.services.ledger.reference.roster().state
    grant = KeyGrant(label="terminal", role=Role.INTAKE, actor_id="intake-9", unit=ACCUSED)
    key = issue_key(api.database, grant, roster, NOW)
    environ = connect_by(api.database) | {"TAIZHANG_KEY": key}
    for petition_id in (secret, str(uuid4())):
        arguments = ["act", PETITIONS, "register-petition", petition_id]
        assert run(arguments, environ, version="0") == Exit.NOT_FOUND
        assert "unknown-petition" in capsys.readouterr().err
