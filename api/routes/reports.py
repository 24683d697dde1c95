"""Without this file nobody could find a published report, or take it apart, over HTTP."""

from itertools import islice
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.report_views import (
    REPORT_LIST,
    VERIFICATION,
    ReportList,
    VerificationView,
    show_report,
    show_verification,
)
from api.seen_positions import LOG
from api.services import Serving
from api.visibility import STAFF
from domain.report_publishing import PUBLISHED_REPORTS
from domain.text import Text
from ledger.lookup_errors import UnknownAggregateError
from projections.pages import PAGE_LEN_MAX
from replay.published import load_report, read_reports, verify_report

router: Final = APIRouter(prefix="/v1/reports", tags=["reports"])

_LIST: Final = Text("已发布的报表", "list the published reports")
_VERIFY: Final = Text("重算一份已发布的报表", "compute a published report again")


@router.get(
    "",
    operation_id="list_reports",
    dependencies=[allow_roles(STAFF, _LIST), waiting_for(LOG)],
    **describe_read(_LIST, ReportList, REPORT_LIST),
)
def list_reports(
    request: Request,
    serving: Serving,
    after: Annotated[int, Query(ge=0, le=1_000_000, description="Last number known.")] = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE_LEN_MAX)] = 50,
) -> Response:
    """Return published reports after a number, oldest first; numbers have no gaps.

    A retracted report is listed with its state and keeps its figures.
    """

    def make(connection: Connection[Any], _: int) -> ReportList:
        page = islice(read_reports(connection, after), limit)
        return ReportList(tuple(show_report(report) for report in page))

    return answer_read(serving, request, LOG, None, make)


@router.get(
    "/{resource_id}/verification",
    operation_id="verify_report",
    dependencies=[allow_roles(STAFF, _VERIFY), waiting_for(LOG)],
    **describe_read(_VERIFY, VerificationView, VERIFICATION, 404),
)
def verify(resource_id: UUID, request: Request, serving: Serving) -> Response:
    """Replay the log to the report's position and list every figure that comes out otherwise.

    An empty list means: the same digits. The whole log up to that position is read.
    """

    def make(connection: Connection[Any], _: int) -> VerificationView:
        report = load_report(connection, resource_id)
        if report is None:
            raise UnknownAggregateError(PUBLISHED_REPORTS, resource_id)
        return show_verification(report, verify_report(connection, report))

    return answer_read(serving, request, LOG, None, make)
