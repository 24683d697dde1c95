"""Definitions of the ledger's own, from the command to the report that is verified years later."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from commands.failures import Exit
from commands.main import run
from domain.errors import DomainError
from domain.metric_definition import MetricState
from domain.metric_orders import METRIC_DEFINITIONS, DefineMetric, RetireMetric
from domain.principal import Principal
from domain.rate import PUBLIC_CASES_MIN
from domain.report_kind import ReportKind
from domain.report_publishing import PUBLISHED_REPORTS, PublishReport
from domain.text import Text
from domain.vocabulary import Role as Actor
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from projections.engine import Engine
from projections.metric_definitions import read_catalogue
from projections.models import MODELS
from replay.catalogue import replay_catalogue
from replay.figures import head_position
from replay.published import LoggedFigures, verify_report
from replay.verify import verify
from tests.api_clients import open_example_ledger
from tests.histories import START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.integration.test_report_command import connect_by

ADMIN = Principal(actor_id="ad-1", role=Actor.ADMIN)
STATISTICIAN = Principal(actor_id="st-1", role=Actor.STATISTICIAN)
SWIFT = DefineMetric(
    rate_id="swift_rate",
    number=1,
    name=Text("快办率", "swift rate"),
    numerator=("closed",),
    denominator=("accepted",),
    effective_on=date(2020, 1, 1),
    source="示例〔2026〕1号",
    approver_id="ad-2",
)
PUBLISH = PublishReport(
    number=1,
    kind=ReportKind.RATES,
    metrics=("swift_rate", "closure_rate"),
    approver_id="st-2",
    as_of=START + timedelta(days=40),
    cases_min=1,
)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Yield the application of a ledger with petitions; figures come from its log."""
    open_example_ledger(database)
    recorder = open_recorder(database)
    append_events(recorder, draw_log(23, 60))
    recorder.close()
    figures = LoggedFigures(database)
    with PetitionLedger(database, lambda: datetime.now(UTC), figures=figures) as ledger:
        yield ledger


def project(database: Database) -> None:
    """Bring every model up to the log."""
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()


def define(ledger: PetitionLedger, command: DefineMetric = SWIFT) -> UUID:
    """Define a metric and return its stream."""
    stream = UUID(int=command.number)
    return ledger.open(METRIC_DEFINITIONS, stream, command, ADMIN).originator_id


def test_defined_rate_is_published_and_verified_after_it_was_retired(
    ledger: PetitionLedger, database: Database
) -> None:
    """New reports refuse the retired definition; the published one computes the same digits."""
    stream = define(ledger)
    ledger.open(PUBLISHED_REPORTS, UUID(int=1), PUBLISH, STATISTICIAN)
    retire = RetireMetric(reason="停用", approver_id="ad-2")
    ledger.give(METRIC_DEFINITIONS, stream, retire, ADMIN)
    with pytest.raises(DomainError) as refused:
        ledger.open(PUBLISHED_REPORTS, UUID(int=2), replace(PUBLISH, number=2), STATISTICIAN)
    assert refused.value.code == "retired-definition"
    report = LoggedFigures(database).find_report(1)
    assert report is not None
    assert report.definitions == ("swift_rate@1", "closure_rate@1")
    assert report.cells[0].d
    with database.connect(Role.APP) as connection:
        assert verify_report(connection, report) == ()


def test_later_version_changes_no_published_report(
    ledger: PetitionLedger, database: Database
) -> None:
    """closure_rate@2 counts in reports published after it, as of its day or later."""
    order = replace(PUBLISH, kind=ReportKind.CLOSURE, metrics=())
    ledger.open(PUBLISHED_REPORTS, UUID(int=1), order, STATISTICIAN)
    second = replace(SWIFT, rate_id="closure_rate", number=2)
    define(ledger, second)
    ledger.open(PUBLISHED_REPORTS, UUID(int=2), replace(order, number=2), STATISTICIAN)
    early = replace(second, number=3, effective_on=date(2019, 12, 31))
    with pytest.raises(DomainError) as refused:
        define(ledger, early)
    assert refused.value.code == "before-earlier-version"
    before, after = LoggedFigures(database).reports()
    assert (before.definitions, after.definitions) == (("closure_rate@1",), ("closure_rate@2",))
    with database.connect(Role.APP) as connection:
        for report in (before, after):
            assert verify_report(connection, report) == ()


def test_catalogue_of_the_read_model_equals_that_of_the_log(
    ledger: PetitionLedger, database: Database
) -> None:
    """At the head both say the same; before the definition the log knew nothing of it."""
    stream = define(ledger)
    retire = RetireMetric(reason="停用", approver_id="ad-2")
    ledger.give(METRIC_DEFINITIONS, stream, retire, ADMIN)
    project(database)
    with database.connect(Role.APP, autocommit=True) as connection:
        head = head_position(connection)
        live = read_catalogue(connection).entries
        assert live == replay_catalogue(connection, head).entries
        assert live[-1].state is MetricState.RETIRED
        assert replay_catalogue(connection, head - 1).entries[-1].state is MetricState.DEFINED
        assert "swift_rate" not in replay_catalogue(connection, head - 2).rate_ids
    assert verify(database, MODELS).findings == []


def test_public_report_prints_no_rate_that_is_no_share(
    ledger: PetitionLedger, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """More may be counted above than below; then the numbers stand without a percentage."""
    define(ledger, replace(SWIFT, numerator=("closed", "accepted")))
    project(database)
    order = ["report", "rates", "swift_rate", "--public", "--by", "total"]
    assert run(order, connect_by(database), version="0") == Exit.DONE
    capsys.readouterr()
    assert run([*order, "--json"], connect_by(database), version="0") == Exit.DONE
    (total,) = json.loads(capsys.readouterr().out)["rows"]
    rate = total["rates"]["swift_rate"]
    assert rate["n"] > rate["d"] > PUBLIC_CASES_MIN
    assert rate["percent"] is None


def test_metrics_command_and_rates_report_know_the_defined_rate(
    ledger: PetitionLedger, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is listed, printed and ranked by; an unknown one is refused, a retired one too."""
    stream = define(ledger)
    project(database)
    environ = connect_by(database)
    assert run(["metrics"], environ, version="0") == Exit.DONE
    listed = capsys.readouterr().out
    assert "swift_rate@1\tswift rate\t(closed) ÷ (accepted)\tdefined\t2020-01-01" in listed
    assert "participation_coverage@1" in listed
    assert run(["metrics", "--json"], environ, version="0") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["rates"][-1]["reference"] == "swift_rate@1"
    swift = ["report", "rates", "swift_rate"]
    assert run([*swift, "closure_rate", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["definitions"] == ["swift_rate@1", "closure_rate@1"]
    by_rate = ["report", "ranking", "--by", "swift_rate", "--min-cases", "1"]
    assert run(by_rate, environ, version="0") == Exit.DONE
    assert run(["report", "rates", "happiness"], environ, version="0") == Exit.REFUSED
    retire = RetireMetric(reason="停用", approver_id="ad-2")
    ledger.give(METRIC_DEFINITIONS, stream, retire, ADMIN)
    project(database)
    capsys.readouterr()
    assert run(swift, environ, version="0") == Exit.REFUSED
    assert "retired" in capsys.readouterr().err
