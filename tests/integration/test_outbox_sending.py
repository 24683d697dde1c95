"""Tests that messages go out at least once, to the right address, and nowhere else."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hmac import digest
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import Connection

from commands.failures import Exit
from commands.main import run
from domain.subscription import PushChannel
from ledger.database import Database, Role
from ledger.delivery_settings import Security, SmtpSettings, WebhookSettings
from projections.engine import Engine
from projections.mail_delivery import MailDelivery
from projections.models import MODELS
from projections.outbox_sending import (
    RETRIES,
    Delivery,
    SenderBusyError,
    Sent,
    send_messages,
)
from projections.sent_messages import DeliveryState, SentMessage, list_messages
from projections.webhook_delivery import WebhookDelivery, signing_key
from replay.rebuild import rebuild
from tests.integration.logged_petitions import append_events, open_recorder
from tests.integration.test_policies import END, policy, subscription
from tests.integration.test_report_command import connect_by
from tests.programs import PATIENCE_S
from tests.receivers import Calls, MailBox, mail_server, web_server

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
SECRET = bytes(range(32))
BOTH = (PushChannel.EMAIL, PushChannel.WEBHOOK)
ADDRESSES = {"email": "firm@example.org", "webhook": "https://firm.example.org/hook?a=1"}


@pytest.fixture
def sender(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection of whoever sends; one firm is to be told of one policy twice."""
    record(database, subscription(11, "firm", channels=BOTH, **ADDRESSES), policy(1))
    with database.connect(Role.APP, autocommit=True) as connection:
        yield connection


@pytest.fixture
def box() -> Iterator[MailBox]:
    """Yield a mail server's box."""
    with mail_server() as box:
        yield box


@pytest.fixture
def calls() -> Iterator[Calls]:
    """Yield a web server's calls."""
    with web_server() as calls:
        yield calls


def record(database: Database, *streams: Any) -> None:  # noqa: ANN401 - events of any aggregate
    """Append events and bring the read models up to them."""
    recorder = open_recorder(database)
    for stream in streams:
        append_events(recorder, stream)
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()


def mail_to(box: MailBox, security: Security = Security.NONE) -> MailDelivery:
    """Return the way to a mail server of the test."""
    return MailDelivery(SmtpSettings("127.0.0.1", box.port, security, "taizhang@city.example"))


def call_to(calls: Calls, *hosts: str) -> WebhookDelivery:
    """Return the way to a web server of the test, whatever host is named."""
    settings = WebhookSettings(frozenset(hosts or ("firm.example.org",)), SECRET)
    return WebhookDelivery(
        settings,
        "main",
        lambda _host, _port: HTTPConnection("127.0.0.1", calls.port, timeout=PATIENCE_S),
    )


def send(sender: Connection[Any], at: datetime = NOW, **ways: Delivery) -> Sent:
    """Send by some ways at an instant."""
    chosen = {PushChannel(name): way for name, way in ways.items()}
    try:
        return send_messages(sender, chosen, lambda: at, limit=100)
    finally:
        for way in ways.values():
            if isinstance(way, MailDelivery):
                way.close()


def states(sender: Connection[Any]) -> dict[PushChannel, SentMessage]:
    """Return the messages by channel."""
    return {each.channel: each for each in list_messages(sender, limit=10)}


def test_message_is_mailed_once_and_never_again_after_a_rebuild(
    database: Database, sender: Connection[Any], box: MailBox
) -> None:
    """It goes to the subscriber's address, says which policy, and is noted as delivered."""
    assert send(sender, email=mail_to(box)) == Sent(delivered=1, unset=1)
    ((address, mail),) = box.mails
    assert address == "firm@example.org"
    assert "示例惠企政策" in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "示例〔2026〕1号" in mail.get_content()
    message = states(sender)[PushChannel.EMAIL]
    assert mail["Message-ID"] == f"<{message.message_id}@city.example>"
    assert (message.state, message.delivered_at) == (DeliveryState.DELIVERED, NOW)
    rebuild(database)
    assert send(sender, email=mail_to(box)) == Sent(unset=1)
    assert len(box.mails) == 1


def test_webhook_is_signed_with_the_subscriptions_own_key(
    sender: Connection[Any], calls: Calls
) -> None:
    """The receiver checks id, time and body by Standard Webhooks, and reads a CloudEvent."""
    assert send(sender, webhook=call_to(calls)) == Sent(delivered=1, unset=1)
    ((path, headers, body),) = calls.calls
    assert path == "/hook?a=1"
    message_id, sent_at = headers["webhook-id"], headers["webhook-timestamp"]
    key = signing_key(SECRET, UUID(int=11))
    signed = digest(key, f"{message_id}.{sent_at}.".encode() + body, "sha256")
    assert b64decode(headers["webhook-signature"].removeprefix("v1,")) == signed
    assert key != signing_key(SECRET, UUID(int=12))
    event = json.loads(body)
    assert (event["id"], event["type"]) == (message_id, "policy.published")
    assert event["data"]["number"] == "示例〔2026〕1号"
    assert int(sent_at) == int(NOW.timestamp())


@pytest.mark.parametrize("status", [302, 307, 400, 500])
def test_redirect_and_error_are_failures_that_are_tried_again(
    sender: Connection[Any], calls: Calls, status: int
) -> None:
    """Nobody is led to another address; the failure says the status alone."""
    calls.status = status
    assert send(sender, webhook=call_to(calls)) == Sent(retrying=1, unset=1)
    assert [path for path, _, _ in calls.calls] == ["/hook?a=1"]
    message = states(sender)[PushChannel.WEBHOOK]
    assert (message.state, message.retry_at) == (DeliveryState.RETRYING, NOW + RETRIES[0])
    assert message.failure == f"receiver answered {status}"


def test_host_that_is_not_on_the_list_is_never_called(
    sender: Connection[Any], calls: Calls
) -> None:
    """An address alone makes the ledger call nobody."""
    assert send(sender, webhook=call_to(calls, "other.example.org")).retrying == 1
    assert calls.calls == []


def test_message_is_tried_again_when_its_time_has_come_and_then_given_up(
    sender: Connection[Any], calls: Calls
) -> None:
    """Seven tries over two days; then it stays where people see it."""
    calls.status = 503
    at = NOW
    for tries, pause in enumerate(RETRIES, 1):
        assert send(sender, at, webhook=call_to(calls)).retrying == 1
        assert send(sender, at + pause - timedelta(seconds=1), webhook=call_to(calls)).retrying == 0
        assert len(calls.calls) == tries
        at += pause
    assert send(sender, at, webhook=call_to(calls)).given_up == 1
    assert states(sender)[PushChannel.WEBHOOK].state is DeliveryState.GIVEN_UP
    assert send(sender, at + timedelta(days=99), webhook=call_to(calls)) == Sent(unset=1)


def test_receiver_that_is_gone_is_not_tried_again(sender: Connection[Any], calls: Calls) -> None:
    """410 says so."""
    calls.status = 410
    assert send(sender, webhook=call_to(calls)).given_up == 1


@pytest.mark.parametrize(("refusal", "final"), [("550 no such user", True), ("450 later", False)])
def test_refused_recipient_is_given_up_or_tried_again(
    sender: Connection[Any], box: MailBox, refusal: str, *, final: bool
) -> None:
    """As the server says; the address stands in no failure."""
    box.refusal = refusal
    assert send(sender, email=mail_to(box)).given_up == int(final)
    failure = states(sender)[PushChannel.EMAIL].failure or ""
    assert refusal[:3] in failure
    assert "firm" not in failure


def test_nothing_is_mailed_in_the_clear_where_encryption_is_asked_for(
    sender: Connection[Any], box: MailBox
) -> None:
    """A server that offers no STARTTLS gets no message, and no password."""
    assert send(sender, email=mail_to(box, Security.STARTTLS)).retrying == 1
    assert box.mails == []


def test_erased_address_is_not_written_to(
    database: Database, sender: Connection[Any], box: MailBox, calls: Calls
) -> None:
    """Whose address was erased is told nothing more."""
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("DELETE FROM personal WHERE originator_id = %s", [UUID(int=11)])
    sent = send(sender, email=mail_to(box), webhook=call_to(calls))
    assert sent == Sent(given_up=2)
    assert (box.mails, calls.calls) == ([], [])
    assert states(sender)[PushChannel.EMAIL].failure == "address erased"


def test_nobody_is_told_after_the_subscription_has_ended(database: Database, box: MailBox) -> None:
    """Also of what was published before, and had not gone out yet."""
    begun, ended = subscription(
        11, "firm", END, channels=(PushChannel.EMAIL,), email="firm@example.org"
    )
    record(database, [begun], policy(1), [ended])
    with database.connect(Role.APP, autocommit=True) as sender:
        assert send(sender, email=mail_to(box)) == Sent(given_up=1)
    assert box.mails == []


def test_only_one_process_sends(database: Database, sender: Connection[Any], box: MailBox) -> None:
    """A second one is told so and sends nothing."""
    with database.connect(Role.APP, autocommit=True) as other:

        class Second:
            """Tries to send while the first one does."""

            def deliver(self, *_: object) -> None:
                with pytest.raises(SenderBusyError):
                    send(other, email=mail_to(box))

        assert send(sender, email=Second()).delivered == 1
        assert send(other, email=mail_to(box)) == Sent(unset=1)
    assert box.mails == []


def test_outbox_send_delivers_by_its_settings(
    database: Database,
    sender: Connection[Any],
    box: MailBox,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One run of the command, its figures as JSON; what is not set up is left waiting."""
    assert states(sender)[PushChannel.EMAIL].state is DeliveryState.WAITING
    environ = connect_by(database) | {
        "TAIZHANG_SMTP_HOST": "127.0.0.1",
        "TAIZHANG_SMTP_PORT": str(box.port),
        "TAIZHANG_SMTP_SECURITY": "none",
        "TAIZHANG_SMTP_FROM": "taizhang@city.example",
    }
    assert run(["outbox", "send", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "schema": "taizhang.sent/1",
        "delivered": 1,
        "retrying": 0,
        "given_up": 0,
        "unset": 1,
    }
    assert len(box.mails) == 1
    secret = tmp_path / "secret"
    secret.write_bytes(b64encode(SECRET))
    environ |= {
        "TAIZHANG_WEBHOOK_HOSTS": "other.example.org",
        "TAIZHANG_WEBHOOK_SECRET_FILE": str(secret),
    }
    assert run(["outbox", "send"], environ, version="0") == Exit.FINDING
    assert run(["outbox", "key", str(UUID(int=11))], environ, version="0") == Exit.DONE
    shown = capsys.readouterr().out.strip().removeprefix("whsec_")
    assert b64decode(shown) == signing_key(SECRET, UUID(int=11))
