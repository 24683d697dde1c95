"""Without this file a typing mistake in a pack would quietly become a city's law."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.calendar_cn import find_calendar
from domain.deadlines import Deadline, last_day
from domain.pack_clocks import reopened_deadline, restarted, start_clocks
from domain.pack_content import PackContent
from domain.pack_rules import CallbackMode, ClockRule, ClockStart
from domain.vocabulary import Clock, Complexity, PetitionType
from scenarios.pack_files import list_packs, read_pack

SHANGHAI = ZoneInfo("Asia/Shanghai")
CN = find_calendar("cn@2026")

# type.clock[.complexity][.start]: amount unit @ start; ! marks what no source settles.
CLOCKS = {
    "s0_guangyuan": dict.fromkeys(
        (
            "consultation.reply",
            "appeal.reply",
            "complaint.reply",
            "suggestion.reply",
            "matchmaking.reply",
            "tip_off.reply",
        ),
        "unlimited @ accepted",
    ),
    "s3_chaoyang": dict.fromkeys(("appeal.reply", "matchmaking.reply"), "unlimited @ accepted"),
    "s4_langfang": {"consultation.reply": "on_spot @ accepted"}
    | {
        f"{petition_type}.{clock}": said
        for petition_type in ("appeal", "suggestion", "help_request", "matchmaking")
        for clock, said in {
            "plan": "24 wall_hour @ dispatched",
            "reply": "24 wall_hour @ accepted",
            "instruct": "48 wall_hour @ instruction_sought",
            "reply.instruction_sought": "48 wall_hour @ instruction_sought !",
            "reply.instruction_given": "5 calendar_day @ instruction_given !",
        }.items()
    },
    "xinfang": {
        f"{petition_type}.{clock}": said
        for petition_type in ("appeal", "suggestion", "complaint", "help_request")
        for clock, said in {
            "accept": "15 calendar_day @ submitted",
            "reply": "60 calendar_day @ accepted",
        }.items()
    },
    "sme_payment": {
        "complaint.dispatch": "10 working_day @ accepted",
        "complaint.reply": "30 calendar_day @ accepted !",
        "complaint.reply.complex": "90 calendar_day @ accepted !",
    },
    "shandong": {
        f"{petition_type}.{clock}": said
        for petition_type in ("appeal", "consultation", "suggestion", "help_request", "complaint")
        for clock, said in {
            "accept": "1 working_day @ submitted",
            "contact": "3 working_day @ dispatched !",
            "reply": "15 working_day @ accepted",
            "reply.complex": "30 working_day @ accepted",
        }.items()
    },
    "jinan": dict.fromkeys(
        (
            "appeal.reply",
            "consultation.reply",
            "suggestion.reply",
            "help_request.reply",
            "complaint.reply",
            "tip_off.reply",
        ),
        "5 working_day @ accepted",
    ),
    "uk_lgo": {
        "complaint.accept": "5 working_day @ submitted",
        "complaint.reply": "10 working_day @ accepted",
    },
    "s1_shuangliu": {
        f"{petition_type}.{clock}": said
        for petition_type in (
            "appeal",
            "consultation",
            "suggestion",
            "help_request",
            "complaint",
            "matchmaking",
        )
        for clock, said in {
            "accept": "1 working_day @ submitted !",
            "sign": "1 working_day @ dispatched !",
            "contact": "1 working_day @ dispatched !",
            "reply": "per_item @ accepted",
        }.items()
    },
    "s2_quanzhou": {
        f"{petition_type}.{clock}": said
        for petition_type, reply in (("consultation", 2), ("suggestion", 5), ("appeal", 10))
        for clock, said in {
            "accept": "1 working_day @ submitted !",
            "sign": "1 working_day @ dispatched !",
            "contact": "1 working_day @ dispatched !",
            "callback": "5 working_day @ reply_approved !",
            "reply": f"{reply} working_day @ accepted",
        }.items()
    },
}
# extension: cap, count, decide, inform, total; returns: window; review: ask, decide, levels.
PRACTICE = {
    "s0_guangyuan": ("none", "5 working_day", "none", "full"),
    "s1_shuangliu": ("none", "5 working_day", "none", "sampled"),
    "s2_quanzhou": ("none", "5 working_day", "none", "full"),
    "s3_chaoyang": ("none", "5 working_day", "none", "full"),
    "s4_langfang": ("none", "24 wall_hour", "none", "full"),
    "xinfang": ("30 calendar_day x1", "5 working_day", "30/30 calendar_day x2", "full"),
    "sme_payment": ("60 calendar_day x1 <= 90 calendar_day", "5 working_day", "none", "full"),
    "shandong": ("10 working_day x1", "2 working_day", "none", "full"),
    "jinan": ("none", "2 working_day", "none", "full"),
    "uk_lgo": ("10 working_day x1", "5 working_day", "30 calendar_day/20 working_day x1", "none"),
    "plain": ("10 working_day x1", "5 working_day", "30/30 calendar_day x2", "full"),
}
UNHURRIED = {"s0_guangyuan", "s3_chaoyang", "uk_lgo"}


def clocks_of(pack: PackContent) -> dict[str, str]:
    """Return every clock of a pack in the words of the table."""
    found = {}
    for place, rule in pack.rules():
        if not isinstance(rule, ClockRule):
            continue
        said = str(rule.limit or ("per_item" if rule.per_item else "unlimited"))
        start = rule.starts_at.partition(".")[2]
        found[place] = f"{said} @ {start}{' !' if rule.assumed else ''}"
    return found


def practice_of(pack: PackContent) -> tuple[str, str, str, str]:
    """Return extension, return window, review and callback in the words of the table."""
    extension, review = "none", "none"
    if pack.extension:
        extension = f"{pack.extension.cap} x{pack.extension.count_max}"
        if pack.extension.total:
            extension += f" <= {pack.extension.total}"
    if pack.review:
        ask, decide = pack.review.ask_within, pack.review.decide_within
        first = str(ask.amount) if ask.unit is decide.unit else str(ask)
        review = f"{first}/{decide} x{pack.review.levels}"
    return extension, str(pack.returns.window), review, str(pack.callback.mode)


def test_tables_name_every_shipped_pack() -> None:
    """A new pack comes with its hand-written numbers."""
    assert set(PRACTICE) == set(list_packs())
    assert set(CLOCKS) == set(list_packs()) - {"plain"}


@pytest.mark.parametrize("name", sorted(CLOCKS))
def test_clocks_of_a_pack_are_those_of_the_table(name: str) -> None:
    """Every clock, its limit, its start and its mark of assumption, and no other clock."""
    assert clocks_of(read_pack(name)) == CLOCKS[name]


@pytest.mark.parametrize("name", sorted(PRACTICE))
def test_practice_of_a_pack_is_that_of_the_table(name: str) -> None:
    """Extension, return window, review and callback."""
    assert practice_of(read_pack(name)) == PRACTICE[name]


@pytest.mark.parametrize("name", sorted(set(PRACTICE) - UNHURRIED))
def test_ladder_is_blue_at_the_due_then_orange_then_red(name: str) -> None:
    """Half, four fifths and one working day before; 0, 3 and 10 working days after."""
    rule = read_pack(name).supervision
    assert rule is not None
    assert rule.assumed
    assert rule.reminder_percents == (50, 80)
    assert str(rule.remind_before) == "1 working_day"
    assert [f"{step.level} {step.after_due}" for step in rule.steps] == [
        "blue 0 working_day",
        "orange 3 working_day",
        "red 10 working_day",
    ]
    assert rule.red_on_breach == 2


@pytest.mark.parametrize("name", sorted(UNHURRIED))
def test_packs_without_a_ladder_say_so(name: str) -> None:
    """Where nothing falls due, or where the ladder is not the country's, nobody is supervised."""
    assert read_pack(name).supervision is None


def test_quanzhou_explains_in_writing_and_reports_upward_without_moving_the_due() -> None:
    """Four published duties, no lead time in days, and no extension."""
    pack = read_pack("s2_quanzhou")
    assert pack.delay is not None
    assert pack.delay.lead is None
    assert pack.delay.report_upward
    assert pack.delay.progress_required
    assert not pack.delay.assumed
    assert pack.upward_report is not None
    assert pack.upward_report.report_within is None
    assert pack.extension is None


def test_langfang_files_policy_limits_and_closes_nothing_by_it() -> None:
    """Filing is no closure, and that reading is marked."""
    rule = read_pack("s4_langfang").policy_limit
    assert rule is not None
    assert (rule.file_within, rule.closes, rule.assumed) == (None, False, True)


@pytest.mark.parametrize("name", list_packs())
def test_backlog_is_reviewed_within_thirty_days_where_a_pack_has_one(name: str) -> None:
    """Listed petitions come up again; a suspension ends by itself."""
    pack = read_pack(name)
    if name == "uk_lgo":
        assert pack.backlog is None
        assert pack.suspension is None
        return
    assert pack.backlog is not None
    assert pack.suspension is not None
    assert str(pack.backlog.review_every) == str(pack.suspension.longest) == "30 calendar_day"


@pytest.mark.parametrize("name", list_packs())
def test_every_type_of_a_pack_has_a_reply_rule_unless_it_is_a_commendation(name: str) -> None:
    """A limit, a proposal, or the statement that there is none; never silence."""
    pack = read_pack(name)
    for rules in pack.types:
        if rules.petition_type is not PetitionType.COMMENDATION:
            assert pack.clock_rule(rules.petition_type, Clock.REPLY) is not None
    assert pack.callback.mode in CallbackMode


def test_complex_petitions_have_their_own_limit_and_share_the_other_clocks() -> None:
    """Fifteen working days become thirty; verification stays at one."""
    pack = read_pack("shandong")
    appeal = PetitionType.APPEAL
    assert pack.complexities(appeal) == (Complexity.ORDINARY, Complexity.COMPLEX)
    plain = pack.clock_rule(appeal, Clock.REPLY)
    hard = pack.clock_rule(appeal, Clock.REPLY, Complexity.COMPLEX)
    assert plain is not None
    assert hard is not None
    assert [str(plain.limit), str(hard.limit)] == ["15 working_day", "30 working_day"]
    assert pack.clock_rule(appeal, Clock.ACCEPT, Complexity.COMPLEX) == pack.clock_rule(
        appeal, Clock.ACCEPT
    )
    assert pack.clock_rule(appeal, Clock.REPLY, Complexity.DIFFICULT) == plain
    at = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    (reply,) = start_clocks(pack, appeal, ClockStart.ACCEPTED, at, CN, SHANGHAI, Complexity.COMPLEX)
    assert reply.rule == "shandong@1/appeal, complex: 30 working_day"
    again = reopened_deadline(pack, appeal, at, CN, SHANGHAI, Complexity.COMPLEX)
    assert again is not None
    assert again.rule == "shandong@1/appeal, complex, reopened: 15 working_day"


def test_quanzhou_offers_no_complexity() -> None:
    """Without limits of its own a complexity is no choice."""
    assert read_pack("s2_quanzhou").complexities(PetitionType.APPEAL) == (Complexity.ORDINARY,)


def test_langfang_goes_from_24_hours_to_48_to_5_days() -> None:
    """Each later act starts the reply clock again, and the leader's clock with the request."""
    pack = read_pack("s4_langfang")
    appeal = PetitionType.APPEAL
    accepted = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    sought = datetime(2026, 3, 3, 9, tzinfo=SHANGHAI)
    given = datetime(2026, 3, 4, 15, tzinfo=SHANGHAI)
    (reply,) = start_clocks(pack, appeal, ClockStart.ACCEPTED, accepted, CN, SHANGHAI)
    assert reply.due_at == datetime(2026, 3, 3, 10, tzinfo=SHANGHAI)
    instruct, result = start_clocks(
        pack, appeal, ClockStart.INSTRUCTION_SOUGHT, sought, CN, SHANGHAI
    )
    assert instruct.clock is Clock.INSTRUCT
    assert result.due_at == instruct.due_at == datetime(2026, 3, 5, 9, tzinfo=SHANGHAI)
    running = restarted(reply, result, sought)
    assert running == result
    (five,) = start_clocks(pack, appeal, ClockStart.INSTRUCTION_GIVEN, given, CN, SHANGHAI)
    assert last_day(restarted(running, five, given).due_at, SHANGHAI).day == 9


def test_restart_leaves_a_due_that_is_past() -> None:
    """Asking for instruction one minute after the due makes nothing good."""
    due = datetime(2026, 3, 3, 2, tzinfo=UTC)
    missed = Deadline(Clock.REPLY, due, "r", "cn@2026")
    later = Deadline(Clock.REPLY, datetime(2026, 3, 5, tzinfo=UTC), "r", "cn@2026")
    assert restarted(missed, later, datetime(2026, 3, 3, 2, 1, tzinfo=UTC)) == missed
    assert restarted(missed, later, due) == later
    assert restarted(None, later, due) == later


def test_unlimited_clock_starts_no_deadline() -> None:
    """Where the text has no number none is made up, and a reopening has no half of it."""
    pack = read_pack("s3_chaoyang")
    at = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    appeal = PetitionType.APPEAL
    assert start_clocks(pack, appeal, ClockStart.ACCEPTED, at, CN, SHANGHAI) == ()
    assert reopened_deadline(pack, appeal, at, CN, SHANGHAI) is None
