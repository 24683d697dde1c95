"""Without this file a pack could contradict itself, or lose the version a petition pinned."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from eventsourcing.utils import get_topic

from domain.act import Act
from domain.calendar import UnknownCalendarError
from domain.calendar_cn import find_calendar
from domain.deadlines import last_day
from domain.limit import InvalidLimitError, Limit, TimeUnit
from domain.pack_check import InvalidPackError, check_pack
from domain.pack_clocks import item_deadline, reopened_deadline, start_clocks
from domain.pack_content import PackContent, TypeNotInPackError
from domain.pack_rules import CallbackMode, ClockRule, ClockStart
from domain.policy_pack import (
    PolicyPack,
    UnknownPackVersionError,
    publish_pack,
    revise_pack,
)
from domain.reasons import SuspensionReason
from domain.text import Text
from domain.vocabulary import Clock, Complexity, PetitionType, Role
from scenarios.pack_files import PackFileError, list_packs, parse_pack, read_pack

CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
ACT = Act(actor_id="rules", actor_role=Role.ADMIN, occurred_at=datetime(2026, 1, 5, tzinfo=UTC))
QUANZHOU = read_pack("s2_quanzhou")
SHUANGLIU = read_pack("s1_shuangliu")
PLAIN = read_pack("plain")
FRIDAY = datetime(2026, 9, 18, 10, tzinfo=SHANGHAI)


def text_of(name: str) -> str:
    """Return the text of a shipped pack file."""
    return files("scenarios").joinpath("packs", f"{name}.toml").read_text(encoding="utf-8")


def changed(content: PackContent, **fields: object) -> PackContent:
    """Return a pack with some fields replaced."""
    return msgspec.structs.replace(content, **fields)


def with_clock(content: PackContent, rule: ClockRule) -> PackContent:
    """Return a pack whose first type has one more clock."""
    first, *others = content.types
    first = msgspec.structs.replace(first, clocks=(*first.clocks, rule))
    return changed(content, types=(first, *others))


@pytest.mark.parametrize("name", list_packs())
def test_shipped_pack_names_a_source_for_every_rule(name: str) -> None:
    """Every rule of every shipped pack has a source in both languages."""
    pack = read_pack(name)
    assert pack.pack_id == name
    assert [place for place, rule in pack.rules() if not all(rule.source)] == []


@pytest.mark.parametrize("name", list_packs())
def test_shipped_pack_survives_encoding(name: str) -> None:
    """The content comes back from JSON as it was, well below the event's ceiling."""
    pack = read_pack(name)
    encoded = msgspec.json.encode(pack)
    assert msgspec.json.decode(encoded, type=PackContent) == pack
    assert len(encoded) < 30_000


@pytest.mark.parametrize(
    ("petition_type", "amount"),
    [(PetitionType.CONSULTATION, 2), (PetitionType.SUGGESTION, 5), (PetitionType.APPEAL, 10)],
)
def test_quanzhou_closes_in_2_5_and_10_working_days(
    petition_type: PetitionType, amount: int
) -> None:
    """The three published limits are those of the pack, and are not assumed."""
    rule = QUANZHOU.clock_rule(petition_type, Clock.REPLY)
    assert rule is not None
    assert rule.limit == Limit(amount, TimeUnit.WORKING_DAY)
    assert rule.starts_at is ClockStart.ACCEPTED
    assert not rule.assumed


def test_quanzhou_maps_reported_problems_to_appeals_as_an_assumption() -> None:
    """The fourth way in has no limit of its own; the mapping is marked."""
    rules = QUANZHOU.type_rules(PetitionType.APPEAL)
    assert "反映问题" in rules.original_labels
    assert "反映问题" in rules.assumed_labels


def test_quanzhou_has_no_extension() -> None:
    """A written explanation is none, and the rules know no other."""
    assert QUANZHOU.extension is None


def test_shuangliu_leaves_the_due_to_the_host_unit() -> None:
    """Every type's reply is due per item; nothing is closed by a class limit."""
    for rules in SHUANGLIU.types:
        rule = SHUANGLIU.clock_rule(rules.petition_type, Clock.REPLY)
        assert rule is not None
        assert rule.per_item
        assert not rule.assumed
    assert SHUANGLIU.callback.mode is CallbackMode.SAMPLED


def test_start_clocks_gives_the_deadlines_of_one_event() -> None:
    """Acceptance starts the reply clock alone; the dispatch starts signing and contact."""
    start = (PetitionType.CONSULTATION, ClockStart.ACCEPTED, FRIDAY, CN, SHANGHAI)
    (reply,) = start_clocks(QUANZHOU, *start)
    assert reply.rule == "s2_quanzhou@1/consultation: 2 working_day"
    assert reply.calendar == "cn@2026"
    assert last_day(reply.due_at, SHANGHAI) == date(2026, 9, 21)
    dispatched = start_clocks(
        QUANZHOU, PetitionType.APPEAL, ClockStart.DISPATCHED, FRIDAY, CN, SHANGHAI
    )
    assert [deadline.clock for deadline in dispatched] == [Clock.SIGN, Clock.CONTACT]


def test_start_clocks_leaves_out_what_is_due_per_item() -> None:
    """In Shuangliu acceptance starts no clock; the host unit's proposal is recorded instead."""
    appeal = PetitionType.APPEAL
    assert start_clocks(SHUANGLIU, appeal, ClockStart.ACCEPTED, FRIDAY, CN, SHANGHAI) == ()
    deadline = item_deadline(SHUANGLIU, appeal, Clock.REPLY, FRIDAY, CN)
    assert deadline.rule == "s1_shuangliu@1/appeal: per_item"
    assert deadline.due_at == FRIDAY


def test_reopened_deadline_is_half_the_first_limit() -> None:
    """Ten working days become five; a per-item due has no half."""
    start = (PetitionType.APPEAL, FRIDAY, CN, SHANGHAI)
    deadline = reopened_deadline(QUANZHOU, *start)
    assert deadline is not None
    assert deadline.rule == "s2_quanzhou@1/appeal, reopened: 5 working_day"
    assert last_day(deadline.due_at, SHANGHAI) == date(2026, 9, 24)
    assert reopened_deadline(SHUANGLIU, *start) is None


def test_type_rules_are_refused_when_the_pack_does_not_handle_the_type() -> None:
    """Quanzhou has no tip-offs; the refusal lists what it has."""
    with pytest.raises(TypeNotInPackError, match="appeal") as refused:
        QUANZHOU.type_rules(PetitionType.TIP_OFF)
    assert "举报" in refused.value.text.zh


def test_pack_is_published_and_revised_by_events() -> None:
    """Each version is an event, and old versions stay readable."""
    pack = publish_pack(UUID(int=1), QUANZHOU, ACT)
    revise_pack(pack, changed(QUANZHOU, version=2, title=Text("新", "new")), ACT)
    events = pack.collect_events()
    assert [type(event) for event in events] == [PolicyPack.Created, PolicyPack.Revised]
    assert [get_topic(type(event)) for event in events] == [
        "policy_pack.published",
        "policy_pack.revised",
    ]
    assert pack.pack_at(1) == QUANZHOU
    assert pack.pack_at(2).title.en == "new"
    assert pack.latest.version == 2
    copy: PolicyPack | None = None
    for event in events:
        copy = event.mutate(copy)
    assert copy is not None
    assert copy.versions == pack.versions


def test_pack_version_is_refused_when_it_was_never_published() -> None:
    """Asking for version 3 of one version says which there are."""
    with pytest.raises(UnknownPackVersionError, match="published: 1"):
        publish_pack(UUID(int=1), QUANZHOU, ACT).pack_at(3)


@pytest.mark.parametrize(
    "content",
    [
        changed(QUANZHOU, version=2),
        changed(QUANZHOU, types=(*QUANZHOU.types, QUANZHOU.types[0])),
        with_clock(QUANZHOU, QUANZHOU.types[0].clocks[0]),
        with_clock(
            QUANZHOU,
            ClockRule(clock=Clock.PLAN, starts_at=ClockStart.DISPATCHED, source=Text("无", "none")),
        ),
        with_clock(
            QUANZHOU,
            ClockRule(
                clock=Clock.PLAN,
                starts_at=ClockStart.DISPATCHED,
                limit=Limit(1, TimeUnit.WORKING_DAY),
                per_item=True,
                source=Text("无", "none"),
            ),
        ),
        changed(QUANZHOU, callback=msgspec.structs.replace(QUANZHOU.callback, attempts_min=0)),
    ],
)
def test_pack_is_refused_when_it_contradicts_itself(content: PackContent) -> None:
    """A wrong version, a repetition, a clock without exactly one due, or a zero count."""
    with pytest.raises(InvalidPackError) as refused:
        publish_pack(UUID(int=1), content, ACT)
    assert refused.value.code == "invalid-pack"
    assert "未发布" in refused.value.text.zh


LADDER = PLAIN.supervision
KEPT = PLAIN.retention


def with_supervision(**fields: object) -> PackContent:
    """Return the plain pack with another ladder."""
    assert LADDER is not None
    return changed(PLAIN, supervision=msgspec.structs.replace(LADDER, **fields))


def with_rule(**fields: object) -> PackContent:
    """Return a pack whose first type has one more clock, which differs in some fields."""
    rule = ClockRule(
        clock=Clock.PLAN,
        starts_at=ClockStart.DISPATCHED,
        limit=Limit(1, TimeUnit.WORKING_DAY),
        source=Text("无", "none"),
    )
    return with_clock(QUANZHOU, msgspec.structs.replace(rule, **fields))


def test_pack_may_start_a_clock_again_or_have_no_limit() -> None:
    """A second start, a complex limit beside the ordinary one, and an unlimited clock hold."""
    check_pack(with_rule())
    check_pack(with_rule(limit=None, unlimited=True))
    check_pack(with_rule(clock=Clock.REPLY, starts_at=ClockStart.INSTRUCTION_GIVEN))
    reply = {"clock": Clock.REPLY, "starts_at": ClockStart.ACCEPTED}
    check_pack(with_rule(**reply, complexity=Complexity.COMPLEX))


@pytest.mark.parametrize(
    "content",
    [
        with_rule(limit=None),
        with_rule(unlimited=True),
        with_rule(per_item=True),
        with_rule(complexity=Complexity.COMPLEX),
        with_supervision(red_on_breach=1),
        with_supervision(reminder_percents=(80, 50)),
        with_supervision(reminder_percents=(50, 100)),
        with_supervision(remind_before=Limit(1, TimeUnit.ON_SPOT)),
        with_supervision(steps=tuple(reversed(LADDER.steps)) if LADDER else ()),
        changed(PLAIN, retention=msgspec.structs.replace(KEPT, years=None) if KEPT else None),
        changed(
            PLAIN,
            suspension=PLAIN.suspension
            and msgspec.structs.replace(
                PLAIN.suspension, reasons=(SuspensionReason.HEARING, SuspensionReason.HEARING)
            ),
        ),
    ],
)
def test_pack_is_refused_when_a_rule_does_not_hold_together(content: PackContent) -> None:
    """No limit or two, a limit for complex ones alone, a ladder that falls, a doubled reason."""
    with pytest.raises(InvalidPackError):
        check_pack(content)


def test_pack_is_refused_when_a_ladder_counts_office_hours() -> None:
    """A nested limit is looked at like any other."""
    assert LADDER is not None
    step = msgspec.structs.replace(LADDER.steps[0], after_due=Limit(1, TimeUnit.WORKING_HOUR))
    with pytest.raises(InvalidPackError):
        check_pack(with_supervision(steps=(step,)))
    step = msgspec.structs.replace(LADDER.steps[0], after_due=Limit(-1, TimeUnit.WORKING_DAY))
    with pytest.raises(InvalidLimitError):
        check_pack(with_supervision(steps=(step,)))


def test_tip_offs_are_kept_longer() -> None:
    """Thirty years instead of ten; where the pack says nothing, for ever."""
    kept = [PLAIN.retention_of(each) for each in (PetitionType.APPEAL, PetitionType.TIP_OFF)]
    assert [rule.years for rule in kept if rule] == [10, 30]
    assert changed(PLAIN, retention=None).retention_of(PetitionType.APPEAL) is None


def test_pack_in_force_is_the_newest_effective_on_the_day() -> None:
    """A version announced for 1 July counts from that day; before all, the first one counts."""
    pack = publish_pack(UUID(int=1), QUANZHOU, ACT)
    later = changed(QUANZHOU, version=2, effective_on=date(2026, 7, 1))
    revise_pack(pack, later, ACT)
    days = (date(2017, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [pack.in_force(day).version for day in days] == [1, 1, 2]


def test_pack_is_refused_when_a_limit_or_calendar_is_unusable() -> None:
    """Office hours that nobody stated, and a calendar that nobody built, stop the pack."""
    window = Limit(4, TimeUnit.WORKING_HOUR)
    returns = msgspec.structs.replace(QUANZHOU.returns, window=window)
    with pytest.raises(InvalidLimitError):
        publish_pack(UUID(int=1), changed(QUANZHOU, returns=returns), ACT)
    with pytest.raises(UnknownCalendarError):
        publish_pack(UUID(int=1), changed(QUANZHOU, calendar="cn@1999"), ACT)


@pytest.mark.parametrize(
    "content", [changed(QUANZHOU, version=3), changed(PLAIN, version=2), QUANZHOU]
)
def test_revision_is_refused_when_it_is_not_the_next_version(content: PackContent) -> None:
    """A skipped version, another pack, or the same version again leaves the pack alone."""
    pack = publish_pack(UUID(int=1), QUANZHOU, ACT)
    with pytest.raises(InvalidPackError):
        revise_pack(pack, content, ACT)
    assert list(pack.versions) == [1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("pack_id", "pak_id"), "'pak_id', the nearest is 'pack_id'"),
        (
            lambda text: text.replace("amount = 2,", "amont = 2,"),
            "'types.clocks.limit.amont', the nearest is 'amount'",
        ),
        (
            lambda text: text.replace("assumed = true", "asumed = true", 1),
            "'clocks_of_every_type.asumed', the nearest is 'assumed'",
        ),
        (
            lambda text: text.replace("[[clocks_of_every_type]]", "[[clocks_of_each_type]]"),
            "the nearest is 'clocks_of_every_type'",
        ),
        (lambda text: text.replace('mode = "full"', 'mode = "most"'), "most"),
        (lambda text: text.replace("version = 1", ""), "version"),
        (lambda text: text.replace("Asia/Shanghai", "Asia/Shanghia"), "time zone"),
        (lambda text: text + "\n[returns", "not valid TOML"),
    ],
)
def test_pack_file_is_refused_with_the_place_of_the_mistake(
    change: Callable[[str], str], said: str
) -> None:
    """A misspelt key is named with its nearest neighbour; other mistakes with their place."""
    with pytest.raises(PackFileError) as refused:
        parse_pack(change(text_of("s2_quanzhou")), "mine.toml")
    assert said in refused.value.text.en
    assert "mine.toml" in refused.value.text.zh


def test_pack_file_is_refused_when_there_is_none_of_that_name() -> None:
    """The refusal lists the packs there are."""
    with pytest.raises(PackFileError, match="s1_shuangliu"):
        read_pack("s9_nowhere")
