"""Without this file a download could be cut short, or leave without what it was computed from."""

import base64
import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from api.file_question import BUNDLE_TYPE, MEDIA_TYPES, FileQuestion
from domain.text import Text
from replay.export_bundle import bundle_export
from replay.export_document import Document
from replay.export_file import Format, export_document
from replay.file_name import file_stem

VARY: Final = "Accept, Accept-Language, Authorization"


def answer_file(document: Document, place: Text, question: FileQuestion) -> Response:
    """Return a report as a download, by the writers of the command line.

    Blocking; hold no connection meanwhile. A file that lost a record is not sent. The
    headers name its SHA-256, its log position and its number of records.

    Args:
        document: The report.
        place: Whose it is, for the name of the file.
        question: How it is asked for.

    Raises:
        LedgerError: the format cannot hold the report, or its package is missing.
    """
    stem = file_stem(document, place, question.say)
    with TemporaryDirectory(prefix="taizhang-") as folder:
        done = export_document(
            document,
            Path(folder) / f"{stem}.{question.form}",
            question.form,
            question.say,
            encoding=question.encoding,
        )
        file = bundle_export(done) if question.is_bundle else done.file
        body = file.read_bytes()
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition(document, file.name),
        "Export-Rows": str(done.rows),
        "Ledger-Position": str(document.origin.position),
        "Repr-Digest": digest_header(hashlib.sha256(body).digest()),
        "Vary": VARY,
    }
    return Response(body, headers=headers, media_type=_media_type(question))


def disposition(document: Document, name: str) -> str:
    """Return the header that names a file for old programs and, in full, for new ones. Pure."""
    suffix = name.rpartition(".")[2]
    plain = f"{document.name}-{document.origin.as_of_on:%Y%m%d}.{suffix}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def digest_header(digest: bytes) -> str:
    """Return a SHA-256 as ``Repr-Digest`` has it (RFC 9530). Pure."""
    return f"sha-256=:{base64.b64encode(digest).decode()}:"


def _media_type(question: FileQuestion) -> str:
    if question.is_bundle:
        return BUNDLE_TYPE
    own = MEDIA_TYPES[question.form]
    if question.form is not Format.CSV:
        return own
    charset = "gb18030" if question.encoding == "gb18030" else "utf-8"
    return f"{own}; charset={charset}; header=present"
