"""Tests of who is told of a policy, and of what becomes of the messages."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from psycopg import Connection, sql
from psycopg.errors import InsufficientPrivilege

from domain.aggregate import LedgerAggregate
from domain.policy import Policy
from domain.policy_publishing import DraftPolicy, PublishPolicy, WithdrawPolicy
from domain.policy_terms import matches
from domain.subscription import PushChannel, Subscribe, Unsubscribe
from domain.vocabulary import PetitionType, Role
from ledger.database import Database
from ledger.database import Role as Account
from ledger.log_reader import LogReader
from ledger.recorder import LedgerRecorder
from projections.engine import Engine
from projections.models import MODELS
from projections.outbox import note_delivered, note_failed, read_undelivered
from projections.policies import Policies, find_policies
from projections.policy_inbox import read_inbox
from projections.subscriptions import read_subscriptions
from replay.rebuild import rebuild
from replay.verify import verify
from tests.integration.logged_petitions import append_events, open_recorder
from tests.unit.given_when_then import START
from tests.unit.resource_story import DRAFT, EXPLAIN, HEAD, SUBSCRIBE, Deed, Life

TABLES = Policies.tables
SOON = timedelta(days=400)


@pytest.fixture
def recorder(database: Database) -> Iterator[LedgerRecorder]:
    """Yield a recorder of the test's ledger."""
    recorder = open_recorder(database)
    yield recorder
    recorder.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection of the projector."""
    with database.connect(Account.PROJECTOR, autocommit=True) as connection:
        yield connection


@pytest.fixture
def sender(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection of whoever sends messages."""
    with database.connect(Account.APP, autocommit=True) as connection:
        yield connection


def policy(number: int, *more: Deed, **fields: object) -> list[LedgerAggregate.Event]:
    """Return the events of a policy that differs in some fields from the usual one."""
    assert isinstance(DRAFT.command, DraftPolicy)
    draft = Deed(replace(DRAFT.command, **fields), Role.HANDLER)
    publish = Deed(PublishPolicy(number=f"示例〔2026〕{number}号"), HEAD)
    return Life(UUID(int=number)).do(draft, publish, *more).events


def subscription(number: int, subscriber: str, *more: Deed, **fields: object) -> list[Any]:
    """Return the events of a subscription to everything, a second later for each number."""
    given: dict[str, object] = {"channels": (PushChannel.WORKSPACE,), **fields}
    wish = Subscribe(occurred_at=START + timedelta(seconds=number), **given)  # type: ignore[arg-type]
    return Life(UUID(int=number)).do(Deed(wish, Role.PETITIONER, actor=subscriber), *more).events


def rows(connection: Connection[Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the model."""
    found = {}
    for table in TABLES:
        query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
        found[table] = sorted(connection.execute(query).fetchall(), key=repr)
    return found


def inbox(connection: Connection[Any], subscriber: str) -> list[str]:
    """Return the numbers of the policies in a workspace."""
    return [item.number for item in read_inbox(connection, subscriber, limit=10)]


def in_turns(*streams: Sequence[LedgerAggregate.Event]) -> list[LedgerAggregate.Event]:
    """Return the events of streams one after another."""
    return [event for stream in streams for event in stream]


END = Deed(Unsubscribe(), Role.INTAKE)


@pytest.mark.parametrize("batch_len", [1, 3, 100])
def test_policy_reaches_who_subscribed_before_it_and_nobody_else(
    connection: Connection[Any], recorder: LedgerRecorder, batch_len: int
) -> None:
    """Order in the log decides, however the log is cut into batches."""
    begun, ended = subscription(12, "left", END)
    events = in_turns(
        subscription(11, "early"),
        [begun],
        policy(1),
        subscription(13, "late"),
        [ended],
        subscription(14, "farmer", industries=("A01",)),
        policy(2),
    )
    append_events(recorder, events)
    Engine(connection, MODELS, batch_len=batch_len).catch_up()
    first, second = "示例〔2026〕1号", "示例〔2026〕2号"
    found = {name: sorted(inbox(connection, name)) for name in ("early", "left", "late", "farmer")}
    assert found == {"early": [first, second], "left": [first], "late": [second], "farmer": []}
    assert {each.subscriber for each in read_subscriptions(connection)} == {
        "early",
        "late",
        "farmer",
    }
    assert read_subscriptions(connection, "left") == []


def test_subscriber_is_told_once_when_two_subscriptions_match(
    connection: Connection[Any], sender: Connection[Any], recorder: LedgerRecorder
) -> None:
    """The later one gives the address, whichever stands first in the log."""
    mail = {"channels": (PushChannel.EMAIL, PushChannel.WORKSPACE)}
    later = subscription(12, "firm", **mail, email="new@example.org")
    earlier = subscription(11, "firm", **mail, email="old@example.org")
    append_events(recorder, in_turns(later, earlier, policy(1)))
    Engine(connection, MODELS).catch_up()
    assert len(inbox(connection, "firm")) == 1
    (message,) = read_undelivered(sender, START, limit=10)
    assert message.address_stream == UUID(int=12)


def test_message_says_where_its_address_stands(
    connection: Connection[Any], sender: Connection[Any], recorder: LedgerRecorder
) -> None:
    """The outbox holds no address; the sender opens it, and an erased one is not there."""
    append_events(recorder, in_turns(Life(UUID(int=11)).do(SUBSCRIBE).events, policy(1)))
    Engine(connection, MODELS).catch_up()
    messages = read_undelivered(sender, START, limit=10)
    opened: LogReader = recorder.log
    addresses = {
        message.channel: opened.open_personal(message.address_stream)[
            message.address_version, message.address_path
        ]
        for message in messages
    }
    assert addresses == {
        PushChannel.EMAIL: "firm@example.org",
        PushChannel.WEBHOOK: "https://firm.example.org/hook",
    }
    assert {(each.topic, each.originator_id, each.version) for each in messages} == {
        (Policy.Published.TOPIC, UUID(int=1), 2)
    }
    assert "example.org" not in str(rows(connection))


def test_message_is_sent_once_also_after_a_rebuild(
    database: Database,
    connection: Connection[Any],
    sender: Connection[Any],
    recorder: LedgerRecorder,
) -> None:
    """Ids follow from the log, and what became of messages is kept apart from it."""
    append_events(recorder, in_turns(Life(UUID(int=11)).do(SUBSCRIBE).events, policy(1)))
    Engine(connection, MODELS).catch_up()
    sent, failed = read_undelivered(sender, START, limit=10)
    note_delivered(sender, sent.message_id, START)
    note_failed(sender, failed.message_id, START, "refused\x00", START + timedelta(hours=1))
    rebuild(database)
    assert read_undelivered(sender, START, limit=10) == []
    (again,) = read_undelivered(sender, START + timedelta(hours=1), limit=10)
    assert again == failed._replace(attempts=1)
    note_failed(sender, sent.message_id, START, "a late failure", START)
    note_failed(sender, again.message_id, START, "gone", None)
    assert read_undelivered(sender, START + SOON, limit=10) == []
    counted = sender.execute("SELECT attempts, failure FROM delivery ORDER BY attempts")
    assert counted.fetchall() == [(1, None), (2, "gone")]


def test_workspace_shows_what_became_of_a_policy(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """An explanation and an end are seen where the policy was pushed."""
    end = Deed(WithdrawPolicy(reason="x"), HEAD)
    drafted_only = Life(UUID(int=5)).do(DRAFT, end).events
    told = policy(1, EXPLAIN, EXPLAIN, end)
    append_events(recorder, in_turns(subscription(11, "firm"), told, drafted_only))
    Engine(connection, MODELS).catch_up()
    (item,) = read_inbox(connection, "firm", limit=1)
    published, _, explained, withdrawn = (event.timestamp for event in told[1:])
    assert (item.pushed_at, item.explained_at, item.withdrawn_at) == (
        published,
        explained,
        withdrawn,
    )
    assert read_inbox(connection, "firm", limit=1, before=item.place) == []


def test_policies_are_found_as_the_domain_matches_them(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """The query and the pure function agree for every kind of question."""
    shapes = product(((), ("C39",)), ((), (PetitionType.APPEAL,)), (None, START.date()))
    published = [
        policy(number, industries=industries, petition_types=types, valid_until=until)
        for number, (industries, types, until) in enumerate(shapes, start=1)
    ]
    append_events(
        recorder, in_turns(*published, policy(90, Deed(WithdrawPolicy(reason="x"), HEAD)))
    )
    Engine(connection, MODELS).catch_up()
    for on, industry, kind in product(
        (START.date() - timedelta(days=30), START.date(), START.date() + timedelta(days=1)),
        (None, "C39", "A01"),
        (None, PetitionType.APPEAL, PetitionType.SUGGESTION),
    ):
        found = find_policies(connection, on, industry=industry, petition_type=kind, limit=100)
        expected = {
            event.originator_id
            for stream in published
            for event in stream
            if isinstance(event, Policy.Published)
            and matches(event.document.terms, on, industry, kind)
        }
        assert {each.policy_id for each in found} == expected


def test_policies_rebuilt_equal_policies_followed_live(
    database: Database, connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """Whichever way rows were made, from one log they are the same, and verify says so."""
    begun, ended = subscription(12, "left", END)
    mail = {"channels": (PushChannel.EMAIL,), "email": "a@example.org"}
    events = in_turns([begun], policy(1), subscription(11, "firm", **mail), [ended], policy(2))
    append_events(recorder, events)
    Engine(connection, MODELS, batch_len=2).catch_up()
    live = rows(connection)
    assert all(live.values())
    rebuild(database)
    assert rows(connection) == live
    assert verify(database).findings == []
    connection.execute("UPDATE policy_inbox SET subscriber = 'thief' WHERE subscriber = 'left'")
    (finding, *_) = verify(database).findings
    assert finding.table == "policy_inbox"


def test_app_role_cannot_forget_a_message(sender: Connection[Any]) -> None:
    """The sender reads the outbox and notes attempts; it deletes neither."""
    for table in ("outbox", "delivery", "policy_inbox"):
        with pytest.raises(InsufficientPrivilege):
            sender.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@pytest.mark.parametrize("limit", [0, 1_001])
def test_pages_are_refused_when_their_length_is_out_of_range(
    connection: Connection[Any], sender: Connection[Any], limit: int
) -> None:
    """No caller reads everything at once."""
    with pytest.raises(ValueError, match="limit"):
        read_inbox(connection, "firm", limit=limit)
    with pytest.raises(ValueError, match="limit"):
        read_undelivered(sender, START, limit=limit)
    with pytest.raises(ValueError, match="limit"):
        find_policies(connection, START.date(), industry=None, petition_type=None, limit=limit)
