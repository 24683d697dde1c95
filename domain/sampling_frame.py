"""Without this file whoever draws a sample could choose what it is drawn from."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.dimension import Dimension
from domain.extent import Extent
from domain.petition_facts import PetitionFacts
from domain.standing import unit_at
from domain.vocabulary import Labelled, PetitionState


class SamplePurpose(Labelled):
    """Who asks the petitioners that are drawn."""

    CALLBACK = "callback", "抽查回访", "sampled callback"
    SURVEY = "survey", "第三方测评", "third-party survey"


class FrameQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which petitions may be drawn: those with an approved reply whose callback is awaited.

    Attributes:
        purpose: Who will ask; whoever answered that side already is not asked again.
        by: What the strata are.
        extent: Which petitions are meant.
        period: Statistical period in which the reply was approved, or None for any.
        month_start_day: Day on which a statistical month begins.
        approved_from: First instant of the period, or None.
        approved_before: First instant after it, or None.
        zone: Zone of the ledger's days.
    """

    purpose: SamplePurpose
    by: Dimension
    extent: Extent
    period: str | None
    month_start_day: int
    approved_from: datetime | None
    approved_before: datetime | None
    zone: str


class FrameMember(NamedTuple):
    """A petition that may be drawn, and by what it is put into a stratum."""

    petition_id: UUID
    key: str


def read_frame(question: FrameQuestion, petitions: Iterable[PetitionFacts]) -> list[FrameMember]:
    """Return the petitions that may be drawn, by id; pure.

    A confidential petition is never on a list, a merged one is asked about with its parent,
    and a type that enters no rate is not asked about.

    Args:
        question: Which are meant.
        petitions: All that is known at the sample's log position.
    """
    members = (
        FrameMember(facts.petition_id, _key(facts, question.by))
        for facts in petitions
        if _may_be_drawn(facts, question) and _is_meant(facts, question)
    )
    return sorted(members, key=lambda member: str(member.petition_id))


def _may_be_drawn(facts: PetitionFacts, question: FrameQuestion) -> bool:
    if facts.state is not PetitionState.CALLBACK_PENDING or facts.confidential:
        return False
    if facts.petition_type is not None and not facts.petition_type.enters_rates:
        return False
    by_third_party = question.purpose is SamplePurpose.SURVEY
    return not any(
        answer.petitioner is None and answer.third_party is by_third_party
        for answer in facts.cycle.callback_answers
    )


def _is_meant(facts: PetitionFacts, question: FrameQuestion) -> bool:
    extent = question.extent
    wanted = (
        (extent.unit, _key(facts, Dimension.UNIT)),
        (extent.petition_type, _key(facts, Dimension.TYPE)),
        (extent.channel, _key(facts, Dimension.CHANNEL)),
        (extent.region, _key(facts, Dimension.REGION)),
    )
    if any(value is not None and value != own for value, own in wanted):
        return False
    approved_at = facts.cycle.replies[-1].approved_at if facts.cycle.replies else None
    since, before = question.approved_from, question.approved_before
    if approved_at is None:
        return since is None and before is None
    return (since is None or since <= approved_at) and (before is None or approved_at < before)


def _key(facts: PetitionFacts, by: Dimension) -> str:
    match by:
        case Dimension.UNIT:
            return unit_at(facts, facts.changed_at)
        case Dimension.TYPE:
            return facts.petition_type or ""
        case Dimension.CHANNEL:
            return facts.channel
        case Dimension.REGION:
            return facts.region or ""
        case Dimension.TOTAL:
            return ""
