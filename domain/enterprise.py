"""Without this file an enterprise would be a code in petitions and nothing else."""

from datetime import date
from typing import ClassVar

import msgspec

from domain.aggregate import LedgerAggregate
from domain.enterprise_terms import EnterpriseSize, LiaisonSide
from domain.personal import Personal


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an enterprise; its name is no personal data.

    Attributes:
        name: Registered name.
        industry: Industry as the city classifies it.
        size: By the national standard.
        region: Region it is in, or null.
    """

    name: str
    industry: str
    size: EnterpriseSize
    region: str | None


class ChiefRepresentative(msgspec.Struct, frozen=True, kw_only=True):
    """Who speaks for the government to an enterprise 政府首席代表.

    Attributes:
        unit: Unit of the representative.
        person_id: Account, never a name.
        name: The person's name.
        contact: How to reach them; public by design, but still a person's.
        public: Whether name and contact are posted in public.
        trained_on: Local day of the training before the post.
        from_on: First local day in the post.
        until_on: Last local day in the post, or null.
    """

    unit: str
    person_id: str
    name: Personal[str]
    contact: Personal[str]
    public: bool
    trained_on: date
    from_on: date
    until_on: date | None


class Enterprise(LedgerAggregate):
    """One enterprise 企业, by its unified social credit code."""

    TOPIC = "enterprise"

    def __init__(
        self,
        credit_code: str,
        particulars: Particulars,
        key_enterprise: bool,  # noqa: FBT001 - the library passes the event's fields by name
    ) -> None:
        """Start without liaison or group.

        Args:
            credit_code: In its normal form.
            particulars: What is known of it.
            key_enterprise: Whether it is a key enterprise.
        """
        self.credit_code = credit_code
        self.particulars = particulars
        self.key_enterprise = key_enterprise
        self.groups: set[str] = set()

    class Event(LedgerAggregate.Event):
        """Base of the enterprise's events."""

    class Created(Event, LedgerAggregate.Created):
        """企业登记: the enterprise enters the ledger."""

        TOPIC: ClassVar[str] = "enterprise.recorded"
        credit_code: str
        particulars: Particulars
        key_enterprise: bool

    class Revised(Event):
        """企业信息变更: what is known of it from now on."""

        TOPIC: ClassVar[str] = "enterprise.revised"
        particulars: Particulars

        def apply(self, aggregate: "Enterprise") -> None:
            """Keep the newest."""
            aggregate.particulars = self.particulars

    class KeyEnterpriseMarked(Event):
        """重点企业认定: it is or is no longer a key enterprise."""

        TOPIC: ClassVar[str] = "enterprise.key_enterprise_marked"
        key_enterprise: bool
        basis: str

        def apply(self, aggregate: "Enterprise") -> None:
            """Keep the newest."""
            aggregate.key_enterprise = self.key_enterprise

    class LiaisonAssigned(Event):
        """固定联络人: who speaks for one side; the one before gives way."""

        TOPIC: ClassVar[str] = "enterprise.liaison_assigned"
        side: LiaisonSide
        unit: str | None
        person_id: str
        name: Personal[str]
        phone: Personal[str]

    class ChiefRepresentativeAppointed(Event):
        """任命政府首席代表: a trained person with a public contact."""

        TOPIC: ClassVar[str] = "enterprise.chief_representative_appointed"
        representative: ChiefRepresentative

    class GroupJoined(Event):
        """加入直通群: the enterprise is in a direct group."""

        TOPIC: ClassVar[str] = "enterprise.group_joined"
        group: str

        def apply(self, aggregate: "Enterprise") -> None:
            """Remember the group."""
            aggregate.groups.add(self.group)

    class GroupLeft(Event):
        """退出直通群: it is no longer."""

        TOPIC: ClassVar[str] = "enterprise.group_left"
        group: str

        def apply(self, aggregate: "Enterprise") -> None:
            """Forget the group."""
            aggregate.groups.discard(self.group)


EnterpriseEvent = (
    Enterprise.Created
    | Enterprise.Revised
    | Enterprise.KeyEnterpriseMarked
    | Enterprise.LiaisonAssigned
    | Enterprise.ChiefRepresentativeAppointed
    | Enterprise.GroupJoined
    | Enterprise.GroupLeft
)
"""Every event of an enterprise, for dispatch that type checking can close."""
