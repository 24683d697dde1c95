"""A petition's whole life over HTTP, each step by whoever it belongs to, read back at once."""

from collections.abc import Iterator
from datetime import datetime
from threading import Event, Thread
from typing import Any

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from projections.following import follow
from tests.api_clients import SUBMISSION, Api, running_api

OWNER = "enterprise-42"

JOURNEY: tuple[tuple[str, dict[str, Any], Role, str], ...] = (
    ("registration", {}, Role.INTAKE, "registered"),
    ("acceptance", {"petition_type": "appeal", "category": "parking"}, Role.INTAKE, "accepted"),
    ("dispatches", {"lead": "bureau"}, Role.DISPATCHER, "dispatched"),
    (
        "signatures",
        {"handler_id": "h-1", "handler_name": "示例承办人"},
        Role.HANDLER,
        "in_progress",
    ),
    ("contacts", {"medium": "电话"}, Role.HANDLER, "in_progress"),
    (
        "replies",
        {"head_id": "head-1", "text": "已增设车位。", "outcome": "resolved"},
        Role.HANDLER,
        "replied",
    ),
    ("reply-approvals", {}, Role.REVIEWER, "callback_pending"),
    (
        "callbacks",
        {"resolution": "resolved", "satisfaction": "satisfied"},
        Role.CALLBACK,
        "callback_pending",
    ),
    ("closure", {"basis": "completed"}, Role.REVIEWER, "closed"),
    ("ratings", {"satisfaction": "satisfied"}, Role.PETITIONER, "closed"),
)


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger whose read models follow the log."""
    stop = Event()
    with running_api(database) as api:
        projector = Thread(
            target=follow,
            args=(
                lambda: database.connect(DatabaseRole.PROJECTOR, autocommit=True),
                database.schema,
                stop,
            ),
            kwargs={"report": lambda _: None},
        )
        projector.start()
        yield api
        stop.set()
        projector.join()


def test_petition_goes_from_filing_to_rating_over_http(api: Api) -> None:
    """Every step is one request with the version before; every read contains the last write."""
    filed = api.write("/v1/petitions", SUBMISSION, Role.PETITIONER, account=OWNER)
    assert filed.status_code == 201, filed.text
    path, version = filed.headers["Location"], filed.json()["version"]
    position = filed.headers["Ledger-Position"]
    for name, body, role, state in JOURNEY:
        account = OWNER if role is Role.PETITIONER else None
        unit = "hub" if role in {Role.REVIEWER, Role.CALLBACK} else None
        response = api.write(
            f"{path}/{name}", body, role, version=version, account=account, unit=unit
        )
        assert response.status_code == 200, (name, response.text)
        assert response.json()["state"] == state, name
        version = response.json()["version"]
        position = response.headers["Ledger-Position"]
        listed = api.read(f"/v1/worklist?unit=bureau&wait_for={position}", Role.SUPERVISION)
        assert listed.status_code == 200
        tasks = {item["task"] for item in listed.json()["items"]}
        assert ("to_sign" in tasks) is (state == "dispatched"), name
        assert ("to_handle" in tasks) is (state == "in_progress"), name

    rates = api.read(
        f"/v1/rates?by=unit&metric=closure_rate&wait_for={position}", Role.STATISTICIAN
    ).json()
    assert rates["position"] >= int(position)
    assert rates["rows"][0]["shares"][0] == {
        "metric": "closure_rate",
        "n": 1,
        "d": 1,
        "percent": "100.00",
        "shown": {"zh": "100.00 %", "en": "100.00 %"},
        "withheld": None,
    }

    owner = api.headers(Role.PETITIONER, account=OWNER)
    view = api.client.get(path, headers=owner).json()
    assert view["state_label"]["zh"] == "已办结"
    assert len(view["timeline"]) == version
    assert "已增设车位。" in str(view["timeline"])
    assert "示例承办人" not in str(view["timeline"])
    recorded = [datetime.fromisoformat(entry["recorded_at"]) for entry in view["timeline"]]
    assert recorded == sorted(recorded)

    late = api.write(
        f"{path}/replies",
        {"head_id": "head-1", "text": "迟到的答复", "outcome": "resolved"},
        Role.HANDLER,
        version=version,
    )
    assert (late.status_code, late.json()["code"]) == (409, "impossible-transition")
    again = api.client.get(path, headers={**owner, "If-None-Match": f'"{version}"'})
    assert again.status_code == 304
