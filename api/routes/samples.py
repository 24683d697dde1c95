"""Without this file nobody could find a sample, check its draw or read its result over HTTP."""

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
from api.sample_views import (
    ESTIMATE,
    SAMPLE_LIST,
    SAMPLE_VERIFICATION,
    EstimateView,
    SampleList,
    SampleVerification,
    show_estimate,
    show_faults,
    show_sample,
)
from api.seen_positions import LOG
from api.services import Serving
from api.visibility import readers_of
from domain.sample import Sample
from domain.sample_commands import SAMPLES
from domain.text import Text
from ledger.lookup_errors import UnknownAggregateError
from projections.pages import PAGE_LEN_MAX
from replay.samples import evaluate_sample, load_sample, read_samples, verify_sample

router: Final = APIRouter(prefix="/v1/samples", tags=["samples"])

_LIST: Final = Text("抽样清单", "list the samples")
_VERIFY: Final = Text("重抽一次抽样", "draw a sample again")
_ESTIMATE: Final = Text("按抽样推算", "estimate from a sample")
_READERS: Final = readers_of(SAMPLES)


@router.get(
    "",
    operation_id="list_samples",
    dependencies=[allow_roles(_READERS, _LIST), waiting_for(LOG)],
    **describe_read(_LIST, SampleList, SAMPLE_LIST),
)
def list_samples(
    request: Request,
    serving: Serving,
    after: Annotated[int, Query(ge=0, le=1_000_000, description="Last number known.")] = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE_LEN_MAX)] = 50,
) -> Response:
    """Return samples after a number, oldest first; those given up are listed as well."""

    def make(connection: Connection[Any], _: int) -> SampleList:
        page = islice(read_samples(connection, after), limit)
        return SampleList(tuple(show_sample(sample) for sample in page))

    return answer_read(serving, request, LOG, None, make)


@router.get(
    "/{resource_id}/verification",
    operation_id="verify_sample",
    dependencies=[allow_roles(_READERS, _VERIFY), waiting_for(LOG)],
    **describe_read(_VERIFY, SampleVerification, SAMPLE_VERIFICATION, 404, 409),
)
def verify(resource_id: UUID, request: Request, serving: Serving) -> Response:
    """Draw a sample again from the log and list what differs; an empty list means: the same.

    The whole log up to the sample's position is read.
    """

    def make(connection: Connection[Any], _: int) -> SampleVerification:
        sample = _take(connection, resource_id)
        return show_faults(sample, verify_sample(connection, sample))

    return answer_read(serving, request, LOG, None, make)


@router.get(
    "/{resource_id}/estimate",
    operation_id="estimate_sample",
    dependencies=[allow_roles(_READERS, _ESTIMATE), waiting_for(LOG)],
    **describe_read(_ESTIMATE, EstimateView, ESTIMATE, 404, 409),
)
def estimate(resource_id: UUID, request: Request, serving: Serving) -> Response:
    """Return what a drawn sample says of its frame, with error, and those who did not answer."""

    def make(connection: Connection[Any], _: int) -> EstimateView:
        sample = _take(connection, resource_id)
        return show_estimate(sample, evaluate_sample(connection, sample))

    return answer_read(serving, request, LOG, None, make)


def _take(connection: Connection[Any], sample_id: UUID) -> Sample:
    sample = load_sample(connection, sample_id)
    if sample is None:
        raise UnknownAggregateError(SAMPLES, sample_id)
    return sample
