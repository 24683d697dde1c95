"""Every figure computed from the messages elsewhere, out of the commands people use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
from tests.acceptance.imported_ledger import truth
from tests.conftest import ServerUnderTest, _new_database

FILE, SOURCE = "tipdm2020c/petitions.csv", "tipdm2020c"
TEN, FIFTEEN = "top10_regions_by_cases", "ranking_by_15wd_share_min20_cases"


@pytest.fixture(scope="module")
def asked(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return the commands on a ledger with the messages in it."""
    return Asked(module_database, tmp_path_factory.mktemp("messages"))


@pytest.fixture(scope="module")
def asked_by_user(
    server_under_test: ServerUnderTest,
    template_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Asked]:
    """Yield the commands on a ledger whose categories are the codes of the authors."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        yield Asked(database, tmp_path_factory.mktemp("users"))


def within(asked: Asked, name: str) -> dict[str, Any]:
    """Return the share answered within a limit, by the name the truth gives it."""
    amount, kind, *_ = name.split("_")
    # The truth counts exact durations of calendar days, that is 24 hours a day.
    limit = f"{amount}wd" if kind == "working" else f"{int(amount) * 24}h"
    total = asked.report("answered-within", limit)["total"]
    return {"n": total["n"], "share": four(total["n"], total["d"])}


def regions(asked: Asked, keys: list[str]) -> list[dict[str, Any]]:
    """Return what the truth says of regions, in the order given."""
    cases = asked.rows("cases", "--by", "region")
    times = asked.rows("handling-time", "--by", "region")
    shares = asked.rows("answered-within", "15wd", "--by", "region")
    return [
        {
            "region": key,
            "cases": cases[key]["cases"],
            "median_hours": numbers(times[key]["hours"])["median"],
            "within_15_working_days": shares[key]["n"],
            "share_15wd": four(shares[key]["n"], shares[key]["d"]),
        }
        for key in keys
    ]


def placed(asked: Asked, count: int, name: str, *options: str) -> list[str]:
    """Return the first groups of a ranked report."""
    rows = asked.report(name, "--by", "region", *options)["rows"]
    return [row["key"] for row in rows if row["rank"] is not None][:count]


def spread(asked: Asked, unit: str) -> dict[str, Any]:
    """Return the spread of handling times in hours or days."""
    total = asked.report("handling-time")["total"]
    return {"n": total["cases"], **numbers(total[unit])}


FIGURES: dict[str, Figure] = {
    "cases": lambda asked: asked.total["cases"],
    "distinct_ids": lambda asked: asked.bring_in(FILE, SOURCE)["accepted"],
    "closed": lambda asked: asked.total["closed"],
    "created_min": lambda asked: local(asked.total["filed"]["first"]),
    "created_max": lambda asked: local(asked.total["filed"]["last"]),
    "replied_min": lambda asked: local(asked.total["answered"]["first"]),
    "replied_max": lambda asked: local(asked.total["answered"]["last"]),
    "handling_hours": lambda asked: spread(asked, "hours"),
    "handling_days": lambda asked: spread(asked, "days"),
    "by_created_year": lambda asked: {
        year: row["cases"] for year, row in asked.rows("cases", "--by", "year").items()
    },
    "answered_within": lambda asked: {
        name: within(asked, name) for name in truth(SOURCE)["answered_within"]
    },
    "region_blank": lambda asked: asked.rows("cases", "--by", "region")[""]["cases"],
    "regions_distinct": lambda asked: len(asked.rows("cases", "--by", "region")) - 1,
    TEN: lambda asked: regions(asked, placed(asked, 10, "cases")),
    FIFTEEN: lambda asked: regions(
        asked, placed(asked, 15, "answered-within", "15wd", "--min-cases", "20")
    ),
    "open_at": lambda asked: {
        at: asked.report("cases", as_of=at)["total"]["open"] for at in truth(SOURCE)["open_at"]
    },
    "replied_on_non_working_day": lambda asked: asked.total["answered"]["on_rest_days"],
    "created_on_non_working_day": lambda asked: asked.total["filed"]["on_rest_days"],
}
"""What the shipped mapping brings into a ledger; authors' codes stay out of the log."""


def test_every_figure_of_the_messages_comes_out_of_a_command(
    asked: Asked, asked_by_user: Asked, tmp_path: Path
) -> None:
    """Spreads, shares, regions, years and authors, key by key; none may be forgotten."""
    assert asked.bring_in(FILE, SOURCE)["accepted"] == 2_110
    text = (SHIPPED / f"{SOURCE}.toml").read_text("utf-8")
    (tmp_path / "users.toml").write_text(
        text.replace('name = "留言用户"', 'category = "留言用户"'), "utf-8"
    )
    assert asked_by_user.bring_in(FILE, str(tmp_path / "users.toml"))["accepted"] == 2_110

    def users(_: Asked) -> list[tuple[str, int]]:
        rows = asked_by_user.rows("cases", "--by", "category", "--min-cases", "1")
        return [(key, row["cases"]) for key, row in rows.items()]

    authors: dict[str, Figure] = {
        "distinct_users": lambda asked: len(users(asked)),
        "users_with_most": lambda asked: [list(pair) for pair in users(asked)[:3]],
    }
    check_every_figure(SOURCE, FIGURES | authors, asked)
