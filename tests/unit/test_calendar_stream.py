"""Without this file a published holiday could be lost, doubled, or believed before its day."""

from dataclasses import replace as with_fields
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.aggregate import LedgerAggregate
from domain.calendar import UnknownCalendarError
from domain.calendar_cn import find_calendar
from domain.calendar_editions import (
    NO_CALENDARS,
    edition_rank,
    newest_calendar,
    next_edition,
    resolve_calendar,
)
from domain.calendar_orders import CALENDARS, PublishCalendar, PublishYear, ReviseCalendar
from domain.calendar_stream import CalendarStream
from domain.errors import DomainError, GuardError, LateEntryOrderError, NotPermittedError
from domain.holiday_notice import DayHalf, DayKind
from domain.pack_check import check_pack
from domain.principal import Principal
from domain.resource import AggregateCommand
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Role
from domain.year_notice import HalfHoliday, HolidayPeriod, InvalidNoticeError, YearNotice
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import SAYS_ALL_THREE, packs, roster

NOW = datetime(2026, 11, 4, 1, tzinfo=UTC)
ADMIN = Principal(actor_id="rules-1", role=Role.ADMIN)
# The holidays of 2027 here are made up: their notice was not published when this was written.
NEW_YEAR = HolidayPeriod(
    name=Text("元旦", "New Year's Day"),
    first=date(2027, 1, 1),
    last=date(2027, 1, 3),
    statutory=(date(2027, 1, 1),),
    make_up=(date(2027, 1, 9),),
)
NOTICE = YearNotice(year=2027, document="国办发明电〔2026〕0号", holidays=(NEW_YEAR,))
PUBLISH = PublishCalendar(
    calendar_id="cn",
    name=Text("全国", "national"),
    base="cn@2026",
    effective_on=date(2026, 11, 4),
    notices=(NOTICE,),
    approver_id="rules-2",
)
LATER = YearNotice(
    year=2027,
    document="国办发明电〔2027〕0号",
    holidays=(
        HolidayPeriod(
            name=Text("元旦", "New Year's Day"), first=date(2027, 1, 4), last=date(2027, 1, 4)
        ),
    ),
)
REVISE = ReviseCalendar(
    notice=LATER, effective_on=date(2027, 1, 2), reason="延长假期", approver_id="rules-2"
)
LOCAL = YearNotice(
    year=2026,
    document="区政府〔2026〕3号",
    holidays=(
        HolidayPeriod(
            name=Text("地方节日", "local festival"), first=date(2026, 3, 20), last=date(2026, 3, 20)
        ),
    ),
    half_days=(
        HalfHoliday(
            name=Text("纪念日", "anniversary"), day=date(2026, 5, 8), worked=DayHalf.MORNING
        ),
    ),
)
REGION = PublishCalendar(
    calendar_id="cn-xj",
    name=Text("自治区", "autonomous region"),
    region="xj",
    base="cn@2026",
    effective_on=date(2026, 1, 1),
    notices=(LOCAL,),
    approver_id="rules-2",
)
REBASE = ReviseCalendar(
    base="cn@2027", effective_on=date(2026, 11, 5), reason="全国日历更新", approver_id="rules-2"
)


def situation(
    *streams: CalendarStream, at: datetime = NOW, principal: Principal = ADMIN
) -> Situation:
    """Return a situation in which some calendars are published."""
    return Situation(
        act=principal.act(at),
        now=at,
        roster=roster(),
        packs=packs(),
        pack_id="plain",
        fresh_number="",
        calendars={stream.calendar_id: stream for stream in streams},
    )


def published(command: PublishCalendar = PUBLISH, *others: CalendarStream) -> CalendarStream:
    """Return a calendar right after its publication."""
    return command.begin(UUID(int=5), situation(*others))


def after(
    stream: CalendarStream,
    command: AggregateCommand[CalendarStream],
    *others: CalendarStream,
    at: datetime = NOW,
) -> CalendarStream:
    """Return a calendar after one more command."""
    command.apply(stream, situation(stream, *others, at=at))
    return stream


def refusal(command: AggregateCommand[CalendarStream], stream: CalendarStream) -> DomainError:
    """Return how a command on a calendar was refused; nothing was recorded."""
    version = stream.version
    with pytest.raises(DomainError) as refused:
        command.apply(stream, situation(stream))
    assert stream.version == version
    for text, says in zip(refused.value.text, SAYS_ALL_THREE, strict=True):
        assert says.search(text), text
    return refused.value


def test_calendar_is_published_and_resolved_by_its_edition() -> None:
    """The new year is settled on top of what is built in, which stays as it was."""
    stream = published()
    calendars = {"cn": stream}
    new = resolve_calendar("cn@2027", calendars)
    assert new.reference == "cn@2027"
    assert new.is_published(2027)
    assert not new.is_workday(date(2027, 1, 1))
    assert new.is_workday(date(2027, 1, 9))
    assert new.day_kind(date(2027, 1, 2)) is DayKind.WEEKEND
    noticed = new.day_notice(date(2027, 1, 1))
    assert noticed is not None
    assert noticed.number == "国办发明电〔2026〕0号"
    assert new.count_working_days(date(2025, 12, 31), date(2026, 12, 31)) == 248
    assert resolve_calendar("cn@2026", calendars) is find_calendar("cn@2026")
    assert resolve_calendar("cn@2027", calendars) is new


def test_calendar_comes_back_from_its_events() -> None:
    """Folding the events again gives the same editions, under the eternal topics."""
    stream = after(published(), REVISE, at=NOW + timedelta(days=60))
    local = after(published(REGION), REBASE, stream)
    for calendar in (stream, local):
        copy: LedgerAggregate | None = None
        for event in calendar.collect_events():
            copy = event.mutate(copy)
        assert isinstance(copy, CalendarStream)
        assert copy.editions == calendar.editions
        assert (copy.calendar_id, copy.region) == (calendar.calendar_id, calendar.region)


def test_year_is_published_once() -> None:
    """The next year adds an edition; the same year again needs a revision."""
    stream = published()
    refused = refusal(
        PublishYear(notice=NOTICE, effective_on=date(2026, 11, 5), approver_id="rules-2"), stream
    )
    assert refused.code == "year-already-published"
    built_in = replace(NOTICE, year=2026, holidays=(replace(NEW_YEAR, make_up=()),))
    again = PublishYear(notice=built_in, effective_on=date(2026, 11, 5), approver_id="rules-2")
    assert refusal(again, stream).code == "year-already-published"
    moved = HolidayPeriod(
        name=NEW_YEAR.name, first=date(2028, 1, 1), last=date(2028, 1, 3), make_up=()
    )
    following = YearNotice(year=2028, document="第2号", holidays=(moved,))
    year = PublishYear(notice=following, effective_on=date(2027, 11, 4), approver_id="rules-2")
    assert after(stream, year).latest == "2028"
    assert resolve_calendar("cn@2028", {"cn": stream}).is_published(2027)


def test_revision_adds_an_edition_and_leaves_the_earlier_one() -> None:
    """The later notice overrides a day; whoever pinned the first edition keeps it."""
    stream = after(published(), REVISE, at=NOW + timedelta(days=59))
    calendars = {"cn": stream}
    assert list(stream.editions) == ["2027", "2027.2"]
    day = date(2027, 1, 4)
    assert resolve_calendar("cn@2027", calendars).is_workday(day)
    assert not resolve_calendar("cn@2027.2", calendars).is_workday(day)


def test_newest_edition_is_the_one_effective_on_the_day() -> None:
    """An act of December counts by the first notice, even if recorded after the second."""
    calendars = {"cn": after(published(), REVISE, at=NOW + timedelta(days=59))}
    references = [
        newest_calendar("cn@2026", calendars, day).reference
        for day in (date(2026, 11, 3), date(2026, 11, 4), date(2027, 1, 1), date(2027, 1, 2))
    ]
    assert references == ["cn@2026", "cn@2027", "cn@2027", "cn@2027.2"]
    assert newest_calendar("weekdays@1", calendars, date(2027, 1, 2)).reference == "weekdays@1"
    pinned = newest_calendar("cn@2027", calendars, date(2026, 1, 1))
    assert pinned.reference == "cn@2027"


def test_situation_counts_by_the_newest_edition() -> None:
    """A pack that names cn@2026 is served by the year published since."""
    pack = read_pack("plain")
    later = situation(published(), at=NOW + timedelta(days=1))
    assert later.calendar(pack).reference == "cn@2027"
    assert situation(published(), at=NOW - timedelta(days=1)).calendar(pack).reference == "cn@2026"
    assert with_fields(later, calendars={}).calendar(pack).reference == "cn@2026"


def test_region_adds_its_own_days_to_the_nations() -> None:
    """A local holiday and a half day; the region does not settle a national year."""
    region = resolve_calendar("cn-xj@2026", {"cn-xj": published(REGION)})
    assert region.day_kind(date(2026, 3, 20)) is DayKind.LOCAL_HOLIDAY
    assert region.day_kind(date(2026, 5, 8)) is DayKind.HALF_DAY
    assert region.day_kind(date(2026, 10, 1)) is DayKind.STATUTORY_HOLIDAY
    counted = region.count_working_days(date(2025, 12, 31), date(2026, 12, 31))
    assert counted == 247
    assert not region.is_published(2027)


def test_region_moves_to_a_newer_base_by_a_revision() -> None:
    """The nation's new year reaches the region when its administrators take it over."""
    nation = published()
    region = after(published(REGION), REBASE, nation)
    assert region.latest == "2027"
    calendars = {"cn": nation, "cn-xj": region}
    new = resolve_calendar("cn-xj@2027", calendars)
    assert new.is_published(2027)
    assert new.day_kind(date(2026, 3, 20)) is DayKind.LOCAL_HOLIDAY
    assert not resolve_calendar("cn-xj@2026", calendars).is_published(2027)


def test_region_publishes_each_year_once() -> None:
    """Its own notices decide, not the nation's."""
    region = published(REGION)
    again = PublishYear(notice=LOCAL, effective_on=date(2026, 11, 5), approver_id="rules-2")
    assert refusal(again, region).code == "year-already-published"
    local = replace(LOCAL, year=2027, holidays=(), half_days=(_half(date(2027, 5, 8)),))
    year = PublishYear(notice=local, effective_on=date(2026, 11, 5), approver_id="rules-2")
    assert after(region, year).latest == "2027"
    assert not resolve_calendar("cn-xj@2027", {"cn-xj": region}).is_published(2027)


def _half(day: date) -> HalfHoliday:
    return HalfHoliday(name=Text("纪念日", "anniversary"), day=day, worked=DayHalf.AFTERNOON)


def test_calendar_of_another_country_stands_alone() -> None:
    """Without a base it knows its own notices, and awaits one for every year."""
    alone = replace(PUBLISH, calendar_id="uk", base=None)
    calendar = resolve_calendar("uk@2027", {"uk": published(alone)})
    assert calendar.is_published(2027)
    assert not calendar.is_published(2026)
    on_weekdays = replace(PUBLISH, calendar_id="uk", base="weekdays@1")
    calendar = resolve_calendar("uk@2027", {"uk": published(on_weekdays)})
    assert not calendar.is_published(2028)


def test_edition_names_rise() -> None:
    """A second edition of a year comes after the first and before the next year."""
    assert sorted(["2028", "2027.10", "2027", "2027.2"], key=edition_rank) == [
        "2027",
        "2027.2",
        "2027.10",
        "2028",
    ]
    assert next_edition("cn", None, "cn@2026", 2026) == "2026.2"
    assert next_edition("cn-xj", None, "cn@2026", 2026) == "2026"
    assert next_edition("cn", None, "cn@2026", 2024) == "2026.2"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(REGION, base=None), "base-missing"),
        (replace(REGION, base="cn-xj@2026"), "base-not-national"),
        (replace(PUBLISH, base="cn@1999"), "unknown-calendar-edition"),
        (replace(PUBLISH, approver_id="rules-1"), "not-permitted"),
        (replace(PUBLISH, notices=(replace(NOTICE, holidays=()),)), "invalid-notice"),
    ],
)
def test_publication_is_refused_when_it_does_not_hold_together(
    command: PublishCalendar, code: str
) -> None:
    """A region without a nation, a nation on a region, an unknown base, one person, no day."""
    with pytest.raises(DomainError) as refused:
        command.begin(UUID(int=5), situation(published(replace(REGION, calendar_id="cn-xj"))))
    assert refused.value.code == code


def test_publication_is_for_administrators_alone() -> None:
    """Nobody who handles petitions sets their working days."""
    clerk = Principal(actor_id="intake-1", role=Role.INTAKE, unit="hub")
    with pytest.raises(NotPermittedError):
        PUBLISH.begin(UUID(int=5), situation(principal=clerk))


def test_revision_is_refused_when_it_revises_nothing_or_comes_too_early() -> None:
    """An empty one has no content; one before the publication has no place."""
    stream = published()
    empty = ReviseCalendar(effective_on=date(2026, 11, 5), reason="无", approver_id="rules-2")
    refused = refusal(empty, stream)
    assert isinstance(refused, GuardError)
    assert refused.code == "nothing-revised"
    with pytest.raises(LateEntryOrderError):
        REVISE.apply(stream, situation(stream, at=NOW - timedelta(seconds=1)))


@pytest.mark.parametrize(
    "holiday",
    [
        replace(NEW_YEAR, last=date(2026, 12, 31)),
        replace(NEW_YEAR, last=date(2027, 2, 5)),
        replace(NEW_YEAR, statutory=(date(2027, 1, 4),)),
        replace(NEW_YEAR, make_up=(date(2027, 1, 2),)),
        replace(NEW_YEAR, make_up=(date(2025, 1, 4),)),
        replace(NEW_YEAR, make_up=(date(2026, 11, 30),)),
    ],
)
def test_notice_is_refused_when_it_contradicts_itself(holiday: HolidayPeriod) -> None:
    """Backwards, endless, a statutory working day, a day off that is worked, another year."""
    command = replace(REVISE, notice=replace(NOTICE, holidays=(holiday,)))
    refused = refusal(command, published())
    assert isinstance(refused, InvalidNoticeError)


def test_notice_is_refused_outside_the_calendar() -> None:
    """No arrangement is taken for a year that no count reaches."""
    command = replace(REVISE, notice=replace(NOTICE, year=2149))
    assert refusal(command, published()).code == "invalid-notice"


def test_pack_may_name_a_calendar_of_the_ledger() -> None:
    """And is refused where neither the ledger nor the program has it."""
    content = replace(read_pack("plain"), calendar="cn@2027")
    check_pack(content, {"cn": published()})
    with pytest.raises(UnknownCalendarError, match="cn@2027"):
        check_pack(content, NO_CALENDARS)


def test_calendar_commands_are_one_resource() -> None:
    """Published, then year by year or revised."""
    assert CALENDARS.path == "calendars"
    assert CALENDARS.opening == (PublishCalendar,)
    assert [command.path for command in CALENDARS.commands] == ["years", "revisions"]
