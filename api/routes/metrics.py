"""Without this file a client could not look up what a rate counts."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.metric_views import METRIC_LIST, MetricList, show_metrics
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Serving
from api.visibility import STAFF
from domain.text import Text
from projections.metric_definitions import read_catalogue

router: Final = APIRouter(prefix="/v1", tags=["figures"])

_METRICS: Final = Text("指标定义", "read the definitions of metrics")


@router.get(
    "/metrics",
    operation_id="list_metrics",
    dependencies=[allow_roles(STAFF, _METRICS), waiting_for("metric_definitions")],
    **describe_read(_METRICS, MetricList, METRIC_LIST),
)
def list_metrics(request: Request, serving: Serving) -> Response:
    """Return every definition of every metric, retired ones too; published figures name them."""

    def make(connection: Connection[Any], _: int) -> MetricList:
        return show_metrics(read_catalogue(connection))

    return answer_read(serving, request, "metric_definitions", None, make)
