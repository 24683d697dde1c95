"""Without this file an export would have no shape that a client could rely on."""

from datetime import datetime, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from api.examples import EXAMPLE_ID, example_instant
from api.export_files import EXPIRY
from api.export_state import Export, ExportState
from api.schemas import Count, Label, Name, Position
from replay.export_csv import Encoding
from replay.export_file import Format
from replay.record_tables import RecordTable

Instant = Annotated[datetime, Meta(tz=True)]


class ExportOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of records of the petitions that the key may see; confidential ones never.

    Attributes:
        table: ``petitions`` has a row a petition, ``timeline`` one each time it changed hands.
        format: Format of the file in the archive.
        encoding: Of CSV.
        as_of: Instant the petitions are judged at; now by default.
        known_at: Only what was on record at this instant; all by default.
    """

    table: RecordTable = RecordTable.PETITIONS
    format: Format = Format.CSV
    encoding: Encoding = Encoding.UTF_8
    as_of: Instant | None = None
    known_at: Instant | None = None


class ExportView(msgspec.Struct, frozen=True, kw_only=True):
    """How an export stands.

    Attributes:
        export_id: Its id; only who asked for it finds it.
        state: ``queued``, ``running``, ``done``, ``failed``, ``cancelled``, ``interrupted`` or
            ``expired``.
        state_label: What people call it.
        table: What a record is.
        format: Format of the file in the archive.
        requested_at: When it was asked for.
        as_of: Instant its petitions are judged at.
        done: Petitions read so far.
        total: Petitions of the log, 0 before it begins.
        position: Last position of the log that counts, or null.
        rows: Records counted in the file, or null.
        size_bytes: Length of the archive, or null.
        sha256: Of the archive, or null.
        expires_at: Until when the archive can be fetched, or null.
        file: Where it is fetched: file, manifest and codebook in one archive; or null.
        problem: Why there is none, or null.
    """

    export_id: Name
    state: Name
    state_label: Label
    table: Name
    format: Name
    requested_at: datetime
    as_of: datetime
    done: Count
    total: Count
    position: Position | None = None
    rows: Count | None = None
    size_bytes: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    sha256: Name | None = None
    expires_at: datetime | None = None
    file: Name | None = None
    problem: Label | None = None


def path_of_export(export_id: object) -> str:
    """Return where an export is read. Pure."""
    return f"/v1/exports/petitions/{export_id}"


def show_export(export: Export) -> ExportView:
    """Return an export as its requester sees it. Pure."""
    result, is_done = export.result, export.state is ExportState.DONE
    problem = None if result is None or result.problem is None else Label.of(result.problem[1])
    view = ExportView(
        export_id=str(export.export_id),
        state=export.state.value,
        state_label=Label.of(export.state.label),
        table=export.order.table.value,
        format=export.order.form.value,
        requested_at=export.requested_at,
        as_of=export.order.as_of,
        done=export.progress[0],
        total=export.progress[1],
        problem=problem,
    )
    if result is None or not is_done:
        return view
    return msgspec.structs.replace(
        view,
        position=result.position,
        rows=result.rows,
        size_bytes=result.size_bytes,
        sha256=result.sha256,
        expires_at=result.finished_at + EXPIRY,
        file=f"{path_of_export(export.export_id)}/file",
    )


_AT: Final = example_instant()
EXPORT: Final = ExportView(
    export_id=str(EXAMPLE_ID),
    state="done",
    state_label=Label("完成", "done"),
    table="petitions",
    format="csv",
    requested_at=_AT,
    as_of=_AT,
    done=132,
    total=132,
    position=2100,
    rows=132,
    size_bytes=20_480,
    sha256="0" * 64,
    expires_at=_AT + timedelta(days=1),
    file=f"{path_of_export(EXAMPLE_ID)}/file",
)
