"""Without this file nobody could have petitions as a file without a terminal."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Header
from starlette.responses import FileResponse, Response

from api.access import allow_roles
from api.bodies import decode_command, read_body
from api.export_state import Export, refused_file
from api.export_views import EXPORT, ExportOrder, path_of_export, show_export
from api.figure_question import refuse_future, refuse_years
from api.file_answers import digest_header
from api.file_operation import describe_archive, describe_order, describe_status
from api.file_question import BUNDLE_TYPE
from api.languages import choose_language
from api.services import Caller, Serving
from api.visibility import OF_CASES
from api.write_headers import idempotency_key
from domain.text import Text
from replay.petition_export import PetitionOrder

router: Final = APIRouter(prefix="/v1/exports/petitions", tags=["exports"])

ACCEPTED: Final = 202
POLL_S: Final = 2

_ORDER: Final = Text("申请逐件导出", "ask for a file of petitions")
_STATUS: Final = Text("查看逐件导出的进度", "see how an export stands")
_FILE: Final = Text("下载逐件导出的文件", "fetch the file of an export")
_CANCEL: Final = Text("取消逐件导出", "give an export up")
_DECODER: Final = msgspec.json.Decoder(ExportOrder)

Language = Annotated[str, Header(alias="Accept-Language", json_schema_extra={"maxLength": 200})]


@router.post(
    "",
    operation_id="start_petition_export",
    status_code=ACCEPTED,
    dependencies=[allow_roles(OF_CASES, _ORDER)],
    **describe_order(_ORDER, EXPORT),
)
def start_petition_export(
    caller: Caller,
    key: Annotated[str, Depends(idempotency_key)],
    body: Annotated[bytes, Depends(read_body)],
    serving: Serving,
    accept_language: Language = "",
) -> Response:
    """Take an order for a file with a row a petition, and say where its progress is read.

    It is made in another process, one after the other. The file holds petitions that the key
    may see, no confidential one, and no personal value. The same key gives the same export.
    """
    asked, now = decode_command(body, _DECODER), serving.get_now()
    refuse_years(asked.as_of, asked.known_at)
    refuse_future(now, asked.as_of, asked.known_at)
    order = PetitionOrder(
        table=asked.table,
        form=asked.format,
        encoding=asked.encoding,
        language=choose_language(accept_language),
        as_of=asked.as_of or now,
        known_at=asked.known_at,
        reader=serving.ledger.with_kin(caller),
    )
    export = serving.exports.start(order, key, msgspec.json.encode(asked))
    return _answer(export, ACCEPTED)


@router.get(
    "/{export_id}",
    operation_id="get_petition_export",
    dependencies=[allow_roles(OF_CASES, _STATUS)],
    **describe_status(_STATUS, EXPORT, 404),
)
def get_petition_export(export_id: UUID, caller: Caller, serving: Serving) -> Response:
    """Return how an export stands; after a restart of the server an unfinished one says so."""
    return _answer(serving.exports.find(caller.actor_id, export_id))


@router.get(
    "/{export_id}/file",
    operation_id="download_petition_export",
    dependencies=[allow_roles(OF_CASES, _FILE)],
    **describe_archive(_FILE, 404, 409, 410),
)
def download_petition_export(export_id: UUID, caller: Caller, serving: Serving) -> Response:
    """Return the archive with file, manifest and codebook, for 24 hours after it was made."""
    export = serving.exports.find(caller.actor_id, export_id)
    file = serving.exports.file_of(export)
    if file is None or export.result is None or export.result.sha256 is None:
        raise refused_file(export.state)
    headers = {
        "Cache-Control": "private, no-cache",
        "Ledger-Position": str(export.result.position),
        "Export-Rows": str(export.result.rows),
        "Repr-Digest": digest_header(bytes.fromhex(export.result.sha256)),
    }
    return FileResponse(file, headers=headers, media_type=BUNDLE_TYPE, filename=file.name)


@router.delete(
    "/{export_id}",
    operation_id="cancel_petition_export",
    dependencies=[allow_roles(OF_CASES, _CANCEL)],
    **describe_status(_CANCEL, EXPORT, 404),
)
def cancel_petition_export(export_id: UUID, caller: Caller, serving: Serving) -> Response:
    """End an export that is not finished; one that is stays as it is."""
    return _answer(serving.exports.cancel(caller.actor_id, export_id))


def _answer(export: Export, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store", "Location": path_of_export(export.export_id)}
    if export.state.is_open:
        headers["Retry-After"] = str(POLL_S)
    body = msgspec.json.encode(show_export(export))
    return Response(body, status, headers, "application/json")
