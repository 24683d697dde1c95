"""Writing through the API: every header, every refusal, once and only once."""

from collections.abc import Iterator

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import SUBMISSION, Api, running_api


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def test_filing_a_petition_answers_with_its_address(api: Api) -> None:
    """The answer names the petition, its version and its place in the log."""
    response = api.write("/v1/petitions", SUBMISSION, Role.INTAKE)
    written = response.json()
    assert response.status_code == 201
    assert written["state"] == "submitted"
    assert written["version"] == 1
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Location"] == f"/v1/petitions/{written['petition_id']}"
    assert response.headers["Ledger-Position"] == str(written["last_position"])
