"""A member of a direct group follows a petition on every read path, and learns no name."""

from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from msgspec import to_builtins

from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from tests.api_clients import SUBMISSION, Api, running_api
from tests.integration.test_api_access import routes_of
from tests.integration.test_api_reads import ACCEPTANCE
from tests.unit.petition_stories import SAMPLES
from tests.unit.resource_story import FIRM

OWNER, PEER, STRANGER, OFFICER = "owner-7", "peer-7", "stranger-7", "officer-7"
SECRETS = ("请协调增设车位", "厂区门口停车位不足", "示例诉求人", "000-0000", OWNER, "钱某")
"""What the petitioner said, who that is, and what the offices noted of it."""
WORDS = "厂区门口已增设车位。"
PUBLICATION = {"subject": "厂区停车", "text": WORDS}
DUE = "2026-09-21T01:00:00Z"
STEPS: tuple[tuple[str, dict[str, Any], Role], ...] = (
    ("registration", {}, Role.INTAKE),
    ("acceptance", ACCEPTANCE, Role.INTAKE),
    ("dispatches", {"lead": "bureau"}, Role.DISPATCHER),
    (
        "group-shares",
        {"group": "liaisons", "members": [PEER, OFFICER, "peer-8"]},
        Role.INTAKE,
    ),
    ("signatures", {"handler_id": "h-7", "handler_name": "钱某"}, Role.HANDLER),
    ("joint-petitioners", {"account": "joint-7", "petitioner_name": "钱某"}, Role.PETITIONER),
    ("plans", {"owner_id": "h-7", "plan": "与钱某商定。", "due_at": DUE}, Role.HANDLER),
    ("replies", {"head_id": "d-7", "text": "钱某：已设。", "outcome": "resolved"}, Role.HANDLER),
    ("reply-approvals", {}, Role.REVIEWER),
    ("reply-publications", PUBLICATION, Role.REVIEWER),
)
"""A petition's life until its reply is public, and the shape of who may do what."""
UNPUBLISHED = ("reply-withdrawals", {"reason": "措辞有误。"}, Role.REVIEWER)
SECRET_NOW = ("confidentiality", {"reason": "涉商业秘密。"}, Role.INTAKE)


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def give(api: Api, path: str, version: int, step: tuple[str, dict[str, Any], Role]) -> None:
    """Give one command on a petition."""
    command, body, role = step
    unit = "hub" if role is Role.REVIEWER else None
    account = OWNER if role is Role.PETITIONER else None
    target = f"{path}/{command}"
    response = api.write(target, body, role, version=version, unit=unit, account=account)
    assert response.status_code == 200, response.text


@pytest.fixture
def path(api: Api) -> str:
    """Return the path of a petition of a group, whose reply is public."""
    filing = {
        **SUBMISSION,
        "enterprise": FIRM,
        "on_behalf_of": OWNER,
        "medium": "群消息，发送人钱某",
    }
    filed = api.write("/v1/petitions", filing, Role.INTAKE)
    assert filed.status_code == 201, filed.text
    found = filed.headers["Location"]
    for version, step in enumerate(STEPS, 1):
        give(api, found, version, step)
    api.project()
    return str(found)


def ask(
    api: Api,
    path: str,
    account: str,
    role: Role = Role.PETITIONER,
    unit: str | None = None,
    tag: str = "",
) -> Response:
    """Read as one account, that may have an earlier answer."""
    headers = {**api.headers(role, unit, account), "If-None-Match": tag}
    return api.client.get(path, headers=headers)


def test_peer_follows_the_course_on_every_path_and_a_stranger_on_none(api: Api, path: str) -> None:
    """State, clocks, custody and number are there; without the sharing there is no petition."""
    number = ask(api, path, PEER).json()["number"]
    for tail in ("", "/deadlines/reply", "/custody"):
        assert ask(api, path + tail, PEER).status_code == 200, tail
        assert ask(api, path + tail, STRANGER).status_code == 404, tail
    for account, count in ((PEER, 1), (STRANGER, 0)):
        found = ask(api, f"/v1/petitions?number={number}", account).json()["items"]
        assert len(found) == count
    view = ask(api, path, PEER).json()
    assert view["state"] == "callback_pending"
    assert view["facts"]["cycles"][0]["plans"]
    topics = [entry["topic"] for entry in view["timeline"]]
    assert topics[0] == "petition.submitted"
    assert len(topics) == len(STEPS) + 1
    assert view["timeline"][3]["running"]
    (plan,) = (each for each in view["timeline"] if each["topic"] == "petition.plan_committed")
    assert plan["fields"]["due_at"].startswith("2026-09-21")
    assert "value" not in plan["fields"]["plan"]


def test_peer_learns_no_personal_value_on_any_path(api: Api, path: str) -> None:
    """Whatever can be read with a petitioner's key, also as a clerk of an office apart."""
    petition_id = path.rpartition("/")[2]
    readable = 0
    for method, route in routes_of(api):
        if method != "GET" or not route.startswith("/v1/") or route.endswith("/stream"):
            continue
        address = route.replace("{petition_id}", petition_id).replace("{clock}", "reply")
        address = address.replace("{resource_id}", petition_id)
        for role, account, unit in (
            (Role.PETITIONER, PEER, None),
            (Role.HANDLER, OFFICER, "station"),
        ):
            shown = ask(api, address, account, role, unit)
            readable += shown.status_code == 200 and role is Role.PETITIONER
            for secret in (*SECRETS, FIRM, "joint-7", "peer-8"):
                assert secret not in shown.text, (address, role, secret)
    assert readable >= 7
    owner = ask(api, path, OWNER).text
    assert all(secret in owner for secret in SECRETS[:3])


def test_peer_opens_the_public_wording_while_it_is_public(api: Api, path: str) -> None:
    """The one open value is that of the publication; taken down, it is closed to peers."""
    for account, role, unit in ((PEER, Role.PETITIONER, None), (OFFICER, Role.HANDLER, "station")):
        entries = ask(api, path, account, role, unit).json()["timeline"]
        opened = [
            (entry["topic"], name)
            for entry in entries
            for name, value in entry["fields"].items()
            if isinstance(value, dict) and "value" in value
        ]
        assert sorted(opened) == [
            ("petition.reply_published", "subject"),
            ("petition.reply_published", "text"),
        ]
    tag = ask(api, path, PEER).headers["ETag"]
    give(api, path, len(STEPS) + 1, UNPUBLISHED)
    later = ask(api, path, PEER, tag=tag)
    assert later.status_code == 200
    assert WORDS not in later.text
    assert WORDS in ask(api, path, OWNER).text


def test_owner_reads_what_was_published_of_theirs(api: Api, path: str) -> None:
    """The wording was said in public; why it was taken down is the offices' own."""
    give(api, path, len(STEPS) + 1, UNPUBLISHED)
    shown = ask(api, path, OWNER).text
    assert WORDS in shown
    assert "措辞有误" not in shown


def test_secret_is_withdrawn_from_peers_and_from_the_public(api: Api, path: str) -> None:
    """Marked confidential, it is unknown to its peers and on no public list."""
    assert WORDS in ask(api, "/v1/public-replies", STRANGER).text
    number = ask(api, path, PEER).json()["number"]
    give(api, path, len(STEPS) + 1, SECRET_NOW)
    api.project()
    for tail in ("", "/deadlines/reply", "/custody"):
        assert ask(api, path + tail, PEER).status_code == 404, tail
    assert ask(api, f"/v1/petitions?number={number}", PEER).json()["items"] == []
    assert ask(api, "/v1/public-replies", STRANGER).json()["items"] == []
    assert ask(api, path, OWNER).status_code == 200


def test_peer_may_do_nothing_to_the_petition(api: Api, path: str) -> None:
    """Watching is not speaking: whatever a petitioner may ask stays the petitioner's."""
    asked = [each for each in SAMPLES if Role.PETITIONER in each.roles]
    assert len(asked) >= 6
    for command in asked:
        body, version = to_builtins(command), len(STEPS) + 1
        target = f"{path}/{command.path}"
        answer = api.write(target, body, Role.PETITIONER, version=version, account=PEER)
        assert answer.status_code == 403, answer.text


def test_public_replies_are_read_with_every_key(api: Api, path: str) -> None:
    """One line for everybody alike, with its days, its unit and the public words."""
    shown = {api.read("/v1/public-replies", role).text for role in Role}
    assert len(shown) == 1
    (item,) = api.read("/v1/public-replies", Role.PETITIONER).json()["items"]
    assert path.endswith(item["petition_id"])
    assert (item["subject"], item["text"]) == (PUBLICATION["subject"], WORDS)
    assert (item["unit"], item["filed_on"], item["closed_on"]) == ("bureau", "2026-09-21", None)
    assert item["version"] == len(STEPS) + 1
    assert item["type_label"]["en"] == "appeal"
    nothing = api.read("/v1/public-replies?unit=station", Role.PETITIONER).json()
    assert (nothing["unit"], nothing["items"]) == ("station", [])
    tag = api.read("/v1/public-replies", Role.PETITIONER).headers["ETag"]
    assert ask(api, "/v1/public-replies", PEER, tag=tag).status_code == 304
    with api.database.connect(DatabaseRole.OWNER) as owner:
        owner.execute("DELETE FROM personal WHERE path = '/text'")
    (erased,) = ask(api, "/v1/public-replies", PEER, tag=tag).json()["items"]
    assert (erased["subject"], erased["text"]) == (PUBLICATION["subject"], None)


def test_green_channel_is_shown_in_worklist_and_on_the_deadline_board(api: Api) -> None:
    """A line says that it goes ahead of others; its due is what it was."""
    hurried, plain = api.file(), api.file()
    for petition_id in (hurried, plain):
        for version, step in enumerate(STEPS[:3], 1):
            give(api, f"/v1/petitions/{petition_id}", version, step)
    step = ("green-channels", {"basis": "省级重点项目。"}, Role.DISPATCHER)
    give(api, f"/v1/petitions/{hurried}", 4, step)
    api.project()
    for listed, role in (("worklist", Role.HANDLER), ("deadline-board", Role.DISPATCHER)):
        items = api.read(f"/v1/{listed}", role).json()["items"]
        marked = {each["petition_id"]: each["green_channel"] for each in items}
        assert marked == {hurried: True, plain: False}, listed
