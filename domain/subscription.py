"""Without this file nobody could ask to be told of new policies, or ask for it to stop."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.aggregate import LedgerAggregate
from domain.command import Code, Prose, personal
from domain.course import refuse_state
from domain.errors import GuardError, NotPermittedError
from domain.personal import Personal
from domain.policy_terms import Interest
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Labelled, PetitionType, Role

Email = Annotated[str, Meta(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$(?!\n)")]
Webhook = Annotated[str, Meta(max_length=2_000, pattern=r"^https://[^/\s]+(/\S*)?$(?!\n)")]


class PushChannel(Labelled):
    """How a subscriber is told."""

    WORKSPACE = "workspace", "工作台", "workspace"
    EMAIL = "email", "电子邮件", "e-mail"
    WEBHOOK = "webhook", "网络回调", "webhook"


class SubscriptionState(Labelled):
    """Whether a subscription still counts."""

    ACTIVE = "active", "订阅中", "active"
    ENDED = "ended", "已退订", "ended"


class Subscription(LedgerAggregate):
    """One wish to be told of policies 订阅."""

    TOPIC = "subscription"

    def __init__(self, subscriber: str) -> None:
        """Start active."""
        self.subscriber = subscriber
        self.state = SubscriptionState.ACTIVE

    class Event(LedgerAggregate.Event):
        """Base of the subscription's events."""

    class Created(Event, LedgerAggregate.Created):
        """订阅: from now on what is published is pushed; nothing older is."""

        TOPIC: ClassVar[str] = "subscription.subscribed"
        subscriber: str
        interest: Interest
        channels: tuple[PushChannel, ...]
        email: Personal[str] | None
        webhook: Personal[str] | None

    class Unsubscribed(Event):
        """退订: nothing is pushed any more; what was pushed stays."""

        TOPIC: ClassVar[str] = "subscription.unsubscribed"
        reason: Personal[str] | None

        def apply(self, aggregate: "Subscription") -> None:
            """Note the end."""
            aggregate.state = SubscriptionState.ENDED


class Subscribe(OpeningCommand[Subscription], frozen=True, kw_only=True):
    """Ask to be told of policies by industry and type."""

    label: ClassVar = Text("订阅政策", "subscribe to policies")
    roles: ClassVar = who_may("Subscribe")

    industries: Annotated[tuple[Code, ...], Meta(max_length=200)] = ()
    petition_types: Annotated[tuple[PetitionType, ...], Meta(max_length=20)] = ()
    channels: Annotated[tuple[PushChannel, ...], Meta(min_length=1, max_length=3)]
    email: Email | None = None
    webhook: Webhook | None = None

    def create(self, aggregate_id: UUID, situation: Situation) -> Subscription:
        """Begin the subscription of the petitioner who asks, or for whom a clerk asks."""
        act = situation.act
        subscriber = act.actor_id if act.actor_role is Role.PETITIONER else act.on_behalf_of
        if subscriber is None:
            raise GuardError(
                "subscriber-missing",
                "代为订阅须注明订阅人账号；未作任何记录，请填写 on_behalf_of。",
                "a clerk subscribes for somebody; nothing was recorded, fill in 'on_behalf_of'.",
            )
        self._refuse_unreachable(PushChannel.EMAIL, self.email)
        self._refuse_unreachable(PushChannel.WEBHOOK, self.webhook)
        interest = Interest(industries=self.industries, petition_types=self.petition_types)
        return Subscription.begin(
            Subscription.Created,
            aggregate_id,
            act,
            subscriber=subscriber,
            interest=interest,
            channels=self.channels,
            email=personal(self.email),
            webhook=personal(self.webhook),
        )

    def _refuse_unreachable(self, channel: PushChannel, address: str | None) -> None:
        if (channel in self.channels) != (address is not None):
            raise GuardError(
                "address-mismatch",
                f"“{channel.label.zh}”渠道与其地址须同时填写；未作任何记录，"
                f"请补充或删除 {channel}。",
                f"channel '{channel}' and its address go together; nothing was recorded, "
                "give both or neither.",
            )


class Unsubscribe(AggregateCommand[Subscription], frozen=True, kw_only=True):
    """Ask for it to stop; only the subscriber may, or a clerk for them."""

    label: ClassVar = Text("退订政策", "unsubscribe from policies")
    path: ClassVar = "end"
    roles: ClassVar = who_may("Unsubscribe")

    reason: Prose | None = None

    def decide(self, aggregate: Subscription, situation: Situation) -> None:
        """Record the end."""
        refuse_state(self.label, aggregate.state, SubscriptionState.ACTIVE)
        act = situation.act
        if act.actor_role is Role.PETITIONER and act.actor_id != aggregate.subscriber:
            raise NotPermittedError(
                Text(
                    "只能退订本人的订阅；未作任何更改，请核对订阅编号。",
                    "a petitioner may end their own subscriptions only; nothing was changed, "
                    "check the subscription's id.",
                )
            )
        aggregate.record(Subscription.Unsubscribed, act, reason=personal(self.reason))


SUBSCRIPTIONS = Resource(
    path="subscriptions",
    label=Text("政策订阅", "policy subscription"),
    aggregate=Subscription,
    opening=(Subscribe,),
    commands=(Unsubscribe,),
)
