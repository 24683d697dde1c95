"""Without this file "as of 1 December" could leave out the first of December."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import click
import pytest

from commands.instants import end_instant, first_instant, last_instant, local_text, read_days

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2019-12-01", datetime(2019, 12, 1, 15, 59, 59, 999999, UTC)),
        ("2019-12-01T17:30", datetime(2019, 12, 1, 9, 30, tzinfo=UTC)),
        ("2019-12-01T17:30+00:00", datetime(2019, 12, 1, 17, 30, tzinfo=UTC)),
        ("2019-12-01T17:30Z", datetime(2019, 12, 1, 17, 30, tzinfo=UTC)),
    ],
)
def test_last_instant_of_a_day_is_its_end(text: str, instant: datetime) -> None:
    """A bare day means its last moment, a time without offset is local."""
    assert last_instant(text, SHANGHAI) == instant


def test_first_instant_of_a_day_is_its_midnight() -> None:
    """A stretch begins with the first moment of a day in the ledger's zone."""
    assert first_instant("2019-12-01", SHANGHAI) == datetime(2019, 11, 30, 16, tzinfo=UTC)


def test_end_instant_leaves_no_moment_of_a_day_out() -> None:
    """A stretch up to a day holds that day; up to a time it ends before it."""
    assert end_instant("2019-12-01", SHANGHAI) == datetime(2019, 12, 1, 16, tzinfo=UTC)
    assert end_instant("2019-12-01T17:30", SHANGHAI) == datetime(2019, 12, 1, 9, 30, tzinfo=UTC)
    for instant in (end_instant, last_instant):
        with pytest.raises(click.BadParameter, match="9999-12-31"):
            instant("9999-12-31", SHANGHAI)


@pytest.mark.parametrize("text", ["", "yesterday", "2019-13-01", "2019-02-30", "12/1/2019"])
def test_instants_refuse_what_is_no_date(text: str) -> None:
    """Another spelling is refused by name, never guessed."""
    with pytest.raises(click.BadParameter, match="no ISO 8601"):
        last_instant(text, SHANGHAI)
    with pytest.raises(click.BadParameter, match="no ISO 8601"):
        first_instant(text, SHANGHAI)


@pytest.mark.parametrize("text", ["9999-12-31", "2149-01-01", "1950-12-31", "0001-01-01T00:00"])
def test_instants_refuse_years_without_a_calendar(text: str) -> None:
    """No zone or limit can be counted from them."""
    with pytest.raises(click.BadParameter, match="1951 to 2148"):
        last_instant(text, SHANGHAI)
    with pytest.raises(click.BadParameter, match="1951 to 2148"):
        first_instant(text, SHANGHAI)


def test_days_are_read_as_far_as_they_are_given() -> None:
    """A run of days has no end before its beginning."""
    assert read_days("2026-09-01", None) == (date(2026, 9, 1), None)
    assert read_days("2026-09-01", "2026-09-01") == (date(2026, 9, 1), date(2026, 9, 1))
    with pytest.raises(click.BadParameter, match="before"):
        read_days("2026-09-02", "2026-09-01")
    with pytest.raises(click.BadParameter, match="1951 to 2148"):
        read_days(None, "9999-12-31")


def test_local_text_shows_the_offset() -> None:
    """People read local time and can tell which one it is."""
    assert local_text(datetime(2019, 12, 1, tzinfo=UTC), SHANGHAI) == "2019-12-01 08:00:00+08:00"
