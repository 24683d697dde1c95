"""What was known at an instant, over HTTP: one at a time, and never of too long a log."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api import replay_turn
from api.services import Services
from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import Api, app_of, open_example_ledger

QUESTIONS = [
    "/v1/rates?",
    "/v1/ranking?",
    "/v1/ranking?metric=closure_rate&",
    "/v1/claim-gaps?",
    "/v1/exports/rates?",
    "/v1/exports/ranking?",
    "/v1/exports/forms/closure-monthly?period=2026-08&",
]


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with a petition, by the clock that records it."""
    open_example_ledger(database)
    app = app_of(Services.of(database, lambda: datetime.now(UTC), uuid4, lambda _: "E-test"))
    with TestClient(app) as client:
        api = Api(app, client, database, [])
        api.file()
        api.project()
        yield api


def _known_now() -> str:
    return f"known_at={datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def test_question_of_the_past_waits_for_no_other(api: Api) -> None:
    """It is told to come again; who asks read models needs no turn, and a turn is given back."""
    with api.services.replays:
        for question in QUESTIONS:
            response = api.read(f"{question}{_known_now()}", Role.STATISTICIAN)
            answer = response.json()
            assert (response.status_code, answer["code"]) == (503, "known-at-busy"), question
            assert response.headers["Retry-After"] == "5"
            assert "重放" in answer["texts"]["zh"]
            assert api.read(question.rstrip("?&"), Role.STATISTICIAN).status_code == 200, question
    for question in QUESTIONS:
        response = api.read(f"{question}{_known_now()}", Role.STATISTICIAN)
        assert response.status_code == 200, (question, response.text)
    assert not api.services.replays.locked()


def test_long_log_is_refused_at_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer names the command that has no such bound, and nothing is folded for it."""
    monkeypatch.setattr(replay_turn, "EVENTS_MAX", 1)
    for question in QUESTIONS:
        response = api.read(f"{question}{_known_now()}", Role.STATISTICIAN)
        answer = response.json()
        assert (response.status_code, answer["code"]) == (422, "known-at-too-large"), question
        assert "taizhang report" in answer["texts"]["en"]
        assert "taizhang report" in answer["texts"]["zh"]
    assert not api.services.replays.locked()
