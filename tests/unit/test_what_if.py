"""Without this file a what-if could change what nobody supposed, or miss what somebody did."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.altered_event import altered
from domain.calendar import Calendar
from domain.calendar_cn import find_calendar
from domain.deadlines import Deadline, last_day
from domain.delay_events import DelayExplained, DelayExplainedLate
from domain.errors import GuardError
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay
from domain.intake_events import Accepted, CaseImported, Submitted
from domain.measures import MEASURES
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.splitting import SplitPetition
from domain.standing import Deadlines, latest_deadlines
from domain.supposition import Supposition, refuse_pack_without_clocks
from domain.suspensions import ResumePetition
from domain.vocabulary import Complexity, PetitionType, Role
from domain.what_if import Twin
from scenarios.pack_files import list_packs, read_pack
from tests.unit.command_driver import begin, step
from tests.unit.family_stories import MERGE, child
from tests.unit.given_when_then import DAY, PETITION_ID, START, Deed, Story, given, packs
from tests.unit.petition_stories import (
    ACCEPTED,
    DISPATCHED,
    EXPLAIN,
    EXTEND,
    IN_PROGRESS,
    REOPEN,
    REPLY,
    SPLIT,
    SUBMISSION,
    SUSPEND,
    imported,
)
from tests.unit.twins import tell

SHANGHAI = ZoneInfo("Asia/Shanghai")
DRIVEN = ("plain", "s2_quanzhou", "s4_langfang", "shandong", "xinfang")
# Measures that rest on a limit; all others count acts, and acts stay.
BY_LIMIT = (
    "ontime",
    "signed",
    "response",
    "first_pass",
    "extended",
    "delay",
    "upward",
    "suspended",
)


@cache
def driven(seed: int, pack: str) -> Story:
    """Return a petition after random commands under a pack; some plain ones are imported."""
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    story = begin(random)
    if pack != "plain":
        filed = replace(SUBMISSION, channel=read_pack(pack).channels[0])
        story = given(Deed(filed, Role.PETITIONER), pack=pack)
    for _ in range(random.randint(5, 45)):
        story = step(random, story)
    return story


def supposing(pack: str | None = None, calendar: Calendar | str | None = None) -> Supposition:
    """Return a supposition by names; every shipped pack is published."""
    found = find_calendar(calendar) if isinstance(calendar, str) else calendar
    return Supposition(packs(), None if pack is None else read_pack(pack), found)


def twin(story: Story, supposition: Supposition) -> Twin:
    """Return the petition of a story twice."""
    return tell(story, supposition)[story.petition_id]


def supposed(story: Story, supposition: Supposition) -> PetitionFacts:
    """Return what would be true of the petition of a story."""
    facts = twin(story, supposition).supposed
    assert facts is not None
    return facts


def day(deadline: Deadline | None) -> date | None:
    """Return the last day of a deadline."""
    return None if deadline is None else last_day(deadline.due_at, SHANGHAI)


def dues(facts: PetitionFacts) -> tuple[date | None, date | None]:
    """Return the last days of the first due and of the one in force."""
    original, effective = latest_deadlines(facts.cycles[0])
    return day(original), day(effective)


@pytest.mark.parametrize("pack", DRIVEN)
@pytest.mark.parametrize("is_named", [False, True], ids=["pinned", "named"])
@settings(max_examples=100, deadline=None)
@for_all(seed=st.integers(0, 2**32))
def test_a_history_under_its_own_pack_is_the_history_itself(
    pack: str, seed: int, *, is_named: bool
) -> None:
    """Everything is counted again and every fact comes out the same, also of who was merged."""
    story = driven(seed, pack)
    if is_named and isinstance(story.history[0], CaseImported):
        return
    for petition_id, told in tell(story, supposing(pack if is_named else None)).items():
        assert told.real is not None
        assert told.supposed is not None
        if pack != "plain" and petition_id != story.petition_id and is_named:
            # A stranger was filed under the plain pack, whatever pack the story is told under.
            told.supposed.accept_deadline = told.real.accept_deadline
            told.supposed.clocks = told.real.clocks
        assert told.supposed == told.real


@pytest.mark.parametrize("other", list_packs())
@settings(max_examples=40, deadline=None)
@for_all(seed=st.integers(0, 2**32), days=st.integers(0, 90))
def test_other_rules_change_what_rests_on_a_limit_and_nothing_else(
    other: str, seed: int, days: int
) -> None:
    """Acts stay: who closed, withdrew or was satisfied is the same under every pack."""
    for told in tell(driven(seed, "plain"), supposing(other, "weekdays@1")).values():
        assert told.real is not None
        assert told.supposed is not None
        as_of = START + days * DAY
        before, after = judge(told.real, as_of), judge(told.supposed, as_of)
        assert before.keys() == after.keys()
        for unit, vector in before.items():
            for name, old, new in zip(MEASURES, vector, after[unit], strict=True):
                assert old == new or name.startswith(BY_LIMIT), name


@settings(max_examples=60, deadline=None)
@for_all(seed=st.integers(0, 2**32))
def test_the_recorded_history_stays_as_it_is(seed: int) -> None:
    """Supposing changes neither the events nor what is true of the petition."""
    story = driven(seed, "plain")
    before = [vars(event).copy() for event in story.history]
    told = twin(story, supposing("xinfang", "weekdays@1"))
    assert [vars(event) for event in story.history] == before
    assert told.real == fold_all(story.history)


@pytest.mark.parametrize(
    ("pack", "last", "after_days", "on_time"),
    [
        ("s2_quanzhou", date(2026, 9, 28), 3, True),
        ("s2_quanzhou", date(2026, 9, 28), 20, False),
        ("s4_langfang", date(2026, 9, 15), 3, False),
        ("xinfang", date(2026, 11, 13), 20, True),
        ("xinfang", date(2026, 11, 13), 61, False),
    ],
)
def test_one_appeal_under_three_packs(
    pack: str,
    last: date,
    after_days: int,
    on_time: bool,  # noqa: FBT001 - a case
) -> None:
    """Accepted on Monday 14 September: ten working days, 24 hours, or sixty days.

    Sunday the 20th is worked and the 25th to 27th are off; 13 November is a Friday.
    """
    story = given(*IN_PROGRESS, Deed(REPLY, Role.HANDLER, after=after_days * DAY))
    facts = supposed(story, supposing(pack))
    assert dues(facts) == (last, last)
    row = judge(facts, START + 80 * DAY)["bureau"]
    assert row[MEASURES.index("ontime_effective_d")] == 1
    assert row[MEASURES.index("ontime_effective_n")] == on_time


def test_hours_run_from_the_minute_of_acceptance() -> None:
    """24 hours of Langfang end a day later, to the minute, weekend or not."""
    facts = supposed(given(*DISPATCHED), supposing("s4_langfang"))
    assert facts.cycle.deadline is not None
    assert facts.accepted_at is not None
    assert facts.cycle.deadline.due_at == facts.accepted_at + timedelta(hours=24)
    assert facts.assignments[0].plan_due_at == facts.assignments[0].dispatched_at + DAY
    assert facts.assignments[0].sign_due_at is None


CONSULTATION, SUGGESTION, APPEAL = (
    PetitionType.CONSULTATION,
    PetitionType.SUGGESTION,
    PetitionType.APPEAL,
)


@pytest.mark.parametrize(
    ("start", "petition_type", "worked_weekends", "weekdays"),
    [
        (date(2026, 9, 18), CONSULTATION, date(2026, 9, 21), date(2026, 9, 22)),
        (date(2026, 10, 8), CONSULTATION, date(2026, 10, 10), date(2026, 10, 12)),
        (date(2026, 2, 11), APPEAL, date(2026, 3, 3), date(2026, 2, 25)),
        (date(2026, 4, 30), SUGGESTION, date(2026, 5, 11), date(2026, 5, 7)),
        (date(2026, 9, 30), APPEAL, date(2026, 10, 20), date(2026, 10, 14)),
        (date(2026, 5, 8), CONSULTATION, date(2026, 5, 11), date(2026, 5, 12)),
        (date(2026, 9, 15), CONSULTATION, date(2026, 9, 17), date(2026, 9, 17)),
    ],
)
def test_a_calendar_without_worked_weekends_moves_the_dues_it_must(
    start: date, petition_type: PetitionType, worked_weekends: date, weekdays: date
) -> None:
    """The vectors of domain.md §6.9 under Quanzhou, and by Monday to Friday alone."""
    accepted_at = datetime(start.year, start.month, start.day, 2, tzinfo=UTC)
    acceptance = AcceptPetition(petition_type=petition_type, category="parking")
    filed = given(*ACCEPTED[:2], Deed(acceptance, Role.INTAKE), pack="s2_quanzhou").history
    told = {}
    for calendar in (None, "weekdays@1"):
        moved = Twin()
        for event in filed:
            moved.apply(altered(event, timestamp=accepted_at), supposing("s2_quanzhou", calendar))
        assert moved.supposed is not None
        told[calendar] = dues(moved.supposed)
    assert told == {
        None: (worked_weekends, worked_weekends),
        "weekdays@1": (weekdays, weekdays),
    }


EXTENDED = (
    *IN_PROGRESS,
    Deed(EXTEND, Role.HANDLER),
    Deed(GrantExtension(), Role.DEPARTMENT_HEAD),
    Deed(InformOfDelay(medium="phone"), Role.HANDLER),
)


@pytest.mark.parametrize(
    ("pack", "first", "extended"),
    [
        ("shandong", date(2026, 10, 10), date(2026, 10, 16)),
        ("xinfang", date(2026, 11, 13), date(2026, 11, 20)),
        ("s2_quanzhou", date(2026, 9, 28), date(2026, 9, 28)),
        ("uk_lgo", date(2026, 9, 29), date(2026, 10, 6)),
    ],
)
def test_an_extension_is_granted_again_as_the_time_it_meant(
    pack: str, first: date, extended: date
) -> None:
    """Five working days stay five, or as many calendar days as reach as far; or none at all.

    A day of uk_lgo ends in London, which is the next morning in Shanghai.
    """
    facts = supposed(given(*EXTENDED, pack="shandong"), supposing(pack))
    assert dues(facts) == (first, extended)


def test_an_extension_is_capped_by_the_other_pack() -> None:
    """Of ten working days a cap of three leaves three, and a total allowance may leave less."""
    asked = replace(EXTEND, amount=10)
    deeds = (*IN_PROGRESS, Deed(asked, Role.HANDLER), *EXTENDED[-2:])
    xinfang = read_pack("xinfang")
    assert xinfang.extension is not None
    three = replace(xinfang.extension.cap, amount=3)
    capped = replace(xinfang, extension=replace(xinfang.extension, cap=three))
    facts = supposed(given(*deeds), Supposition(packs(), capped))
    assert dues(facts) == (date(2026, 11, 13), date(2026, 11, 16))
    total = replace(three, amount=62)
    capped = replace(xinfang, extension=replace(xinfang.extension, total=total))
    facts = supposed(given(*deeds), Supposition(packs(), capped))
    assert dues(facts) == (date(2026, 11, 13), date(2026, 11, 16))


def test_an_extension_asked_for_after_the_supposed_due_moves_nothing() -> None:
    """The 24 hours of Langfang are over when it is asked for, and a missed due stays missed."""
    langfang = replace(read_pack("s4_langfang"), extension=read_pack("shandong").extension)
    late = Deed(EXTEND, Role.HANDLER, after=3 * DAY)
    story = given(*IN_PROGRESS, late, *EXTENDED[-2:])
    facts = supposed(given(*EXTENDED), Supposition(packs(), langfang))
    assert dues(facts) == (date(2026, 9, 15), date(2026, 9, 21))
    facts = supposed(story, Supposition(packs(), langfang))
    assert dues(facts) == (date(2026, 9, 15), date(2026, 9, 15))
    assert facts.cycle.extensions[0].refused_at is not None


PAUSED = (
    *IN_PROGRESS,
    Deed(SUSPEND, Role.DISPATCHER, after=2 * DAY),
    Deed(ResumePetition(), Role.DISPATCHER, after=5 * DAY),
)


@pytest.mark.parametrize(
    ("pack", "calendar", "last"),
    [
        (None, None, date(2026, 10, 9)),
        (None, "weekdays@1", date(2026, 10, 1)),
        ("xinfang", None, date(2026, 11, 18)),
        ("uk_lgo", None, date(2026, 9, 29)),
        ("s4_langfang", None, date(2026, 9, 15)),
    ],
)
def test_a_pause_is_kept_in_the_time_of_the_other_clock(
    pack: str | None, calendar: str | None, last: date
) -> None:
    """Wednesday 16 to Monday 21 September: four working days, three weekdays, five days.

    A day of uk_lgo ends in the morning of Shanghai's next. It knows no suspension, and under
    Langfang the due was past: both move nothing.
    """
    story = given(*PAUSED)
    facts = supposed(story, supposing(pack, calendar))
    assert dues(facts) == (last, last)


def test_a_due_past_before_the_pause_is_late_while_it_lasts() -> None:
    """Standing still does not hide what was late already."""
    facts = supposed(given(*PAUSED[:-1]), supposing("s4_langfang"))
    row = judge(facts, START + 4 * DAY)["bureau"]
    assert row[MEASURES.index("ontime_effective_d")] == 1


def test_what_the_host_unit_set_for_one_petition_stays() -> None:
    """Nobody knows what it would have proposed elsewhere: Shuangliu keeps the recorded due."""
    facts = supposed(given(*IN_PROGRESS), supposing("s1_shuangliu"))
    assert dues(facts) == (date(2026, 9, 28), date(2026, 9, 28))
    assert facts.policy_pack == "s1_shuangliu"


def test_no_limit_is_no_due() -> None:
    """Guangyuan names the duty and no number, so nobody is on time there or late."""
    facts = supposed(given(*IN_PROGRESS), supposing("s0_guangyuan"))
    assert dues(facts) == (None, None)


def test_an_unknown_type_is_handled_as_the_first_one_of_the_pack() -> None:
    """sme_payment knows complaints alone: thirty days, and the petition keeps its type."""
    facts = supposed(given(*IN_PROGRESS), supposing("sme_payment"))
    assert dues(facts) == (date(2026, 10, 14), date(2026, 10, 14))
    assert facts.petition_type is PetitionType.APPEAL


def test_a_complex_petition_has_the_limit_of_the_pack_that_knows_it() -> None:
    """Thirty working days in Shandong, and the ordinary ten where nothing is said of it."""
    complex_one = AcceptPetition(
        petition_type=APPEAL, category="parking", complexity=Complexity.COMPLEX
    )
    story = given(*ACCEPTED[:2], Deed(complex_one, Role.INTAKE), pack="shandong")
    assert dues(supposed(story, supposing("shandong")))[0] == date(2026, 10, 31) - DAY
    assert dues(supposed(story, supposing("s2_quanzhou")))[0] == date(2026, 9, 28)


def test_an_imported_case_is_counted_where_a_pack_is_named() -> None:
    """Else it keeps what its file states; a pack that leaves the due to the item keeps it too."""
    story = given(imported())
    assert dues(supposed(story, supposing("xinfang")))[0] == date(2026, 11, 13)
    stated = dues(story.facts)[0]
    assert dues(supposed(story, supposing(None, "weekdays@1")))[0] == stated
    assert dues(supposed(story, supposing("s1_shuangliu")))[0] == stated
    assert dues(supposed(given(imported(due_after=None)), supposing("jinan")))[0] == date(
        2026, 9, 20
    )


def test_an_explanation_is_judged_by_the_supposed_due() -> None:
    """In time under ten working days, too late under 24 hours, and nothing without the rule."""
    story = given(*IN_PROGRESS, Deed(EXPLAIN, Role.HANDLER, after=3 * DAY))
    assert isinstance(story.last, DelayExplained)
    assert not supposed(story, supposing("jinan")).cycle.explanations[0].late
    assert supposed(story, supposing("xinfang")).cycle.explanations[0].late
    langfang = replace(read_pack("s4_langfang"), delay=read_pack("plain").delay)
    assert supposed(story, Supposition(packs(), langfang)).cycle.explanations[0].late


def test_a_late_explanation_is_in_time_under_a_later_due_unless_it_was_entered_late() -> None:
    """What was claimed for an earlier day was late for another reason, and stays late."""
    plain = read_pack("plain")
    later = replace(read_pack("xinfang"), delay=plain.delay)
    late = given(*IN_PROGRESS, Deed(EXPLAIN, Role.HANDLER, after=20 * DAY))
    entered_late = (
        given(*IN_PROGRESS)
        .when(EXPLAIN, Role.HANDLER, after=3 * DAY, recorded_after=20 * DAY)
        .decide()
    )
    assert isinstance(late.last, DelayExplainedLate)
    assert isinstance(entered_late.last, DelayExplainedLate)
    assert not supposed(late, Supposition(packs(), later)).cycle.explanations[0].late
    assert supposed(entered_late, Supposition(packs(), later)).cycle.explanations[0].late


def test_a_parent_keeps_the_earliest_supposed_due_of_all() -> None:
    """Joined by an older petition it is under that one's sixty days, not its own."""
    story = given(*IN_PROGRESS).beside(child(days_later=-3)).and_then(Deed(MERGE, Role.DISPATCHER))
    facts = supposed(story, supposing("xinfang"))
    joined = facts.children[0].joined
    assert facts.cycle.deadline is not None
    assert latest_deadlines(facts.cycle) == min(
        (
            Deadlines(joined.original, joined.effective),
            Deadlines(facts.cycle.deadline, facts.cycle.deadline),
        ),
        key=lambda pair: (pair.effective is None, pair.effective and pair.effective.due_at),
    )
    assert joined.effective is not None
    assert joined.effective.rule.startswith("xinfang@1")


def test_parts_of_a_petition_are_under_the_supposed_due_of_the_whole() -> None:
    """A part was accepted with the whole, and its clock did not start anew."""
    assert isinstance(SPLIT, SplitPetition)
    story = given(*ACCEPTED).and_then(Deed(SPLIT, Role.DISPATCHER, after=2 * DAY))
    told = tell(story, supposing("xinfang"))
    parts = [each.supposed for each in told.values() if each.supposed is not None]
    born = [facts for facts in parts if facts.split_from == PETITION_ID]
    assert [dues(facts)[1] for facts in born] == [date(2026, 11, 13)] * 2


def test_a_reopened_petition_has_half_the_supposed_limit() -> None:
    """Half of sixty days, from the reopening on."""
    from tests.unit.petition_stories import CLOSED

    story = given(*CLOSED, Deed(REOPEN, Role.PETITIONER))
    facts = supposed(story, supposing("xinfang"))
    assert day(facts.cycle.deadline) == date(2026, 10, 14)


def test_a_pack_that_times_no_reply_compares_nothing() -> None:
    """Of the shipped ones two name no number; one that asks the host unit does time replies."""
    refused = []
    for name in list_packs():
        try:
            refuse_pack_without_clocks(read_pack(name))
        except GuardError as error:
            refused.append((name, error.code))
    assert refused == [
        ("s0_guangyuan", "pack-without-clocks"),
        ("s3_chaoyang", "pack-without-clocks"),
    ]


def test_events_can_be_altered_only_in_the_fields_they_have() -> None:
    """A misspelt field would leave the real value in place without a word."""
    (submitted, *_, accepted) = given(*ACCEPTED).history
    assert isinstance(submitted, Submitted)
    assert isinstance(accepted, Accepted)
    with pytest.raises(TypeError, match=r"no deadline$"):
        altered(accepted, deadline=())
    assert altered(accepted, deadlines=()).deadlines == ()
    assert accepted.deadlines
