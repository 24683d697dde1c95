"""What units claim, petitioners confirm and a third party finds, by every way to ask."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.services import Services
from commands.failures import Exit
from commands.main import run
from domain.callbacks import CompleteCallback
from domain.difference import paired_difference, printed_points
from domain.vocabulary import Resolution, Role, Satisfaction
from ledger.database import Database
from tests.acceptance.played_ledger import project
from tests.api_clients import NOW, Api, app_of
from tests.conftest import ServerUnderTest, _new_database
from tests.integration.test_report_command import connect_by
from tests.integration.test_sample_command import SAID
from tests.integration.waiting_petitions import acting_on, fill, person

YES, NO, MUTE = Resolution.RESOLVED, Resolution.UNRESOLVED, Resolution.NO_ANSWER
FOUND = (YES, NO, YES, NO, MUTE, NO, YES)
"""By the third party, of the first seven petitions; nobody asked about the other two."""
SAID_BY_PETITIONERS = (YES, YES, NO, None, YES, YES, NO)
BUREAU = {
    "claim_gap": (5, 3, 4, 3),
    "claim_gap.third_party": (5, 3, 2, 1),
    "answer_gap": (4, 3, 2, 1),
}
"""Items, first, second and both of the bureau: it claims all but the third and the sixth."""
ALL = {"claim_gap": (6, 4, 4, 3), "claim_gap.third_party": (6, 4, 3, 2), "answer_gap": (5, 3, 3, 1)}


@pytest.fixture(scope="module")
def surveyed(server_under_test: ServerUnderTest, template_name: str) -> Iterator[Database]:
    """Yield a ledger in which petitioners and a third party have answered."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        fill(database)
        with acting_on(database) as ledger:
            for role, answers in ((Role.THIRD_PARTY, FOUND), (Role.CALLBACK, SAID_BY_PETITIONERS)):
                speaker = person(role, "assessor" if role is Role.THIRD_PARTY else "hub")
                for place, resolution in enumerate(answers):
                    if resolution is not None:
                        answer = CompleteCallback(
                            resolution=resolution,
                            satisfaction=Satisfaction.NO_ANSWER,
                            occurred_at=SAID,
                        )
                        ledger.apply(UUID(int=place + 1, version=4), answer, speaker)
        project(database)
        yield database


def report(database: Database, capsys: pytest.CaptureFixture[str], *options: str) -> Any:  # noqa: ANN401 - JSON
    """Return what the report command prints as JSON."""
    capsys.readouterr()
    arguments = ["report", "claim-gap", "--json", *options]
    assert run(arguments, connect_by(database), version="0") == Exit.DONE
    return json.loads(capsys.readouterr().out)


def counts_of(gap: dict[str, Any]) -> tuple[int, ...]:
    """Return the integers of a gap."""
    return (gap["items"], gap["first"], gap["second"], gap["both"])


def test_report_pairs_all_three_by_unit(
    surveyed: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """A petition counts only where both have spoken; who gave no answer does not count."""
    document = report(surveyed, capsys)
    rows = {row["key"]: row["gaps"] for row in document["rows"]}
    assert {name: counts_of(gap) for name, gap in rows["bureau"].items()} == BUREAU
    assert {name: counts_of(gap) for name, gap in rows[None].items()} == ALL
    assert "claim_gap.third_party@1" in document["definitions"]
    assert "not weighted" in document["weighting"]["en"]


def test_gap_has_an_interval_from_ten_items_on(
    surveyed: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Below that counts stand alone; the reader may ask for a lower bound."""
    few = report(surveyed, capsys)["rows"][0]["gaps"]["claim_gap.third_party"]
    assert (few["points"], few["interval_95"]) == (None, None)
    enough = report(surveyed, capsys, "--min-cases", "5")["rows"][0]["gaps"][
        "claim_gap.third_party"
    ]
    expected = paired_difference(5, 3, 2, 1)
    assert enough["points"] == printed_points(expected.value) == "+20.00"
    assert enough["interval_95"] == [printed_points(limit) for limit in expected[1:]]


def test_replay_of_the_log_gives_the_same_gaps(
    surveyed: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """As known now, by folding the log instead of reading the counters."""
    live = report(surveyed, capsys)
    replayed = report(surveyed, capsys, "--known-at", datetime.now(UTC).isoformat())
    assert replayed["rows"] == live["rows"]


def test_table_names_both_sides_and_the_missing_weights(
    surveyed: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for every two who spoke, and the rule beneath the title."""
    capsys.readouterr()
    assert run(["report", "claim-gap"], connect_by(surveyed), version="0") == Exit.DONE
    text = capsys.readouterr().out
    assert "3/5" in text
    assert "claim and third party" in text
    assert "not weighted by any sampling design" in text


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "parquet", "pdf", "sav"])
def test_gaps_are_written_into_every_format(
    surveyed: Database, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The integers of the report, digits where there are enough items, and why not elsewhere."""
    file = tmp_path / f"gap.{form}"
    arguments = ["report", "claim-gap", "--min-cases", "5", "--format", form, "--out", str(file)]
    assert run(arguments, connect_by(surveyed), version="0") == Exit.DONE, capsys.readouterr().err
    assert file.stat().st_size > 0
    if form == "json":
        rows = {row["unit_code"]: row for row in json.loads(file.read_bytes())["rows"]}
        bureau, roads = rows["bureau"], rows["roads"]
        parts = ("items", "first", "second", "both")
        for name, integers in BUREAU.items():
            start = name.replace(".", "_")
            assert tuple(bureau[f"{start}_{part}"] for part in parts) == integers
        assert bureau["claim_gap_third_party_points"] == "20.00"
        assert (bureau["answer_gap_points"], bureau["answer_gap_note"]) == (None, "few_cases")
        assert roads["answer_gap_note"] == "few_cases"


def test_api_gives_the_same_gaps(surveyed: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """By unit and in all, with the interval from as many items as the caller names."""
    app = app_of(Services.of(surveyed, lambda: NOW, uuid4, lambda _: "E-test"))
    with TestClient(app) as client:
        api = Api(app, client, surveyed)
        view = api.read("/v1/claim-gaps?cases_min=5", Role.STATISTICIAN).json()
        refused = api.read("/v1/claim-gaps", Role.PETITIONER)
    assert refused.status_code == 403
    printed = report(surveyed, capsys, "--min-cases", "5")["rows"]
    for row, line in zip([*view["rows"], view["total"]], printed, strict=True):
        for gap in row["gaps"]:
            member = line["gaps"][gap["gap"]]
            assert {name: gap[name] for name in member} == member
    assert "not weighted" in view["weighting"]["en"]
