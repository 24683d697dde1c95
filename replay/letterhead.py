"""Without this file a form would not say who hands it in, nor by whose order."""

from dataclasses import dataclass
from datetime import date

import msgspec

from domain.text import Text
from ledger.errors import LedgerError


@dataclass(frozen=True)
class LegalMark:
    """The statutory marks of a form, printed at its top right."""

    form: str
    made_by: str
    approval: str
    valid_until: date


class Letterhead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who hands a form in; empty lines are filled in by hand.

    Attributes:
        unit: Name of the reporting unit.
        head: Name of its head.
        reviewer: Name of the reviewer.
        preparer: Name of who fills it in.
        phone: Number to ask at.
        reported_on: Day it is handed in, or None.
        legal_mark: Statutory marks, or None for a form of internal use.
    """

    unit: str = ""
    head: str = ""
    reviewer: str = ""
    preparer: str = ""
    phone: str = ""
    reported_on: date | None = None
    legal_mark: LegalMark | None = None


NOBODY = Letterhead()
"""For a form that is completed by hand."""


class MarkExpiredError(LedgerError):
    """The legal mark of a form has run out."""

    code = "legal-mark-expired"

    def __init__(self, form: str, valid_until: date) -> None:
        super().__init__(
            Text(
                f"表号 {form} 的有效期至 {valid_until}，已过期；未生成文件。"
                "请更新法定标识，或去掉它按内部管理用表生成。",
                f"Form {form} was valid until {valid_until}; no file was made. Renew the legal "
                "mark, or leave it out for a form of internal use.",
            )
        )


def check_mark(letterhead: Letterhead, today: date) -> None:
    """Refuse a form whose legal mark has run out; pure.

    Raises:
        MarkExpiredError: it has.
    """
    mark = letterhead.legal_mark
    if mark is not None and mark.valid_until < today:
        raise MarkExpiredError(mark.form, mark.valid_until)
