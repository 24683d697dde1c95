"""Rows become cases exactly as the mapping says, or are rejected with a reason."""

from datetime import UTC, date, datetime

import pytest

from domain.intake_events import CaseImported, ImportedOutcome
from domain.petition_fold import fold_all
from domain.vocabulary import Channel, Labelled, Outcome, PetitionState, Satisfaction
from replay.case_rows import CaseReader
from replay.imported_case import Origin, case_events, petition_id
from replay.mapping_reader import read_mapping
from replay.reject_reasons import Reason, RowRejectedError
from replay.stated_case import StatedCase
from replay.table import BadCell, Cell, TableRow

MAPPING = """
schema = "taizhang.mapping/1"
source = "city"
zone = "America/New_York"
calendar = "cn@2026"
units = "must_exist"

[fields]
case_key = "key"
status = "status"
unit = "unit"
region = { column = "region", blank = ["-"] }
name = "name"
text = { column = "text", clean = ["line_breaks", "full_width_spaces", "trim"] }
reply = "reply"
created_at = { column = "created", formats = ["%Y-%m-%d %H:%M", "%m/%d/%y %H:%M", "%Y-%m-%d"] }
replied_at = { column = "replied", formats = ["%Y-%m-%d %H:%M"] }
closed_at = { column = "closed", formats = ["%Y-%m-%d %H:%M"], blank = ["-"] }
due_at = { column = "due", formats = ["%Y-%m-%d %H:%M", "%Y-%m-%d"], bare_date = "end" }
channel = { column = "channel", values = { PHONE = "phone" } }
satisfaction = { column = "rating", values = { good = "satisfied" } }
outcome = "outcome"

[closing]
when = "closed_at"
"""
BY_STATUS = MAPPING.replace(
    'when = "closed_at"', 'when = "status"\nclosed = ["Closed"]\nopen = ["Open"]'
)
COLUMNS = (
    *("key", "status", "unit", "region", "name", "text", "reply"),
    *("created", "replied", "closed", "due", "channel", "rating", "outcome"),
)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROW: dict[str, Cell] = {
    "key": "7",
    "status": "Closed",
    "unit": "dep",
    "region": "QUEENS",
    "name": "A1",
    "text": "\u3000水管_x000D_\n漏水 ",
    "reply": "fixed",
    "created": "2026-03-02 09:00",
    "replied": "2026-03-03 10:00",
    "closed": "2026-03-04 11:00",
    "due": "2026-03-05",
    "channel": "PHONE",
    "rating": "good",
    "outcome": "resolved",
}
OPEN: dict[str, Cell] = {"replied": "", "closed": "", "rating": "", "outcome": "", "status": "Open"}


def _read(mapping: str = MAPPING, /, **cells: Cell) -> StatedCase:
    reader = CaseReader(
        read_mapping(mapping), {name: place for place, name in enumerate(COLUMNS)}, NOW
    )
    row = {**ROW, **cells}
    return reader.read(TableRow(1, 2, tuple(row[name] for name in COLUMNS)))


def _refused(mapping: str = MAPPING, /, **cells: Cell) -> tuple[Labelled, str | None]:
    with pytest.raises(RowRejectedError) as refusal:
        _read(mapping, **cells)
    return refusal.value.reason, refusal.value.column


def test_case_states_what_the_row_states() -> None:
    """Values are mapped, labels are kept, texts are cleaned only as asked."""
    case = _read()
    assert (case.case_key, case.number, case.status) == ("7", "city-7", "Closed")
    assert (case.channel, case.channel_label) == (Channel.PHONE, "PHONE")
    assert case.text == "水管\n漏水"
    assert (case.outcome, case.satisfaction) == (Outcome.RESOLVED, Satisfaction.SATISFIED)
    assert case.created_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def test_case_keeps_texts_as_they_are_when_no_cleaning_is_asked() -> None:
    """What a person wrote is changed by nobody."""
    assert _read(reply=" \u3000a_x000D_\n ").reply == " \u3000a_x000D_\n "


def test_case_leaves_out_what_is_blank() -> None:
    """Space alone, and what the mapping calls blank, means that nothing was stated."""
    case = _read(region="-", name=" ", unit="", closed="-", replied=" ", rating="", due="")
    assert (case.region, case.name, case.unit) == (None, None, None)
    assert (case.closed_at, case.replied_at, case.due_at) == (None, None, None)


def test_case_due_on_a_bare_day_ends_with_that_day() -> None:
    """A due day lasts until 24:00 where the mapping says so."""
    assert _read().due_at == datetime(2026, 3, 6, 5, 0, tzinfo=UTC)


def test_case_due_on_a_bare_day_is_rejected_when_no_rule_is_stated() -> None:
    """Whether a due day begins or ends it is never guessed."""
    mapping = MAPPING.replace(', bare_date = "end"', "")
    assert _refused(mapping) == (Reason.BARE_DATE, "due")
    assert _refused(mapping, due=date(2026, 3, 5)) == (Reason.BARE_DATE, "due")


def test_case_time_is_read_by_the_stated_formats_in_order() -> None:
    """Two-digit years, bare days and a spreadsheet's own dates are read where stated."""
    first = datetime(2018, 2, 1, 14, 5, tzinfo=UTC)
    assert _read(created="02/01/18 9:05").created_at == first
    assert _read(created=datetime(2018, 2, 1, 9, 5)).created_at == first  # noqa: DTZ001 - a date cell has no zone
    assert _read(created="2018-02-01").created_at == datetime(2018, 2, 1, 5, tzinfo=UTC)
    assert _read(created=date(2018, 2, 1)).created_at == datetime(2018, 2, 1, 5, tzinfo=UTC)


def test_case_time_with_its_own_offset_is_that_instant() -> None:
    """A format with %z needs no zone of the mapping."""
    mapping = MAPPING.replace('"%m/%d/%y %H:%M"', '"%Y-%m-%dT%H:%M%z"')
    assert _read(mapping, created="2018-02-01T09:05+08:00").created_at == datetime(
        2018, 2, 1, 1, 5, tzinfo=UTC
    )


AMBIGUOUS = "2025-11-02 01:30"
SKIPPED = "2025-03-09 02:30"


def test_case_time_shown_twice_is_rejected_or_resolved_by_the_stated_rule() -> None:
    """When clocks are set back, 01:30 happens twice."""
    assert _refused(created=AMBIGUOUS) == (Reason.AMBIGUOUS_TIME, "created")
    for rule, hour in (("earlier", 5), ("later", 6)):
        mapping = f'ambiguous_times = "{rule}"\n{MAPPING}'
        expected = datetime(2025, 11, 2, hour, 30, tzinfo=UTC)
        assert _read(mapping, created=AMBIGUOUS).created_at == expected


def test_case_time_never_shown_is_rejected_or_moved_by_the_stated_rule() -> None:
    """When clocks are set forward, 02:30 does not happen."""
    assert _refused(created=SKIPPED) == (Reason.NONEXISTENT_TIME, "created")
    mapping = f'nonexistent_times = "shift_forward"\n{MAPPING}'
    case = _read(mapping, created=SKIPPED)
    assert case.created_at == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)
    assert case.created_at.hour == 3


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        ({"key": ""}, Reason.MISSING, "key"),
        ({"created": ""}, Reason.MISSING, "created"),
        ({"key": "x" * 201}, Reason.CASE_KEY_TOO_LONG, "key"),
        ({"created": "2026/03/02"}, Reason.UNREADABLE_TIME, "created"),
        ({"created": "2026-02-30 09:00"}, Reason.UNREADABLE_TIME, "created"),
        ({"created": "2027-01-01 00:00", **OPEN}, Reason.IN_FUTURE, "created"),
        ({"closed": "2027-01-01 00:00"}, Reason.IN_FUTURE, "closed"),
        ({"closed": "2026-03-01 00:00", "replied": ""}, Reason.CLOSED_BEFORE_CREATED, "closed"),
        ({"replied": "2026-03-01 00:00"}, Reason.REPLIED_BEFORE_CREATED, "replied"),
        ({"replied": "2026-03-05 00:00"}, Reason.REPLIED_AFTER_CLOSED, "replied"),
        ({**OPEN, "rating": "good"}, Reason.RATING_WITHOUT_OUTCOME, "rating"),
        ({"channel": "FAX"}, Reason.UNMAPPED_VALUE, "channel"),
        ({"outcome": "done"}, Reason.UNMAPPED_VALUE, "outcome"),
        ({"text": "a\0b"}, Reason.NUL, "text"),
        ({"text": "a\ud800b"}, Reason.LONE_SURROGATE, "text"),
        ({"text": "题" * 20_001}, Reason.TOO_LONG, "text"),
        ({"name": BadCell(Reason.CELL_ERROR)}, Reason.CELL_ERROR, "name"),
        ({"due": BadCell(Reason.FORMULA_NOT_CALCULATED)}, Reason.FORMULA_NOT_CALCULATED, "due"),
    ],
)
def test_case_that_cannot_be_read_is_rejected(
    cells: dict[str, Cell], reason: Reason, column: str
) -> None:
    """Each kind of bad cell has its reason, and the column is named."""
    assert _refused(**cells) == (reason, column)


def test_broken_row_is_rejected_as_a_whole() -> None:
    """A row that has not the columns of the header is not read at all."""
    reader = CaseReader(read_mapping(MAPPING), dict.fromkeys(COLUMNS, 99), NOW)
    with pytest.raises(RowRejectedError) as refusal:
        reader.read(TableRow(1, 2, ("1",), Reason.RAGGED))
    assert (refusal.value.reason, refusal.value.column) == (Reason.RAGGED, None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"status": "Lost"}, Reason.UNKNOWN_STATUS),
        ({"status": ""}, Reason.UNKNOWN_STATUS),
        ({"closed": "", "replied": "", "rating": ""}, Reason.CLOSED_WITHOUT_TIME),
        ({"status": "Open"}, Reason.OPEN_WITH_CLOSING_TIME),
    ],
)
def test_case_whose_status_contradicts_its_times_is_rejected(
    cells: dict[str, Cell], reason: Reason
) -> None:
    """Where the status decides, it must be known and agree with the closing time."""
    assert _refused(BY_STATUS, **cells)[0] is reason


def test_case_is_closed_or_open_by_its_status_when_the_mapping_says_so() -> None:
    """The status table decides what is closed."""
    assert _read(BY_STATUS).closed_at is not None
    assert _read(BY_STATUS, **OPEN).closed_at is None


ORIGIN = Origin("city", "ab" * 32, "cn@2026")


def test_events_of_a_closed_case_are_birth_and_outcome() -> None:
    """Two events at the stated times and offsets; no official act is made up."""
    case = _read()
    (created, birth), (ended, outcome) = case_events(case, "dep", 41, ORIGIN)
    assert isinstance(birth, CaseImported)
    assert isinstance(outcome, ImportedOutcome)
    assert (birth.timestamp, outcome.timestamp) == (case.created_at, case.closed_at)
    assert (birth.source, birth.row, birth.file_sha256) == ("city", 41, "ab" * 32)
    assert birth.originator_id == petition_id("city", "7")
    (deadline,) = birth.deadlines
    assert (deadline.rule, deadline.calendar) == ("imported:city", "cn@2026")
    assert created.idempotency_key == ended.idempotency_key == "import:city:7"
    assert created.occurred_offset_min == -300


def test_events_keep_the_offset_of_their_own_local_time() -> None:
    """A case created in winter and closed in summer has two offsets."""
    case = _read(replied="2026-07-01 10:00", closed="2026-07-01 11:00")
    offsets = [act.occurred_offset_min for act, _ in case_events(case, None, 1, ORIGIN)]
    assert offsets == [-300, -240]


def test_events_of_an_open_case_are_its_birth_alone() -> None:
    """An open case goes on from dispatched, with its stated due."""
    case = _read(**OPEN)
    events = [event for _, event in case_events(case, "dep", 1, ORIGIN)]
    assert len(events) == 1
    facts = fold_all(events)  # type: ignore[arg-type]
    assert facts.state is PetitionState.DISPATCHED
    assert facts.lead is not None
    assert facts.lead.unit == "dep"


def test_content_is_the_same_whatever_file_states_it() -> None:
    """Row, file and form of a date do not belong to what is stated; every word does."""
    case = _read()
    same = _read(created=datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - a date cell has no zone
    assert same.content() == case.content()
    assert _read(reply="fixed!").content() != case.content()
    assert _read(unit="dot").content() != case.content()


def test_petition_ids_differ_by_source_and_key() -> None:
    """No two cases share a stream, and none moves to another one in a later version."""
    ids = {petition_id(source, key) for source in ("a", "b") for key in ("1", "2", "")}
    assert len(ids) == 6
    assert str(petition_id("nyc311", "40611598")) == "7f234a39-cea3-5e22-b5bf-93fc5787124f"


def test_now_is_not_yet_the_future() -> None:
    """What happened at this very instant is accepted, what happens a minute later is not."""
    assert _read(created="2026-11-21 19:00", **OPEN).created_at == NOW
    assert _refused(created="2026-11-21 19:01", **OPEN)[0] is Reason.IN_FUTURE
