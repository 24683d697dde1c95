"""Without this file an import would have to guess what the columns of a file mean."""

from collections.abc import Mapping
from typing import Literal, Self
from zoneinfo import ZoneInfo

import msgspec

from domain.roster import Tier, UnitKind
from replay.local_time import Ambiguous, Nonexistent, TimeRule
from replay.mapping_fields import (
    WHOLE_DAYS_STATED,
    ClosedTable,
    FieldMapping,
    Fields,
    StatedFields,
)
from replay.table import TableForm

Encoding = Literal["utf-8", "utf-8-sig", "gb18030"]


class Closing(ClosedTable, frozen=True, kw_only=True):
    """What makes a case closed.

    Attributes:
        when: ``closed_at``: a closing time is stated; ``status``: the status says so.
        closed: Statuses of closed cases, for ``status`` only.
        open: Statuses of open cases; any other rejects the row.
    """

    when: Literal["closed_at", "status"]
    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class NewUnits(ClosedTable, frozen=True, kw_only=True):
    """What the roster is to hold of units that the file brings along.

    Attributes:
        tier: Their level.
        kind: What they are for.
        parent: Code of the unit above them all, or null.
        names: Unit code to name; others are named as the file names them.
    """

    tier: Tier
    kind: UnitKind = UnitKind.DEPARTMENT
    parent: str | None = None
    names: Mapping[str, str] = {}


class Form(ClosedTable, frozen=True, kw_only=True):
    """How the file is written; see ``TableForm``."""

    encoding: Encoding | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int = 1


class TableMapping(ClosedTable, frozen=True, kw_only=True):
    """What every mapping file says, whatever its rows are.

    Attributes:
        source: Slug of the source; with what names a row it is the row's identity for ever.
        zone: IANA zone of the times in the file.
        ambiguous_times: What a time that the clock showed twice means.
        nonexistent_times: What a time that the clock skipped means.
        table: How the file is written.
        fields: Where each field comes from.
    """

    source: str
    zone: str
    ambiguous_times: Ambiguous = Ambiguous.REJECT
    nonexistent_times: Nonexistent = Nonexistent.REJECT
    table: Form = Form()
    fields: StatedFields

    @property
    def form(self) -> TableForm:
        """How the file is written."""
        return TableForm(*msgspec.structs.astuple(self.table))

    def time_rule(self, name: str, field: FieldMapping) -> TimeRule:
        """Return how the times of a field are to be read; pure."""
        # When a day ends decides whether an act was on time: there it must be stated.
        unstated: Literal["start"] | None = None if name in WHOLE_DAYS_STATED else "start"
        return TimeRule(
            column=field.column or "",
            formats=field.formats,
            bare_date=field.bare_date or unstated,
            zone=ZoneInfo(self.zone),
            ambiguous=self.ambiguous_times,
            nonexistent=self.nonexistent_times,
        )


class FileMapping(TableMapping, frozen=True, kw_only=True):
    """One mapping file of cases.

    Attributes:
        schema: ``taizhang.mapping/1``.
        calendar: Calendar pinned to stated due times, ``cn@2026``.
        units: Whether units the roster lacks are registered or refused.
        fields: Where each field comes from.
        closing: What makes a case closed; required with ``fields.closed_at``.
        new_units: Required with ``units = "create"``.
    """

    schema: Literal["taizhang.mapping/1"]
    calendar: str | None = None
    units: Literal["create", "must_exist"] | None = None
    fields: Fields
    closing: Closing | None = None
    new_units: NewUnits | None = None

    def with_encoding(self, encoding: Encoding | None) -> Self:
        """Return the mapping for a file in another encoding, or itself for null; pure."""
        if encoding is None:
            return self
        form = msgspec.structs.replace(self.table, encoding=encoding)
        return msgspec.structs.replace(self, table=form)
