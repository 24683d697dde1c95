"""Without this file a mapping could not say where a field of a case comes from."""

from enum import StrEnum
from typing import Literal

import msgspec

from domain.vocabulary import Channel, Outcome, PetitionType, Resolution, Satisfaction


class Cleaning(StrEnum):
    """What may be changed in a text, and only where the mapping asks for it."""

    TRIM = "trim"
    LINE_BREAKS = "line_breaks"
    FULL_WIDTH_SPACES = "full_width_spaces"
    LOWER_CASE = "lower_case"

    def of(self, text: str) -> str:
        """Return the text cleaned; pure."""
        match self:
            case Cleaning.TRIM:
                return text.strip()
            case Cleaning.LINE_BREAKS:
                # `_x000D_` is how spreadsheet programs escape a carriage return.
                text = text.replace("_x000D_", "\r")
                return text.replace("\r\n", "\n").replace("\r", "\n")
            case Cleaning.FULL_WIDTH_SPACES:
                return text.replace("\u3000", " ")
            case Cleaning.LOWER_CASE:
                return text.lower()


class ClosedTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the mapping; a key it does not know is an error."""


class FieldMapping(ClosedTable, frozen=True, kw_only=True):
    """Where one field of a case comes from.

    Attributes:
        column: Header of its column; exactly one of ``column`` and ``fixed``.
        fixed: The same value for every row.
        values: Source value to our value; a value it lacks rejects the row.
        otherwise: Our value for source values that ``values`` lacks.
        blank: Source values that mean nothing was stated.
        clean: Cleanings, in order; done before anything else.
        formats: strptime formats of a time, tried in order.
        bare_date: Whether a day without a time means its beginning or its end, 24:00.
    """

    column: str | None = None
    fixed: str | None = None
    values: dict[str, str] = {}
    otherwise: str | None = None
    blank: tuple[str, ...] = ()
    clean: tuple[Cleaning, ...] = ()
    formats: tuple[str, ...] = ()
    bare_date: Literal["start", "end"] | None = None

    @classmethod
    def of(cls, stated: "str | FieldMapping") -> "FieldMapping":
        """Return a mapping that was perhaps stated as a column name alone; pure."""
        return cls(column=stated) if isinstance(stated, str) else stated


Stated = str | FieldMapping


class StatedFields(ClosedTable, frozen=True, kw_only=True):
    """Fields of a row; a plain text is the name of its column."""

    def named(self) -> dict[str, FieldMapping]:
        """Return the fields that are stated, by name; pure."""
        return {
            name: FieldMapping.of(stated)
            for name in self.__struct_fields__
            if (stated := getattr(self, name)) is not None
        }


class Fields(StatedFields, frozen=True, kw_only=True):
    """Every field a case can have."""

    case_key: Stated
    created_at: Stated
    number: Stated | None = None
    status: Stated | None = None
    closed_at: Stated | None = None
    replied_at: Stated | None = None
    due_at: Stated | None = None
    outcome: Stated | None = None
    satisfaction: Stated | None = None
    unit: Stated | None = None
    petition_type: Stated | None = None
    type_label: Stated | None = None
    category: Stated | None = None
    channel: Stated | None = None
    region: Stated | None = None
    enterprise: Stated | None = None
    subject: Stated | None = None
    text: Stated | None = None
    name: Stated | None = None
    phone: Stated | None = None
    reply: Stated | None = None


TIMES = ("created_at", "closed_at", "replied_at", "due_at", "answered_at")
WHOLE_DAYS_STATED = frozenset({"due_at", "answered_at"})
"""Times of which a mapping says what a day without a time means; others begin with it."""
VOCABULARIES: dict[str, type[StrEnum]] = {
    "channel": Channel,
    "petition_type": PetitionType,
    "outcome": Outcome,
    "satisfaction": Satisfaction,
    "resolution": Resolution,
}
"""Fields whose values are identifiers of ours."""
