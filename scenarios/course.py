"""Without this file every petition of a play would go straight to its answer."""

from enum import StrEnum


class Course(StrEnum):
    """The turn a petition of a play takes."""

    STRAIGHT = "straight"
    ON_SPOT = "on_spot"
    LATE = "late"
    SUPPLEMENTED = "supplemented"
    RETURNED = "returned"
    RETURN_REJECTED = "return_rejected"
    TRANSFERRED = "transferred"
    REPLY_RETURNED = "reply_returned"
    REWORKED = "reworked"
    UNREACHABLE = "unreachable"
    REOPENED = "reopened"
    OPEN = "open"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    REFERRED = "referred"

    @property
    def begins_elsewhere(self) -> bool:
        """Whether the petition first goes to a unit that does not keep it."""
        return self in {Course.RETURNED, Course.TRANSFERRED}

    @property
    def is_answered(self) -> bool:
        """Whether the unit that handles it replies."""
        return self not in {Course.OPEN, Course.WITHDRAWN}
