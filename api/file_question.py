"""Without this file each download would choose format and language in its own way."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Final

from fastapi import Depends, Header, Query
from starlette.requests import Request

from api.errors import RequestRefusedError
from api.languages import choose_language, weight_of
from domain.text import Text
from replay.export_csv import Encoding
from replay.export_document import Say
from replay.export_file import Format

MEDIA_TYPES: Final = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
    Format.JSON: "application/json",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.SAV: "application/x-spss-sav",
    Format.DTA: "application/x-stata-dta",
}
BUNDLE_TYPE: Final = "application/zip"

_TYPES_MAX: Final = 20
_ANY: Final = dict.fromkeys(("", "*/*", "text/*", BUNDLE_TYPE), Format.CSV)
_FORMS: Final = {
    **_ANY,
    "application/*": Format.JSON,
    **{media_type: form for form, media_type in MEDIA_TYPES.items()},
}
_NOT_ACCEPTABLE: Final = Text(
    "Accept 中没有可提供的文件类型；未生成文件。请用 format 指定格式。",
    "Accept names no type of file there is; no file was made. Name one with 'format'.",
)


@dataclass(frozen=True)
class FileQuestion:
    """How a report is to be downloaded.

    Attributes:
        form: Format of the file.
        encoding: Of CSV.
        is_bundle: Whether manifest and codebook come with it, in one archive.
        language: Of its texts, ``zh`` or ``en``.
    """

    form: Format
    encoding: Encoding
    is_bundle: bool
    language: str

    @property
    def say(self) -> Say:
        """Chooses the language of a text; it can be sent to another process."""
        return attrgetter(self.language)


async def ask_file(
    request: Request,
    form: Annotated[
        Format | None,
        Query(alias="format", description="格式，缺省按 Accept / format, by Accept if not named"),
    ] = None,
    encoding: Annotated[Encoding, Query(description="CSV 的编码 / of CSV")] = Encoding.UTF_8,
    *,
    bundle: Annotated[
        bool, Query(description="连同清单与码表打包 / zip with manifest and codebook")
    ] = False,
    accept_language: Annotated[
        str,
        Header(
            description="文件的语言 / language of the file",
            json_schema_extra={"maxLength": 200},
        ),
    ] = "",
) -> FileQuestion:
    """Return how the file is asked for.

    Raises:
        RequestRefusedError: ``not-acceptable``.
    """
    return FileQuestion(
        form or accepted(request.headers.get("accept", "")),
        encoding,
        bundle,
        choose_language(accept_language),
    )


AskedFile = Annotated[FileQuestion, Depends(ask_file)]


def accepted(accept: str) -> Format:
    """Return the format that an ``Accept`` header prefers, CSV where it says nothing. Pure.

    Raises:
        RequestRefusedError: ``not-acceptable``.
    """
    best, heaviest = None, 0.0
    for part in accept.split(",")[:_TYPES_MAX]:
        media_type, _, parameter = part.strip().lower().partition(";")
        form = _FORMS.get(media_type.strip())
        if form is not None and weight_of(parameter) > heaviest:
            best, heaviest = form, weight_of(parameter)
    if best is None:
        raise RequestRefusedError("not-acceptable", _NOT_ACCEPTABLE)
    return best
