"""Without this file an ordinary course could lose an act, or its order."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from domain.calendar_cn import find_calendar
from domain.vocabulary import Channel, PetitionType
from scenarios.act_lines import ActLine, GroupMessage, TimedCase
from scenarios.timed_cases import evidence, script_of_case

CALENDAR = find_calendar("cn@2026")
ACCEPTED_AT = datetime(2026, 9, 24, 10)  # noqa: DTZ001 - local, as files have it
CASE = TimedCase(
    key="street-lamp",
    number="N-1",
    channel=Channel.GROUP_CHAT,
    petition_type=PetitionType.APPEAL,
    type_label="诉求",
    category="supply",
    firm=7,
    lead="utilities",
    subject="路灯不亮",
    text="东门外路灯三天不亮。",
    accepted_at=ACCEPTED_AT,
    replied_at=ACCEPTED_AT + timedelta(hours=5),
    reply="已修复。",
)
COURSE = [
    "",
    "registration",
    "acceptance",
    "dispatches",
    "signatures",
    "contacts",
    "replies",
    "reply-approvals",
    "callbacks",
    "closure",
]


def course(case: TimedCase) -> list[str]:
    """Return what is done, in order."""
    steps = script_of_case(case, CALENDAR).steps
    assert all(earlier.at <= later.at for earlier, later in pairwise(steps))
    return [step.do for step in steps]


def test_case_takes_the_ordinary_course() -> None:
    """Review and callback follow on working days: 25 to 27 September are off."""
    assert course(CASE) == COURSE
    steps = script_of_case(CASE, CALENDAR).steps
    assert [f"{step.at:%m-%d}" for step in steps[-4:]] == ["09-24", "09-28", "09-29", "09-29"]


def test_case_without_reply_stays_with_its_unit() -> None:
    """Nothing is reviewed that was not answered."""
    assert course(replace(CASE, replied_at=None)) == COURSE[:6]


def test_case_answered_on_the_spot_is_never_dispatched() -> None:
    """The unit that answers is no handler of a dispatch."""
    spot = replace(CASE, lead=None, spot="intake@hub")
    assert course(spot) == [*COURSE[:3], "spot-answers", *COURSE[7:]]


def test_case_takes_further_acts_by_their_time() -> None:
    """What else happens stands where its instant puts it."""
    at = ACCEPTED_AT + timedelta(hours=2)
    progress = ActLine(at=at, by="handler@utilities", do="progress", fields={"text": "已派人。"})
    assert course(replace(CASE, acts=(progress,)))[6:8] == ["progress", "replies"]


@pytest.mark.parametrize("spot", [None, "intake@hub"])
def test_case_is_refused_with_neither_or_both_of_lead_and_spot(spot: str | None) -> None:
    """Somebody answers, and only one of the two ways."""
    lead = None if spot is None else "utilities"
    with pytest.raises(ValueError, match="street-lamp needs"):
        script_of_case(replace(CASE, lead=lead, spot=spot), CALENDAR)


def test_petitioner_files_a_case_unless_it_reached_a_clerk() -> None:
    """A letter is filed by its writer, a call by the clerk who took it."""
    assert script_of_case(CASE, CALENDAR).steps[0].by == "petitioner@liaison-007"
    taken = script_of_case(replace(CASE, medium="电话"), CALENDAR).steps[0]
    assert (taken.by, taken.fields["on_behalf_of"]) == ("intake@hub", "liaison-007")


def test_digest_changes_with_sender_time_and_text() -> None:
    """Whoever changes one of the three changes the evidence."""
    message = GroupMessage(sender="某联络员", sent_at=ACCEPTED_AT, group="直通")
    later = replace(message, sent_at=ACCEPTED_AT + timedelta(seconds=1))
    other = replace(message, sender="另一联络员")
    written = {evidence(each, CASE.text) for each in (message, later, other)}
    assert len(written | {evidence(message, "改过的文字")}) == 4
    filed = script_of_case(replace(CASE, message=message), CALENDAR).steps[0]
    assert filed.by == "intake@hub"
    assert filed.fields["attachments"][0]["size_bytes"] == len(evidence(message, CASE.text))
