"""Comparisons, flows and gaps from the terminal, against counts by definition."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from commands.failures import Exit
from commands.main import run
from domain.measures import MEASURES
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.rate import Rate, points_between
from tests.integration.test_report_command import environ, petitions

__all__ = ["environ", "petitions"]

LOCAL = timedelta(hours=8)
MARCH, APRIL, MAY = (datetime(2026, month, 1, tzinfo=UTC) - LOCAL for month in (3, 4, 5))
TICK = timedelta(microseconds=1)


def share(chosen: list[PetitionFacts], as_of: datetime, names: tuple[str, str]) -> Rate:
    """Return a rate by definition."""
    vectors = [vector for facts in chosen for vector in judge(facts, as_of).values()]
    n, d = (sum(vector[MEASURES.index(name)] for vector in vectors) for name in names)
    return Rate(n, d)


def accepted(found: list[PetitionFacts], start: datetime, end: datetime) -> list[PetitionFacts]:
    """Return the cohort of a stretch."""
    return [each for each in found if each.accepted_at and start <= each.accepted_at < end]


@pytest.mark.parametrize(
    ("against", "earlier"), [("previous", (MARCH, APRIL)), ("year", None)], ids=["环比", "同比"]
)
def test_compared_report_judges_both_periods_equally_long_after_their_end(
    environ: dict[str, str],
    petitions: list[PetitionFacts],
    capsys: pytest.CaptureFixture[str],
    against: str,
    earlier: tuple[datetime, datetime] | None,
) -> None:
    """April, ten days after its end, beside March, ten days after its own."""
    as_of = MAY + timedelta(days=10)
    period = ["--period", "2026-04", "--as-of", as_of.isoformat(), "--compare", against]
    arguments = ["report", "ontime", *period, "--by", "unit"]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    total = document["rows"][-1]["rates"]["ontime_rate.effective"]
    names = ("ontime_effective_n", "ontime_effective_d")
    later = share(accepted(petitions, APRIL, MAY), as_of, names)
    assert Rate(total["later"]["n"], total["later"]["d"]) == later
    if earlier is None:
        assert total["earlier"]["d"] == 0
        assert (total["points"], total["verdict"]) == (None, "not_comparable")
        return
    before = share(accepted(petitions, *earlier), APRIL + timedelta(days=10), names)
    assert Rate(total["earlier"]["n"], total["earlier"]["d"]) == before
    assert total["points"] == points_between(before, later)
    assert total["verdict"] == "no_clear_difference"
    assert run(arguments, environ, version="0") == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert any("Newcombe" in line for line in lines)
    assert len({len(line.split("\t")) for line in lines if "\t" in line}) == 1
    assert "no clear difference" in lines[-1]


def test_flow_report_counts_acceptances_and_acts_of_closing(
    environ: dict[str, str], petitions: list[PetitionFacts], capsys: pytest.CaptureFixture[str]
) -> None:
    """By unit and over all; both edges of the month are the ledger's midnight."""
    arguments = ["report", "flow", "--period", "2026-04", "--by", "unit"]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    closed = [
        (facts.assignments[0].unit, cycle.closed_at)
        for facts in petitions
        for cycle in facts.cycles
        if cycle.closed_at is not None and APRIL <= cycle.closed_at < MAY
    ]
    total = document["total"]
    assert total["closings"] == len(closed) > 10
    assert total["accepted"] == len(accepted(petitions, APRIL, MAY))
    assert total["flow_ratio"] == Rate(total["closings"], total["accepted"]).percent()
    for row in document["rows"]:
        assert row["closings"] == sum(unit == row["key"] for unit, _ in closed)
    assert run(arguments, environ, version="0") == Exit.DONE
    assert "acts of closing" in capsys.readouterr().out


def test_gap_report_stands_with_its_items(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody was asked whether it was solved there is no gap."""
    assert run(["report", "claim-gap", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    nobody = {
        "items": 0, "first": 0, "second": 0, "both": 0, "points": None, "interval_95": None,
    }  # fmt: skip
    gaps = dict.fromkeys(("claim_gap", "claim_gap.third_party", "answer_gap"), nobody)
    assert document["rows"][-1] == {"key": None, "gaps": gaps}
    assert run(["report", "claim-gap"], environ, version="0") == Exit.DONE
    assert "claim_gap@1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["closure", "--compare", "year"], ["flow"], ["closure", "--compare", "decade"]]
)
def test_comparison_and_flow_need_a_period(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """Without one the question has no answer, and the text says what to add."""
    assert run(["report", *arguments], environ, version="0") == Exit.USAGE
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", ["closure", "ontime", "satisfaction", "callback"])
def test_public_report_prints_no_small_cell(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """Nothing from 1 to 4, no rate below ten cases, and the rule in the head."""
    arguments = ["report", kind, "--public", "--by", "unit", "--period", "2026-01"]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    for row in document["rows"]:
        for value in row["counts"].values():
            assert value is None or value not in range(1, 5)
        for rate in row["rates"].values():
            for value in (rate["n"], rate["d"]):
                assert value is None or value not in range(1, 5)
            is_given = rate["n"] is not None and (rate["d"] or 0) >= 10
            assert (rate["percent"] is not None) == is_given
    assert run(arguments, environ, version="0") == Exit.DONE
    out = capsys.readouterr().out
    assert "public table" in out
    assert len({len(line.split("\t")) for line in out.splitlines() if "\t" in line}) == 1
    assert run([*arguments, "--compare", "year"], environ, version="0") == Exit.USAGE


@pytest.mark.parametrize("measure", ["wall", "net", "working"])
def test_handling_time_stands_beside_what_is_open(
    environ: dict[str, str],
    petitions: list[PetitionFacts],
    capsys: pytest.CaptureFixture[str],
    measure: str,
) -> None:
    """Closed and open make up the base; working hours are fewer than wall hours."""
    as_of = MAY + timedelta(days=10)
    arguments = ["report", "handling-time", "--as-of", as_of.isoformat(), "--measure", measure]
    assert run([*arguments, "--by", "unit", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    total = document["total"]
    base = share(petitions, as_of, ("closed", "base"))
    assert (total["cases"], total["cases"] + total["open"]) == base
    assert float(total["median_with_open"]) >= float(total["hours"]["median"])
    assert sum(row["open"] for row in document["rows"]) == total["open"]
    longest = 160 if measure == "working" else 490
    assert longest / 2 < float(total["hours"]["max"]) <= longest
    assert run(arguments, environ, version="0") == Exit.DONE
    assert "Kaplan–Meier" in capsys.readouterr().out
    wrong = [*arguments, "--hours", "17:00-09:00"]
    assert run(wrong, environ, version="0") == Exit.USAGE
