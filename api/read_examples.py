"""Without this file the documentation would not show what a read answers."""

from datetime import UTC, datetime
from typing import Final

from api.examples import EXAMPLE_ID, example_instant
from api.feed import FeedEvent, FeedPage
from api.figures import Metric, RankingView, RankLine, RateRow, RatesView, Share
from api.resource_schemas import ActView, ResourceView
from api.schemas import (
    ClockView,
    EntryView,
    Label,
    PetitionLine,
    PetitionList,
    PetitionView,
    UnitLine,
    UnitList,
    WorklistLine,
    WorklistPage,
)
from domain.event_labels import EVENT_LABELS
from domain.petition_facts import PetitionFacts
from domain.rate import Rate
from domain.rates import RATES
from domain.resource import Resource
from domain.task import TaskKind
from domain.vocabulary import Channel, Clock, PetitionState

_AT: Final = example_instant().astimezone(UTC)
_DUE: Final = datetime(2026, 9, 9, 16, 0, tzinfo=UTC)
_UNIT: Final = Label("示例区交通运输局", "Example Transport Bureau")
_NUMBER: Final = "20260901000042"
_COMMITMENT: Final = {"commitment": "0" * 64}

PETITION_LIST: Final = PetitionList(
    (
        PetitionLine(
            petition_id=EXAMPLE_ID,
            number=_NUMBER,
            version=4,
            state=PetitionState.IN_PROGRESS,
            state_label=Label.of(PetitionState.IN_PROGRESS.label),
        ),
    )
)
PETITION: Final = PetitionView(
    petition_id=EXAMPLE_ID,
    number=None,
    version=1,
    state=PetitionState.SUBMITTED,
    state_label=Label.of(PetitionState.SUBMITTED.label),
    facts=PetitionFacts(
        petition_id=EXAMPLE_ID,
        version=1,
        state=PetitionState.SUBMITTED,
        state_since=_AT,
        submitted_at=_AT,
        changed_at=_AT,
        channel=Channel.ONE_CLICK_LETTER,
        owner_id="petitioner-42",
    ),
    timeline=(
        EntryView(
            position=42,
            version=1,
            topic="petition.submitted",
            label=Label.of(EVENT_LABELS["petition.submitted"]),
            occurred_at=_AT,
            occurred_offset_min=480,
            recorded_at=_AT,
            actor_id="petitioner-42",
            actor_role="petitioner",
            actor_unit=None,
            on_behalf_of=None,
            backdated=False,
            state=PetitionState.SUBMITTED,
            running=(
                ClockView(
                    Clock.ACCEPT, Label.of(Clock.ACCEPT.label), _DUE, None, provisional=False
                ),
            ),
            late=(),
            fields={"channel": "one_click_letter", "subject": _COMMITMENT},
        ),
    ),
)
WORKLIST: Final = WorklistPage(
    unit="transport",
    items=(
        WorklistLine(
            unit="transport",
            petition_id=EXAMPLE_ID,
            number=_NUMBER,
            petition_type="appeal",
            task=TaskKind.TO_HANDLE,
            task_label=Label.of(TaskKind.TO_HANDLE.label),
            due_at=_DUE,
            provisional=False,
            since=_AT,
            green_channel=False,
        ),
    ),
    next_cursor=None,
    next=None,
)
UNIT_LIST: Final = UnitList(
    (
        UnitLine(
            unit="transport",
            name=_UNIT,
            tier="county",
            parent=None,
            kind="department",
            closed_at=None,
        ),
    )
)
_CLOSURE: Final = RATES["closure_rate"]
_SHARE: Final = Share.of(_CLOSURE, Rate(128, 130))
RATES_VIEW: Final = RatesView(
    by="unit",
    as_of=_AT,
    position=42,
    accepted_from=None,
    accepted_before=None,
    as_dispatched=False,
    metrics=(Metric.of(_CLOSURE),),
    rows=(RateRow(key="transport", label=_UNIT, shares=(_SHARE,)),),
    total=RateRow(key="", label=Label("合计", "total"), shares=(_SHARE,)),
)
RANKING: Final = RankingView(
    by="unit",
    metric=Metric.of(_CLOSURE),
    as_of=_AT,
    position=42,
    accepted_from=None,
    accepted_before=None,
    as_dispatched=False,
    cases_min=10,
    ranked=(
        RankLine(
            key="transport",
            label=_UNIT,
            rank=1,
            group=None,
            group_rank=None,
            cases=130,
            value="98.46",
            parts=(),
            penalty=None,
            withheld=None,
        ),
    ),
    unranked=(),
)
FEED_PAGE: Final = FeedPage(
    (
        FeedEvent(
            ledger="main",
            position=42,
            originator_id=EXAMPLE_ID,
            version=1,
            topic="petition.submitted",
            schema_version=1,
            occurred_at=_AT,
            occurred_offset_min=480,
            recorded_at=_AT,
            actor_id="petitioner-42",
            actor_role="petitioner",
            actor_unit=None,
            on_behalf_of=None,
            policy_pack=None,
            policy_version=None,
            correlation_id=None,
            causation_id=None,
            idempotency_key="6b1f0c52-8a0e-4d7b-9a53-1f0e8f0d2c11",
            payload={"channel": "one_click_letter", "subject": _COMMITMENT},
            leaf_hash="0" * 64,
        ),
    ),
    next_after=42,
)


def resource_example(resource: Resource) -> ResourceView:
    """Return one of a resource as it is read just after it began. Pure."""
    born = resource.aggregate.Created.TOPIC
    return ResourceView(
        id=EXAMPLE_ID,
        kind=resource.aggregate.TOPIC,
        kind_label=Label.of(resource.label),
        version=1,
        state=None,
        state_label=None,
        timeline=(
            ActView(
                position=42,
                version=1,
                topic=born,
                label=Label.of(EVENT_LABELS.get(born, resource.label)),
                occurred_at=_AT,
                occurred_offset_min=480,
                recorded_at=_AT,
                actor_id="clerk-7",
                actor_role="handler",
                actor_unit="transport",
                on_behalf_of=None,
                backdated=False,
                fields={},
            ),
        ),
    )
