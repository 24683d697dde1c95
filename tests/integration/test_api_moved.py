"""The API of a ledger that is being moved, or has moved, reads on and records nothing."""

from collections.abc import Iterator

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.head_state import HeadState, set_state
from tests.api_clients import SUBMISSION, Api, running_api


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return an API with keys for those who write and read."""
    with running_api(database) as api:
        api.headers(Role.INTAKE)
        api.headers(Role.SUPERVISION)
        yield api


def _set(api: Api, state: HeadState) -> None:
    elsewhere = None if state is HeadState.OPEN else "db:5432/elsewhere"
    with api.database.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        set_state(owner, state, elsewhere)


def test_write_waits_for_the_end_of_a_move(api: Api) -> None:
    """503 with a time to wait; the same key is recorded once when the ledger is open again."""
    before = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="before")
    _set(api, HeadState.MOVING)
    refused = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="k")
    assert (refused.status_code, refused.json()["code"]) == (503, "ledger-moving")
    assert int(refused.headers["Retry-After"]) > 0
    # An answer that was given stays the answer, also now.
    again = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="before")
    assert again.json()["petition_id"] == before.json()["petition_id"]
    assert api.read(f"/v1/petitions/{before.json()['petition_id']}", Role.SUPERVISION).is_success
    _set(api, HeadState.OPEN)
    assert api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="k").status_code == 201


def test_write_to_a_moved_ledger_is_refused_without_naming_the_other_server(api: Api) -> None:
    """503 and no time to wait: the address is a matter between the client and its operator."""
    _set(api, HeadState.MOVED)
    refused = api.write("/v1/petitions", SUBMISSION, Role.INTAKE)
    assert (refused.status_code, refused.json()["code"]) == (503, "ledger-moved")
    assert "Retry-After" not in refused.headers
    assert "elsewhere" not in refused.text
