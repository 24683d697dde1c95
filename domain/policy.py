"""Without this file a policy would have no course from its draft to its end."""

from typing import ClassVar

import msgspec

from domain.aggregate import LedgerAggregate
from domain.personal import Personal
from domain.policy_terms import PolicyTerms
from domain.vocabulary import Labelled


class PolicyState(Labelled):
    """How far a policy has come."""

    DRAFTED = "drafted", "起草中", "drafted"
    PUBLISHED = "published", "已发布", "published"
    EXPLAINED = "explained", "已宣贯", "explained"
    WITHDRAWN = "withdrawn", "已废止", "withdrawn"


class PolicyDocument(msgspec.Struct, frozen=True):
    """A public document of the government; it names no person, so nothing here is personal.

    Attributes:
        title: As it stands on the document.
        sha256: Digest of its text, which is kept elsewhere.
        unit: Unit that issues it.
        terms: Whom it is for, and when.
    """

    title: str
    sha256: str
    unit: str
    terms: PolicyTerms


class Policy(LedgerAggregate):
    """A policy 政策, from its draft to its explanation and its end."""

    TOPIC = "policy"

    def __init__(self, document: PolicyDocument, drafter_id: str) -> None:
        """Start as a draft."""
        self.document = document
        self.drafter_id = drafter_id
        self.state = PolicyState.DRAFTED

    class Event(LedgerAggregate.Event):
        """Base of the policy's events."""

    class Created(Event, LedgerAggregate.Created):
        """政策起草: a unit drafts a policy."""

        TOPIC: ClassVar[str] = "policy.drafted"
        document: PolicyDocument
        drafter_id: str

    class Published(Event):
        """政策发布: it is in force as printed here, and is pushed to whoever subscribed before."""

        TOPIC: ClassVar[str] = "policy.published"
        number: str
        document: PolicyDocument

        def apply(self, aggregate: "Policy") -> None:
            """Note that it is public."""
            aggregate.state = PolicyState.PUBLISHED

    class Explained(Event):
        """政策宣贯: people were told what it means."""

        TOPIC: ClassVar[str] = "policy.explained"
        medium: str
        text: Personal[str]

        def apply(self, aggregate: "Policy") -> None:
            """Note that it was explained."""
            aggregate.state = PolicyState.EXPLAINED

    class Withdrawn(Event):
        """政策废止: it is no longer offered; what was pushed says so."""

        TOPIC: ClassVar[str] = "policy.withdrawn"
        reason: Personal[str]

        def apply(self, aggregate: "Policy") -> None:
            """Note that it ended."""
            aggregate.state = PolicyState.WITHDRAWN
