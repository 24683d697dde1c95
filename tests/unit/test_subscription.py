"""Without this file somebody could be subscribed to nowhere, or unsubscribed by a stranger."""

import msgspec
import pytest
from msgspec.structs import replace

from domain.subscription import PushChannel, Subscribe, Subscription, Unsubscribe
from domain.vocabulary import Role
from tests.unit.resource_story import SUBSCRIBE, Deed, Life

END = Deed(Unsubscribe(), Role.PETITIONER)
WISH = Subscribe(channels=(PushChannel.WORKSPACE,))


def test_subscriber_is_the_petitioner_who_asks_or_for_whom_a_clerk_asks() -> None:
    """A clerk's own account never subscribes."""
    for deed, subscriber in (
        (Deed(WISH, Role.PETITIONER), "petitioner-1"),
        (Deed(replace(WISH, on_behalf_of="firm-9"), Role.INTAKE), "firm-9"),
    ):
        (event,) = Life().do(deed).events
        assert isinstance(event, Subscription.Created)
        assert event.subscriber == subscriber


def test_subscription_is_refused_when_a_clerk_names_nobody() -> None:
    """Somebody must be told."""
    Life().refuses(Deed(WISH, Role.INTAKE), "subscriber-missing")


@pytest.mark.parametrize(
    "wish",
    [
        replace(WISH, channels=(PushChannel.EMAIL,)),
        replace(WISH, channels=(PushChannel.WEBHOOK,)),
        replace(WISH, email="a@example.org"),
        replace(WISH, webhook="https://a.example.org/"),
    ],
)
def test_subscription_is_refused_when_channel_and_address_do_not_agree(wish: Subscribe) -> None:
    """No channel without its address, and no address that nothing is sent to."""
    Life().refuses(Deed(wish, Role.PETITIONER), "address-mismatch")


@pytest.mark.parametrize(
    "body",
    [
        '{"channels":[]}',
        '{"channels":["sms"]}',
        '{"channels":["email"],"email":"nowhere"}',
        '{"channels":["webhook"],"webhook":"http://plain.example.org"}',
        '{"channels":["webhook"],"webhook":"https://a.example.org/ b"}',
    ],
)
def test_subscription_is_refused_when_an_address_is_malformed(body: str) -> None:
    """Webhooks are called over TLS alone."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=Subscribe)


def test_addresses_are_personal() -> None:
    """The log holds commitments of addresses only."""
    (event,) = Life().do(SUBSCRIBE).events
    assert isinstance(event, Subscription.Created)
    assert event.email is not None
    assert event.email.value == "firm@example.org"
    assert event.webhook is not None


def test_end_is_refused_when_a_stranger_asks_for_it() -> None:
    """Petitioners end their own subscriptions, clerks anybody's, and each once."""
    stranger = Deed(Unsubscribe(), Role.PETITIONER, actor="petitioner-2")
    Life().do(SUBSCRIBE).refuses(stranger, "not-permitted")
    Life().do(SUBSCRIBE, Deed(Unsubscribe(), Role.INTAKE)).refuses(END, "impossible-transition")
