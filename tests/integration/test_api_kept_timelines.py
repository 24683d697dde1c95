"""A timeline that was read before shows what is there now, to those who may see it."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from projections.kept_timelines import KeptTimelines
from projections.timeline import read_timeline
from tests.api_clients import Api, running_api

NAME = "示例诉求人"


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with three units."""
    with running_api(database) as api:
        yield api


def test_erased_value_is_gone_from_a_kept_timeline(api: Api) -> None:
    """An erasure changes no event, and still the next read is without the name."""
    path = f"/v1/petitions/{api.file()}"
    for _ in range(2):
        assert NAME in api.read(path, Role.INTAKE).text
    with api.database.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        owner.execute("DELETE FROM personal")
    read = api.read(path, Role.INTAKE)
    assert NAME not in read.text
    assert "commitment" in read.text


def test_kept_timeline_opens_nothing_to_who_may_not_see_it(api: Api) -> None:
    """What was opened to one role is closed to the next, and open again to the first."""
    path = f"/v1/petitions/{api.file()}"
    for role, is_open in (
        (Role.INTAKE, True),
        (Role.STATISTICIAN, False),
        (Role.INTAKE, True),
        (Role.ADMIN, False),
    ):
        assert (NAME in api.read(path, role).text) is is_open


def test_kept_timeline_grows_with_the_petition(api: Api) -> None:
    """Every event is there at once, with the state after it, also of another process."""
    petition_id = api.file()
    path = f"/v1/petitions/{petition_id}"
    assert len(api.read(path, Role.INTAKE).json()["timeline"]) == 1
    assert api.write(f"{path}/registration", {}, Role.INTAKE, version=1).status_code == 200
    view = api.read(path, Role.INTAKE).json()
    assert (view["version"], view["state"], len(view["timeline"])) == (2, "registered", 2)


def test_kept_timeline_from_a_later_state_is_not_shown_in_an_earlier_one(api: Api) -> None:
    """A read of an older snapshot is of that snapshot alone."""
    petition_id = UUID(api.file())
    path, kept = f"/v1/petitions/{petition_id}", KeptTimelines()
    with api.services.sessions.snapshot() as earlier:
        first = read_timeline(earlier, petition_id, kept=kept)
        assert api.write(f"{path}/registration", {}, Role.INTAKE, version=1).status_code == 200
        with api.services.sessions.snapshot() as later:
            assert read_timeline(later, petition_id, kept=kept).facts.version == 2
        assert read_timeline(earlier, petition_id, kept=kept) == first


def test_timelines_looked_at_longest_ago_go_first(api: Api) -> None:
    """The memory of one process is bounded by the number of entries."""
    kept = KeptTimelines(entries_max=2)
    ids = [UUID(api.file()) for _ in range(3)]
    with api.services.sessions.snapshot() as connection:
        for petition_id in (*ids[:2], ids[0], ids[2]):
            read_timeline(connection, petition_id, kept=kept)
    assert [kept.recall(each) is not None for each in ids] == [True, False, True]
