"""Without this file a process log would hold acts without saying what they were done to."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.vocabulary import Labelled


class ObjectType(Labelled):
    """Types of objects in a process log; the stored value is the stable English code."""

    PETITION = "petition", "诉求", "petition"
    UNIT = "unit", "单位", "unit"
    ENTERPRISE = "enterprise", "企业（假名）", "enterprise, under a pseudonym"
    SESSION = "session", "活动", "session"
    SUPERVISION_ORDER = "supervision_order", "督办单", "supervision order"
    PROMISE = "promise", "承诺", "promise"
    POLICY = "policy", "政策", "policy"


class Qualifier(Labelled):
    """How an act, or an object, relates to an object."""

    SUBJECT = "subject", "办理对象", "what it was done to"
    PETITIONER = "petitioner", "诉求企业", "whose petition it is"
    LEAD = "lead", "主办", "lead unit"
    CO_HANDLER = "co_handler", "协办", "co-handling unit"
    CONCERNED = "concerned", "相关", "unit or matter concerned"
    ACTOR = "actor", "办理单位", "unit that acted"
    APPROVER = "approver", "审批单位", "unit that approved"
    PROMISED = "promised", "承诺", "promise given or settled"
    MERGED_INTO = "merged_into", "并入", "merged into"
    RAISED_IN = "raised_in", "提出于", "raised in"
    SUPERVISED_BY = "supervised_by", "被督办", "supervised by"


class Relation(NamedTuple):
    """An object and how something relates to it."""

    type: ObjectType
    object_id: str
    qualifier: Qualifier


OBJECT_OF_STREAM: Final[Mapping[str, ObjectType]] = {
    "petition": ObjectType.PETITION,
    "session": ObjectType.SESSION,
    "supervision": ObjectType.SUPERVISION_ORDER,
    "policy": ObjectType.POLICY,
    "enterprise": ObjectType.ENTERPRISE,
}
"""Aggregates whose acts a process log shows, and what they are about."""

_UNITS: Final = ("unit", "from_unit", "host_unit", "target")
_BELONGING: Final = (
    ("parent_id", ObjectType.PETITION, Qualifier.MERGED_INTO),
    ("order_id", ObjectType.SUPERVISION_ORDER, Qualifier.SUPERVISED_BY),
)
_APPROVALS: Final = frozenset(
    {
        "petition.extension_granted",
        "petition.reply_approved",
        "petition.return_approved",
        "supervision.proposal_adopted",
    }
)
_PETITIONS: Final = ("petition_id", "petitions", "children")


class Pseudonyms:
    """Names for enterprises that nobody can trace back without the ledger's key; pure.

    Args:
        key: Secret of the ledger, so that names of two ledgers cannot be compared.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, code: str) -> str:
        """Return the pseudonym of a credit code, always the same in one ledger."""
        digest = hmac.new(self._key, b"process-log/" + code.encode(), hashlib.sha256)
        return f"E-{digest.hexdigest()[:16]}"


def own_object(
    topic: str, stream: UUID, born_with: Mapping[str, Any], pseudonyms: Pseudonyms
) -> Relation:
    """Return the object that a stream is about; pure.

    Args:
        topic: Of its first event.
        stream: The aggregate.
        born_with: Payload of its first event.
        pseudonyms: Names of enterprises.
    """
    own = OBJECT_OF_STREAM[topic.partition(".")[0]]
    object_id = str(stream)
    if own is ObjectType.ENTERPRISE:
        object_id = pseudonyms.of(born_with["credit_code"])
    return Relation(own, object_id, Qualifier.SUBJECT)


def relations(
    own: Relation,
    version: int,
    topic: str,
    actor_unit: str | None,
    fields: Mapping[str, Any],
    pseudonyms: Pseudonyms,
) -> Iterator[Relation]:
    """Yield the objects an act relates to, its own first; pure.

    The accused unit of a confidential petition is not among them; such petitions are left
    out of a process log altogether.

    Args:
        own: What the stream is about.
        version: Stream place of the act.
        topic: Stable name of the act.
        actor_unit: Unit that acted, or None.
        fields: Payload of the act, with personal values as commitments.
        pseudonyms: Names of enterprises.
    """
    yield own
    if actor_unit is not None:
        yield Relation(ObjectType.UNIT, actor_unit, Qualifier.ACTOR)
        if topic in _APPROVALS:
            yield Relation(ObjectType.UNIT, actor_unit, Qualifier.APPROVER)
    yield from _named_units(fields)
    if isinstance(code := fields.get("enterprise"), str):
        yield Relation(ObjectType.ENTERPRISE, pseudonyms.of(code), Qualifier.PETITIONER)
    for petition in _named_petitions(fields):
        yield Relation(ObjectType.PETITION, petition, Qualifier.CONCERNED)
    for name, kind, qualifier in _BELONGING:
        if fields.get(name) is not None:
            yield Relation(kind, fields[name], qualifier)
    if topic == "petition.plan_committed" or fields.get("promise_due_at") is not None:
        yield Relation(ObjectType.PROMISE, f"{own.object_id}:{version}", Qualifier.PROMISED)


def links(own: Relation, found: tuple[Relation, ...]) -> Iterator[tuple[Relation, Relation]]:
    """Yield which object belongs to which other, as an act of the first says; pure."""
    for other in found:
        if other.qualifier in {Qualifier.MERGED_INTO, Qualifier.SUPERVISED_BY}:
            yield own, other
        elif own.type is ObjectType.SESSION and other.type is ObjectType.PETITION:
            yield other, own._replace(qualifier=Qualifier.RAISED_IN)


def _named_units(fields: Mapping[str, Any]) -> Iterator[Relation]:
    for name in _UNITS:
        if isinstance(unit := fields.get(name), str):
            yield Relation(ObjectType.UNIT, unit, Qualifier.CONCERNED)
    for order in (*fields.get("assignments", ()), fields.get("assignment")):
        if order is not None:
            qualifier = Qualifier.LEAD if order["lead"] else Qualifier.CO_HANDLER
            yield Relation(ObjectType.UNIT, order["unit"], qualifier)


def _named_petitions(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in _PETITIONS:
        value = fields.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield each
            elif isinstance(each, dict) and isinstance(each.get("petition_id"), str):
                yield each["petition_id"]
