"""Without this file a report could be downloaded only by who has a terminal."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.responses import Response

from api.access import allow_roles
from api.asked_reports import ask_report
from api.figure_question import Question, refuse_groups
from api.figure_views import SCORE
from api.file_answers import answer_file
from api.file_operation import describe_file
from api.file_question import AskedFile, FileQuestion
from api.reading import waiting_for
from api.replay_turn import replay_turn
from api.seen_positions import LOG
from api.services import Services, Serving
from api.visibility import STAFF
from domain.rate import PUBLIC_CASES_MIN
from domain.rates import RATES
from domain.report_kind import ReportKind
from domain.report_publishing import PUBLISHED_REPORTS
from domain.text import Text
from ledger.lookup_errors import UnknownAggregateError
from projections.unit_score import read_unit_names
from replay.asked_report import read_ranking, read_report
from replay.catalogue import replay_catalogue
from replay.export_document import Document
from replay.export_rates import rated_document
from replay.jurisdiction import jurisdiction
from replay.letterhead import NOBODY
from replay.published import load_report
from replay.rated_report import RatedReport

router: Final = APIRouter(prefix="/v1/exports", tags=["exports"])

_RATES: Final = Text("下载比率报表", "download a report of rates")
_RANKING: Final = Text("下载排名", "download a ranking")
_PUBLISHED: Final = Text("下载已发布的报表", "download a published report")
_MODELS: Final = ("petitions", "units", "scopes")


CasesMin = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get(
    "/rates",
    operation_id="export_rates",
    dependencies=[allow_roles(STAFF, _RATES), waiting_for(*_MODELS)],
    **describe_file(_RATES),
)
def export_rates(
    question: Question,
    file: AskedFile,
    serving: Serving,
    *,
    kind: ReportKind = ReportKind.CLOSURE,
    metric: Annotated[tuple[str, ...], Query(max_length=len(RATES))] = (),
    cases_min: CasesMin = PUBLIC_CASES_MIN,
) -> Response:
    """Return a report as a file: the figures, the digits and the manifest of the command line.

    `kind=rates` has the rates that `metric` names, or all. With `bundle` an archive holds file,
    manifest and codebook; without it the headers name SHA-256, position and records.
    """

    def make(connection: Connection[Any]) -> RatedReport:
        asked = ask_report(connection, kind, question, cases_min, metric or tuple(RATES))
        return read_report(connection, asked)

    return _answer_report(serving, file, make, question.known_at)


@router.get(
    "/ranking",
    operation_id="export_ranking",
    dependencies=[allow_roles(STAFF, _RANKING), waiting_for(*_MODELS)],
    **describe_file(_RANKING),
)
def export_ranking(
    question: Question,
    file: AskedFile,
    serving: Serving,
    *,
    metric: Annotated[str, Query(max_length=100, description="排名依据 / what to rank by")] = SCORE,
    cases_min: CasesMin = PUBLIC_CASES_MIN,
) -> Response:
    """Return a ranking as a file; by score units alone, in bands, by a rate any groups."""
    refuse_groups(question, only_units=metric == SCORE)

    def make(connection: Connection[Any]) -> RatedReport:
        asked = ask_report(connection, ReportKind.RANKING, question, cases_min)
        if metric == SCORE:
            return read_report(connection, asked)
        return read_ranking(connection, asked, metric)

    return _answer_report(serving, file, make, question.known_at)


@router.get(
    "/reports/{report_id}",
    operation_id="export_report",
    dependencies=[allow_roles(STAFF, _PUBLISHED), waiting_for(LOG)],
    **describe_file(_PUBLISHED, 404),
)
def export_report(report_id: UUID, file: AskedFile, serving: Serving) -> Response:
    """Return a published report as a file, with the figures it was published with."""

    def make(connection: Connection[Any]) -> RatedReport:
        report = load_report(connection, report_id)
        if report is None:
            raise UnknownAggregateError(PUBLISHED_REPORTS, report_id)
        return RatedReport.published(report, replay_catalogue(connection, report.position))

    return _answer_report(serving, file, make)


def _answer_report(
    serving: Services,
    file: FileQuestion,
    make: Callable[[Connection[Any]], RatedReport],
    known_at: datetime | None = None,
) -> Response:
    with serving.sessions.snapshot() as connection:
        with replay_turn(serving, connection, known_at):
            report = make(connection)
        names = read_unit_names(connection)
        place = jurisdiction(connection)
    document: Document = rated_document(report, names, NOBODY, file.say)
    return answer_file(document, place, file)
