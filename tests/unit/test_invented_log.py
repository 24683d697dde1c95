"""An invented log is what the domain decides, and the same for the same seed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from domain.calendar_cn import find_calendar
from domain.intake_events import Submitted
from domain.petition_fold import fold
from domain.text import Text
from domain.vocabulary import PetitionState
from ledger.append import Append
from ledger.bulk_append import DatedChunk
from ledger.codec import EventCodec
from scenarios.decided_life import Foundation, Life, decide_life, found
from scenarios.invented_life import write_invented_life
from scenarios.invented_log import FIRST_ON, LAST_ON, InventedLog
from scenarios.invented_petition import InventedPetition, Mould
from scenarios.invented_plan import deal_plan, firm
from scenarios.invented_town import read_town
from scenarios.seasons import spread_over_days

LOG = InventedLog(300, 7, "demo_test")


@pytest.fixture(scope="module")
def chunks() -> list[DatedChunk]:
    """Return the whole log."""
    return list(LOG.chunks())


@pytest.fixture(scope="module")
def foundation() -> Foundation:
    """Return the town's units and rules."""
    town = read_town()
    opened_at = datetime(2023, 1, 1, tzinfo=town.zone)
    return found(town.zone, Text("虚构", "invented"), town.units, town.content, opened_at)


def _appends(chunks: list[DatedChunk]) -> Iterator[Append]:
    return (append for chunk in chunks for append in chunk.appends)


def test_same_seed_gives_the_same_bytes_and_another_seed_others(chunks: list[DatedChunk]) -> None:
    """Every leaf, salt and key follows from the seed, the number and the ledger's name."""
    assert list(LOG.chunks()) == chunks
    assert list(InventedLog(300, 8, "demo_test").chunks()) != chunks


def test_first_event_says_that_all_is_invented(chunks: list[DatedChunk]) -> None:
    """Whoever reads the name of the jurisdiction reads the mark."""
    payload = chunks[0].appends[0].events[0].payload.decode()
    assert "虚构数据" in payload
    assert "Invented data" in payload


def test_commands_stand_in_the_order_in_which_they_were_entered(chunks: list[DatedChunk]) -> None:
    """No event is recorded before it happened, and the ledger's clock never goes back."""
    instants = [chunk.recorded_at for chunk in chunks if chunk.recorded_at is not None]
    assert len(instants) == len(chunks)
    assert all(earlier <= later for earlier, later in pairwise(instants))
    late = 0
    for recorded_at, appends in chunks:
        assert recorded_at is not None
        for append in appends:
            assert all(event.occurred_at <= recorded_at for event in append.events)
            late += recorded_at - append.events[0].occurred_at > timedelta(days=1)
    assert late > 0
    assert instants[-1].date() <= LAST_ON


def test_versions_of_every_petition_are_contiguous(chunks: list[DatedChunk]) -> None:
    """What is entered after the end is left out from a version on, never in between."""
    versions: dict[UUID, int] = {}
    for append in _appends(chunks):
        for event in append.events:
            assert event.version == versions.get(event.originator_id, 0) + 1
            versions[event.originator_id] = event.version
    assert len(versions) == 302


def test_petition_of_another_firm_is_what_the_domain_decides_for_that_firm(
    foundation: Foundation,
) -> None:
    """A copy differs from a decided life where no rule looks, and nowhere else."""
    own, other = firm(11), firm(12)
    petition_id, number, region = UUID(int=5, version=4), "G-00000009", "青泉镇"
    codec = EventCodec(lambda: bytes(32))
    for place in range(1, 40):
        mould = Mould.of(_life(place, own.number, UUID(int=1, version=4), None, foundation), codec)
        copied = InventedPetition(
            mould, petition_id, number, other, region, lambda: bytes(32), codec
        )
        decided = _life(place, other.number, petition_id, (number, region), foundation)
        appends = [copied.append("demo_test", n) for n in range(len(mould.entries))]
        assert [event for append in appends for event in append.events] == [
            codec.encode(each.event) for each in decided
        ]
        actors = [row[FRAME_ACTOR] for append in appends for row in append.columns]
        for actor, each in zip(actors, decided, strict=True):
            assert actor.endswith(each.act.actor_id.encode())


FRAME_ACTOR = 6
"""Place of ``actor_id`` among the columns of an event."""


def _life(
    place: int,
    firm_number: int,
    petition_id: UUID,
    named: tuple[str, str] | None,
    foundation: Foundation,
) -> Life:
    town, rng = read_town(), Random(place)  # noqa: S311 - an invented case
    day = date(2024, 1, 2) + timedelta(days=place * 9)
    plan = deal_plan("20240102-1", day, place, rng, town.matters, town.names, town.content)
    plan.__dict__["enterprise"] = firm(firm_number)
    if named is not None:
        plan.__dict__.update(key=named[0], region=named[1])
    steps = write_invented_life(plan, petition_id, town.calendar, town.zone, rng)
    return decide_life(steps, foundation)


def test_petitions_end_in_many_ways_and_some_are_open(foundation: Foundation) -> None:
    """Extensions, withdrawals, refusals and reopenings come up, and late replies."""
    topics, states = set(), set()
    for number in range(250):
        facts = None
        life = read_town().decide(7, FIRST_ON + timedelta(days=4 * number), 1, foundation)
        assert isinstance(life[0].event, Submitted)
        for decided in life:
            topics.add(type(decided.event).__name__)
            facts = fold(facts, decided.event)
        assert facts is not None
        states.add(facts.state)
    assert {
        "ExtensionGranted",
        "Withdrawn",
        "Reopened",
        "NotAccepted",
        "ReferredOut",
        "ReworkOrdered",
        "SupplementReceived",
        "CallbackAttempted",
        "AnsweredOnSpot",
        "ReturnApproved",
    } <= topics
    assert {PetitionState.CLOSED, PetitionState.WITHDRAWN} <= states


def test_days_share_an_amount_by_season_weekday_and_holiday() -> None:
    """Nothing is lost, the spring festival is quiet, and a rest day has less than a workday."""
    calendar = find_calendar("cn@2026")
    days = dict(spread_over_days(100_000, FIRST_ON, LAST_ON, calendar))
    assert sum(days.values()) == 100_000
    assert days[date(2024, 2, 12)] < days[date(2024, 2, 6)] / 5
    assert days[date(2024, 6, 15)] < days[date(2024, 6, 14)] / 2
    first, last = (
        sum(share for day, share in days.items() if day.year == year) for year in (2023, 2025)
    )
    assert last > first * 1.1
    assert dict(spread_over_days(3, FIRST_ON, LAST_ON, calendar)).keys() == days.keys()
