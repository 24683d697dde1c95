"""One API for all tests of a file that change nothing, or whose changes concern nobody else."""

from collections.abc import Iterator

import pytest

from ledger.database import Database
from tests.api_clients import Api, running_api


@pytest.fixture(scope="module")
def shared_api(module_database: Database) -> Iterator[Api]:
    """Yield the API of an opened ledger that the tests of one file share."""
    with running_api(module_database) as api:
        yield api
