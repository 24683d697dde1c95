"""Every figure computed from New York's day elsewhere, out of the commands people use."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ledger.database import Database
from tests.acceptance.asked_figures import (
    SHIPPED,
    Asked,
    Figure,
    check_every_figure,
    four,
    local,
    numbers,
)
from tests.conftest import ServerUnderTest, _new_database

FILE = "nyc311/nyc311_day.csv"
CHANNELS = {
    "phone": "PHONE", "web": "ONLINE", "app": "MOBILE", "not_recorded": "UNKNOWN", "other": "OTHER",
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return the commands on a ledger with the day in it."""
    return Asked(module_database, tmp_path_factory.mktemp("nyc"), "2018-10-22T02:47")


@pytest.fixture(scope="module")
def asked_by_office(
    server_under_test: ServerUnderTest,
    template_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Asked]:
    """Yield the commands on a ledger whose categories are the names of offices."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        yield Asked(database, tmp_path_factory.mktemp("office"), "2018-10-22T02:47")


def mapping(folder: Path, name: str, **columns: str) -> str:
    """Return a mapping file that reads some fields from other columns than the shipped one."""
    text = (SHIPPED / "nyc311.toml").read_text("utf-8")
    # A source of its own: to the ledger these are other cases.
    text = text.replace('source = "nyc311"', f'source = "nyc311-{name}"')
    for old, new in columns.items():
        changed = text.replace(f'"{old.replace("_", " ")}"', f'"{new}"')
        assert changed != text
        text = changed
    file = folder / f"{name}.toml"
    file.write_text(text, "utf-8")
    return str(file)


def groups(asked: Asked, by: str) -> dict[str, dict[str, Any]]:
    """Return what the truth says of every group, out of four reports."""
    cases = asked.rows("cases", "--by", by)
    rates = asked.rows("rates", "closure_rate", "ontime_rate.closed", "--by", by)
    times = asked.rows("handling-time", "--by", by)
    return {key: group(row, rates[key], times.get(key)) for key, row in cases.items()}


def group(
    cases: dict[str, Any], rates: dict[str, Any], times: dict[str, Any] | None
) -> dict[str, Any]:
    """Return what the truth says of one group."""
    closure, ontime = (rates["rates"][name] for name in ("closure_rate", "ontime_rate.closed"))
    assert (closure["n"], closure["d"]) == (cases["closed"], cases["cases"])
    return {
        "cases": cases["cases"],
        "closed": closure["n"],
        "closure_rate": four(closure["n"], closure["d"]),
        "closed_with_due": ontime["d"],
        "on_time": ontime["n"],
        "on_time_share": four(ontime["n"], ontime["d"]),
        "median_hours": None if times is None else numbers(times["hours"])["median"],
        "open": cases["open"],
        "open_overdue_as_of": cases["open_overdue"],
    }


def overall(asked: Asked) -> dict[str, Any]:
    """Return what the truth says of all cases."""
    rates = asked.report("rates", "closure_rate", "ontime_rate.closed")["total"]
    return group(asked.total, rates, asked.report("handling-time")["total"])


def rankings(asked: Asked) -> dict[str, Any]:
    """Return the agencies in their places, by four figures."""

    def places(report: dict[str, Any]) -> list[dict[str, Any]]:
        lines = report["ranked"] if "ranked" in report else report["rows"]
        return [line for line in lines if line["rank"] is not None]

    def by_rate(metric: str) -> list[list[object]]:
        lines = places(asked.report("ranking", "--by", metric))
        return [[line["key"].upper(), four(line["n"], line["d"]), line["d"]] for line in lines]

    cases = places(asked.report("cases", "--by", "unit"))
    times = places(asked.report("handling-time", "--by", "unit"))
    return {
        "by_cases_top10": [[line["key"].upper(), line["cases"]] for line in cases[:10]],
        "by_on_time_share": by_rate("ontime_rate.closed"),
        "by_closure_rate": by_rate("closure_rate"),
        "by_median_hours": [
            [line["key"].upper(), numbers(line["hours"])["median"], line["cases"]] for line in times
        ],
    }


def statuses(asked: Asked) -> dict[str, dict[str, int]]:
    """Return what the import says of the file's own statuses."""
    return dict(asked.bring_in(FILE, "nyc311")["statuses"])


def labels(asked: Asked) -> dict[str, dict[str, Any]]:
    """Return the cases by the type that the file states."""
    return asked.rows("cases", "--by", "label")


def as_of(asked: Asked) -> str:
    """Return the local instant that a report says it is of."""
    head = asked.report("cases")
    at = datetime.fromisoformat(head["as_of"]).astimezone(ZoneInfo(head["zone"]))
    return local(at.isoformat())


def close_hours(asked: Asked) -> dict[str, Any]:
    """Return the spread of handling times."""
    total = asked.report("handling-time")["total"]
    return {"n": total["cases"], **numbers(total["hours"])}


FIGURES: dict[str, Figure] = {
    "rows": lambda asked: asked.bring_in(FILE, "nyc311")["rows"],
    "as_of": as_of,
    "created_min": lambda asked: local(asked.total["filed"]["first"]),
    "created_max": lambda asked: local(asked.total["filed"]["last"]),
    "overall": overall,
    "by_agency": lambda asked: {key.upper(): row for key, row in groups(asked, "unit").items()},
    "rankings_min10": rankings,
    "by_channel": lambda asked: {
        CHANNELS[key]: row for key, row in groups(asked, "channel").items()
    },
    "by_borough": lambda asked: groups(asked, "region"),
    "status": lambda asked: {
        name: count["closed"] + count["open"] for name, count in statuses(asked).items()
    },
    "status_closed_but_no_close_date": lambda asked: statuses(asked)["Closed"]["open"],
    "close_date_but_status_not_closed": lambda asked: sum(
        count["closed"] for name, count in statuses(asked).items() if name != "Closed"
    ),
    "top10_types": lambda asked: [
        [name, row["cases"]] for name, row in list(labels(asked).items())[:10]
    ],
    "types_case_sensitive": lambda asked: len(labels(asked)),
    "types_case_insensitive": lambda asked: len({name.casefold() for name in labels(asked)}),
    "due_blank": lambda asked: asked.total["without_limit"],
    "close_hours": close_hours,
}
"""What the shipped mapping brings into a ledger."""

OF_OTHER_COLUMNS = ("agency_names_per_agency", "updated_blank", "updated_before_created")
"""Figures of columns that the shipped mapping leaves out; asked for by one that takes them."""


def test_every_figure_of_the_day_comes_out_of_a_command(
    asked: Asked, asked_by_office: Asked, tmp_path: Path
) -> None:
    """Counts, shares, medians, rankings and oddities, key by key; none may be forgotten."""
    assert asked.bring_in(FILE, "nyc311")["accepted"] == 6_765
    offices = mapping(tmp_path, "offices", Descriptor="Agency Name")
    assert asked_by_office.bring_in(FILE, offices)["accepted"] == 6_765

    def names(_: Asked) -> dict[str, int]:
        agencies = asked_by_office.rows("cases", "--by", "unit")
        return {
            agency.upper(): len(asked_by_office.rows("cases", "--by", "category", "--unit", agency))
            for agency in agencies
        }

    updates = mapping(tmp_path, "updates", Closed_Date="Resolution Action Updated Date")

    def updated(asked: Asked) -> dict[str, Any]:
        return dict(asked.bring_in(FILE, updates, "--dry-run"))

    others: tuple[Figure, ...] = (
        names,
        lambda asked: sum(count["open"] for count in updated(asked)["statuses"].values()),
        lambda asked: updated(asked)["rejected_by_reason"]["closed-before-created"],
    )
    figures = FIGURES | dict(zip(OF_OTHER_COLUMNS, others, strict=True))
    check_every_figure("nyc311", figures, asked)
